//! Answers in steps and feedback, read from what models write.

use proptest::prelude::*;

use super::*;
use crate::read;

fn solution(steps: &[&str], answer: &str) -> Solution {
    let steps = steps.iter().map(|&step| step.to_owned()).collect();
    Solution { steps, answer: answer.to_owned() }
}

#[test]
fn an_answer_in_steps_is_read_from_json_prose_and_fences() {
    let whole = solution(&["3 * 4 = 12", "so 12"], "12");
    for answer in [
        r#"{"steps": ["3 * 4 = 12", "so 12"], "answer": "12"}"#,
        r#"{"steps": ["3 * 4 = 12", "", "so 12", 7], "answer": 12}"#,
        "Sure!\n```json\n{\"steps\": [\"3 * 4 = 12\", \"so 12\"], \"answer\": \"12\"}\n```",
        "3 * 4 = 12\n\nso 12\nANSWER: 12",
        "3 * 4 = 12\nso 12\nAnswer:12\n",
    ] {
        assert_eq!(read(&InSteps, answer), Ok(whole.clone()), "{answer}");
    }
    for answer in ["3 * 4 = 12\nso 12\n\n**Answer:** 12", "3 * 4 = 12\nso 12\nThe answer is 12"] {
        let read = read(&InSteps, answer).unwrap();
        assert_eq!((read.steps.len(), read.answer.trim()), (2, "12"), "{answer}");
    }
    let therefore = "60 * 3 = 180\n\nTherefore, James runs 180 meters.";
    let concluded = solution(&["60 * 3 = 180"], "Therefore, James runs 180 meters.");
    assert_eq!(read(&InSteps, therefore), Ok(concluded));
    for (answer, text) in [("a haiku\nin two lines", "a haiku\nin two lines"), ("12", "12")] {
        assert_eq!(read(&InSteps, answer), Ok(solution(&[], text)));
    }
    for useless in [
        "{\"steps\": [\"a\"]}",
        "{\"answer\": \" \"}",
        "Answer:",
        "{\"answer\": [1]}",
        "{\"steps\": [\"…\"], \"answer\": \"…\"}",
        "Answer: ...",
    ] {
        assert_eq!(read(&InSteps, useless), Err(no_answer()), "{useless}");
    }
}

#[test]
fn what_has_neither_a_word_nor_a_number_answers_only_where_it_stands_in_the_form() {
    for junk in ["%%%", "—", "{{", "?!\n--"] {
        assert!(read(&InSteps, junk).is_err(), "{junk}");
        assert!(read(&Problems, junk).is_err(), "{junk}");
    }
    for sign in ["<", "€", "🙂", ") ]"] {
        let answer = format!("{{\"steps\": [], \"answer\": \"{sign}\"}}");
        assert_eq!(read(&InSteps, &answer), Ok(solution(&[], sign)));
        assert_eq!(read(&InSteps, &format!("Answer: {sign}")), Ok(solution(&[], sign)));
    }
    assert_eq!(read(&InSteps, "пять"), Ok(solution(&[], "пять")));
}

#[test]
fn a_text_is_kept_as_its_steps_and_its_answer() {
    assert_eq!(solution(&["a", "b\nc"], "1").text(), "a\nb c\nAnswer: 1");
    assert_eq!(solution(&[], "two\nlines").text(), "two\nlines");
}

#[test]
fn who_names_a_problem_is_not_content() {
    let said = |problems: &[&str], correct, score| {
        Ok(Said {
            problems: problems.iter().map(|&text| text.to_owned()).collect(),
            correct,
            score,
        })
    };
    for (answer, expected) in [
        (r#"{"problems": [], "correct": true, "score": 9}"#, said(&[], true, 9)),
        (r#"{"problems": ["3 * 4 is 12"], "correct": true}"#, said(&["3 * 4 is 12"], false, 0)),
        (r#"{"problems": ["a", "b"], "correct": false, "score": 99}"#, said(&["a", "b"], false, 0)),
        ("I checked all. It is correct.", said(&[], true, 0)),
        ("The answer is correct, and there are no problems.", said(&[], true, 0)),
        ("the sum is wrong", said(&["the sum is wrong"], false, 0)),
        (
            "I do not think the answer is correct",
            said(&["I do not think the answer is correct"], false, 0),
        ),
    ] {
        assert_eq!(read(&Problems, answer), expected, "{answer}");
    }
    for useless in ["{\"correct\": false}", "{\"problems\": [\" \"]}", "{}"] {
        assert!(read(&Problems, useless).is_err(), "{useless}");
    }
}

#[test]
fn long_answers_are_cut() {
    let steps = vec!["x"; 2 * MOST_STEPS];
    let long = json!({ "steps": steps, "answer": "é".repeat(TEXT_BYTES) }).to_string();
    let solution = read(&InSteps, &long).unwrap();
    assert_eq!((solution.steps.len(), solution.answer.len()), (MOST_STEPS, TEXT_BYTES));
    let many = json!({ "problems": vec!["p"; 99], "correct": false }).to_string();
    assert_eq!(read(&Problems, &many).unwrap().problems.len(), MOST_PROBLEMS);
}

proptest! {
    #[test]
    fn whatever_a_model_writes_is_read_or_refused(answer in "(?s).{0,200}") {
        if let Ok(solution) = read(&InSteps, &answer) {
            prop_assert!(!solution.answer.is_empty());
            let text = solution.text();
            prop_assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
        }
        if let Ok(said) = read(&Problems, &answer) {
            prop_assert_eq!(said.correct, said.problems.is_empty());
        }
    }
}
