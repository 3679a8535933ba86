//! What evidence does for a writer of known memory: CRITIC with a search tool, and with tables.

use std::collections::{BTreeMap, BTreeSet};

use pentimento_engine::{Ports, ports::Perform, testing::ScriptedTool};
use pentimento_model::Argument;
use pentimento_recipe::Role;
use serde_json::json;

use super::{
    super::almanac::{COUNTRIES, Relation},
    reflections::vote_like,
    *,
};

/// Questions of a trial: several are made of each.
const SOME: usize = 160;

/// A question that needs one fact or two.
pub(super) fn asked(number: usize) -> String {
    let seed = Seed(3).derive("fact", number as u64);
    let relation = |at| Relation::ALL[below(3, seed, "relation", at)];
    let (first, last) = (relation(0), relation(1));
    let hops = if number.is_multiple_of(2) || first == last {
        vec![Hop::Of(last)]
    } else {
        vec![Hop::Whose(first), Hop::Of(last)]
    };
    Quest::question(below(COUNTRIES.len(), seed, "country", 0), &hops).unwrap()
}

/// Everything the almanac knows, a passage a fact; `of` may tell it otherwise.
pub(super) fn corpus(of: impl Fn(&str, &str) -> String) -> Vec<String> {
    let facts = COUNTRIES.iter().flat_map(|row| {
        let hops = Relation::ALL.map(Hop::Of);
        hops.map(|hop| (hop, row[0], hop.of(row)))
    });
    facts.map(|(hop, from, to)| hop.sentence(from, &of(from, to))).collect()
}

pub(super) fn true_corpus() -> Vec<String> {
    corpus(|_, to| to.to_owned())
}

fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Finds passages by how many words they share with a query, as `tool-search` tells them.
pub(super) fn search(corpus: Vec<String>) -> Arc<ScriptedTool> {
    ScriptedTool::by("tool-search", move |arguments| {
        let of = |name: &str| &arguments.iter().find(|one| one.name == name).unwrap().value;
        let number = |name: &str| of(name).parse::<usize>().unwrap();
        let (wanted, skip, count) = (words(of("query")), number("skip"), number("count"));
        let shared = |passage: &String| words(passage).intersection(&wanted).count();
        let mut found: Vec<_> =
            corpus.iter().enumerate().filter(|(_, one)| shared(one) > 0).collect();
        found.sort_by_key(|(at, one)| (std::cmp::Reverse(shared(one)), *at));
        let passage = |(at, text): &(usize, &String)| json!({ "document": "almanac", "line": at + 1, "passage": text });
        let results: Vec<_> = found.iter().skip(skip).take(count).map(passage).collect();
        Ok(json!({ "results": results }).to_string())
    })
}

/// Answers `SELECT a FROM country WHERE b = 'c'`, as `tool-sql` tells it.
fn tables(arguments: &[Argument]) -> String {
    const SCHEMA: &str = "CREATE TABLE country (name, capital, currency, language)";
    let query = &arguments[0].value;
    if query.contains("sqlite_schema") {
        return json!({ "outcome": "ok", "rows": [[SCHEMA]] }).to_string();
    }
    let error = |why: &str| json!({ "outcome": "error", "error": why, "schema": [SCHEMA] });
    let piece = |from: &str, to: &str| {
        let (_, rest) = query.split_once(from).unwrap();
        rest.split_once(to).map_or(rest, |(piece, _)| piece).to_owned()
    };
    let (wanted, table) = (piece("SELECT ", " "), piece(" FROM ", " "));
    let (key, value) = (piece(" WHERE ", " "), piece("= '", "'"));
    let columns = ["name", "capital", "currency", "language"];
    let column = |name: &String| columns.iter().position(|known| known == name);
    if table != "country" {
        return error("no such table").to_string();
    }
    let (Some(wanted), Some(key)) = (column(&wanted), column(&key)) else {
        return error("no such column").to_string();
    };
    let rows = COUNTRIES.iter().filter(|row| row[key] == value).map(|row| vec![row[wanted]]);
    json!({ "outcome": "ok", "rows": rows.collect::<Vec<_>>(), "cut": false }).to_string()
}

fn database() -> Arc<ScriptedTool> {
    ScriptedTool::by("tool-sql", |arguments| Ok(tables(arguments)))
}

/// The same that never says which tables there are unless a query fails.
fn silent_database() -> Arc<ScriptedTool> {
    ScriptedTool::by("tool-sql", |arguments| {
        let untold = arguments[0].value.contains("sqlite_schema");
        Ok(if untold { "null".to_owned() } else { tables(arguments) })
    })
}

/// A recipe over all questions with this tool.
pub(super) fn with(tool: &Arc<ScriptedTool>, recipe: &Recipe, ability: Ability) -> Trial {
    let tools: Vec<Arc<dyn Perform>> = vec![tool.clone()];
    let among = |ports: Ports| Ports { tools: tools.clone(), ..ports };
    let setting = Setting { question: asked, ..Setting::alone(ability) };
    Trial((0..SOME).map(|number| course_among(recipe, &setting, number, among)).collect())
}

fn searched(corpus: Vec<String>, ability: Ability) -> Trial {
    with(&search(corpus), &recipe("critic-search", 3), ability)
}

pub(super) fn habitual(habit: f64) -> Ability {
    Ability { habit, ..Temper::Typical.ability() }
}

#[test]
fn evidence_beats_as_many_blind_answers_where_mistakes_are_habits() {
    // CRITIC (arXiv:2305.11738), table 1: against answers from memory, and a choice among many.
    let setting = |ability| Setting { question: asked, ..Setting::alone(ability) };
    let ability = habitual(0.8);
    let trial = searched(true_corpus(), ability);
    let vote = vote_like(&trial, &setting(ability)).last();
    let (first, last) = (trial.accuracy(0), trial.last());
    println!("critic-search: {first:.3} → {last:.3}, vote {vote:.3}, {} calls", trial.calls());
    assert!(last > first + 0.2, "{first} → {last}");
    assert!(last > vote + 0.15, "{last} against {vote}");
    // What is forgotten by chance alone comes back in a vote.
    let free = habitual(0.0);
    let trial = searched(true_corpus(), free);
    let vote_of_free = vote_like(&trial, &setting(free)).last();
    println!("without habits: {:.3}, vote {vote_of_free:.3}", trial.last());
    assert!(vote_of_free > vote + 0.1, "{vote_of_free} against {vote}");
}

#[test]
fn without_evidence_nothing_is_gained() {
    // The paper's ablation: without tools the gains vanish or turn.
    let ability = habitual(0.4);
    let (with, without) = (searched(true_corpus(), ability), searched(Vec::new(), ability));
    let gain = |trial: &Trial| trial.last() - trial.accuracy(0);
    println!("gain {:.3}, without evidence {:.3}", gain(&with), gain(&without));
    assert!(gain(&with) > 0.15, "{}", gain(&with));
    assert!(gain(&without) < 0.03, "{}", gain(&without));
    // A tool that answers nothing of use is one without evidence, and the run goes on.
    let broken = ScriptedTool::by("tool-search", |_| Ok("null".to_owned()));
    let broken = self::with(&broken, &recipe("critic-search", 3), ability);
    assert!(gain(&broken) < 0.03, "{}", gain(&broken));
}

#[test]
fn evidence_is_as_good_as_the_documents_and_memory_holds_against_it_as_far_as_it_is_sure() {
    let ability = habitual(0.4);
    let lies = corpus(|_, to| format!("not {to}"));
    let misled = searched(lies, ability);
    assert!(misled.last() < 0.3, "{}", misled.last());
    let deaf = searched(true_corpus(), Ability { heeds: 0.0, ..ability });
    assert!(deaf.last() < deaf.accuracy(0) + 0.05, "{} → {}", deaf.accuracy(0), deaf.last());
}

#[test]
fn what_an_answer_stands_on_is_cited_and_is_so() {
    let trial = searched(true_corpus(), habitual(0.4));
    let known: BTreeSet<String> = true_corpus().into_iter().collect();
    let (mut cited, mut right) = (0, 0);
    for course in trial.0.iter().filter(|course| course.ends.1.contains("\n[")) {
        cited += 1;
        right += usize::from(course.last);
        for line in course.ends.1.lines().filter(|line| line.starts_with('[')) {
            let (_, passage) = line.split_once(": ").unwrap();
            assert!(known.contains(passage), "{line}");
        }
    }
    assert!(cited > SOME * 3 / 4, "{cited}");
    assert!(right * 100 > cited * 85, "{right} of {cited}");
}

#[test]
fn no_more_is_asked_than_the_recipe_says() {
    let recipe = recipe("critic-search", 3);
    let (_, most) =
        recipe.words(false).into_iter().find(|(role, _)| *role == Role::Writer).unwrap();
    // Every query of this one is beside the point.
    let lost = Ability { seeks: 0.0, ..habitual(0.4) };
    for course in with(&search(true_corpus()), &recipe, lost).0 {
        assert!(course.calls <= most, "{} of {most}", course.calls);
    }
}

/// Answers of queries that are written blindly, and the vote over them.
fn blind_queries(ability: Ability, count: u32) -> f64 {
    let (recipe, tool) = (recipe("critic-sql", 0), database());
    let tools: Vec<Arc<dyn Perform>> = vec![tool];
    let setting = Setting { question: asked, ..Setting::alone(ability) };
    let among = |ports: Ports| Ports { tools: tools.clone(), ..ports };
    let voted = |number: usize| {
        let mut votes = BTreeMap::<String, u32>::new();
        for sample in 0..count {
            let course = course_seeded(&recipe, &setting, (number, u64::from(sample)), among);
            let answer = course.ends.1.rsplit_once("Answer: ").unwrap().1.to_owned();
            *votes.entry(answer).or_default() += 1;
        }
        let most = votes.iter().max_by_key(|(_, votes)| **votes).unwrap();
        *most.0 == truth(&asked(number))
    };
    let right = (0..SOME).filter(|number| voted(*number)).count();
    #[expect(clippy::cast_precision_loss, reason = "a trial has few questions")]
    let share = right as f64 / SOME as f64;
    share
}

#[test]
fn rows_and_errors_beat_as_many_blind_queries_where_mistakes_are_habits() {
    let ability = Ability { code: 0.6, ..habitual(0.8) };
    let trial = with(&database(), &recipe("critic-sql", 4), ability);
    let calls = trial.calls().div_ceil(u32::try_from(SOME).unwrap());
    let blind = blind_queries(ability, calls);
    let (first, last) = (trial.accuracy(0), trial.last());
    println!("critic-sql: {first:.3} → {last:.3}, {calls} blind queries {blind:.3}");
    assert!(last > first + 0.15, "{first} → {last}");
    assert!(last > blind + 0.1, "{last} against {blind}");
    let free = Ability { habit: 0.0, ..ability };
    let (free, blind) =
        (with(&database(), &recipe("critic-sql", 4), free).last(), blind_queries(free, calls));
    println!("without habits: {free:.3}, blind {blind:.3}");
}

#[test]
fn who_is_told_the_tables_begins_better_and_the_error_tells_them_too() {
    let ability = habitual(0.4);
    let recipe = recipe("critic-sql", 4);
    let (told, untold) =
        (with(&database(), &recipe, ability), with(&silent_database(), &recipe, ability));
    assert!(untold.accuracy(0) < 0.01, "{}", untold.accuracy(0));
    assert!(told.accuracy(0) > 0.85, "{}", told.accuracy(0));
    assert!(untold.last() > 0.5, "{}", untold.last());
    assert!(told.last() > untold.last(), "{} {}", told.last(), untold.last());
}

#[test]
fn what_it_cannot_say_of_a_fact_is_an_error() {
    let question = asked(0);
    let quest = Quest::find(&question).unwrap();
    let (ability, form) = (Temper::Typical.ability(), "scores".to_owned());
    let scores = Asked { form, question, draft: Some(Vec::new()), ..Asked::default() };
    assert_eq!(super::super::facts::answer(&quest, &scores, &ability, Seed(1)), None);
    let error = unknown_form("scores", "questions of fact", FACTS);
    assert!(error.message.contains("`scores`") && error.hint.is_some());
}
