use proptest::prelude::*;

use super::*;
use crate::{Algorithm, RecipeError, embedded, find, read};

const GOOD: &str = "name = \"mine\"\ntitle = \"Mine\"\nsummary = \"Does it.\"\n\
                    algorithm = \"self-refine\"\nuntil = ";

fn reading(until: &str) -> Result<Option<Until>, Vec<String>> {
    match read("test", &format!("{GOOD}{until}\n")) {
        Ok(recipe) => Ok(recipe.until),
        Err(RecipeError::Problems { problems, .. }) => Err(problems
            .iter()
            .map(|one| format!("{one} ({})", one.hint.as_deref().unwrap_or_default()))
            .collect()),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn rules_are_read_as_they_are_written_and_said_in_words() {
    for (text, words) in [
        ("\"proved\"", "a verifier proves it"),
        ("{ unchanged = 2 }", "2 rounds in a row change nothing in the answer"),
        (
            "{ any = [\"proved\", \"content\"] }",
            "a verifier proves it, or nothing more is found wrong with it",
        ),
        (
            "{ all = [\"content\", { rounds = 2 }] }",
            "nothing more is found wrong with it, and 2 rounds were made",
        ),
        (
            "{ any = [\"proved\", { all = [\"content\", { unchanged = 1 }] }] }",
            "a verifier proves it, or (nothing more is found wrong with it, and a round changes \
             nothing in the answer)",
        ),
        (
            "{ all = [{ any = [\"proved\", \"content\"] }] }",
            "a verifier proves it, or nothing more is found wrong with it",
        ),
    ] {
        let until = reading(text).unwrap().unwrap();
        assert_eq!((until.to_toml(), until.to_string()), (text.to_owned(), words.to_owned()));
    }
    let table = GOOD.replace("until = ", "[until]\nall = [\"proved\", \"content\"]\n");
    let until = read("test", &table).unwrap().until.unwrap();
    assert_eq!(until.to_toml(), "{ all = [\"proved\", \"content\"] }");
}

#[test]
fn what_is_no_tree_of_rules_is_refused_with_its_place() {
    let form = format!(
        "`until` is {}",
        "a rule such as `\"proved\"` or `{ unchanged = 2 }`, or `{ any = […] }` or `{ all = […] }` of such"
    );
    let known = "known are `proved`, `content`, `unchanged`, `rounds`";
    let many = format!("{{ any = [{}] }}", ["\"proved\""; 17].join(", "));
    let deep =
        |depth: usize| format!("{}\"proved\"{}", "{ any = [".repeat(depth), "] }".repeat(depth));
    for (text, problem) in [
        ("7", format!("5:9: `until` cannot be `7` ({form})")),
        ("[\"proved\"]", format!("5:9: `until` cannot be `[\"proved\"]` ({form})")),
        ("{}", format!("5:9: `until` cannot be `{{}}` ({form}, one key in each)")),
        ("\"proven\"", "5:9: unknown rule `proven` (did you mean `proved`?)".to_owned()),
        ("\"\"", format!("5:9: unknown rule `` ({known})")),
        ("{ some = [\"proved\"] }", format!("5:9: unknown rule `some` ({known})")),
        ("\"agreed\"", format!("5:9: `agreed` never holds in this algorithm ({known})")),
        ("{ any = [] }", "5:17: `any` of no rule never stops a run (name a rule in it, or leave `until` out)".to_owned()),
        ("{ all = \"proved\" }", "5:17: `all` cannot be `\"proved\"` (`all` is a list of rules)".to_owned()),
        ("{ all = [\"proved\", { all = [] }] }", "5:36: `all` of no rule never stops a run (name a rule in it, or leave `until` out)".to_owned()),
        ("\"unchanged\"", "5:9: `unchanged` counts rounds, and no number is said (write `{ unchanged = 2 }`)".to_owned()),
        ("{ proved = 2 }", "5:9: `proved` counts nothing (write `\"proved\"`)".to_owned()),
        ("{ rounds = 0 }", "5:20: `rounds` cannot be `0` (`rounds` is a whole number from 1 to 1000)".to_owned()),
        ("{ rounds = 1001 }", "5:20: `rounds` cannot be `1001` (`rounds` is a whole number from 1 to 1000)".to_owned()),
        ("{ unchanged = \"2\" }", "5:23: `unchanged` cannot be `\"2\"` (`unchanged` is a whole number from 1 to 1000)".to_owned()),
        (&many, "5:9: `until` has 17 rules; 16 are allowed (fewer rules say the same, or nobody can read them)".to_owned()),
        (&deep(5), "5:53: `until` is more than 4 lists deep (say it with fewer lists in one another)".to_owned()),
    ] {
        let two_keys = "{ any = [\"proved\"], all = [\"proved\"] }";
        assert!(reading(two_keys).unwrap_err()[0].contains("one key in each"));
        assert_eq!(reading(text).unwrap_err(), [problem], "{text}");
    }
    assert!(reading(&deep(4)).is_ok());
    let both = reading("{ any = [\"nothing\", { rounds = 0 }] }").unwrap_err();
    assert_eq!(both.len(), 2, "all problems are told: {both:?}");
    // Thousands of lists in one another end in words as well.
    assert!(reading(&deep(5000)).is_err());
}

#[test]
fn who_carries_no_draft_on_has_no_rules() {
    for (name, recipe) in embedded().iter().map(|(name, _)| (name, find(name).unwrap())) {
        let samples = matches!(
            recipe.algorithm,
            Algorithm::Text(
                TextAlgorithm::BestOfN { .. }
                    | TextAlgorithm::SelfConsistency { .. }
                    | TextAlgorithm::Sight(crate::Sight::BestOfN { .. })
            )
        );
        let is_text = matches!(recipe.algorithm, Algorithm::Text(_));
        assert_eq!(recipe.stops_once().is_some(), is_text && !samples, "{name}");
        let until = "until = \"proved\"\n\n[parameters]\n";
        let text = recipe.to_toml().replacen("\n[parameters]\n", until, 1);
        match read(name, &text) {
            Ok(other) => assert_eq!(other.until, Some(Until::Rule(Rule::Proved)), "{name}"),
            Err(error) => {
                assert!(samples || !is_text, "{name}: {error}");
                assert_eq!(error.hint(), Some("leave `until` out"), "{name}");
            }
        }
    }
}

#[test]
fn every_usual_rule_is_one_that_a_file_may_write() {
    for name in TextAlgorithm::NAMES {
        let Some((rules, more)) = usual::of(name) else { continue };
        let known = TextAlgorithm::rules_of(name);
        for word in rules.iter().map(|rule| rule.name()).chain(more.iter().copied()) {
            assert!(known.contains(&word), "{name}: {word}");
            assert!(Rule::meaning(word).is_some(), "{word}");
        }
    }
}

fn rule() -> impl Strategy<Value = Rule> {
    let known = ["proved", "content", "unchanged", "rounds"];
    (0..known.len(), 1..=Rule::MOST)
        .prop_map(move |(at, number)| Rule::named(known[at], number).unwrap())
}

/// Trees as a recipe can write them: at most four lists deep, with few rules.
fn tree() -> impl Strategy<Value = Until> {
    rule().prop_map(Until::Rule).prop_recursive(4, 16, 3, |inner| {
        let list = prop::collection::vec(inner, 1..3);
        prop_oneof![list.clone().prop_map(Until::Any), list.prop_map(Until::All)]
    })
}

/// What a tree means, said as plainly as can be.
fn naive(until: &Until, holds: &dyn Fn(Rule) -> bool) -> bool {
    match until {
        Until::Rule(rule) => holds(*rule),
        Until::Any(of) => of.iter().any(|one| naive(one, holds)),
        Until::All(of) => of.iter().all(|one| naive(one, holds)),
    }
}

proptest! {
    #[test]
    fn a_tree_holds_as_it_reads_and_the_rules_it_names_are_enough(until in tree(), truths in any::<u64>()) {
        let rules = until.rules();
        let truth = |rule: Rule| {
            let at = rules.iter().position(|one| *one == rule).unwrap_or(63);
            truths >> (at % 64) & 1 == 1
        };
        let reached = until.reached(&truth);
        prop_assert_eq!(reached.is_some(), naive(&until, &truth));
        if let Some(by) = reached {
            prop_assert!(!by.is_empty());
            prop_assert!(by.iter().all(|rule| truth(*rule)), "only rules that hold are named");
            prop_assert!(naive(&until, &|rule| by.contains(&rule)), "they alone are enough");
            // None of them can be left out, unless another way through the tree is there.
            prop_assert_eq!(until.reached(&|rule| by.contains(&rule)).unwrap(), by);
        }
    }

    #[test]
    fn a_tree_is_read_back_as_it_was_written(until in tree()) {
        prop_assume!(until.rules().len() <= Until::MOST_RULES);
        prop_assert_eq!(reading(&until.to_toml()).unwrap(), Some(until));
    }
}
