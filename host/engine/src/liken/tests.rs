//! Angles, centers, and vectors that are none.

use super::*;

fn likeness(vectors: &[&[f32]]) -> Result<Likeness, PortError> {
    let vectors: Vec<Vec<f32>> = vectors.iter().map(|vector| vector.to_vec()).collect();
    Likeness::of(&vectors, vectors.len())
}

#[test]
fn likeness_is_the_cosine_whatever_the_lengths_and_is_read_back_as_it_was_written() {
    let likeness = likeness(&[&[3.0, 0.0], &[0.0, 0.5], &[1.0, 1.0], &[-2.0, 0.0]]).unwrap();
    assert_eq!(likeness.in_words(), "0.0000 0.7071 -1.0000 0.7071 0.0000 -0.7071");
    let between = [(0, 1), (2, 0), (0, 3), (1, 2), (3, 1), (2, 3), (2, 2)];
    let wanted = ["0.0000", "0.7071", "-1.0000", "0.7071", "0.0000", "-0.7071", "1.0000"];
    let told = between.map(|(one, other)| format!("{:.4}", likeness.between(one, other)));
    assert_eq!(told, wanted);
    assert_eq!(Likeness::read(&likeness.in_words(), 4).unwrap(), likeness);
    for (words, texts) in [("0.5", 3), ("0.5 0.5", 2), ("2", 2), ("NaN", 2), ("x", 2), ("", 2)] {
        assert_eq!(Likeness::read(words, texts), None, "{words:?}");
    }
    assert!(Likeness::read("", 1).is_some() && Likeness::read("", 0).is_some());
}

#[test]
fn vectors_that_have_no_angle_are_refused_with_a_cause_and_a_hint() {
    let inf = f32::INFINITY;
    for (vectors, words) in [
        (&[&[1.0_f32, 0.0][..], &[1.0]][..], "several lengths"),
        (&[&[1.0], &[f32::NAN]], "no direction"),
        (&[&[1.0], &[inf]], "no direction"),
        (&[&[1.0, 1.0], &[0.0, 0.0]], "no direction"),
        (&[&[], &[]], "no direction"),
    ] {
        let error = likeness(vectors).unwrap_err();
        assert!(error.hint.is_some());
        assert!(error.cause.unwrap().to_string().contains(words), "{vectors:?}");
    }
    let error = Likeness::of(&[vec![1.0]], 2).unwrap_err();
    assert_eq!(error.cause.unwrap().to_string(), "there are 1 vectors for 2 texts");
    // As long as numbers get, and still a direction.
    let long = [f32::MAX; 2];
    assert_eq!(likeness(&[&long, &[1.0, 1.0]]).unwrap().in_words(), "1.0000");
}

#[test]
fn centers_stand_where_most_of_the_weight_is_near_and_far_from_each_other() {
    // Two near 0°, two near 90°, one at 180°.
    let at = |degrees: f32| [degrees.to_radians().cos(), degrees.to_radians().sin()];
    let vectors = [0.0, 5.0, 88.0, 90.0, 180.0].map(at);
    let vectors: Vec<&[f32]> = vectors.iter().map(<[f32; 2]>::as_slice).collect();
    let likeness = likeness(&vectors).unwrap();
    let even = [1; 5];
    assert_eq!(likeness.centers(&even, 3), [0, 2, 4]);
    assert_eq!(likeness.centers(&[1, 9, 1, 9, 1], 3), [1, 3, 4], "weight draws the center");
    assert_eq!(likeness.centers(&even, 9), [0, 1, 2, 3, 4], "there are no more than all");
    assert_eq!(likeness.centers(&even, 0), [0; 0]);
    assert_eq!(likeness.centers(&[9, 9, 1, 1, 1], 1), [1], "one center: the middle of the weight");
}

#[test]
fn every_choice_is_made_once() {
    let mut chosen = vec![0, 1];
    let mut all = vec![chosen.clone()];
    while next_choice(&mut chosen, 4) {
        all.push(chosen.clone());
    }
    assert_eq!(all, [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]);
}

#[test]
fn of_a_long_text_the_beginning_is_shown_without_half_a_character() {
    assert_eq!(beginning("short"), "short");
    let long = "é".repeat(TEXT_BYTES);
    assert_eq!(beginning(&long).len(), TEXT_BYTES);
    let odd = format!("x{long}");
    assert_eq!(beginning(&odd).len(), TEXT_BYTES - 1);
}
