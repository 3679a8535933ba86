//! Nothing of use is no consent: judges who say nothing, votes that are missing, rewritings that are
//! not kept, agreement of one.

use pentimento_recipe::{Reflection, Search};

use super::*;
use crate::testing::{self, ScriptedModel};

/// What is of no use to anybody: no word, no JSON that was asked for, nothing.
const JUNK: [&str; 3] = ["%%%", "{}", " "];

fn with(name: &str, rounds: u32, algorithm: TextAlgorithm) -> Recipe {
    Recipe { algorithm: Algorithm::Text(algorithm), ..recipe(name, rounds) }
}

fn reflecting(name: &str, rounds: u32, reflection: Reflection) -> Recipe {
    with(name, rounds, TextAlgorithm::Reflection(reflection))
}

/// Everything that writers are asked for, and nothing that judges are.
fn written(form: &str) -> String {
    match form {
        "question" | "instruction" => r#"{"text": "How much is 3 * 4, please?"}"#.to_owned(),
        "sentence" => r#"{"text": "3 * 4 = 14"}"#.to_owned(),
        "perspectives" | "hints" => r#"{"items": ["one", "other"]}"#.to_owned(),
        "citation" => r#"{"numbers": [1]}"#.to_owned(),
        "deepened" => r#"{"keep": 2, "steps": [], "answer": "13"}"#.to_owned(),
        _ => answer("13"),
    }
}

#[test]
fn nothing_of_use_after_a_first_answer_is_acceptance_in_no_recipe() {
    for name in TextAlgorithm::NAMES.iter().copied() {
        for junk in JUNK {
            let writer = ScriptedWriter::new("w", [answer("13"), junk.to_owned()]);
            // Recipes that begin with something else than an answer have none to hand out.
            let Ok(ended) = perform(&recipe(name, 3), &writer, None) else { continue };
            assert_eq!(ended.short().0, Verdict::GiveUp, "{name} {junk:?} {:?}", ended.reasons());
        }
    }
}

#[test]
fn a_judge_who_says_nothing_of_use_accepts_nothing_and_the_reason_is_told() {
    for name in [
        "self-refine",
        "critic-cot",
        "backtrack",
        "multi-turn-correct",
        "chatprotect",
        "p-true",
        "magicore",
        "mcts",
        "think-cite",
        "iterative-deepening",
        "rain",
        "promptbreeder",
        "self-cite",
    ] {
        for junk in JUNK {
            let writer = ScriptedModel::by("w", |chat| {
                let form = chat.contract.as_ref().map_or("", |form| &*form.name);
                testing::answer(written(form))
            });
            let judge = ScriptedWriter::new("j", [junk]);
            let models = Models {
                writer: Some(Arc::new(writer)),
                judge: Some(judge.clone()),
                ..Models::default()
            };
            let idea = "There are 3 rows of 4. How much is 3 * 4?";
            let ended = perform_about(idea, &recipe(name, 2), models, None).unwrap();
            assert!(!judge.asked().is_empty(), "{name}");
            assert_eq!(ended.short().0, Verdict::GiveUp, "{name} {junk:?} {:?}", ended.reasons());
            let last = ended.reasons().pop().unwrap();
            let told = ["not judged", "all rounds", "nothing is left to try"];
            assert!(told.iter().any(|words| last.contains(words)), "{name}: {last}");
        }
    }
}

#[test]
fn a_text_without_steps_is_not_judged_step_by_step() {
    let bare = r#"{"steps": [], "answer": "13"}"#;
    for (name, said) in
        [("critic-cot", r#"{"steps": []}"#), ("backtrack", r#"{"first_wrong": null}"#)]
    {
        let writer = ScriptedWriter::new("w", [bare, said]);
        let ended = perform(&recipe(name, 3), &writer, None).unwrap();
        assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::NoOpinion), "{name}");
        assert_eq!(writer.asked().len(), 1, "{name}: there is nothing to ask about");
    }
}

const YES: &str = r#"{"answer": "yes"}"#;
const NO: &str = r#"{"answer": "no"}"#;

/// One round over one sentence that comes out otherwise, with these votes of ten.
fn protected(votes: &[&str]) -> Ended {
    let mut replies = vec![
        r#"{"steps": ["3 * 4 = 13"], "answer": "13"}"#.to_owned(),
        r#"{"items": ["3 * 4 ="]}"#.to_owned(),
        r#"{"text": "3 * 4 = 12"}"#.to_owned(),
        r#"{"text": "two results of one calculation"}"#.to_owned(),
    ];
    for vote in votes {
        // What is of no use is asked for once more.
        let times = if [YES, NO].contains(vote) { 1 } else { 2 };
        replies.extend(std::iter::repeat_n((*vote).to_owned(), times));
    }
    let writer = ScriptedWriter::new("w", replies);
    let protect = Reflection::ChatProtect { sentences: 12, votes: 10, agreement: 1.0 };
    perform(&reflecting("chatprotect", 1, protect), &writer, None).unwrap()
}

#[test]
fn votes_that_are_missing_are_no_yes_and_no_consent_either() {
    let banana = r#"{"answer": "banana"}"#;
    let all = protected(&[YES; 10]);
    assert_eq!(all.short().2, StopReason::NoOps, "nothing would be left of it");
    // Unanimity of ten is not the one vote that is there; nor does silence say that all is well.
    let mut one = [banana; 10];
    one[0] = YES;
    let ended = protected(&one);
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::NoOpinion), "{:?}", ended.texts);
    assert_eq!(ended.texts.len(), 1, "the sentence is kept");
    // Whatever those that are missing would have said: they are not all ten.
    one[1] = NO;
    assert_eq!(protected(&one).short(), (Verdict::Accept, 0, StopReason::Accepted));
    assert_eq!(protected(&[banana; 10]).short().2, StopReason::NoOpinion);
}

#[test]
fn sentences_that_nobody_looked_at_are_not_accepted() {
    let replies = [
        r#"{"steps": ["3 * 4 = 12", "so it is 12"], "answer": "12"}"#,
        r#"{"items": ["3 * 4 ="]}"#,
        r#"{"text": "3 * 4 = 12"}"#,
    ];
    let writer = ScriptedWriter::new("w", replies);
    let protect = Reflection::ChatProtect { sentences: 1, votes: 2, agreement: 1.0 };
    let ended = perform(&reflecting("chatprotect", 3, protect), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::NoOpinion));
}

/// Refutes 36, and can tell nothing of other answers.
fn dislikes(text: &str) -> Option<Result<(), u32>> {
    text.ends_with("36").then_some(Err(0))
}

fn advising(check: fn(&str) -> Option<Result<(), u32>>) -> ScriptedVerifier {
    ScriptedVerifier::new(check).with_mode(Mode::Advise)
}

#[test]
fn an_answer_that_stays_is_not_accepted_where_even_an_adviser_refutes_it() {
    for name in ["critic", "self-polish", "if-or-else"] {
        let polished = r#"{"text": "3 * 12?"}"#.to_owned();
        let replies = match name {
            "self-polish" => vec![answer("36"), polished, answer("36")],
            _ => vec![answer("36")],
        };
        let writer = ScriptedWriter::new("w", replies);
        let ended = perform(&recipe(name, 5), &writer, Some(advising(dislikes))).unwrap();
        assert_eq!(ended.short().0, Verdict::GiveUp, "{name}");
        assert_eq!(ended.short().2, StopReason::NoOps, "{name}");
        let writer = ScriptedWriter::new("w", [answer("35"), answer("35"), answer("35")]);
        if name != "self-polish" {
            let ended = perform(&recipe(name, 5), &writer, Some(advising(dislikes))).unwrap();
            assert_eq!(ended.short().0, Verdict::Accept, "{name}: nobody could tell");
        }
    }
}

/// Refutes every number but 36, and can tell nothing of words.
fn worse(text: &str) -> Option<Result<(), u32>> {
    let number: u32 = text.rsplit("Answer: ").next()?.parse().ok()?;
    Some(if number == 36 { Ok(()) } else { Err(1) })
}

#[test]
fn a_rewriting_that_is_not_kept_does_not_let_the_answer_stand() {
    // Every other answer is found worse: the writer never came to 36 again.
    let replies: Vec<String> = ["36", "41", "42", "43", "44"].map(answer).into();
    let writer = ScriptedWriter::new("w", replies);
    let shadowed = advising(worse);
    let ended = perform(&recipe("critic", 3), &writer, Some(shadowed)).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::Rounds), "{:?}", ended.reasons());
    let polished = r#"{"text": "3 * 12?"}"#.to_owned();
    let replies = [answer("36"), polished.clone(), answer("41"), polished, answer("36")];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&recipe("self-polish", 5), &writer, Some(advising(worse))).unwrap();
    assert_eq!(ended.reasons().len(), 3, "41 is another answer, 36 is the same again");
    assert_eq!(ended.short().0, Verdict::Accept);
}

#[test]
fn ioe_decides_between_two_answers_whatever_verifiers_say_of_the_second() {
    let replies = || ScriptedWriter::new("w", [answer("36"), answer("41"), answer("36")]);
    let writer = replies();
    let ended = perform(&recipe("if-or-else", 2), &writer, Some(advising(worse))).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 2, StopReason::Accepted), "{:?}", ended.reasons());
    let third = &writer.asked()[2].1;
    assert!(third.contains("Answer: 36") && third.contains("Answer: 41"), "{third}");
    let last = ended.reasons().pop().unwrap();
    assert!(last.ends_with("it is preferred to what was to take its place"), "{last}");
    // It decides for what verifiers find worse, for a third answer, or says nothing of use.
    for third in [answer("41"), answer("12"), "{}".to_owned()] {
        let writer = ScriptedWriter::new("w", [answer("36"), answer("41"), third]);
        let ended = perform(&recipe("if-or-else", 2), &writer, Some(advising(worse))).unwrap();
        assert_eq!(ended.short().0, Verdict::GiveUp, "{:?}", ended.reasons());
        assert!(ended.texts[ended.short().1 as usize].ends_with("36"));
    }
}

#[test]
fn one_is_no_agreement() {
    let sides = r#"{"items": ["a", "b", "c"]}"#.to_owned();
    let writer = ScriptedWriter::new("w", [sides, answer("13"), "{}".to_owned()]);
    let contrast = Reflection::SelfContrast { perspectives: 3, contrasted: 3 };
    let ended = perform(&reflecting("self-contrast", 2, contrast), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::NoOps), "{:?}", ended.reasons());
    for name in ["self-consistency", "best-of-n-text"] {
        let writer = ScriptedWriter::new("w", [answer("13")]);
        let ended = perform(&recipe(name, 0), &writer, None).unwrap();
        assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::Rounds), "{name}");
    }
    let low = r#"{"steps": [1, 1], "answer": 1}"#.to_owned();
    let replies = [answer("13"), "{}".to_owned(), "{}".to_owned(), low];
    let magicore =
        Reflection::Magicore { answers: 2, temperature: 0.8, average: 1.0, confidence: 0.5 };
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&reflecting("magicore", 0, magicore), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::Rounds), "a low score, and no vote");
    let search = Search::ForestOfThought { trees: 1, explore: 0.1, width: 3, temperature: 0.7 };
    let forest = with("forest-of-thought", 1, TextAlgorithm::Search(search));
    let writer = ScriptedWriter::new("w", [answer("12"), r#"{"score": 5}"#.to_owned()]);
    let ended = perform(&forest, &writer, None).unwrap();
    assert_eq!(ended.short().0, Verdict::GiveUp, "{:?}", ended.reasons());
}

#[test]
fn a_text_that_says_nothing_takes_no_answers_place() {
    for name in ["critic", "if-or-else", "self-polish"] {
        let writer = ScriptedWriter::new("w", [answer("7"), "%%%".to_owned()]);
        let ended = perform(&recipe(name, 3), &writer, None).unwrap();
        assert!(ended.texts.iter().all(|text| text.ends_with("Answer: 7")), "{:?}", ended.texts);
    }
}
