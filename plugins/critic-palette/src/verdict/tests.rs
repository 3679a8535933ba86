//! Findings, severities and scores.

use super::*;
use pentimento_sdk::Pixels;

fn painted(color: impl Fn(u32, u32) -> [u8; 3]) -> Canvas {
    let cells = (0..128).flat_map(|y| (0..128).map(move |x| (x, y)));
    let rgba = cells.flat_map(|(x, y)| {
        let [red, green, blue] = color(x, y);
        [red, green, blue, 255]
    });
    Canvas::new(&Pixels::new(128, 128, rgba.collect()).unwrap())
}

fn faults_of(critique: &Critique) -> Vec<(&str, Severity)> {
    let faults = critique.findings.iter().filter(|finding| finding.code != "palette");
    faults.map(|finding| (finding.code.as_str(), finding.severity)).collect()
}

fn disc(ink: [u8; 3], paper: [u8; 3]) -> Canvas {
    painted(move |x, y| {
        let apart = x.abs_diff(64).pow(2) + y.abs_diff(64).pow(2);
        if apart < 1600 { ink } else { paper }
    })
}

#[test]
fn flat_drawings_are_left_alone() {
    let rows = [
        ([30, 90, 200], [255, 255, 255]),
        ([255, 220, 0], [0, 0, 0]),
        ([200, 30, 30], [240, 200, 180]),
        ([0, 0, 255], [255, 255, 0]),
        ([0, 0, 0], [255, 255, 255]),
        ([255, 0, 0], [0, 148, 0]),
    ];
    for (ink, paper) in rows {
        let critique = verdict("a disc", &disc(ink, paper));
        assert!(faults_of(&critique).is_empty(), "{ink:?} on {paper:?}: {critique:?}");
        assert!((critique.score.unwrap() - 1.0).abs() < f32::EPSILON);
    }
}

#[test]
fn one_color_is_blank_unless_the_idea_asks_for_it() {
    let black = painted(|_, _| [0; 3]);
    let found = verdict("a cat", &black);
    assert_eq!(faults_of(&found), [("picture.blank", Severity::Major)]);
    assert!((found.score.unwrap() - 0.5).abs() < 0.001);
    let found = verdict("a plain black card", &black);
    assert_eq!(faults_of(&found), [("picture.blank", Severity::Note)]);
    assert!((found.score.unwrap() - 1.0).abs() < 0.001);
}

#[test]
fn a_dim_picture_is_a_fault_by_day_and_a_note_at_night() {
    let dim = disc([90, 80, 20], [20, 25, 40]);
    let by_day = verdict("a ball on a lawn", &dim);
    assert_eq!(faults_of(&by_day), [("exposure.under", Severity::Major)]);
    let at_night = verdict("a ball on a lawn at night", &dim);
    assert_eq!(faults_of(&at_night), [("exposure.under", Severity::Note)]);
    assert!(at_night.score > by_day.score);
    let message = &at_night.findings[0].message;
    assert!(message.ends_with("as the idea asks (\"night\")"), "{message}");
}

#[test]
fn stops_are_doublings_of_light() {
    let rows = [(255.0, 0.0), (188.0, 1.0), (137.0, 2.0), (117.0, 2.5), (71.0, 4.0)];
    for (value, stops) in rows {
        let found = stops_below_white(value);
        assert!((found - stops).abs() < 0.05, "{value}: {found}");
    }
}

#[test]
fn scales_run_both_ways() {
    let up = Scale { from: 0.2, to: 0.4 };
    let down = Scale { from: 0.4, to: 0.2 };
    for (scale, value, wanted) in [
        (up, 0.1, None),
        (up, 0.3, Some(0.5)),
        (up, 0.9, Some(1.0)),
        (down, 0.5, None),
        (down, 0.3, Some(0.5)),
        (down, 0.0, Some(1.0)),
    ] {
        let found = scale.excess(value);
        let near = found.zip(wanted).map(|(one, other)| (one - other).abs() < 0.001);
        assert_eq!(found.is_some(), wanted.is_some());
        assert!(near.unwrap_or(true), "{found:?} {wanted:?}");
    }
}
