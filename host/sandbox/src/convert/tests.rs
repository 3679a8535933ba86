//! What is accepted of a guest's answer. Every refusal has a hostile guest in `tests/`.

use proptest::prelude::*;

use super::*;

const SLACK_INSIDE: f32 = REGION_SLACK / 2.0;

fn check(place: types::Place, subject: Subject<'_>, expected: Option<Place>) {
    assert_eq!(super::place(place, subject).ok(), expected);
}

fn region(x: f32, width: f32) -> types::Place {
    types::Place::Region(types::Region { x, y: 0.25, width, height: 0.5 })
}

#[test]
fn a_region_inside_the_picture_is_kept() {
    let kept = Region::new(0.5, 0.25, 0.5, 0.5).map(Place::Region);
    check(region(0.5, 0.5), Subject::Picture, kept);
}

#[test]
fn a_region_over_the_edge_by_rounding_is_clipped() {
    let clipped = Region::new(0.0, 0.25, 1.0, 0.5).map(Place::Region);
    check(region(-SLACK_INSIDE, 1.0 + 2.0 * SLACK_INSIDE), Subject::Picture, clipped);
}

#[test]
fn a_region_over_the_edge_by_more_is_refused() {
    check(region(0.5, 0.51), Subject::Picture, None);
    check(region(1.0, SLACK_INSIDE), Subject::Picture, None);
}

#[test]
fn an_empty_span_is_a_place_to_insert() {
    let span = types::Place::TextSpan(types::TextSpan { start: 5, end: 5 });
    check(span, Subject::Text("apple"), Some(Place::TextSpan { start: 5, end: 5 }));
}

#[test]
fn steps_fit_every_candidate() {
    check(types::Place::Step(9), Subject::Picture, Some(Place::Step(9)));
    check(types::Place::Step(9), Subject::Text(""), Some(Place::Step(9)));
}

#[test]
fn a_tools_lines_stay_lines() {
    assert_eq!(tool_text("one\r\ntwo\u{1b}[2J\tthree\n").unwrap(), "one\ntwo[2J three");
}

proptest! {
    #[test]
    fn any_four_numbers_are_a_region_inside_or_a_lie(
        x: f32, y: f32, width: f32, height: f32
    ) {
        let answer = super::region(types::Region { x, y, width, height });
        if let Ok(Place::Region(region)) = answer {
            prop_assert!(region.x() >= 0.0 && region.right() <= 1.0 + f32::EPSILON);
            prop_assert!(region.y() >= 0.0 && region.bottom() <= 1.0 + f32::EPSILON);
            prop_assert!(region.area() >= 0.0);
        }
    }

    #[test]
    fn any_two_numbers_are_a_span_between_characters_or_a_lie(start in 0_u32..40, end in 0_u32..40) {
        let text = "drei Äpfel über 🍎 hängend";
        if let Ok(Place::TextSpan { start, end }) = span(types::TextSpan { start, end }, text) {
            prop_assert!(text.get(start as usize..end as usize).is_some());
        }
    }
}
