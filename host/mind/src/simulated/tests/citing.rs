//! What a tree search over statements on evidence does for a writer of known memory (Think&Cite).

use std::collections::BTreeSet;

use pentimento_engine::testing::ScriptedTool;
use pentimento_recipe::{Role, Search};

use super::{
    facts::{asked, corpus, habitual, search, true_corpus, with},
    reflections::{accepted, vote_like},
    *,
};

/// A search of so many turns with so many ways on from one place.
fn think_cite(rounds: u32, width: u32) -> Recipe {
    let search = Search::ThinkCite {
        explore: 1.0,
        width,
        passages: 3,
        statements: 6,
        temperature: 0.7,
        votes: 5,
        stop_worth: 0.95,
    };
    Recipe {
        algorithm: Algorithm::Text(TextAlgorithm::Search(search)),
        ..recipe("think-cite", rounds)
    }
}

/// Citations of what was handed out: those whose passage says what the statement says, and all.
fn citations(trial: &Trial) -> (u32, u32) {
    let (mut needed, mut all) = (0, 0);
    for course in &trial.0 {
        let lines: Vec<&str> = course.ends.1.lines().collect();
        let source = |number: &str| {
            let begin = format!("[{number}] ");
            lines.iter().find_map(|line| line.strip_prefix(&begin))
        };
        for (statement, numbers) in lines.iter().filter_map(|line| line.split_once(". [")) {
            let (hop, from, to) = Hop::stated(statement).unwrap();
            for number in numbers.trim_end_matches(']').split("][") {
                let passage = source(number).expect("a number has its passage");
                all += 1;
                needed += u32::from(hop.told(passage, from).as_deref() == Some(to));
            }
        }
    }
    (needed, all)
}

fn precision(trial: &Trial) -> f64 {
    let (needed, all) = citations(trial);
    f64::from(needed) / f64::from(all.max(1))
}

#[test]
fn cited_statements_beat_as_many_blind_answers_where_mistakes_are_habits() {
    // Li et al. (arXiv:2412.14860), table 2: against answers from memory, and a choice among many.
    let setting = |ability| Setting { question: asked, ..Setting::alone(ability) };
    let ability = habitual(0.8);
    let trial = with(&search(true_corpus()), &think_cite(12, 3), ability);
    let vote = vote_like(&trial, &setting(ability)).last();
    let (first, last) = (trial.accuracy(0), trial.last());
    println!("think-cite: {first:.3} → {last:.3}, vote {vote:.3}, {} calls", trial.calls());
    assert!(last > first + 0.2, "{first} → {last}");
    assert!(last > vote + 0.15, "{last} against {vote}");
}

#[test]
fn a_search_cites_what_it_needs_more_often_than_one_pass_and_every_number_has_its_passage() {
    let ability = habitual(0.4);
    let pass = with(&search(true_corpus()), &think_cite(3, 1), ability);
    let searched = with(&search(true_corpus()), &think_cite(16, 3), ability);
    let (one, many) = (precision(&pass), precision(&searched));
    println!("precision of citations: one pass {one:.3}, searched {many:.3}");
    println!("accuracy: one pass {:.3}, searched {:.3}", pass.last(), searched.last());
    assert!(many > one + 0.1, "{one} {many}");
    assert!(searched.last() > pass.last(), "{} {}", pass.last(), searched.last());
    let known: BTreeSet<String> = true_corpus().into_iter().collect();
    let texts = searched.0.iter().flat_map(|course| course.ends.1.lines());
    for source in texts.filter(|line| line.starts_with('[')) {
        assert!(known.contains(source.split_once(": ").unwrap().1), "{source}");
    }
    assert!(citations(&searched).1 > 100, "{:?}", citations(&searched));
}

#[test]
fn without_evidence_nothing_is_stated_gained_or_accepted() {
    let ability = habitual(0.4);
    for tool in [search(Vec::new()), ScriptedTool::by("tool-search", |_| Ok("null".to_owned()))] {
        let trial = with(&tool, &think_cite(8, 3), ability);
        let (first, last) = (trial.accuracy(0), trial.last());
        assert!((last - first).abs() < 0.03, "{first} → {last}");
        assert_eq!((accepted(&trial).1, citations(&trial).1), (0, 0));
    }
}

#[test]
fn a_search_on_evidence_is_as_good_as_the_documents() {
    let lies = corpus(|_, to| format!("not {to}"));
    let misled = with(&search(lies), &think_cite(8, 3), habitual(0.4));
    assert!(misled.last() < 0.4, "{}", misled.last());
    let deaf = Ability { heeds: 0.0, ..habitual(0.8) };
    let deaf = with(&search(true_corpus()), &think_cite(8, 3), deaf);
    let heeding = with(&search(true_corpus()), &think_cite(8, 3), habitual(0.8));
    assert!(deaf.last() < heeding.last() - 0.15, "{} {}", deaf.last(), heeding.last());
}

#[test]
fn no_more_is_asked_than_the_recipe_says() {
    let recipe = think_cite(4, 3);
    let (_, most) =
        recipe.words(false).into_iter().find(|(role, _)| *role == Role::Writer).unwrap();
    // Whoever names all passages makes it ask of each.
    let lavish = Ability { cite: 0.0, ..habitual(0.4) };
    for course in with(&search(true_corpus()), &recipe, lavish).0 {
        assert!(course.calls <= most, "{} of {most}", course.calls);
    }
}
