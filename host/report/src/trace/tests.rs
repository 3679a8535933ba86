//! Folding events, whole, repeated and cut.

use std::time::Duration;

use super::Trace;
use crate::{ReportError, testing};

#[test]
fn candidates_are_found_by_round_and_the_best_by_the_outcome() {
    let sample = testing::accepted();
    let trace = Trace::of(&sample.events).unwrap();
    let made: Vec<_> = trace.rounds.iter().map(|round| round.candidates.len()).collect();
    assert_eq!(made, [1, 1, 1]);
    assert_eq!(trace.best().unwrap().candidate.id.0, 2);
    assert!(trace.pending.is_none());
}

#[test]
fn events_told_twice_count_once() {
    let mut sample = testing::unfinished();
    let told: Vec<_> = sample.events.iter().map(|timed| timed.event.clone()).collect();
    let once = Trace::of(&testing::unfinished().events).map(|trace| trace.times).unwrap();
    for event in told {
        sample.push(event);
    }
    let trace = Trace::of(&sample.events).unwrap();
    assert_eq!(trace.times, once);
    assert_eq!(trace.candidates().count(), 2);
}

#[test]
fn time_is_booked_on_the_round_it_was_spent_in() {
    let sample = testing::accepted();
    let trace = Trace::of(&sample.events).unwrap();
    let corrected = Duration::from_micros(41_000 + 28_000 + 300);
    let parsed = Duration::from_micros(120);
    let took: Vec<_> = trace.rounds.iter().map(|round| round.took).collect();
    assert_eq!(took, [corrected + parsed, corrected, corrected]);
}

#[test]
fn before_the_end_the_draft_is_the_best() {
    let sample = testing::unfinished();
    assert_eq!(Trace::of(&sample.events).unwrap().best().unwrap().candidate.id.0, 1);
}

#[test]
fn without_a_start_there_is_nothing_to_tell() {
    let sample = testing::accepted();
    for events in [&[][..], &sample.events[1..]] {
        assert!(matches!(Trace::of(events), Err(ReportError::NotStarted)));
    }
}
