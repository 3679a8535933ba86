//! 210 programs, each held against what native Python did with it.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::{Value, json};

use super::{FOLDER, Python};

/// Of all programs, the part that must do what they do natively.
const PROMISED: f64 = 0.95;

/// The programs by topic and name, as `tests/expect` cuts them.
fn programs() -> BTreeMap<String, String> {
    let mut programs = BTreeMap::new();
    for file in fs::read_dir(Path::new(FOLDER).join("tests/programs")).unwrap() {
        let file = file.unwrap().path();
        let topic = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = format!("\n{}", fs::read_to_string(&file).unwrap());
        for part in text.split("\n#% ").skip(1) {
            let (name, code) = part.split_once('\n').unwrap();
            programs.insert(format!("{topic}/{name}"), format!("{code}\n"));
        }
    }
    programs
}

/// Of an answer, what `tests/expect` writes down.
fn comparable(answer: &Value) -> Value {
    let of = |place: &str| answer.pointer(place).cloned().unwrap_or_default();
    let (outcome, stdout) = (of("/outcome"), of("/stdout"));
    match outcome.as_str() {
        Some("error") => json!({
            "outcome": outcome, "stdout": stdout,
            "type": of("/error/type"), "line": of("/error/line"),
        }),
        Some("exit") => json!({ "outcome": outcome, "stdout": stdout, "status": of("/status") }),
        _ => json!({ "outcome": outcome, "stdout": stdout }),
    }
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn programs_do_what_they_do_in_native_python() {
    let expected = fs::read_to_string(Path::new(FOLDER).join("tests/expected.json")).unwrap();
    let expected: BTreeMap<String, Value> = serde_json::from_str(&expected).unwrap();
    let programs = programs();
    assert!(programs.len() >= 200 && programs.keys().eq(expected.keys()));
    let python = Python::patient();
    let mut alike = 0.0;
    for (name, code) in &programs {
        let found = python.perform(&[("code", code)]);
        let found = found.unwrap_or_else(|fault| json!({ "fault": fault.message }));
        if comparable(&found) == expected[name] {
            alike += 1.0;
        } else {
            println!("differs: {name}\n  natively: {}\n  here: {found}", expected[name]);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "some hundred programs")]
    let share = alike / programs.len() as f64;
    println!("{alike} of {} programs do what they do in native Python", programs.len());
    assert!(share >= PROMISED);
}
