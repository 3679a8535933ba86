//! Archives of real runs, and of strangers.

use std::{io::Cursor, path::Path};

use pentimento_engine::ports::Keep as _;
use proptest::prelude::*;

use super::*;
use crate::{RunFolder, check, list, tests::finished};

/// A finished run's archive.
fn packed(name: &str) -> Vec<u8> {
    let (_runs, path) = finished(name);
    let mut bytes = Vec::new();
    pack(&path, &mut bytes).unwrap();
    bytes
}

/// What an archive holds: names and bytes, in order.
fn entries(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = Archive::new(archive);
    let read = |entry: io::Result<Entry<'_, &[u8]>>| {
        let mut entry = entry.unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        (entry.path().unwrap().to_str().unwrap().to_owned(), bytes)
    };
    archive.entries().unwrap().map(read).collect()
}

/// An archive with these files, whatever their names.
fn archive_of(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = Header::new_gnu();
        // Written by hand: the library refuses names that lead outside, and strangers do not.
        let field = &mut header.as_old_mut().name;
        field[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        archive.append(&header, bytes.as_slice()).unwrap();
    }
    archive.into_inner().unwrap()
}

/// Tries to take an archive in; nothing may be left in the folder of runs, nor beside it.
#[track_caller]
fn refused(archive: &[u8]) -> String {
    let place = tempfile::tempdir().unwrap();
    let runs = place.path().join("runs");
    let error = unpack(&runs, archive).unwrap_err();
    assert!(error.hint().is_some() || matches!(error, FolderError::Io { .. }), "{error}");
    assert_eq!(fs::read_dir(&runs).unwrap().count(), 0, "{error}");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "{error}");
    let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
    format!("{error} {cause}")
}

#[test]
fn a_run_comes_out_of_its_archive_as_it_went_in() {
    let (_runs, path) = finished("one");
    let mut bytes = Vec::new();
    let told = pack(&path, &mut bytes).unwrap();
    assert_eq!(bytes, packed("one"), "the same run, the same bytes");
    let elsewhere = tempfile::tempdir().unwrap();
    let (read, place) = unpack(elsewhere.path(), bytes.as_slice()).unwrap();
    assert_eq!(read, told);
    let (before, after) = (PastRun::read(&path).unwrap(), PastRun::read(&place).unwrap());
    assert_eq!(before.events, after.events);
    let checked = check(&place).unwrap();
    assert!(checked.is_whole() && checked.artifacts > 1 && checked.unnamed == 0, "{checked:?}");
    assert_eq!(list(elsewhere.path()).unwrap().len(), 1);
    RunFolder::resume(&place).unwrap();
    let again = unpack(elsewhere.path(), bytes.as_slice()).unwrap_err();
    assert!(matches!(again, FolderError::Exists { .. }), "{again}");
    assert_eq!(list(elsewhere.path()).unwrap().len(), 1, "nothing was put in its place");
}

#[test]
fn a_run_that_is_being_written_is_packed_as_far_as_it_got() {
    let (_runs, path) = finished("half");
    let folder = RunFolder::resume(&path).unwrap();
    let stray = Artifact::new(MediaType::Png, b"not named yet".as_slice());
    folder.store(&stray).unwrap();
    let mut journal = fs::OpenOptions::new().append(true).open(names::journal(&path)).unwrap();
    journal.write_all(b"{\"crc\":\"12").unwrap();
    assert_eq!(check(&path).unwrap().unnamed, 1);
    let mut bytes = Vec::new();
    pack(&path, &mut bytes).unwrap();
    assert_eq!(bytes, packed("half"));
}

#[test]
fn a_run_that_lost_an_artifact_is_told_and_not_packed() {
    for (damage, told) in [
        ((|path| fs::remove_file(path).unwrap()) as fn(&Path), "is missing"),
        (|path| fs::write(path, b"x").unwrap(), "is damaged"),
    ] {
        let (_runs, path) = finished("lost");
        let past = PastRun::read(&path).unwrap();
        let id = artifacts_of(&past.events).into_iter().next().unwrap();
        damage(&past.file_of(id).unwrap());
        let checked = check(&path).unwrap();
        assert!(!checked.is_whole() && checked.unnamed == 0, "{checked:?}");
        assert!(checked.damage[0].to_string().contains(told), "{checked:?}");
        assert!(pack(&path, Vec::new()).unwrap_err().to_string().contains(told));
    }
}

#[test]
fn what_stands_in_a_file_that_is_no_archive_is_not_told() {
    let secret = "root:x:0:0:secret\n".repeat(80);
    let told = refused(secret.as_bytes());
    assert_eq!(told.trim(), "the archive cannot be used: it is not a tar file, or it is damaged");
    assert_eq!(refused(&packed("one")[..300]), told);
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    let good = entries(&packed("one"));
    let (artifact, bytes) = good[1].clone();
    let hex = artifact.rsplit('/').next().unwrap().to_owned();
    for name in [
        "../../outside".to_owned(),
        "/tmp/outside".to_owned(),
        format!("one/artifacts/../{hex}"),
        format!("one/artifacts/zz/{hex}"),
        format!("other/artifacts/{}/{hex}", &hex[..2]),
        format!("one/artifacts/{}/{}.sh", &hex[..2], &hex[..64]),
        format!("one/artifacts/{}/{}", &hex[..2], hex.to_uppercase()),
        "one/lock".to_owned(),
        "one/report.html".to_owned(),
        artifact.replace("one/", "./one/"),
    ] {
        let mut files = good.clone();
        files[1] = (name.clone(), bytes.clone());
        let told = refused(&archive_of(&files));
        assert!(told.contains("a file in it is no artifact of the run"), "{name}: {told}");
    }
    for name in
        ["../journal.jsonl", "one/../two/journal.jsonl", "One/journal.jsonl", "journal.jsonl"]
    {
        let mut files = good.clone();
        name.clone_into(&mut files[0].0);
        let told = refused(&archive_of(&files));
        assert!(told.contains("does not begin with a run's journal"), "{name}: {told}");
    }
}

#[test]
fn links_folders_and_devices_are_refused() {
    for kind in [
        EntryType::Symlink,
        EntryType::Link,
        EntryType::Directory,
        EntryType::Char,
        EntryType::Fifo,
        EntryType::GNUSparse,
        EntryType::XHeader,
    ] {
        let mut archive = Builder::new(Vec::new());
        let (name, journal) = entries(&packed("one")).remove(0);
        add(&mut archive, Path::new(&name), &journal).unwrap();
        let mut header = Header::new_gnu();
        header.set_entry_type(kind);
        header.set_path("one/artifacts").unwrap();
        let _ = header.set_link_name("/etc/passwd");
        header.set_size(0);
        header.set_cksum();
        archive.append(&header, io::empty()).unwrap();
        refused(&archive.into_inner().unwrap());
    }
}

#[test]
fn an_archive_must_be_whole_and_hold_what_its_journal_names() {
    let good = entries(&packed("one"));
    let renamed = |at: usize, change: fn(&mut (String, Vec<u8>))| {
        let mut files = good.clone();
        change(&mut files[at]);
        files
    };
    let rows = [
        (vec![], "it is empty"),
        (good[1..].to_vec(), "does not begin with"),
        (good[..good.len() - 1].to_vec(), "is missing from it"),
        ([&good[..], &entries(&packed("two"))[..1]].concat(), "no artifact of the run"),
        (renamed(0, |file| file.0 = "two/journal.jsonl".to_owned()), "that of another run"),
        (renamed(1, |file| file.1.push(b'x')), "is damaged"),
    ];
    for (files, expected) in rows {
        let told = refused(&archive_of(&files));
        assert!(told.contains(expected), "{expected}: {told}");
    }
    let artifact = Artifact::new(MediaType::Text, b"a stowaway".as_slice());
    let name = names::shelved(Path::new("one"), artifact.id, MediaType::Text);
    let stowaway = (name.to_str().unwrap().to_owned(), artifact.bytes.to_vec());
    assert!(refused(&archive_of(&[&good[..], &[stowaway]].concat())).contains("no event names"));
}

#[test]
fn a_claim_of_a_huge_file_takes_no_memory() {
    let mut header = Header::new_gnu();
    header.set_path("one/journal.jsonl").unwrap();
    header.set_size(u64::MAX / 4);
    header.set_cksum();
    assert!(refused(header.as_bytes()).contains("larger than any"));
    header.set_size(MOST_JOURNAL_BYTES);
    header.set_cksum();
    assert!(refused(header.as_bytes()).contains("in the middle"), "the claim of what is not there");
}

#[test]
fn an_archive_cut_anywhere_is_refused() {
    let whole = packed("one");
    // Two blocks of zeros end an archive, and zeros fill a file's last block; a reader does without.
    let needed = whole.len() - 1024 - 512;
    for length in (0..needed).step_by(97) {
        refused(&whole[..length]);
    }
}

#[test]
fn a_discarded_run_is_gone_unless_somebody_writes_to_it() {
    let (runs, path) = finished("one");
    let found = |path: &Path| {
        let all = crate::folders(path.parent().unwrap()).unwrap();
        all.into_iter().find(|one| one.path == path).unwrap()
    };
    let writer = RunFolder::resume(&path).unwrap();
    assert!(matches!(discard(&found(&path)), Err(FolderError::Locked { .. })));
    assert!(check(&path).unwrap().is_whole());
    // Found while it was under way, and its end came before it could be removed.
    let before = found(&path);
    writer.append(&writer.past()[0].clone()).unwrap();
    drop(writer);
    assert!(matches!(discard(&before), Err(FolderError::WentOn { .. })));
    assert!(path.join("journal.jsonl").is_file());
    // A program was killed while it removed another one.
    let half = runs.path().join(".removed-two");
    fs::create_dir_all(half.join("artifacts")).unwrap();
    discard(&found(&path)).unwrap();
    assert_eq!(fs::read_dir(runs.path()).unwrap().count(), 1);
    sweep(runs.path()).unwrap();
    assert_eq!(fs::read_dir(runs.path()).unwrap().count(), 0);
    sweep(&runs.path().join("nowhere")).unwrap();
}

proptest! {
    #[test]
    fn a_changed_byte_is_noticed_or_does_not_matter(at in any::<prop::sample::Index>(), bit in 0..8) {
        let mut bytes = packed("one");
        let at = at.index(bytes.len());
        bytes[at] ^= 1_u8 << bit;
        let runs = tempfile::tempdir().unwrap();
        if let Ok((_, place)) = unpack(runs.path(), Cursor::new(bytes)) {
            let (_runs, path) = finished("one");
            prop_assert_eq!(PastRun::read(&place).unwrap().events, PastRun::read(&path).unwrap().events);
            prop_assert!(check(&place).unwrap().is_whole());
        }
    }
}
