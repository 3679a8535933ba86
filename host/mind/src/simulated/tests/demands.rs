//! CRITIC's third task (arXiv:2305.11738, section 4.3): texts under constraints, which a tool can check. There
//! the constraint is not to be toxic; here it is to have some words, to lack others, and not to be too long.

use async_trait::async_trait;
use pentimento_engine::ports::Assess;
use pentimento_model::{
    Artifact, Assessment, Check, CheckOutcome, Finding, Mode, Opinion, PluginId, Severity,
};

use super::*;

/// Lines of a trial.
const SOME: usize = 200;
const WORDS: [&str; 12] = [
    "apple", "boat", "cloud", "door", "engine", "forest", "garden", "harbor", "island", "jacket",
    "kettle", "lantern",
];

/// A line with four words and without two others.
fn asked(number: usize) -> String {
    let seed = Seed(9).derive("line", number as u64);
    let first = below(WORDS.len(), seed, "word", 0);
    let words: Vec<&str> = (0..6).map(|at| WORDS[(first + at * 5) % WORDS.len()]).collect();
    format!(
        "Write a line with the words {}, {}, {} and {}, without the words {} and {}, in at most {} words.",
        words[0],
        words[1],
        words[2],
        words[3],
        words[4],
        words[5],
        7 + below(3, seed, "most", 0)
    )
}

/// Holds lines against what is demanded of them, in the words of `verify-text`.
#[derive(Debug)]
struct Constraints(PluginId);

impl Constraints {
    fn assessor() -> Arc<dyn Assess> {
        Arc::new(Self(PluginId::of("verify-text", b"constraints")))
    }
}

#[async_trait]
impl Assess for Constraints {
    fn plugin(&self) -> &PluginId {
        &self.0
    }

    fn mode(&self) -> Mode {
        Mode::Enforce
    }

    async fn assess(&self, brief: &Brief, candidate: &Artifact, _seed: Seed) -> Assessment {
        let demands = Demands::find(&brief.idea).unwrap();
        let met = demands.met(std::str::from_utf8(&candidate.bytes).unwrap());
        let broken = met.iter().enumerate().filter(|(_, met)| !**met);
        let finding = |(at, _): (usize, &bool)| Finding {
            code: "constraint.violated".to_owned(),
            severity: Severity::Major,
            message: demands.complaint(at),
            place: None,
            evidence: Vec::new(),
            suggestion: None,
        };
        let findings: Vec<Finding> = broken.map(finding).collect();
        let outcome = if findings.is_empty() { CheckOutcome::Pass } else { CheckOutcome::Fail };
        let check = Check { outcome, proof: "by counting".to_owned(), findings };
        Assessment::Given { assessor: self.0.clone(), opinion: Opinion::Check(check) }
    }
}

/// A recipe over all lines, with a writer whose mistakes are this often habits, and with the tool or without.
fn over(name: &str, rounds: u32, habit: f64, checked: bool) -> Trial {
    let ability = Ability { habit, ..Temper::Typical.ability() };
    let setting = Setting { question: asked, ..Setting::alone(ability) };
    let recipe = Recipe { rounds, ..recipe(name, 1) };
    let among = |ports: Ports| {
        let assessors = if checked { vec![Constraints::assessor()] } else { Vec::new() };
        Ports { assessors, ..ports }
    };
    Trial((0..SOME).map(|at| course_among(&recipe, &setting, at, among)).collect())
}

#[test]
fn constraints_that_a_tool_checks_are_met_where_as_many_lines_held_against_it_repeat_habits() {
    // Against as many lines of which the tool chooses; by chance alone one of some more meets all.
    for (habit, wins) in [(0.8, true), (0.0, false)] {
        let critic = over("critic", 4, habit, true);
        let most = critic.0.iter().map(|course| course.calls).max().unwrap();
        let best = over("best-of-n-text", most - 1, habit, true);
        let (first, last, blind) = (critic.accuracy(0), critic.last(), best.last());
        println!("lines, habit {habit}: {first:.3} -> {last:.3}, best of n {blind:.3}");
        assert!(last > first + 0.15, "{first} {last}");
        assert_eq!(last > blind + 0.1, wins, "{last} {blind}");
        assert_eq!(blind > last, !wins, "{last} {blind}");
    }
}

#[test]
fn without_the_tool_constraints_are_met_no_more_often_and_nothing_is_proved() {
    // The paper's ablation (figure 3): what the model says of itself takes no toxicity away.
    let (with, without) = (over("critic", 4, 0.4, true), over("critic", 4, 0.4, false));
    let gain = |trial: &Trial| trial.last() - trial.accuracy(0);
    println!("gain with the tool {:.3}, without {:.3}", gain(&with), gain(&without));
    assert!(gain(&with) > 0.15 && gain(&without) < 0.05, "{} {}", gain(&with), gain(&without));
    let proved = |course: &&Course| course.accepted && course.stop == StopReason::Accepted;
    assert!(with.0.iter().filter(proved).all(|course| course.last), "a proof is sound");
    assert_eq!(without.0.iter().filter(proved).count(), 0);
}

#[test]
fn a_line_that_is_found_worse_never_takes_the_place_of_the_one_before() {
    // The paper's rule for this task: what is kept is what the tool finds less wrong with.
    let clumsy = Ability { repair: 0.2, step: 0.6, ..Temper::Typical.ability() };
    let setting = Setting { question: asked, ..Setting::alone(clumsy) };
    let among = |ports: Ports| Ports { assessors: vec![Constraints::assessor()], ..ports };
    let broken = |idea: &str, text: &str| {
        let met = Demands::find(idea).unwrap().met(text);
        met.iter().filter(|met| !**met).count()
    };
    for number in 0..SOME {
        let course = course_among(&recipe("critic", 4), &setting, number, among);
        let (idea, (first, last)) = (asked(number), &course.ends);
        assert!(broken(&idea, last) <= broken(&idea, first), "{first} → {last}");
    }
}
