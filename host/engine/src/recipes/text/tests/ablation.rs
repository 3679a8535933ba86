//! `ChatProtect` and `SelfCite`: what is left away, and what is said again without it.

use pentimento_recipe::Reflection;

use super::*;

fn with(name: &str, rounds: u32, reflection: Reflection) -> Recipe {
    let algorithm = Algorithm::Text(TextAlgorithm::Reflection(reflection));
    Recipe { algorithm, ..recipe(name, rounds) }
}

fn text(text: &str) -> String {
    format!(r#"{{"text": "{text}"}}"#)
}

fn prose(text: &str) -> String {
    format!(r#"{{"steps": [], "answer": "{text}"}}"#)
}

fn items(items: &[&str]) -> String {
    format!(r#"{{"items": ["{}"]}}"#, items.join("\", \""))
}

const YES: &str = r#"{"answer": "yes"}"#;
const NO: &str = r#"{"answer": "no"}"#;

fn protect(rounds: u32) -> Recipe {
    let reflection = Reflection::ChatProtect { sentences: 12, votes: 2, agreement: 1.0 };
    with("chatprotect", rounds, reflection)
}

#[test]
fn chatprotect_says_every_sentence_again_votes_on_contradictions_and_frees_the_sentence() {
    let replies = [
        prose("Ada was born in Paris. She wrote notes."),
        items(&["Ada was born in", "She wrote"]),
        text("Ada was born in London."),
        text("one of two cities"),
        YES.to_owned(),
        YES.to_owned(),
        // The same again, in other spelling, is no contradiction and needs no vote.
        text("she wrote notes"),
        text("Ada was born."),
        // Round 2 finds nothing more.
        items(&["Ada was", "She wrote"]),
        text("Ada was born."),
        text("She wrote notes."),
    ];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&protect(3), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 1, StopReason::Accepted));
    assert_eq!(ended.texts[1], "Ada was born. She wrote notes.");
    let forms = writer.forms();
    let first = ["solution", "cues", "sentence", "explanation", "answer", "answer", "sentence"];
    assert_eq!(forms[..7], first);
    assert_eq!(forms[7..], ["freed", "cues", "sentence", "sentence"]);
    let asked = writer.asked();
    assert!(asked[4].1.contains("one of two cities"), "the explanation stands before the vote");
    assert!(asked[6].1.contains("author=\"kept\">\n\"Ada was born in Paris.\""), "{}", asked[6].1);
    assert!(!asked[2].1.contains("born in Paris"), "it is said again as if it were not there");
}

#[test]
fn chatprotect_drops_in_the_last_round_what_still_contradicts_and_needs_all_votes() {
    let replies = [
        prose("Ada was born in Paris. She wrote notes."),
        items(&["Ada was born in", "She wrote"]),
        text("Ada was born in London."),
        text("two cities"),
        YES.to_owned(),
        YES.to_owned(),
        text("She wrote poems."),
        text("both may be"),
        YES.to_owned(),
        NO.to_owned(),
    ];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&protect(1), &writer, None).unwrap();
    assert_eq!(ended.texts[1], "She wrote notes.");
    assert_eq!(ended.short(), (Verdict::GiveUp, 1, StopReason::Rounds));
}

#[test]
fn chatprotect_keeps_a_text_of_which_nothing_would_be_left() {
    let replies = [
        prose("Ada was born in Paris."),
        items(&["Ada was born in"]),
        text("Ada was born in London."),
        text("two cities"),
        YES.to_owned(),
        YES.to_owned(),
    ];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&protect(1), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::NoOps));
    assert_eq!(ended.texts.len(), 1);
}

fn cite(citations: u32) -> Recipe {
    cite_by(0, citations)
}

fn cite_by(reward: u32, citations: u32) -> Recipe {
    let (sentences, temperature, votes) = (4, 1.2, 1);
    let reflection = Reflection::SelfCite { sentences, citations, temperature, votes, reward };
    with("self-cite", 1, reflection)
}

const IDEA: &str = "Ann has 3 hats. Bob has 4 hats. It rains. How many hats are there?";

fn numbers(numbers: &str) -> String {
    format!(r#"{{"numbers": [{numbers}]}}"#)
}

fn cited(replies: Vec<String>, citations: u32) -> (Ended, Arc<ScriptedWriter>) {
    let writer = ScriptedWriter::new("w", replies);
    let models = Models { writer: Some(writer.clone()), ..Models::default() };
    (perform_about(IDEA, &cite(citations), models, None).unwrap(), writer)
}

#[test]
fn self_cite_keeps_the_citation_that_is_needed_and_enough() {
    let one = r#"{"steps": ["3 + 4 = 7"], "answer": "7"}"#.to_owned();
    let replies = vec![
        one,
        numbers("1, 2, 3"),
        // All sentences: enough, and the rest (nothing) is not.
        YES.to_owned(),
        YES.to_owned(),
        numbers("2, 1"),
        YES.to_owned(),
        NO.to_owned(),
        // Drawn twice, tried once.
        numbers("1, 2"),
        numbers(""),
    ];
    let (ended, writer) = cited(replies, 4);
    assert_eq!(ended.short(), (Verdict::Accept, 1, StopReason::Accepted));
    assert_eq!(ended.texts[1], "3 + 4 = 7 [1][2]\nAnswer: 7");
    let forms = writer.forms();
    let tried = ["citation", "answer", "answer"];
    assert_eq!(forms[1..], [&tried[..], &tried[..], &["citation", "citation"]].concat());
    let asked = writer.asked();
    assert!(asked[1].1.contains("[3] It rains.") && asked[1].1.contains("How many hats"));
    let hold = &asked[5].1;
    assert!(hold.contains("Ann has 3") && hold.contains("Bob has 4") && !hold.contains("rains"));
    let drop = &asked[6].1;
    assert!(!drop.contains("Ann has 3") && drop.contains("It rains."));
}

#[test]
fn self_cite_can_be_told_to_ask_whether_a_citation_is_enough_or_whether_it_is_needed_alone() {
    let one = || r#"{"steps": ["3 + 4 = 7"], "answer": "7"}"#.to_owned();
    let told = |reward: u32, replies: Vec<String>| {
        let writer = ScriptedWriter::new("w", replies);
        let models = Models { writer: Some(writer.clone()), ..Models::default() };
        let ended = perform_about(IDEA, &cite_by(reward, 2), models, None).unwrap();
        let asked = writer.asked();
        let contexts = asked.iter().filter(|(form, _)| form == "answer").map(|(_, text)| {
            ["3 hats", "4 hats", "It rains"].map(|piece| u8::from(text.contains(piece)))
        });
        (ended.texts[1].clone(), contexts.collect::<Vec<_>>())
    };
    // Enough: the citation alone is before its eyes, and nothing is left away.
    let replies = vec![one(), numbers("1"), NO.to_owned(), numbers("1, 2"), YES.to_owned()];
    let (text, contexts) = told(1, replies);
    assert_eq!(text, "3 + 4 = 7 [1][2]\nAnswer: 7");
    assert_eq!(contexts, [[1, 0, 0], [1, 1, 0]]);
    // Needed: the whole text once, and then what is left without each citation.
    let replies =
        vec![one(), numbers("3"), YES.to_owned(), YES.to_owned(), numbers("2"), NO.to_owned()];
    let (text, contexts) = told(2, replies);
    assert_eq!(text, "3 + 4 = 7 [2]\nAnswer: 7");
    assert_eq!(contexts, [[1, 1, 1], [1, 1, 0], [1, 0, 1]]);
}

#[test]
fn self_cite_leaves_a_statement_without_support_uncited_and_the_text_unaccepted() {
    let one = r#"{"steps": ["Cid has 9 hats"], "answer": "9"}"#.to_owned();
    let (ended, _) = cited(vec![one, numbers("1"), NO.to_owned()], 2);
    assert_eq!(ended.short().0, Verdict::GiveUp);
    assert_eq!(ended.texts[1], "Cid has 9 hats\nAnswer: 9");
    let writer = ScriptedWriter::new("w", [answer("12")]);
    let ended = perform(&cite(2), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::NoOps), "there is no text to cite");
}
