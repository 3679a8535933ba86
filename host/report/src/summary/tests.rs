//! The summary's JSON, as other programs read it.

use crate::{
    Summary,
    testing::{self, Sample},
};

fn check(name: &str, sample: &Sample) {
    let summary = Summary::of(&sample.events).unwrap();
    insta::assert_snapshot!(name, serde_json::to_string_pretty(&summary).unwrap());
}

#[test]
fn an_accepted_run_as_json() {
    check("accepted", &testing::accepted());
}

#[test]
fn a_run_with_a_fault_as_json() {
    check("faulty", &testing::faulty());
}

#[test]
fn a_run_in_which_models_were_asked_as_json() {
    check("talked", &testing::talked());
}

#[test]
fn a_run_that_only_began_as_json() {
    check("started", &testing::start());
}

#[test]
fn a_run_cut_anywhere_still_has_a_summary() {
    let sample = testing::accepted();
    for length in 1..=sample.events.len() {
        let summary = Summary::of(&sample.events[..length]).unwrap();
        assert_eq!(summary.outcome.is_some(), length == sample.events.len());
    }
}
