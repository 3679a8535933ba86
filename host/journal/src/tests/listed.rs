//! How runs are listed and found.

use super::*;

#[test]
fn runs_are_listed_newest_first_and_found_by_the_beginning_of_their_names() {
    let runs = tempfile::tempdir().unwrap();
    for (name, began) in [("cat-1", 3), ("cat-2", 1), ("dog", 2), ("dog-2", 9)] {
        let folder = RunFolder::create(runs.path(), &RunId::new(name).unwrap()).unwrap();
        folder.append(&timed(began)).unwrap();
    }
    fs::create_dir(runs.path().join("not-a-run")).unwrap();
    overwrite(&runs.path().join("file"), b"");
    let listed = list(runs.path()).unwrap();
    let in_order: Vec<_> = listed.iter().map(|one| one.run.as_str()).collect();
    assert_eq!(in_order, ["dog-2", "cat-1", "dog", "cat-2"]);
    let found = |word| find(runs.path(), word).map_err(|error| error.to_string());
    let named = |name| Ok(runs.path().join(name));
    assert_eq!(found("latest"), named("dog-2"));
    assert_eq!(found("dog"), named("dog"), "a whole name is never ambiguous");
    assert_eq!(found("cat-2"), named("cat-2"));
    assert_eq!(found("dog-"), named("dog-2"));
    assert_eq!(found("cat"), Err("`cat` may mean `cat-1`, `cat-2`".to_owned()));
    assert!(found("bird").unwrap_err().contains("is called `bird`"));
    assert!(found("").is_err());
    let path = runs.path().join("dog");
    assert_eq!(found(path.to_str().unwrap()), Ok(path));
}

#[test]
fn a_folder_of_runs_that_does_not_exist_yet_is_empty() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(list(&folder.path().join("runs")).unwrap(), []);
    let error = find(&folder.path().join("runs"), "latest").unwrap_err();
    assert!(error.to_string().contains("is called `latest`"));
}
