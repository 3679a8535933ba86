//! Several recipes with the same cap of tokens on every question.
//!
//! They go through the questions side by side, so that whoever stops early has whole questions of all. A
//! run ends with the round in which its tokens are used up, since a call cannot be cut in two; what counts is
//! the draft of the last round that was over by then. The recipe they are compared with runs once, up to the
//! cap; against each of the others it counts with the draft that it had when it had taken as many tokens
//! as that one took on the same question and seed.

use std::sync::Arc;

use pentimento_model::Seed;
use pentimento_recipe::Recipe;

use super::{
    WordsRequest,
    allowance::{Allowance, calls},
    course::Course,
    hall::{Hall, Task},
    harness::{RESULT_FORMAT, served},
    keeping::Keeping,
    questions::Question,
    tally::{Comparison, Entrant, RecipeResult, WordsResult, rights},
};
use crate::{BenchError, Progress, equal::Equal};

/// Who takes part.
pub(super) struct Contest {
    pub recipe: Recipe,
    pub also: Vec<Recipe>,
    pub against: Option<Recipe>,
    /// For each question and seed.
    pub tokens: u64,
    pub questions: Vec<Arc<Question>>,
}

impl Contest {
    /// Everyone, the one they are compared with last.
    fn all(&self) -> Vec<&Recipe> {
        std::iter::once(&self.recipe).chain(&self.also).chain(&self.against).collect()
    }

    pub(super) async fn run(
        &self,
        request: &WordsRequest,
        hall: &Hall,
        progress: Progress<'_>,
    ) -> Result<WordsResult, BenchError> {
        self.check(request, hall).await?;
        let (recipes, seeds) = (self.all(), request.seeds());
        let tasks = self.tasks(&recipes, &seeds);
        let courses = hall.carry_out(tasks, request.jobs.get(), progress).await?;
        // Of each question everything, or nothing.
        let each = seeds.len() * recipes.len();
        let whole = |runs: &[Option<Course>]| runs.iter().cloned().collect::<Option<Vec<_>>>();
        let done: Vec<Vec<Course>> = courses.chunks(each).filter_map(whole).collect();
        if done.is_empty() {
            return Err(BenchError::NothingYet { wanted: self.questions.len() });
        }
        let of = |place: usize| -> Vec<Vec<Course>> {
            let own = |runs: &Vec<Course>| {
                runs.iter().skip(place).step_by(recipes.len()).cloned().collect()
            };
            done.iter().map(own).collect()
        };
        let told = |place: usize, recipe: &Recipe| -> RecipeResult {
            let capped = Allowance::capped(recipe, self.tokens).recipe;
            let (own, calls) = (of(place), calls(&capped, &hall.models));
            let rounds = own.iter().flatten().map(|one| one.journal.settled.len()).max();
            let rounds = u32::try_from(rounds.unwrap_or(1).saturating_sub(1)).unwrap_or(u32::MAX);
            RecipeResult::of((&recipe.name, rounds, calls), &own)
        };
        let other = self.against.as_ref().map(|_| of(recipes.len() - 1));
        let compared = |place| other.as_ref().map(|other| at_equal_tokens(&of(place), other));
        let entrant = |(place, recipe): (usize, &Recipe)| Entrant {
            result: told(place, recipe),
            comparison: compared(place),
        };
        Ok(WordsResult {
            format: RESULT_FORMAT,
            task: request.task.as_str(),
            writer: hall.writer(),
            role: hall.role.as_str(),
            assessors: hall.assessors(),
            questions: done.len(),
            wanted: self.questions.len(),
            seeds: seeds.iter().map(|seed| seed.0).collect(),
            recipe: told(0, &self.recipe),
            equal: Equal::Tokens.as_str(),
            tokens: Some(self.tokens),
            against: self.against.as_ref().map(|other| told(recipes.len() - 1, other)),
            comparison: compared(0),
            also: (1..).zip(&self.also).map(entrant).collect(),
            served: served(done.iter().flatten()),
        })
    }

    /// What cannot be is told before anything is spent.
    async fn check(&self, request: &WordsRequest, hall: &Hall) -> Result<(), BenchError> {
        let all = self.all();
        for (place, recipe) in all.iter().enumerate() {
            if all.iter().skip(place + 1).any(|other| other.name == recipe.name) {
                return Err(BenchError::Twice { recipe: recipe.name.clone() });
            }
            hall.check_tool(&request.settings, recipe).await?;
        }
        if request.keeping != Keeping::Nothing && hall.writer().starts_with("simulated") {
            return Err(BenchError::NotLive);
        }
        Ok(())
    }

    /// Question by question, seed by seed, recipe by recipe.
    fn tasks(&self, recipes: &[&Recipe], seeds: &[Seed]) -> Vec<Task> {
        let mut tasks = Vec::new();
        for (number, question) in (0..).zip(&self.questions) {
            for seed in seeds {
                for recipe in recipes {
                    tasks.push(Task {
                        question: question.clone(),
                        may: Allowance::capped(recipe, self.tokens),
                        seed: seed.derive("bench", number),
                    });
                }
            }
        }
        tasks
    }
}

/// The other one cut on each question and seed where it had taken as much.
fn at_equal_tokens(own: &[Vec<Course>], other: &[Vec<Course>]) -> Comparison {
    let cut = |(own, other): (&Course, &Course)| {
        other.clone().within_tokens(own.spending().usage.tokens()).last
    };
    let of = |(own, other): (&Vec<Course>, &Vec<Course>)| own.iter().zip(other).map(cut).collect();
    let others: Vec<Vec<bool>> = own.iter().zip(other).map(of).collect();
    Comparison::of(&rights(own), &others)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(right: &[bool]) -> Vec<Course> {
        vec![Course::of_drafts(right)]
    }

    #[test]
    fn the_other_one_counts_as_it_stood_with_as_many_tokens() {
        // Two rounds against three: what the third one brought was not to be had yet.
        let (own, other) = (vec![course(&[false, true])], vec![course(&[false, false, true])]);
        let one = at_equal_tokens(&own, &other);
        assert_eq!((one.ahead, one.behind), (1, 0));
        let one = at_equal_tokens(&[course(&[false, false, true])], &other);
        assert_eq!((one.ahead, one.behind, one.gain.mean), (0, 0, 0.0));
    }
}
