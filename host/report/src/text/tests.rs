//! What `show` says, at 80 columns.

use super::{COLUMNS, to_text};
use crate::{
    Summary,
    testing::{self, Sample},
};

fn plain(sample: &Sample) -> String {
    let lines = to_text(&Summary::of(&sample.events).unwrap());
    let lines: Vec<_> = lines.iter().map(ToString::to_string).collect();
    for line in &lines {
        assert!(line.chars().count() <= COLUMNS, "{line:?}");
        assert!(!line.contains(char::is_control), "{line:?}");
    }
    lines.join("\n")
}

fn check(name: &str, sample: &Sample) {
    insta::assert_snapshot!(name, plain(sample));
}

#[test]
fn an_accepted_run() {
    check("accepted", &testing::accepted());
}

#[test]
fn a_run_that_gave_up() {
    check("gave_up", &testing::gave_up());
}

#[test]
fn an_unfinished_run() {
    check("unfinished", &testing::unfinished());
}

#[test]
fn a_run_that_ran_out_of_money() {
    check("without_means", &testing::without_means());
}

#[test]
fn a_run_that_asked_models_and_tools() {
    check("talked", &testing::talked());
}

#[test]
fn a_run_with_a_fault() {
    check("faulty", &testing::faulty());
}

#[test]
fn hostile_ideas_stay_within_their_lines() {
    for idea in ["", "\u{1b}[31m\0\r\n\u{202e}x", &"w".repeat(65_536), &"two words ".repeat(9_000)]
    {
        let told = plain(&testing::accepted().with_idea(idea));
        assert!(told.lines().count() < 60, "{} lines", told.lines().count());
    }
}
