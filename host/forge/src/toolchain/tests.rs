use super::*;

fn check(text: &str, expected: &str) {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("guest-toolchain");
    fs::write(&record, text).unwrap();
    let error = Toolchain::from_record(&record).unwrap_err();
    assert_eq!(error.to_string().replace(&record.display().to_string(), "RECORD"), expected);
    assert!(error.hint().contains("scripts/setup"));
}

#[test]
fn a_record_that_is_cut_short_names_the_missing_line() {
    check("", "`RECORD` lacks the line `rustc=…`");
    check("rustc=/bin/sh\n", "`RECORD` lacks the line `linker=…`");
}

#[test]
fn a_compiler_that_was_removed_is_named() {
    check("rustc=/no/such/rustc\n", "`/no/such/rustc` is gone since `scripts/setup` ran");
}
