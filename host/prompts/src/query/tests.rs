use proptest::prelude::*;

use super::*;
use crate::read;

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|&text| text.to_owned()).collect()
}

#[test]
fn facts_are_found_in_json_and_in_lines() {
    for answer in [
        r#"{"facts": [{"kind": "entity", "fact": "there is a cup"}, {"kind": "entity", "fact": "there is a cup"}, {"fact": ""}, {"kind": 7, "fact": "it is red"}, {"fact": "one too many"}]}"#,
        "Here:\n1 | entity | there is a cup\n2|attribute|it is red\nthat is all\n",
    ] {
        let facts = read(&Facts { most: 2 }, answer).unwrap();
        let facts: Vec<_> = facts.iter().map(|fact| fact.text.as_str()).collect();
        assert_eq!(facts, ["there is a cup", "it is red"], "{answer}");
    }
    let why = |answer| read(&Facts { most: 2 }, answer).unwrap_err().reason;
    assert_eq!(why("a cup and a dog"), "the answer holds no fact");
    assert_eq!(why(r#"{"facts": "a cup"}"#), "there is no list `facts` in the answer");
}

#[test]
fn parents_are_other_facts_or_none() {
    let form = Parents { facts: 3 };
    for (answer, parents) in [
        (r#"{"parents": [[], [1], [1, 2]]}"#, vec![vec![], vec![0], vec![0, 1]]),
        (r#"{"parents": [[0], [2, 1, 1], [9, -1, "x", 1]]}"#, vec![vec![], vec![0], vec![0]]),
        ("1 | 0\n2 | 1\n3 | 1, 2", vec![vec![], vec![0], vec![0, 1]]),
        ("3 | 2\n7 | 1", vec![vec![], vec![], vec![1]]),
    ] {
        assert_eq!(read(&form, answer).unwrap(), parents, "{answer}");
    }
    let why = |answer| read(&form, answer).unwrap_err().reason;
    assert_eq!(why(r#"{"parents": [[1]]}"#), "3 were asked for, and the answer holds 1");
    assert_eq!(why("all of them"), "the answer says of no fact what it needs");
}

#[test]
fn there_is_one_question_for_each_fact() {
    let form = Questions { facts: 2 };
    for answer in [
        r#"{"questions": ["Is there a cup?", "Is the cup red?"]}"#,
        "1 | Is there a cup?\n2 | Is the cup red?",
    ] {
        assert_eq!(read(&form, answer).unwrap(), ["Is there a cup?", "Is the cup red?"]);
    }
    let why = |answer| read(&form, answer).unwrap_err().reason;
    assert_eq!(why("1 | Is there a cup?"), "2 were asked for, and the answer holds 1");
    assert_eq!(
        why(r#"{"questions": ["Is there?", "\u200b"]}"#),
        "a question in the answer is empty"
    );
}

#[test]
fn a_quiz_keeps_only_questions_with_different_choices_and_a_right_one() {
    let answer = r#"{"questions": [
        {"kind": "color", "question": "What color?", "choices": ["red", "blue"], "answer": "Red."},
        {"kind": "color", "question": "What color?", "choices": ["red", "blue"], "answer": "blue"},
        {"kind": "color", "question": "Which?", "choices": ["red", "red"], "answer": "red"},
        {"kind": "color", "question": "Which one?", "choices": ["red", "blue"], "answer": "green"},
        {"kind": "color", "question": "Why?", "choices": ["red"], "answer": "red"},
        {"question": "A cup?", "choices": ["yes", "no"], "answer": "yes"}]}"#;
    let quiz = read(&Quiz { most: 9 }, answer).unwrap();
    let told: Vec<_> = quiz.iter().map(|one| (one.question.as_str(), one.right)).collect();
    assert_eq!(told, [("What color?", 0), ("A cup?", 0)]);
    let lines = "color | What color? | blue, red | red\nnothing | here";
    assert_eq!(read(&Quiz { most: 9 }, lines).unwrap()[0].right, 1);
    assert!(read(&Quiz { most: 9 }, "Is it red?").is_err());
}

#[test]
fn an_answer_is_one_of_the_choices_however_it_is_said() {
    let colors = texts(&["red", "dark red", "blue"]);
    let yes = texts(&["no", "yes"]);
    for (choices, answer, chosen) in [
        (&yes, r#"{"answer": "yes"}"#, Some(1)),
        (&yes, "Yes.", Some(1)),
        (&yes, "**NO**", Some(0)),
        (&yes, "No, there is a dog.", Some(0)),
        (&yes, "I cannot say yes or no", None),
        (&yes, "Noticeably", None),
        (&yes, r#"{"answer": true}"#, None),
        (&colors, "dark red", Some(1)),
        (&colors, "It is Blue!", Some(2)),
        (&colors, "It is dark red", None),
    ] {
        let form = OneWord { choices };
        assert_eq!(read(&form, answer).ok(), chosen, "{answer}");
    }
}

#[test]
fn many_answers_are_as_many_as_the_questions() {
    let queries = [no_or_yes("entity", "A cup?"), no_or_yes("entity", "A dog?")];
    let form = Answers { queries: &queries };
    for (answer, chosen) in [
        (r#"{"answers": ["yes", "no"]}"#, vec![Some(1), Some(0)]),
        (r#"{"answers": ["maybe", 3]}"#, vec![None, None]),
        ("1 | yes\n2 | it cannot be told", vec![Some(1), None]),
    ] {
        assert_eq!(read(&form, answer).unwrap(), chosen, "{answer}");
    }
    let why = read(&form, r#"{"answers": ["yes"]}"#).unwrap_err().reason;
    assert_eq!(why, "2 were asked for, and the answer holds 1");
}

proptest! {
    #[test]
    fn whatever_is_answered_is_read_or_refused(answer: String, piped in "([0-9]{1,3} ?\\|\\PC{0,20}\n){0,5}") {
        let queries = [no_or_yes("k", "q"), no_or_yes("k", "r")];
        for answer in [&answer, &piped] {
            if let Ok(facts) = read(&Facts { most: 3 }, answer) {
                prop_assert!((1..=3).contains(&facts.len()));
            }
            if let Ok(parents) = read(&Parents { facts: 2 }, answer) {
                prop_assert!(parents.iter().flatten().all(|&parent| parent < 2));
            }
            if let Ok(quiz) = read(&Quiz { most: 3 }, answer) {
                prop_assert!(quiz.iter().all(|one| one.right < one.choices.len()));
            }
            if let Ok(questions) = read(&Questions { facts: 2 }, answer) {
                prop_assert_eq!(questions.len(), 2);
            }
            if let Ok(answers) = read(&Answers { queries: &queries }, answer) {
                prop_assert!(answers.iter().flatten().all(|&choice| choice < 2));
            }
        }
    }
}
