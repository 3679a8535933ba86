//! The golden cases, answered natively.
#![expect(clippy::unwrap_used, reason = "tests stop where something is missing")]

use std::fs;
use std::path::PathBuf;

use toml::{Table, Value};
use tool_calculator::perform;

fn text<'a>(table: &'a Table, key: &str) -> Option<&'a str> {
    table.get(key).and_then(Value::as_str)
}

fn check(name: &str, case: &Table) {
    let arguments = case["arguments"].as_table().unwrap();
    let expect = case["expect"].as_table().unwrap();
    let pairs = arguments.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap()));
    let answer = perform(pairs);
    if let Some(wanted) = text(expect, "answer") {
        assert_eq!(answer.as_deref(), Ok(wanted), "{name}");
    }
    for part in expect.get("answer-has").and_then(Value::as_array).into_iter().flatten() {
        let answer = answer.as_deref().unwrap();
        assert!(answer.contains(part.as_str().unwrap()), "{name}: {answer}");
    }
    if let Some(code) = text(expect, "fails") {
        assert_eq!(code, "bad-argument", "{name}");
        assert!(answer.is_err(), "{name}: {answer:?}");
    }
}

#[test]
fn every_case_is_answered_as_it_expects() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cases");
    let mut cases = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let case: Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        check(&path.display().to_string(), &case);
        cases += 1;
    }
    assert!(cases >= 6, "{cases} cases");
}

#[test]
fn arguments_that_make_no_sense_are_named() {
    let rows: [(&[(&str, &str)], &str); 6] = [
        (&[], "`expression` is missing"),
        (&[("expression", "1"), ("expression", "2")], "`expression` is given twice"),
        (&[("expression", "1"), ("precision", "2")], "no argument `precision`"),
        (&[("expression", "1"), ("digits", "many")], "`digits`: a whole number"),
        (&[("expression", "1"), ("digits", "1001")], "from 0 to 1000"),
        (&[("expression", "1 +")], "`expression`, column 4: a number is missing"),
    ];
    for (arguments, part) in rows {
        let message = perform(arguments.iter().copied()).expect_err(part);
        assert!(message.contains(part), "{message}");
    }
}
