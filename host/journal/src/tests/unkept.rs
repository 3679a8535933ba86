//! Lines that were quicker than the pictures that they name.

use super::{policies::ready, *};

fn picture(bytes: &[u8]) -> Artifact {
    Artifact::new(MediaType::Png, bytes)
}

fn at(event: RunEvent) -> TimedEvent {
    TimedEvent { at: Duration::ZERO, event }
}

pub(super) fn begun() -> TimedEvent {
    at(RunEvent::CallBegun { key: StepKey::of([b"k".as_slice()]), most: Spending::NONE })
}

/// An unfinished run that brought pictures, and after each of them these events.
fn run_of(parts: &[(&Artifact, &[TimedEvent])]) -> (TempDir, PathBuf) {
    let runs = tempfile::tempdir().unwrap();
    let folder = RunFolder::create(runs.path(), &RunId::new("unkept").unwrap()).unwrap();
    let path = folder.path().to_owned();
    let folder = folder.with(Durability::Never);
    folder.append(&timed(0)).unwrap();
    for (artifact, events) in parts {
        folder.store(artifact).unwrap();
        folder.append(&at(ready(artifact, Spending::NONE))).unwrap();
        events.iter().for_each(|event| folder.append(event).unwrap());
    }
    (runs, path)
}

#[test]
fn a_line_whose_picture_never_got_to_the_disk_is_left_out_with_what_follows() {
    let (one, two) = (picture(b"one"), picture(b"two"));
    let rows: [(&[TimedEvent], usize); 3] = [(&[], 3), (&[begun()], 3), (&[timed(1), begun()], 3)];
    for (after, kept) in rows {
        for damage in
            [|file: &Path| fs::remove_file(file).unwrap(), |file: &Path| overwrite(file, b"")]
        {
            let (_runs, path) = run_of(&[(&one, &[begun()]), (&two, after)]);
            let past = PastRun::read(&path).unwrap();
            assert_eq!((past.events.len(), past.torn), (4 + after.len(), None));
            damage(&past.file_of(two.id).unwrap());
            let past = PastRun::read(&path).unwrap();
            assert_eq!(past.events.len(), kept, "{after:?}");
            assert_eq!(
                past.torn.map(|torn| (torn.line, torn.lacks_picture)),
                Some((kept + 1, true))
            );
            assert!(check(&path).unwrap().is_whole());
            let folder = RunFolder::resume(&path).unwrap();
            assert_eq!(folder.past(), past.events);
            folder.store(&two).unwrap();
            folder.append(&at(ready(&two, Spending::NONE))).unwrap();
            drop(folder);
            let past = PastRun::read(&path).unwrap();
            assert_eq!((past.events.len(), past.torn), (kept + 1, None), "it is whole again");
            assert_eq!(past.load(two.id).unwrap(), two);
        }
    }
}

#[test]
fn a_picture_that_got_to_the_disk_and_was_lost_is_damage() {
    let (one, two) = (picture(b"one"), picture(b"two"));
    // After the call began something else was written, so the call had got to the disk by then.
    let (_runs, path) = run_of(&[(&one, &[begun()]), (&two, &[])]);
    fs::remove_file(PastRun::read(&path).unwrap().file_of(one.id).unwrap()).unwrap();
    let past = PastRun::read(&path).unwrap();
    assert_eq!((past.events.len(), past.torn), (4, None));
    let checked = check(&path).unwrap();
    assert!(
        matches!(checked.damage.as_slice(), [FolderError::ArtifactMissing { id, .. }] if *id == one.id)
    );
}

#[test]
fn pictures_in_folders_by_their_first_digits_are_found_as_before() {
    let one = picture(b"one");
    let (_runs, path) = run_of(&[(&one, &[])]);
    let (flat, shelved) =
        [names::artifact, names::shelved].map(|place| place(&path, one.id, one.media_type)).into();
    fs::create_dir(shelved.parent().unwrap()).unwrap();
    fs::rename(flat, &shelved).unwrap();
    let past = PastRun::read(&path).unwrap();
    assert_eq!(past.load(one.id).unwrap(), one);
    assert_eq!(past.file_of(one.id), Some(shelved));
    let checked = check(&path).unwrap();
    assert!(checked.is_whole() && checked.unnamed == 0 && checked.artifacts == 1);
    RunFolder::resume(&path).unwrap().store(&one).unwrap();
    assert_eq!(fs::read_dir(names::artifacts(&path)).unwrap().count(), 1, "it is not kept twice");
}
