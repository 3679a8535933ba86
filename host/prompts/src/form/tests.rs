use proptest::prelude::*;

use super::*;

const TWO: Prompts = Prompts { wanted: 2 };
const THREE: OneOf = OneOf { pictures: 3 };

#[test]
fn prompts_are_found_in_every_shape() {
    for answer in [
        r#"{"prompts": ["a cat", "a dog"]}"#,
        "Sure!\n```json\n{\"prompts\": [\"a cat\", \"a dog\"]}\n```\nEnjoy.",
        "I think {so}: {\"prompts\": [\"a cat\", \"\", 7, \"a cat\", \"a dog\", \"a cow\"]}",
        "<START>a cat<END> and <START> a\ndog <END> <START>a cow<END>",
        "<START>a cat<END><START>a dog",
    ] {
        assert_eq!(read(&TWO, answer).unwrap(), ["a cat", "a dog"], "{answer}");
    }
}

#[test]
fn answers_of_no_use_say_why() {
    let why = |answer: &str| read(&TWO, answer).unwrap_err().reason;
    assert_eq!(why(" \n"), "the answer is empty");
    assert_eq!(why("a cat, a dog"), "the answer holds no prompt");
    assert_eq!(why(r#"{"prompts": "a cat"}"#), "there is no list `prompts` in the answer");
    assert_eq!(why("{\"prompts\": [\"\u{200b}\"]}"), "the answer holds no prompt");
    let why = |answer: &str| read(&THREE, answer).unwrap_err().reason;
    assert_eq!(why(r#"{"best": 3}"#), "the pictures are numbered from 0 to 2");
    assert_eq!(why(r#"{"best": -1}"#), "the answer names no picture by its number");
    assert_eq!(why("the second one"), "the answer names no picture by its number");
}

#[test]
fn what_a_model_thinks_aloud_is_not_what_it_says() {
    const SAID: &str = r#"{"prompts": ["a cat", "a dog"]}"#;
    const THOUGHT: &str = r#"perhaps {"prompts": ["a cow"]}?"#;
    for answer in [
        format!("<think>{THOUGHT}</think>\n{SAID}"),
        // Where the first tag stands in the question.
        format!("{THOUGHT}\n</think>\n\n```json\n{SAID}\n```"),
        format!("\n<think>{}</think>{SAID}", "a".repeat(2 * READ_BYTES)),
        r#"{"prompts": ["a cat", "a dog"], "why": "</think> {\"prompts\": [\"a cow\"]}"}"#
            .to_owned(),
    ] {
        assert_eq!(read(&TWO, &answer).unwrap(), ["a cat", "a dog"], "{answer}");
    }
    for endless in [format!("<think>{THOUGHT}"), format!("<think>{THOUGHT}</think> ")] {
        let why = read(&TWO, &endless).unwrap_err().reason;
        assert_eq!(why, "the answer is thoughts and nothing else");
    }
}

#[test]
fn json_that_breaks_off_is_no_prose() {
    let long = format!(r#"{{"steps": [], "answer": "{}"}}"#, "7".repeat(READ_BYTES));
    let deep = format!(r#"{{"steps": {}, "answer": "7"}}"#, "[".repeat(5000));
    for broken in [
        r#"{"steps": ["3 + 4 = 7"], "answer": "7"#,
        "```json\n{ \"answer\": \"7\", }\n```",
        r#"{"steps": ["\ud800"], "answer": "7"}"#,
        &long,
        &deep,
    ] {
        let why = read(&InSteps, broken).unwrap_err().reason;
        assert!(why.starts_with("the answer begins as JSON"), "{why}");
    }
    for (prose, answer) in [("{1, 2, 3}", "{1, 2, 3}"), (r#"{"a": 1"#, r#"{"a": 1"#)] {
        assert_eq!(read(&InSteps, prose).unwrap().answer, answer, "an answer may look like that");
    }
}

#[test]
fn a_choice_has_a_score_only_if_every_picture_has_one() {
    for (answer, best, score) in [
        (r#"{"check": "…", "scores": [1, 9, 3], "best": 1}"#, 1, 9),
        (r#"{"scores": [1, 9], "best": 1}"#, 1, 0),
        (r#"{"scores": [1, 99, 3], "best": 1}"#, 1, 0),
        (r#"{"best": 2}"#, 2, 0),
        ("so <START> 0 <END>", 0, 0),
    ] {
        assert_eq!(read(&THREE, answer), Ok(Choice { best, score }), "{answer}");
    }
}

#[test]
fn a_reason_in_plain_words_is_one() {
    for (answer, reason) in [
        (r#"{"reason": "two cups, not three"}"#, "two cups, not three"),
        ("<START>too dark<END>", "too dark"),
        ("It is\n\u{1b}[2Jtoo dark.", "It is [2Jtoo dark."),
    ] {
        assert_eq!(read(&Reason, answer).as_deref(), Ok(reason));
    }
}

#[test]
fn a_long_or_deep_answer_is_bounded() {
    let long = format!("<START>{}<END>", "ä".repeat(READ_BYTES));
    assert_eq!(read(&TWO, &long).unwrap()[0].len(), PROMPT_BYTES);
    let deep = format!("{}{}", "{\"prompts\":".repeat(5000), "[".repeat(5000));
    assert!(read(&TWO, &deep).is_err());
}

proptest! {
    #[test]
    fn whatever_the_answer_what_is_read_is_within_bounds(answer in answers()) {
        if let Ok(prompts) = read(&TWO, &answer) {
            prop_assert!((1..=2).contains(&prompts.len()));
            for prompt in prompts {
                prop_assert!(!prompt.is_empty() && prompt.len() <= PROMPT_BYTES);
                prop_assert_eq!(clean(&prompt), prompt);
            }
        }
        if let Ok(choice) = read(&THREE, &answer) {
            prop_assert!(choice.best < 3 && choice.score <= BEST_SCORE);
        }
        if let Ok(reason) = read(&Reason, &answer) {
            prop_assert_eq!(clean(&reason), reason.clone());
            prop_assert!(reason.len() <= PROMPT_BYTES);
        }
    }
}

/// Any text, and pieces that look like answers in any order.
fn answers() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        prop::sample::select(vec![
            "{",
            "}",
            "\"prompts\":",
            "[",
            "]",
            "\"a\",",
            "\"best\":",
            "1",
            "\"reason\":",
            "<START>",
            "<END>",
            "```json\n",
            "null",
            "\u{202e}",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}
