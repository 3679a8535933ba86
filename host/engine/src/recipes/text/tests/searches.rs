//! The recipes that search: where they go on, what comes back up, when they commit.

use pentimento_recipe::Search;

use super::*;

fn with(name: &str, rounds: u32, search: Search) -> Recipe {
    let algorithm = Algorithm::Text(TextAlgorithm::Search(search));
    Recipe { algorithm, ..recipe(name, rounds) }
}

pub(super) fn score(score: u8) -> String {
    format!(r#"{{"score": {score}}}"#)
}

/// Steps and an answer.
fn steps(steps: &[&str], answer: &str) -> String {
    let steps: Vec<_> = steps.iter().map(|step| format!("\"{step}\"")).collect();
    format!(r#"{{"steps": [{}], "answer": "{answer}"}}"#, steps.join(", "))
}

/// The lines of the block of an author in a question.
pub(super) fn block(text: &str, author: &str) -> Vec<String> {
    let begin = format!("<findings author=\"{author}\">");
    let mut lines = text.lines().skip_while(|line| *line != begin).skip(1);
    let inside = lines.by_ref().take_while(|line| *line != "</findings>");
    inside.map(|line| line.trim_matches('"').to_owned()).collect()
}

fn mcts(rounds: u32, width: u32) -> Recipe {
    let search = Search::Mcts { explore: 0.1, width, temperature: 0.7, stop_worth: 0.9 };
    with("mcts", rounds, search)
}

#[test]
fn mcts_goes_on_where_it_promises_most_and_tells_what_was_tried_there() {
    let replies = [
        steps(&["a", "b"], "13"),
        score(4),
        // Another way from the root: better.
        steps(&["c", "d"], "14"),
        score(8),
        // The root is full; UCT goes down the better branch and on from there.
        steps(&["e"], "15"),
        score(9),
    ];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&mcts(9, 2), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 2, StopReason::Accepted));
    let turn = ["continuation", "value"];
    assert_eq!(writer.forms(), [&["solution", "value"][..], &turn, &turn].concat());
    let asked = writer.asked();
    assert_eq!(block(&asked[2].1, "tried"), ["a"]);
    assert!(block(&asked[2].1, "kept").is_empty());
    assert_eq!(
        (block(&asked[4].1, "kept"), block(&asked[4].1, "tried")),
        (vec!["c".into()], vec![])
    );
    assert_eq!(ended.texts[2], "c\ne\nAnswer: 15");
    let parents: Vec<_> = ended.origins().into_iter().map(|(_, parent)| parent).collect();
    assert_eq!(parents, [None, Some(0), Some(1)]);
    assert!(ended.reasons()[2].ends_with("it is held to be right"), "{:?}", ended.reasons());
}

#[test]
fn mcts_is_ended_by_a_proof_and_by_a_tree_that_is_full() {
    let writer = ScriptedWriter::new("w", [answer("13"), answer("12")]);
    let verifier = ScriptedVerifier::new(knows);
    let ended = perform(&mcts(9, 2), &writer, Some(verifier)).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 1, StopReason::Accepted));
    assert_eq!(writer.forms(), ["solution", "continuation"], "verifiers weigh for nothing");
    let writer = ScriptedWriter::new("w", [steps(&["a"], "13"), score(2)]);
    let ended = perform(&mcts(9, 1), &writer, None).unwrap();
    assert_eq!(
        ended.short(),
        (Verdict::GiveUp, 0, StopReason::NoOps),
        "nothing grows after the end"
    );
}

fn forest(rounds: u32, trees: u32) -> Recipe {
    let search = Search::ForestOfThought { trees, explore: 0.1, width: 3, temperature: 0.7 };
    with("forest-of-thought", rounds, search)
}

#[test]
fn a_forest_whose_trees_agree_needs_to_grow_no_more() {
    let writer = ScriptedWriter::new("w", [answer("12"), score(5)]);
    let replies = [answer("12"), score(5), answer("13"), score(6), answer("12"), score(4)];
    let three = ScriptedWriter::new("w", replies);
    let one = perform(&forest(0, 1), &writer, None).unwrap();
    assert_eq!(one.short(), (Verdict::GiveUp, 0, StopReason::Rounds), "one agrees with nobody");
    let ended = perform(&forest(4, 3), &three, None).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 0, StopReason::Accepted), "two of three");
    assert!(ended.reasons()[0].ends_with("all answers agree"), "{:?}", ended.reasons());
}

#[test]
fn every_tree_criticizes_and_refines_with_its_own_history_and_an_expert_has_the_last_word() {
    let replies = [
        answer("13"),
        score(5),
        answer("14"),
        score(5),
        // Tree 1: scored again, criticized, refined, scored.
        score(5),
        wrong("13 is off"),
        answer("15"),
        score(6),
        // Tree 2 likewise.
        score(5),
        wrong("14 is off"),
        answer("16"),
        score(7),
        r#"{"numbers": [1]}"#.to_owned(),
    ];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&forest(1, 2), &writer, None).unwrap();
    // 15 is worth less than 16, but it is the expert's choice.
    assert_eq!(ended.short(), (Verdict::GiveUp, 2, StopReason::Rounds));
    let grown = ["value", "problems", "solution", "value"];
    let planted = ["solution", "value", "solution", "value"];
    assert_eq!(writer.forms(), [&planted[..], &grown, &grown, &["choice"]].concat());
    let asked = writer.asked();
    assert!(asked[6].1.contains("13 is off") && !asked[6].1.contains("14 is off"));
    assert!(asked[10].1.contains("14 is off") && !asked[10].1.contains("Answer: 13"));
    assert!(asked[12].1.contains("Answer: 15") && asked[12].1.contains("Answer: 16"));
}

#[test]
fn a_tree_stands_for_the_answer_that_all_scores_speak_for() {
    let replies = [
        answer("13"),
        score(6),
        // Looked at again it is worth less: 13 comes to 0.3, what is made of it to 0.5.
        score(2),
        wrong("13 is off"),
        answer("15"),
        score(5),
    ];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&forest(1, 1), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 1, StopReason::Rounds));
}

fn deepening(rounds: u32, samples: u32) -> Recipe {
    let search = Search::IterativeDeepening { steps: 1, growth: 2, samples, temperature: 0.7 };
    with("iterative-deepening", rounds, search)
}

fn deepened(keep: u8, rest: &[&str], answer: &str) -> String {
    steps(rest, answer).replacen('{', &format!("{{\"keep\": {keep}, "), 1)
}

#[test]
fn iterative_deepening_doubts_each_budget_and_keeps_the_way_that_promises_most() {
    let replies = [
        steps(&["a", "b", "c", "d"], "13"),
        score(5),
        // Budget 1: "a" is doubted, and once taken back; each way is weighed by its beginning.
        deepened(1, &["e", "f"], "14"),
        score(5),
        score(4),
        deepened(0, &["g", "h", "i"], "15"),
        score(6),
        score(8),
        // Budget 2: it goes on from what the better way had in it.
        deepened(2, &["j"], "16"),
        score(7),
        deepened(2, &["i"], "15"),
        score(9),
        // Budget 4: the whole is doubted, and comes out the same.
        deepened(3, &[], "15"),
        score(9),
        deepened(3, &[], "15.0"),
        score(9),
    ];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&deepening(9, 2), &writer, None).unwrap();
    assert_eq!((ended.short().0, ended.short().2), (Verdict::Accept, StopReason::Accepted));
    assert!(ended.texts[ended.short().1 as usize].ends_with("Answer: 15"), "{:?}", ended.texts);
    let asked = writer.asked();
    let doubted = asked.iter().filter(|(form, _)| form == "deepened");
    let kept: Vec<_> = doubted.map(|(_, text)| block(text, "kept")).collect();
    assert_eq!(
        kept,
        [
            vec!["a"],
            vec!["a"],
            vec!["g", "h"],
            vec!["g", "h"],
            vec!["g", "h", "i"],
            vec!["g", "h", "i"]
        ]
    );
    assert!(
        asked[2].1.contains("you may have made a mistake"),
        "the trigger stands in every budget"
    );
    assert_eq!(block(&asked[4].1, "writer"), ["a", "e", "Answer: "], "a beginning is weighed");
}

#[test]
fn an_answer_is_held_to_be_right_only_if_it_is_what_was_doubted_that_stayed() {
    let replies = [
        steps(&["a"], "13"),
        score(8),
        // 13 is doubted and becomes 14, 14 is doubted and becomes 13: neither stayed.
        deepened(1, &[], "14"),
        score(5),
        deepened(1, &[], "13"),
        score(7),
        deepened(1, &[], "13"),
        score(7),
    ];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&deepening(9, 1), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 0, StopReason::Accepted));
    let reasons = ended.reasons();
    let held: Vec<bool> = reasons.iter().map(|why| why.ends_with("held to be right")).collect();
    assert_eq!(held, [false, false, false, true], "{reasons:?}");
}

fn rain(rounds: u32) -> Recipe {
    let search =
        Search::Rain { width: 2, explore: 0.5, visits: 1, turns: 8, value: 0.5, temperature: 1.0 };
    with("rain", rounds, search)
}

const A: &str = r#"{"answer": "a"}"#;
const B: &str = r#"{"answer": "b"}"#;

#[test]
fn rain_takes_back_what_turns_out_badly_and_commits_to_what_was_visited_most() {
    let replies = [
        // The first text is wrong in both orders of the options, another way on is right in both.
        steps(&["x"], "13"),
        B.to_owned(),
        A.to_owned(),
        steps(&["r"], "12"),
        A.to_owned(),
        B.to_owned(),
        steps(&["x"], "13"),
    ];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&rain(5), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 1, StopReason::Accepted));
    let looked_at = ["answer", "answer", "continuation"];
    let forms = [&["solution"][..], &looked_at, &looked_at].concat();
    assert_eq!(writer.forms(), forms, "a text is evaluated once, in both orders");
    let asked = writer.asked();
    assert!(block(&asked[1].1, "options")[0].contains("right so far"));
    assert!(block(&asked[2].1, "options")[1].contains("right so far"));
    assert_eq!(ended.texts[1], "r\nAnswer: 12");
}

#[test]
fn rain_tries_several_ways_before_it_commits_to_the_first_step_of_a_text_that_it_approves_of() {
    let approved = [A.to_owned(), B.to_owned()];
    let ways = [steps(&["x"], "13"), steps(&["y"], "12"), steps(&["y"], "12.0")];
    let replies = ways.into_iter().flat_map(|way| [&[way][..], &approved].concat());
    let writer = ScriptedWriter::new("w", replies.collect::<Vec<_>>());
    let ended = perform(&rain(5), &writer, None).unwrap();
    let looked_at = ["answer", "answer"];
    let way = ["continuation", "answer", "answer"];
    assert_eq!(writer.forms(), [&["solution"][..], &looked_at, &way, &way].concat());
    // Two of three ways on begin with it.
    assert_eq!(ended.short(), (Verdict::Accept, 1, StopReason::Accepted));
    let parents: Vec<_> = ended.origins().into_iter().map(|(_, parent)| parent).collect();
    assert_eq!(parents, [None, Some(0), Some(0)], "each goes on from the question");
}

#[test]
fn rain_hears_nothing_from_a_judge_who_always_takes_the_first_option() {
    let replies = [steps(&["x"], "13"), A.to_owned()];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&rain(5), &writer, None).unwrap();
    assert_eq!((ended.short().0, ended.short().2), (Verdict::GiveUp, StopReason::NoOps));
}

fn breeder(rounds: u32) -> Recipe {
    let search = Search::Promptbreeder { units: 2, answers: 1, temperature: 0.7, stop_worth: 0.9 };
    with("promptbreeder", rounds, search)
}

fn text(text: &str) -> String {
    format!(r#"{{"text": "{text}"}}"#)
}

#[test]
fn promptbreeder_overwrites_the_loser_with_a_changed_copy_of_the_winner() {
    let replies = [
        text("be quick"),
        answer("13"),
        score(2),
        text("be careful"),
        answer("14"),
        score(6),
        // Whatever is changed in the copy, the answer is given under it.
        text("be very careful"),
        text("be very careful"),
        text("be very careful"),
    ];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&breeder(1), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 1, StopReason::Rounds));
    let asked = writer.asked();
    let forms = ["instruction", "solution", "value", "instruction", "solution", "value"];
    assert_eq!(writer.forms()[..6], forms);
    assert_eq!(block(&asked[1].1, "view"), ["be quick"]);
    assert_eq!(block(&asked[4].1, "view"), ["be careful"]);
    let first = block(&asked[0].1, "mutation");
    assert!(first.len() == 1 && !block(&asked[0].1, "instruction").is_empty(), "{}", asked[0].1);
}

#[test]
fn promptbreeder_ends_with_a_proof_and_draws_the_same_every_time() {
    let told = |seen: &[&str]| {
        let replies: Vec<String> = seen.iter().map(|one| (*one).to_owned()).collect();
        let writer = ScriptedWriter::new("w", replies);
        let verifier = ScriptedVerifier::new(knows);
        let ended = perform(&breeder(3), &writer, Some(verifier)).unwrap();
        (ended.short(), writer.asked())
    };
    let (one, other, right) = (text("x"), answer("13"), answer("12"));
    let replies = [&one, &other, &one, &right].map(String::as_str);
    let (short, asked) = told(&replies);
    assert_eq!(short, (Verdict::Accept, 1, StopReason::Accepted));
    assert_eq!(told(&replies).1, asked);
}
