use super::*;

fn check(name: &str, text: &str, expected: &[&str]) {
    assert_eq!(problems(name, text), expected);
}

#[test]
fn a_file_says_what_it_is_for() {
    check(
        "host/x/src/a.rs",
        "fn a() {}\n",
        &["host/x/src/a.rs: open the file with `//!`: its job, and what it leaves out"],
    );
}

#[test]
fn a_long_file_is_split_and_a_long_test_is_not() {
    let text = format!("//! Long.\n{}", "// line\n".repeat(500));
    check("host/x/src/a.rs", &text, &["host/x/src/a.rs: 501 lines, at most 500: split by noun"]);
    check("host/x/src/a/tests.rs", &text, &[]);
}

#[test]
fn a_long_function_is_named_with_its_line() {
    let text = format!("//! Page.\n\nfn long() {{\n{}}}\n", "    step();\n".repeat(59));
    check("host/x/src/a.rs", &text, &["host/x/src/a.rs:3: `long` has 61 lines, at most 60"]);
}

#[test]
fn unfinished_work_and_empty_names_are_found() {
    let text = format!("//! Page.\n// {}: later\nstruct RunManager;\n", concat!("TO", "DO"));
    let expected = [
        format!("host/x/src/a.rs:2: `{}`: finish it or leave it out", concat!("TO", "DO")),
        "host/x/src/a.rs:3: `Manager` says nothing: see the glossary".to_owned(),
    ];
    assert_eq!(problems("host/x/src/a.rs", &text), expected);
}

#[test]
fn the_clock_has_one_door() {
    let text = format!("//! Page.\nfn now() {{\n    SystemTime::{};\n}}\n", "now()");
    check(
        "host/x/src/a.rs",
        &text,
        &["host/x/src/a.rs:3: `SystemTime::now(` goes through the clock port"],
    );
    check("host/app/src/clock.rs", &text, &[]);
}
