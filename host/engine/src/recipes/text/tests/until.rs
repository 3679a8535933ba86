//! Rules of a recipe's own: when the run stops, what it is told for, and that nothing else changes.

use pentimento_recipe::{Rule, Until};

use super::*;

fn refining(until: Until, rounds: u32) -> Recipe {
    Recipe { until: Some(until), ..recipe("self-refine", rounds) }
}

fn all(rules: &[Rule]) -> Until {
    Until::All(rules.iter().copied().map(Until::Rule).collect())
}

#[test]
fn where_all_rules_must_hold_the_first_of_them_does_not_end_the_run() {
    let replies = [answer("12"), FINE.to_owned()];
    let writer = ScriptedWriter::new("w", replies.clone());
    let usual = perform(&recipe("self-refine", 5), &writer, None).unwrap();
    assert_eq!(usual.reasons().len(), 2, "the first content feedback ends it");
    let writer = ScriptedWriter::new("w", replies);
    let own = refining(all(&[Rule::Content, Rule::Unchanged(2)]), 5);
    let ended = perform(&own, &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 0, StopReason::NoOps));
    assert_eq!(writer.forms(), ["solution", "problems", "problems"]);
    let reasons = ended.reasons();
    assert_eq!(reasons[1], "nobody could check c0: another round may help");
    assert_eq!(
        reasons[2],
        "nobody could check c0: whoever was asked finds nothing more wrong with it, and the answer \
         no longer changes"
    );
}

#[test]
fn a_rule_within_any_names_the_branch_that_held() {
    let until = Until::Any(vec![Until::Rule(Rule::Proved), all(&[Rule::Content, Rule::Rounds(2)])]);
    let writer = ScriptedWriter::new("w", [answer("12"), FINE.to_owned()]);
    let ended = perform(&refining(until.clone(), 5), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 0, StopReason::Accepted));
    let last = ended.reasons().pop().unwrap();
    assert!(
        last.ends_with(
            "whoever was asked finds nothing more wrong with it, and 2 rounds were made"
        )
    );
    let writer = ScriptedWriter::new("w", [answer("12"), FINE.to_owned()]);
    let verifier = ScriptedVerifier::new(knows);
    let ended = perform(&refining(until, 5), &writer, Some(verifier)).unwrap();
    assert!(ended.reasons()[0].ends_with("a verifier proved it, and nobody objects"));
}

#[test]
fn budgets_end_a_run_whose_rules_never_hold() {
    let writer = ScriptedWriter::new("w", [answer("12"), FINE.to_owned()]);
    let never = refining(Until::Rule(Rule::Proved), 3);
    let ended = perform(&never, &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::Rounds));
    assert_eq!(writer.forms(), ["solution", "problems", "problems", "problems"]);
}

/// These need a picture, or a tool that knows tables.
const SEE_OR_QUERY: [&str; 3] = ["volcano", "lookback", "critic-sql"];

/// Every recipe that goes by rules, with rules that never hold: the dead ends of those that have some
/// still end them, and rounds end all others.
#[test]
fn no_recipe_runs_on_without_end_when_its_rules_never_hold() {
    for name in TextAlgorithm::NAMES {
        let plain = recipe(name, 3);
        if plain.stops_once().is_none() || SEE_OR_QUERY.contains(name) {
            continue;
        }
        let never = Recipe { until: Some(Until::Rule(Rule::Rounds(32))), ..plain };
        let reply = match *name {
            "critic-program" => r#"{"program": "answer = 12"}"#.to_owned(),
            _ => answer("12"),
        };
        let writer = ScriptedWriter::new("w", [reply]);
        let ended = perform(&never, &writer, None);
        let ended = ended.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(ended.reasons().len() <= 4, "{name}: {:?}", ended.reasons());
        let stops = [StopReason::Rounds, StopReason::NoOps, StopReason::NoOpinion];
        assert!(stops.contains(&ended.outcome.stop), "{name}: {:?}", ended.outcome);
    }
}
