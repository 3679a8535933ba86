//! Questions about pictures of the closed world: how many things of some kinds there are.
//!
//! The embedded painter draws the pictures from seeds, without a fault; what is really in each is asked of its
//! oracle, here alone.

use pentimento_easel::{Easel, Preset, Truth};
use pentimento_model::{Artifact, Seed};
use pentimento_world::{Noun, lookup};

use super::questions::Question;
use crate::BenchError;

/// Pictures, each with a question.
pub(super) const PICTURES: usize = 200;
/// Kinds that are drawn and asked about: things that look alike are not among them, since the benchmark is one
/// of looking again, not of telling a mug from a cup.
const KINDS: [&str; 8] = ["apple", "cat", "dog", "chair", "bird", "car", "clock", "banana"];
/// Kinds in one picture.
const DRAWN: usize = 3;
/// How many there are of each, as the painter reads it.
const NUMBERS: [&str; 4] = ["one", "two", "three", "four"];

/// The first so many questions, with their pictures drawn.
pub(super) async fn questions(limit: usize) -> Result<Vec<Question>, BenchError> {
    let (easel, oracle) = Easel::with_oracle(Preset::Perfect);
    let mut all = Vec::new();
    for number in 0..limit.min(PICTURES) {
        let plan = Plan::of(number);
        let drawn = easel.generate(&plan.scene, plan.seed).await.map_err(BenchError::Model)?;
        let picture = Artifact::new(drawn.media_type, drawn.bytes);
        let truth = oracle.truth(picture.id).unwrap_or_default();
        all.push(Question::about(picture, plan.question(), plan.gold(&truth)));
    }
    Ok(all)
}

/// A picture and what is asked about it.
#[derive(Clone, Debug)]
struct Plan {
    /// What is drawn, in the painter's words.
    scene: String,
    seed: Seed,
    /// What is asked about: two kinds or three, of which one need not be there.
    asked: Vec<&'static Noun>,
}

impl Plan {
    /// That of a question; always the same.
    fn of(number: usize) -> Self {
        let seed = Seed(1).derive("counting", number as u64);
        let draw = |purpose: &str, at: u64, below: u64| seed.derive(purpose, at).0 % below;
        let place = |drawn: u64| usize::try_from(drawn).unwrap_or(0);
        // A walk in odd steps, which meets each of as many kinds as a power of two once.
        let first = place(draw("first", 0, KINDS.len() as u64));
        let step = 1 + 2 * place(draw("step", 0, KINDS.len() as u64 / 2));
        let walk = |at: usize| {
            let place = first + at * step;
            KINDS.get(place % KINDS.len()).and_then(|name| lookup(name)).map(|(noun, _)| noun)
        };
        let drawn = (0..DRAWN).filter_map(|at| {
            let (kind, count) = (walk(at)?, place(draw("count", at as u64, NUMBERS.len() as u64)));
            let number = NUMBERS.get(count)?;
            Some(format!("{number} {}", if count == 0 { kind.name } else { kind.plural }))
        });
        let scene = drawn.collect::<Vec<_>>().join(" and ");
        // The last kind that is asked about stands in the picture or not.
        let kinds = 2 + place(draw("kinds", 0, 2));
        let absent = usize::from(draw("absent", 0, 4) == 0);
        let asked = (0..kinds)
            .filter_map(|at| walk(if at + 1 == kinds { at + absent * DRAWN } else { at }));
        Self { scene, seed: seed.derive("picture", 0), asked: asked.collect() }
    }

    /// The question, such as `How many apples and cats are in the picture?`.
    fn question(&self) -> String {
        let names: Vec<&str> = self.asked.iter().map(|kind| kind.plural).collect();
        let (last, before) = names.split_last().unwrap_or((&"", &[]));
        format!("How many {} and {last} are in the picture?", before.join(", "))
    }

    /// How many there really are.
    fn gold(&self, truth: &Truth) -> usize {
        let is_asked = |noun: &str| self.asked.iter().any(|kind| kind.name == noun);
        truth.items.iter().filter(|item| is_asked(&item.noun)).count()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[tokio::test]
    async fn pictures_hold_what_the_painter_was_told_and_the_simulation_knows_the_questions() {
        let questions = questions(40).await.unwrap();
        assert_eq!(questions.len(), 40);
        let (mut golds, mut pictures) = (BTreeSet::new(), BTreeSet::new());
        for (number, question) in questions.iter().enumerate() {
            let plan = Plan::of(number);
            // As many as the words say, of every kind that is asked about.
            let told = plan.scene.split(" and ").filter_map(|piece| {
                let (count, name) = piece.split_once(' ')?;
                let (kind, _) = lookup(name)?;
                let is_asked = plan.asked.iter().any(|asked| asked.name == kind.name);
                is_asked.then(|| NUMBERS.iter().position(|word| *word == count).unwrap() + 1)
            });
            let told: usize = told.sum();
            assert!(question.is_right(&told.to_string()), "{} {}", plan.scene, question.idea);
            assert!(!question.is_right(&(told + 1).to_string()));
            assert!(pentimento_mind::Simulated::check_sight(&question.idea).is_ok());
            golds.insert(told);
            pictures.insert(question.picture().unwrap().id);
        }
        assert!(golds.len() > 5, "{golds:?}");
        assert_eq!(pictures.len(), 40, "no picture comes twice");
    }

    #[test]
    fn some_questions_ask_about_what_is_not_there_and_none_about_a_kind_twice() {
        let mut absent = 0;
        for number in 0..PICTURES {
            let plan = Plan::of(number);
            let names: BTreeSet<&str> = plan.asked.iter().map(|kind| kind.name).collect();
            assert_eq!(names.len(), plan.asked.len(), "{:?}", plan.asked);
            assert!((2..=3).contains(&names.len()));
            absent += usize::from(names.iter().any(|name| {
                let plural = lookup(name).unwrap().0.plural;
                !plan.scene.contains(name) && !plan.scene.contains(plural)
            }));
        }
        assert!((PICTURES / 8..PICTURES / 2).contains(&absent), "{absent}");
    }
}
