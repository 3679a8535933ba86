//! Promptbreeder: how an instruction is changed, kind by kind, and what is shown for it.

use std::collections::BTreeSet;

use pentimento_recipe::Search;

use super::*;
use crate::testing::{self, ScriptedModel, said};

/// What was asked, in order, in a run of many generations; every instruction is a new one, and says
/// how much answers under it are worth.
fn bred(seed: u64) -> Vec<String> {
    let search = Search::Promptbreeder { units: 6, answers: 1, temperature: 0.7, stop_worth: 1.0 };
    let recipe = Recipe {
        algorithm: Algorithm::Text(TextAlgorithm::Search(search)),
        ..recipe("promptbreeder", 30)
    };
    let made = std::sync::atomic::AtomicU32::new(0);
    let writer = Arc::new(ScriptedModel::by("w", move |chat| {
        let (form, text) = (chat.contract.as_ref().map_or("", |form| &*form.name), said(chat));
        let next = || {
            let at = made.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            // Later ones are rather better, up to 10.
            format!(
                "plan {at} worth {:.2}",
                1.0 + 0.05 * f64::from(at) + 0.25 * f64::from(at * 7 % 9)
            )
        };
        testing::answer(match form {
            "instruction" => format!(r#"{{"text": "{}"}}"#, next()),
            "hints" => format!(r#"{{"items": ["{}"]}}"#, next()),
            "solution" => answer(&worth(&block(&text, "view")[0]).to_string()),
            _ => {
                let rest = text.rsplit("Answer: ").next().unwrap();
                let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap();
                format!(r#"{{"score": {}}}"#, &rest[..end])
            }
        })
    }));
    let keep = Arc::new(Memory::default());
    let mut scripted = ScriptedPorts::over(&Script::new("", &[]), keep.clone());
    scripted.ports.models = Models { writer: Some(writer.clone()), ..Models::default() };
    scripted.ports.assessors = Vec::new();
    let request = RunRequest {
        run: RunId::new("test").unwrap(),
        brief: Brief::from_idea("How much is 3 * 4?"),
        budget: recipe.budget(),
        recipe: recipe.into(),
        painter: "none".to_owned(),
        seed: Seed(seed),
    };
    block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap();
    writer.asked()
}

/// What answers under an instruction are worth.
fn worth(instruction: &str) -> f64 {
    instruction.rsplit(' ').next().unwrap().parse().unwrap()
}

/// The lines of the block of an author in a question.
fn block(text: &str, author: &str) -> Vec<String> {
    let begin = format!("<findings author=\"{author}\">");
    let lines = text.lines().skip_while(|line| *line != begin).skip(1);
    let inside = lines.take_while(|line| *line != "</findings>");
    inside.map(|line| line.trim_matches('"').to_owned()).collect()
}

/// The instructions of a numbered list, whose numbers are right.
fn listed(text: &str) -> Vec<String> {
    let numbered = |(at, line): (usize, String)| {
        let (number, one) = line.split_once(". ").unwrap();
        assert_eq!(number.parse(), Ok(at + 1), "{text}");
        one.to_owned()
    };
    block(text, "list").into_iter().enumerate().map(numbered).collect()
}

/// Whether a question was put with this in it.
fn with<'t>(asked: &'t [String], words: &'static str) -> impl Iterator<Item = &'t String> {
    asked.iter().filter(move |text| text.contains(words))
}

#[test]
fn the_population_is_listed_in_random_order_and_nothing_is_said_of_fitness() {
    let asked = bred(7);
    let lists: Vec<_> = with(&asked, "The list, in no order:").map(|text| listed(text)).collect();
    assert!(lists.len() > 3, "{}", lists.len());
    let worths = |list: &Vec<String>| list.iter().map(|one| worth(one)).collect::<Vec<_>>();
    let falls = |list: &Vec<f64>| list.is_sorted_by(|one, other| one >= other);
    assert!(lists.iter().map(worths).any(|list| !list.is_sorted() && !falls(&list)));
    for text in with(&asked, "The list, in no order:") {
        assert!(!text.contains("score") && !text.contains("better"), "{text}");
    }
}

#[test]
fn the_ranked_list_ascends_and_is_said_to_descend() {
    let asked = bred(7);
    let lists: Vec<_> = with(&asked, "in descending order of score").collect();
    assert!(lists.len() > 3, "{}", lists.len());
    for text in lists {
        let list = listed(text);
        let worths: Vec<f64> = list.iter().map(|one| worth(one)).collect();
        assert!(worths.is_sorted(), "{worths:?}");
        let count = list.len();
        let told = format!(
            "Number {} is the best. It resembles number {count} more than it does number 1",
            count + 1
        );
        assert!(text.contains(&told), "{text}");
        assert_eq!(block(text, "mutation").len(), 1, "by the unit's own mutation prompt: {text}");
    }
}

#[test]
fn a_lineage_holds_the_best_of_their_time_in_the_order_in_which_they_came() {
    let asked = bred(7);
    let lists: Vec<_> =
        with(&asked, "in ascending order of quality").map(|text| listed(text)).collect();
    assert!(lists.iter().any(|list| list.len() > 1), "{lists:?}");
    for list in lists {
        let worths: Vec<f64> = list.iter().map(|one| worth(one)).collect();
        assert!(worths.is_sorted_by(|one, other| one < other), "{worths:?}");
        let order = |one: &String| one.split(' ').nth(1).unwrap().parse::<u32>().unwrap();
        assert!(list.iter().map(order).is_sorted(), "{list:?}");
    }
}

#[test]
fn mutation_prompts_are_made_from_a_way_of_thinking_or_from_the_old_one() {
    let asked = bred(7);
    let rules: Vec<_> = with(&asked, "A way of thinking to start from:").collect();
    assert!(rules.iter().all(|text| block(text, "style").len() == 1) && rules.len() > 3);
    let better: Vec<_> = with(&asked, "You summarize and improve a rule").collect();
    assert!(better.iter().all(|text| block(text, "mutation").len() == 1) && better.len() > 3);
    // What comes of either is used at once.
    for (at, text) in asked.iter().enumerate() {
        if text.contains("rule for changing instructions") {
            let next = &asked[at + 1];
            assert!(next.contains("You change an instruction."), "{next}");
        }
    }
}

#[test]
fn one_copy_in_ten_takes_the_instruction_of_another_unit_after_it_was_changed() {
    let (mut copies, mut crossed) = (0, 0);
    for seed in 0..12 {
        let asked = bred(seed);
        let mut known = BTreeSet::new();
        for view in asked.iter().filter_map(|text| block(text, "view").pop()) {
            copies += u32::from(known.len() >= 6);
            crossed += u32::from(!known.insert(view));
        }
    }
    assert!(copies > 1000, "{copies}");
    assert!((8..=12).contains(&(100 * crossed / copies)), "{crossed} of {copies}");
}
