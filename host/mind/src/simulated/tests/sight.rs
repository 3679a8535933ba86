//! What looking again does for a seer of known ability: Volcano and `LookBack`.

use std::collections::BTreeMap;

use pentimento_engine::ports::Keep;
use pentimento_model::{Artifact, Brief, MediaType};
use pentimento_recipe::{Role, Sight};
use pentimento_world::lookup;

use super::*;

/// Pictures of a trial.
const SOME: usize = 250;
const KINDS: [&str; 4] = ["apple", "cat", "dog", "chair"];

/// A picture with some objects, a question about two or three kinds, and its answer.
fn scene(number: usize) -> (Artifact, String, u32) {
    let seed = Seed(9).derive("scene", number as u64);
    let counts: Vec<usize> = (0..KINDS.len()).map(|at| below(5, seed, "count", at)).collect();
    let kinds = 2 + below(2, seed, "kinds", 0);
    let mut picture = String::new();
    for (kind, count) in KINDS.iter().zip(&counts) {
        picture.push_str(&[kind, " 0.1 0.1 0.2 0.2\n"].concat().repeat(*count));
    }
    let plural = |kind: &&str| lookup(kind).unwrap().0.plural;
    let names: Vec<_> = KINDS.iter().take(kinds).map(plural).collect();
    let (last, before) = names.split_last().unwrap();
    let question = format!("How many {} and {last} are in the picture?", before.join(", "));
    let total: usize = counts.iter().take(kinds).sum();
    let picture = Artifact::new(MediaType::Png, picture.into_bytes());
    (picture, question, u32::try_from(total).unwrap())
}

/// What became of one question about a picture.
struct Looked {
    right: Vec<bool>,
    answer: String,
    calls: u32,
    accepted: bool,
}

fn looked(recipe: &Recipe, ability: Ability, (number, sample): (usize, u64)) -> Looked {
    let keep = Arc::new(Memory::default());
    let mut scripted = ScriptedPorts::over(&Script::new("", &[]), keep.clone());
    let eye = scripted.ports.assessors.remove(0);
    let seer = Simulated::with("test", ability).seeing(&eye.plugin().digest).through(eye);
    scripted.ports.models = Models { seer: Some(Arc::new(seer)), ..Models::default() };
    let (picture, question, total) = scene(number);
    keep.store(&picture).unwrap();
    let brief = Brief { attached: vec![picture.id], ..Brief::from_idea(question) };
    let request = RunRequest {
        run: RunId::new("trial").unwrap(),
        brief,
        budget: recipe.budget(),
        recipe: recipe.clone().into(),
        painter: "none".to_owned(),
        seed: Seed(11 + sample).derive("trial", number as u64),
    };
    let outcome = block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap();
    let (mut texts, mut looked) = (Vec::new(), Vec::new());
    let mut calls = 0;
    for timed in keep.events() {
        match timed.event {
            RunEvent::CandidateReady { candidate, .. } => {
                let text = keep.load(candidate.artifact).unwrap();
                let text = String::from_utf8(text.bytes.to_vec()).unwrap();
                texts.push(text.rsplit_once("Answer: ").unwrap().1.to_owned());
            }
            RunEvent::Decided { draft, .. } => {
                looked.push(texts[draft.0 as usize] == total.to_string());
            }
            RunEvent::Answered { .. } => calls += 1,
            _ => {}
        }
    }
    let answer = texts[outcome.best.0 as usize].clone();
    let accepted = outcome.verdict == pentimento_model::Verdict::Accept;
    Looked { right: looked, answer, calls, accepted }
}

/// A recipe over all pictures: right at first, right in the end, calls in all.
struct Glances(Vec<Looked>);

impl Glances {
    fn of(recipe: &Recipe, ability: Ability) -> Self {
        Self((0..SOME).map(|number| looked(recipe, ability, (number, 0))).collect())
    }

    #[expect(clippy::cast_precision_loss, reason = "a trial has few pictures")]
    fn share(&self, test: impl Fn(&Looked) -> bool) -> f64 {
        self.0.iter().filter(|one| test(one)).count() as f64 / self.0.len() as f64
    }

    fn first(&self) -> f64 {
        self.share(|one| one.right.first() == Some(&true))
    }

    fn last(&self) -> f64 {
        self.share(|one| one.right.last() == Some(&true))
    }

    fn calls(&self) -> u32 {
        let all: u32 = self.0.iter().map(|one| one.calls).sum();
        all.div_ceil(u32::try_from(self.0.len()).unwrap())
    }
}

/// The vote over as many first answers.
fn vote(ability: Ability, count: u32) -> f64 {
    let blind = recipe("volcano", 0);
    let voted = |number: usize| {
        let mut votes = BTreeMap::<String, u32>::new();
        for sample in 0..count {
            let answer = looked(&blind, ability, (number, u64::from(sample))).answer;
            *votes.entry(answer).or_default() += 1;
        }
        let most = votes.into_iter().max_by_key(|(_, votes)| *votes).unwrap().0;
        most == scene(number).2.to_string()
    };
    #[expect(clippy::cast_precision_loss, reason = "a trial has few pictures")]
    let share = (0..SOME).filter(|number| voted(*number)).count() as f64 / SOME as f64;
    share
}

fn habitual(habit: f64) -> Ability {
    Ability { habit, ..Temper::Typical.ability() }
}

#[test]
fn looking_again_beats_as_many_blind_answers_where_mistakes_are_habits() {
    // Volcano (arXiv:2311.07362) and LookBack (arXiv:2412.02172) claim gains over the first answer.
    for (name, rounds) in [("volcano", 3), ("lookback", 1)] {
        for habit in [0.8, 0.0] {
            let ability = habitual(habit);
            let trial = Glances::of(&recipe(name, rounds), ability);
            let vote = vote(ability, trial.calls());
            let (first, last) = (trial.first(), trial.last());
            let calls = trial.calls();
            println!("{name}, habit {habit}: {first:.3} → {last:.3}, vote of {calls} {vote:.3}");
            assert!(last > first + 0.05, "{name}: {first} → {last}");
            if habit > 0.5 {
                assert!(last > vote + 0.05, "{name}: {last} against {vote}");
            }
        }
    }
}

#[test]
fn looking_back_at_every_step_is_worth_more_than_judging_without_it() {
    let algorithm =
        Algorithm::Text(TextAlgorithm::Sight(Sight::LookBack { steps: 8, questions: 0 }));
    let without = Recipe { algorithm, ..recipe("lookback", 1) };
    let gain = |recipe: &Recipe| {
        let trial = Glances::of(recipe, habitual(0.4));
        trial.last() - trial.first()
    };
    let (with, without) = (gain(&recipe("lookback", 1)), gain(&without));
    println!("looking back gains {with:.3}, judging alone {without:.3}");
    assert!(with > without + 0.1, "{with} against {without}");
    // Whoever sees a single thing no better than everything at a glance gains less.
    let blurred = Ability { look: Temper::Typical.ability().glance, ..habitual(0.4) };
    let trial = Glances::of(&recipe("lookback", 1), blurred);
    assert!(trial.last() - trial.first() < with - 0.1, "{}", trial.last() - trial.first());
}

#[test]
fn what_is_preferred_to_its_revision_is_right_more_often_than_what_is_not() {
    let trial = Glances::of(&recipe("volcano", 3), habitual(0.4));
    let right = |one: &&Looked| one.right.last() == Some(&true);
    let (taken, left): (Vec<&Looked>, Vec<_>) = trial.0.iter().partition(|one| one.accepted);
    #[expect(clippy::cast_precision_loss, reason = "a trial has few pictures")]
    let share =
        |of: &[&Looked]| of.iter().filter(|one| right(one)).count() as f64 / of.len().max(1) as f64;
    assert!(taken.len() > SOME / 2, "{}", taken.len());
    assert!(share(&taken) > share(&left), "{} {}", share(&taken), share(&left));
}

#[test]
fn no_more_is_asked_than_the_recipes_say() {
    for (name, rounds) in [("volcano", 3), ("lookback", 2)] {
        let recipe = recipe(name, rounds);
        let said = recipe.words(false);
        let [(Role::Seer, most)] = said.as_slice() else { panic!("{said:?}") };
        let wrong = Ability { glance: 0.3, ..habitual(0.0) };
        for one in Glances::of(&recipe, wrong).0 {
            assert!(one.calls <= *most, "{name}: {} of {most}", one.calls);
        }
    }
}
