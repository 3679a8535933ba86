//! Compiled components are found again, and only if nobody touched them.

use std::{fs, path::Path};

use pentimento_model::Assessment;
use pentimento_sandbox::{CacheState, Sandbox, SandboxSettings};

use crate::guests::{TRIVIAL, ask, everything, picture};

fn sandbox(folder: &Path) -> Sandbox {
    let cache_dir = Some(folder.to_owned());
    Sandbox::new(SandboxSettings { cache_dir, ..SandboxSettings::default() }).unwrap()
}

/// Loads the trivial critic, and checks that it answers.
fn load(sandbox: &Sandbox) {
    let plugin = sandbox.load(&TRIVIAL.manifest, &TRIVIAL.component, &everything()).unwrap();
    assert!(matches!(ask(&plugin, "", &picture()), Assessment::Given { .. }));
}

fn entry(folder: &Path) -> std::path::PathBuf {
    let mut entries = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    entries.find(|path| path.extension().is_some_and(|ending| ending == "cwasm")).unwrap()
}

#[test]
fn what_was_compiled_once_is_found_again() {
    let folder = tempfile::tempdir().unwrap();
    load(&sandbox(folder.path()));
    let written = fs::metadata(entry(folder.path())).unwrap().modified().unwrap();
    load(&sandbox(folder.path()));
    assert_eq!(fs::metadata(entry(folder.path())).unwrap().modified().unwrap(), written);
}

#[test]
fn a_touched_entry_is_not_loaded_but_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    load(&sandbox(folder.path()));
    let path = entry(folder.path());
    let intact = fs::read(&path).unwrap();
    for place in [0, 40, intact.len() - 1] {
        let mut touched = intact.clone();
        touched[place] ^= 1;
        fs::write(&path, &touched).unwrap();
        load(&sandbox(folder.path()));
        assert_eq!(fs::read(&path).unwrap(), intact, "byte {place}");
    }
    fs::write(&path, &intact[..20]).unwrap();
    load(&sandbox(folder.path()));
    assert_eq!(fs::read(&path).unwrap(), intact);
}

#[test]
fn an_entry_sealed_with_another_key_is_not_loaded() {
    let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    load(&sandbox(ours.path()));
    load(&sandbox(theirs.path()));
    let stranger = fs::read(entry(theirs.path())).unwrap();
    fs::write(entry(ours.path()), &stranger).unwrap();
    load(&sandbox(ours.path()));
    assert_ne!(fs::read(entry(ours.path())).unwrap(), stranger);
}

#[test]
fn the_oldest_entries_make_room() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..100 {
        fs::write(folder.path().join(format!("{number}.cwasm")), "old").unwrap();
    }
    load(&sandbox(folder.path()));
    let files = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path());
    let entries: Vec<_> = files.filter(|path| path.extension().is_some()).collect();
    // 64 compiled components and the key.
    assert_eq!(entries.len(), 65);
    assert!(
        entries.iter().any(|path| fs::metadata(path).unwrap().len() > 1_000),
        "the new is gone"
    );
}

#[test]
fn a_folder_that_cannot_be_used_is_no_error() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let sandbox = sandbox(&file.path().join("cache"));
    assert!(matches!(sandbox.cache_state(), CacheState::Unusable(_)));
    load(&sandbox);
}

#[cfg(unix)]
#[test]
fn folder_and_key_are_private() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
    load(&sandbox(folder.path()));
    for path in [folder.path().to_owned(), folder.path().join("seal.key")] {
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o077, 0);
    }
}
