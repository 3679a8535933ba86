//! Runs a recipe and others over all questions and seeds.
//!
//! All are asked the same questions with the same seeds. Either the recipe runs first, so that it is known
//! what the other one may spend on each; or all have the same tokens, and go through the questions side by
//! side. Results do not depend on which run ends first.

use std::{collections::BTreeSet, num::NonZeroUsize, path::PathBuf, sync::Arc};

use pentimento_app::{AppError, Settings, StopFlag};
use pentimento_model::Seed;
use pentimento_recipe::{Medium, Recipe};

use super::{
    allowance::{Allowance, calls},
    capped,
    course::Course,
    hall::{Hall, Task},
    keeping::Keeping,
    questions::{Question, QuestionTask},
    tally::{Comparison, RecipeResult, WordsResult, rights},
};
use crate::{BenchError, Progress, equal::Equal};

/// Version of the result's form.
pub(super) const RESULT_FORMAT: u32 = 4;

/// What to measure.
#[derive(Clone, Debug)]
pub struct WordsRequest {
    /// The benchmark.
    pub task: QuestionTask,
    /// Recipe, seed, models, plugins. Bounds on what models may take hold for the whole benchmark.
    pub settings: Settings,
    /// A file of questions in place of those that come with the program.
    pub data: Option<PathBuf>,
    /// Only the first so many questions; `None` for all.
    pub limit: Option<usize>,
    /// Every question is asked with so many seeds.
    pub seeds: NonZeroUsize,
    /// Runs under way at once.
    pub jobs: NonZeroUsize,
    /// The recipe it is compared with.
    pub against: Option<String>,
    /// What that may spend.
    pub equal: Equal,
    /// Every recipe may take so many tokens on each question and seed, in place of `equal`.
    pub tokens: Option<u64>,
    /// More recipes under the same cap of tokens.
    pub also: Vec<String>,
    /// Whether runs outlive the program.
    pub keeping: Keeping,
    /// Raised: no run is begun any more, and those under way end with the step they are at.
    pub stop: StopFlag,
}

impl WordsRequest {
    /// The questions that will be asked.
    async fn questions(&self) -> Result<Vec<Question>, BenchError> {
        self.task.questions(self.data.as_deref(), self.limit.unwrap_or(usize::MAX)).await
    }

    /// Runs that will be made.
    pub fn runs(&self) -> Result<usize, BenchError> {
        let recipes = 1 + self.also.len() + usize::from(self.against.is_some());
        let questions = self.task.count(self.data.as_deref())?;
        Ok(questions.min(self.limit.unwrap_or(usize::MAX)) * self.seeds.get() * recipes)
    }

    pub(super) fn seeds(&self) -> Vec<Seed> {
        crate::harness::seeds(self.settings.seed, self.seeds)
    }
}

/// Runs the benchmark.
pub async fn run(
    request: &WordsRequest,
    progress: Progress<'_>,
) -> Result<WordsResult, BenchError> {
    let recipe = request.settings.recipe.clone();
    request.task.takes(&recipe)?;
    if request.equal == Equal::Pictures {
        return Err(BenchError::NotCounted { what: request.equal, task: request.task.as_str() });
    }
    let against = request.against.as_deref();
    let other = against.map(|name| other(name, (request.task, &recipe))).transpose()?;
    let questions: Vec<_> = request.questions().await?.into_iter().map(Arc::new).collect();
    let keeping = (request.keeping, &request.stop);
    let hall = Hall::open(&request.settings, keeping, &questions).await?;
    if let Some(tokens) = request.tokens {
        let also = request.also.iter().map(|name| self::other(name, (request.task, &recipe)));
        let also = also.collect::<Result<Vec<_>, _>>()?;
        let contest = capped::Contest { recipe, also, against: other, tokens, questions };
        return contest.run(request, &hall, progress).await;
    }
    let calls = calls(&recipe, &hall.models);
    let free = Allowance::free(&recipe);
    let own = all(&hall, &|_| free.clone(), request, &questions, progress).await?;
    let mut result = WordsResult {
        format: RESULT_FORMAT,
        task: request.task.as_str(),
        writer: hall.writer(),
        role: hall.role.as_str(),
        assessors: hall.assessors(),
        questions: questions.len(),
        seeds: request.seeds().iter().map(|seed| seed.0).collect(),
        recipe: RecipeResult::of((&recipe.name, recipe.rounds, calls), &own),
        equal: request.equal.as_str(),
        against: None,
        comparison: None,
        tokens: None,
        also: Vec::new(),
        wanted: questions.len(),
        served: served(own.iter().flatten()),
    };
    if let Some(other) = other {
        let spent: Vec<_> = own.iter().flatten().map(|one| one.spending().usage).collect();
        let may = |index: usize| {
            let usage = spent.get(index).copied().unwrap_or_default();
            Allowance::of(&other, request.equal, (calls, usage), &hall.models)
        };
        let courses = all(&hall, &may, request, &questions, progress).await?;
        let most = (0..spent.len()).map(may).max_by_key(|one| one.recipe.rounds);
        let most = most.map_or(other.clone(), |one| one.recipe);
        let allowed = super::allowance::calls(&most, &hall.models);
        result.comparison = Some(Comparison::of(&rights(&own), &rights(&courses)));
        result.against = Some(RecipeResult::of((&most.name, most.rounds, allowed), &courses));
    }
    Ok(result)
}

/// A recipe over all questions: for each, one course a seed.
async fn all(
    hall: &Hall,
    may: &(dyn Fn(usize) -> Allowance + Sync),
    request: &WordsRequest,
    questions: &[Arc<Question>],
    progress: Progress<'_>,
) -> Result<Vec<Vec<Course>>, BenchError> {
    let seeds = request.seeds();
    let pairs = questions.iter().flat_map(|one| seeds.iter().map(move |seed| (one, *seed)));
    let task = |(index, (question, seed)): (usize, (&Arc<Question>, Seed))| Task {
        question: question.clone(),
        may: may(index),
        seed: seed.derive("bench", (index / seeds.len()) as u64),
    };
    let tasks = pairs.enumerate().map(task).collect();
    let courses = hall.carry_out(tasks, request.jobs.get(), progress).await?;
    let courses: Vec<_> = courses.into_iter().map(Option::unwrap_or_default).collect();
    Ok(courses.chunks(seeds.len()).map(<[Course]>::to_vec).collect())
}

/// The models that answered, as their servers call them.
pub(super) fn served<'c>(courses: impl Iterator<Item = &'c Course>) -> Vec<String> {
    let names: BTreeSet<&String> = courses.flat_map(|one| &one.served).collect();
    names.into_iter().cloned().collect()
}

/// Blind resampling, as it is called of pictures.
const RESAMPLING: &str = "best-of-n";

impl QuestionTask {
    /// What blind resampling is called of these questions.
    pub const fn resampling(self) -> &'static str {
        if self.needs_picture() { "best-of-n-sight" } else { "best-of-n-text" }
    }

    /// Whether a recipe answers such questions.
    fn takes(self, recipe: &Recipe) -> Result<(), BenchError> {
        let answers = recipe.medium() == Medium::Text;
        if answers && recipe.needs_picture() == self.needs_picture() {
            return Ok(());
        }
        Err(BenchError::WrongMedium { recipe: recipe.name.clone() })
    }
}

/// The recipe with this name, if it answers such questions. Who is held out is held out of both.
fn other(name: &str, (task, recipe): (QuestionTask, &Recipe)) -> Result<Recipe, BenchError> {
    let name = if name == RESAMPLING { task.resampling() } else { name };
    let other = pentimento_app::recipes::find(name)?;
    task.takes(&other)?;
    match &recipe.held_out {
        Some(name) => Ok(other.with_held_out(name).map_err(AppError::from)?),
        None => Ok(other),
    }
}
