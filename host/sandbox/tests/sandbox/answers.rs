//! Answers that break the contract are refused whole, with a sentence that says why; texts of
//! honest ones are cleaned.

use pentimento_model::{Artifact, Assessment, FaultKind, Opinion};

use crate::guests::{HOSTILE, ask, everything, fault_of, load, picture, text, tight};

fn check(candidate: &Artifact, rows: &[(&str, &str)]) {
    let plugin = load(tight(), &HOSTILE, &everything());
    for (misdeed, message) in rows {
        let fault = fault_of(ask(&plugin, misdeed, candidate));
        assert_eq!((fault.kind, fault.message.as_str()), (FaultKind::Lie, *message), "{misdeed}");
    }
}

#[test]
fn grades_must_be_numbers_in_range() {
    check(
        &picture(),
        &[
            ("nan score", "it returned the score NaN, which is not within 0..1"),
            ("infinite confidence", "it returned the confidence inf, which is not within 0..1"),
            ("nan evidence", "it returned finding 0 with evidence `area` that is no finite number"),
        ],
    );
}

#[test]
fn lists_and_texts_must_not_be_longer_than_allowed() {
    let message = "it returned finding 0 with a message of 4000 bytes; at most 2048 are accepted";
    check(
        &picture(),
        &[
            ("many findings", "it returned 300 findings; at most 256 are accepted"),
            (
                "much evidence",
                "it returned finding 0 with 20 pieces of evidence; at most 16 are accepted",
            ),
            ("long message", message),
            ("long abstention", "it returned a reason of 3000 bytes; at most 2048 are accepted"),
            ("long code", "it returned finding 0 with a code of 65 bytes; 1 to 64 are accepted"),
            ("empty code", "it returned finding 0 with a code of 0 bytes; 1 to 64 are accepted"),
        ],
    );
}

#[test]
fn codes_must_be_plain_words() {
    check(
        &picture(),
        &[
            (
                "shouting code",
                "it returned finding 0 with a code `DELETE all; [2J`; codes are made of a-z, \
                 0-9, `.`, `-` and `_`",
            ),
            (
                "bad suggestion",
                "it returned finding 0 with an action `NUKE`; codes are made of a-z, 0-9, `.`, \
                 `-` and `_`",
            ),
        ],
    );
}

#[test]
fn regions_must_be_inside_the_picture() {
    let region = |region: &str| {
        format!("it returned finding 0 with the region {region}, empty or not inside 0..1")
    };
    check(
        &picture(),
        &[
            ("infinite region", &region("inf×0.5 at (0.1, 0)")),
            ("nan region", &region("0.1×0.5 at (NaN, 0)")),
            ("negative region", &region("0.2×0.5 at (-0.5, 0)")),
            ("region outside", &region("0.2×0.5 at (0.9, 0)")),
            ("empty region", &region("0×0.5 at (0.9, 0)")),
            ("span of a picture", "it returned finding 0 with a text span of a picture"),
        ],
    );
}

#[test]
fn spans_must_be_inside_the_text_and_between_characters() {
    let span = |span: &str| {
        format!("it returned finding 0 with the text span {span}, which is no part of the text")
    };
    check(
        &text("äpfel"),
        &[
            ("span outside", &span("2..1000000")),
            ("span backwards", &span("3..1")),
            ("span inside a character", &span("0..1")),
            ("region of a text", "it returned finding 0 with a region of a text"),
        ],
    );
}

#[test]
fn control_characters_do_not_reach_the_reader() {
    let plugin = load(tight(), &HOSTILE, &everything());
    let assessment = ask(&plugin, "control characters", &picture());
    let Assessment::Given { opinion: Opinion::Critique(critique), .. } = assessment else {
        panic!("{assessment:?}")
    };
    assert_eq!(critique.findings[0].message, "[31mred  alert");
}

#[test]
fn a_failure_is_cut_and_cleaned_too() {
    let plugin = load(tight(), &HOSTILE, &everything());
    let fault = fault_of(ask(&plugin, "fail", &picture()));
    assert_eq!(fault.kind, FaultKind::Failed);
    assert!(fault.message.len() < 2_100, "{} bytes", fault.message.len());
    assert!(fault.message.starts_with("rm -rf /[0mrm") && fault.message.ends_with("(bell)"));
}
