//! Short traces in the words of BIG-Bench Mistake.

use super::*;

const QUESTION: &str = "bee ape ant";
const LETTERS: &str = "I should start by looking at the first letter of the words in the list. The first letter: \"bee\": \"b\" (2). \"ape\": \"a\" (1). \"ant\": \"a\" (1).";
const ORDER: &str = "We now have: (1) [\"ape\" ? \"ant\"] < (2) \"bee\".";
const SECOND: &str = "Now let's sort this subpart [\"ape\" ? \"ant\"] by looking at their second letters. The second letter: \"ape\": \"p\" (16). \"ant\": \"n\" (14).";
const WHOLE: &str = "We now have: (14) \"ant\" < (16) \"ape\" for the subpart. Hence, we have \"ant\" < \"ape\" < \"bee\".";
const DONE: &str = "I have now sorted all the words. The answer is ant ape bee";

/// Replaces a piece of a good trace; the first false step and what must be there.
#[track_caller]
fn trial(piece: &str, by: &str, expected: Option<(usize, &str)>) {
    let good = [LETTERS, ORDER, SECOND, WHOLE, DONE].join("\n");
    assert!(good.contains(piece), "{piece}");
    let text = good.replacen(piece, by, 1);
    let verdict = check(QUESTION, &Trace::read(&text)).unwrap();
    let first = verdict.wrong.first().map(|one| (one.step, one.required.as_str()));
    assert_eq!(first, expected, "{text}");
}

#[test]
fn every_kind_of_false_step_is_found() {
    trial("bee", "bee", None);
    trial("\"ape\": \"a\" (1)", "\"ape\": \"b\" (2)", Some((0, "ape: a (1)")));
    trial("\"ape\": \"a\" (1)", "\"ape\": \"a\" (2)", Some((0, "ape: a (1)")));
    trial(" \"ant\": \"a\" (1).", "", Some((0, "[bee ? ape ? ant]")));
    trial(
        "(1) [\"ape\" ? \"ant\"] < (2) \"bee\"",
        "(2) \"bee\" < (1) [\"ape\" ? \"ant\"]",
        Some((1, "[ape ? ant] < bee")),
    );
    trial("< (2) \"bee\"", "< (3) \"bee\"", Some((1, "(2) bee")));
    trial(
        "subpart [\"ape\" ? \"ant\"]",
        "subpart [\"ape\" ? \"bee\"]",
        Some((2, "[ape ? ant] < bee")),
    );
    trial(
        "their second letters. The second",
        "their third letters. The third",
        Some((2, "letter 2")),
    );
    trial("(14) \"ant\" < (16) \"ape\"", "(16) \"ape\" < (14) \"ant\"", Some((3, "ant < ape")));
    trial("have \"ant\" < \"ape\" <", "have [\"ant\" ? \"ape\"] <", Some((3, "ant < ape < bee")));
    trial("is ant ape bee", "is ape ant bee", Some((4, "ant ape bee")));
    trial("I have now", "Nobody has", None);
    trial("We now have: (14)", "Well: (14)", Some((3, "a step of sorting")));
}

#[test]
fn an_end_with_open_words_is_false() {
    let text = [LETTERS, ORDER, DONE].join("\n");
    let verdict = check(QUESTION, &Trace::read(&text)).unwrap();
    let first = verdict.wrong.first().unwrap();
    assert_eq!((first.step, first.actual.as_str()), (2, "[ape ? ant] < bee"));
    assert_eq!(verdict.right, Some(true), "the answer is right all the same");
}

#[test]
fn other_traces_are_not_read() {
    assert!(check(QUESTION, &Trace::read("3 * 4 = 12\nAnswer: 12")).is_none());
    assert!(check(QUESTION, &Trace::read("")).is_none());
}
