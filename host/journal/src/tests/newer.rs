//! Journals of programs that are newer than this one.

use super::*;

#[test]
fn a_journal_of_a_newer_program_is_named_as_such() {
    let (_runs, path) = finished("future");
    overwrite(&names::journal(&path), line::sealed(0, "{\"format\":4}").as_bytes());
    let error = PastRun::read(&path).unwrap_err();
    assert!(matches!(error, FolderError::Newer { found: 4, known: 3, .. }), "{error}");
    assert!(error.to_string().contains("written by a newer version"));
    assert!(error.hint().unwrap().contains("update the program"));
}

#[test]
fn a_newer_journal_that_makes_sense_is_read_and_never_written_to() {
    let (_runs, path) = finished("newer");
    let old = PastRun::read(&path).unwrap();
    let text = String::from_utf8(journal_of(&path)).unwrap();
    let newer: String = text
        .lines()
        .enumerate()
        .map(|(number, line)| {
            let (_, record) = line::unseal(line).unwrap();
            let record = record.replacen("{\"format\":1,", "{\"format\":4,\"mood\":[7],", 1);
            line::sealed(number as u64, &record)
        })
        .collect();
    overwrite(&names::journal(&path), newer.as_bytes());
    let past = PastRun::read(&path).unwrap();
    assert_eq!((&past.events, past.newer), (&old.events, Some(4)));
    assert!(check(&path).unwrap().is_whole());
    for error in [past.refuse_newer().unwrap_err(), RunFolder::resume(&path).unwrap_err()] {
        assert!(matches!(error, FolderError::Newer { found: 4, .. }), "{error}");
    }
    assert_eq!(journal_of(&path), newer.as_bytes());
    assert_eq!(old.newer, None);
    old.refuse_newer().unwrap();
}
