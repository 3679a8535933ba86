//! Runs a recipe and another one over all questions and seeds, with nothing written to disk.
//!
//! Both are asked the same questions with the same seeds. The recipe runs first, so that it is known
//! what the other one may spend on each. Results do not depend on which run ends first.

use std::{num::NonZeroUsize, path::PathBuf, sync::Arc};

use pentimento_app::{AppError, PainterPorts, Settings, Workshop};
use pentimento_engine::{
    Ledger, Memory, Models, Ports, RunError, RunRequest, StopFlag, ports::Watch,
};
use pentimento_model::{Bounds, Brief, RunId, Seed, Usage};
use pentimento_recipe::{Medium, Recipe};
use tokio::task::JoinSet;

use super::{
    course::Course,
    questions::{Question, QuestionTask},
    tally::{Comparison, RecipeResult, WordsResult, rights},
};
use crate::{
    BenchError, Progress,
    equal::{Equal, Meter},
};

/// Version of the result's form.
const RESULT_FORMAT: u32 = 2;

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
}

impl WordsRequest {
    /// The questions that will be asked.
    pub fn questions(&self) -> Result<Vec<Question>, BenchError> {
        let mut questions = self.task.questions(self.data.as_deref())?;
        questions.truncate(self.limit.unwrap_or(usize::MAX));
        Ok(questions)
    }

    /// Runs that will be made.
    pub fn runs(&self) -> Result<usize, BenchError> {
        let recipes = 1 + usize::from(self.against.is_some());
        Ok(self.questions()?.len() * self.seeds.get() * recipes)
    }

    fn seeds(&self) -> Vec<Seed> {
        crate::harness::seeds(self.settings.seed, self.seeds)
    }
}

/// Runs the benchmark.
pub async fn run(
    request: &WordsRequest,
    progress: Progress<'_>,
) -> Result<WordsResult, BenchError> {
    let recipe = request.settings.recipe.clone();
    if recipe.medium() != Medium::Text {
        return Err(BenchError::WrongMedium { recipe: recipe.name });
    }
    let questions: Vec<_> = request.questions()?.into_iter().map(Arc::new).collect();
    if request.equal == Equal::Pictures {
        return Err(BenchError::NotCounted { what: request.equal, task: request.task.as_str() });
    }
    let other = request.against.as_deref().map(|name| other(name, &recipe)).transpose()?;
    let hall = Hall::open(request, &questions).await?;
    let calls = calls(&recipe, &hall.models);
    let free = Allowance { recipe: recipe.clone(), bounds: Bounds::NONE, tokens: None };
    let own = hall.all(&|_| free.clone(), request, &questions, progress).await?;
    let mut result = WordsResult {
        format: RESULT_FORMAT,
        task: request.task.as_str(),
        writer: hall.writer(),
        assessors: hall.assessors(),
        questions: questions.len(),
        seeds: request.seeds().iter().map(|seed| seed.0).collect(),
        recipe: RecipeResult::of((&recipe.name, recipe.rounds, calls), &own),
        equal: request.equal.as_str(),
        against: None,
        comparison: None,
    };
    if let Some(other) = other {
        let spent: Vec<_> = own.iter().flatten().map(|one| one.spending().usage).collect();
        let may = |index: usize| {
            let usage = spent.get(index).copied().unwrap_or_default();
            Allowance::of(&other, request.equal, (calls, usage), &hall.models)
        };
        let courses = hall.all(&may, request, &questions, progress).await?;
        let most = (0..spent.len()).map(may).max_by_key(|one| one.recipe.rounds);
        let most = most.map_or(other.clone(), |one| one.recipe);
        let allowed = self::calls(&most, &hall.models);
        result.comparison = Some(Comparison::of(&rights(&own), &rights(&courses)));
        result.against = Some(RecipeResult::of((&most.name, most.rounds, allowed), &courses));
    }
    Ok(result)
}

/// Calls that a recipe makes for a question if every answer is of use at once.
fn calls(recipe: &Recipe, models: &Models) -> u32 {
    recipe.words(models.judge.is_some()).iter().map(|(_, calls)| calls).sum()
}

/// The recipe with this name, if it makes texts. Who is held out is held out of both.
fn other(name: &str, recipe: &Recipe) -> Result<Recipe, BenchError> {
    let other = pentimento_app::recipes::find(name).map_err(AppError::from)?;
    if other.medium() != Medium::Text {
        return Err(BenchError::WrongMedium { recipe: other.name });
    }
    match &recipe.held_out {
        Some(name) => Ok(other.with_held_out(name).map_err(AppError::from)?),
        None => Ok(other),
    }
}

/// What a recipe may do for one question.
#[derive(Clone, Debug)]
struct Allowance {
    recipe: Recipe,
    bounds: Bounds,
    /// It ends with the round in which it has taken so many.
    tokens: Option<u64>,
}

impl Allowance {
    /// As much as another recipe took, or might have.
    fn of(recipe: &Recipe, equal: Equal, (might, took): (u32, Usage), models: &Models) -> Self {
        let (bounds, recipe) = (Bounds::NONE, recipe.clone());
        match equal {
            Equal::Allowed | Equal::Pictures => {
                Self { recipe: within(&recipe, might, models), bounds, tokens: None }
            }
            Equal::Calls => {
                let most = took.calls.max(1);
                let bounds = Bounds { calls: Some(most), ..bounds };
                Self { recipe: within(&recipe, most, models), bounds, tokens: None }
            }
            Equal::Tokens => {
                let most = Recipe::most_rounds();
                let recipe = recipe.with_rounds(most).unwrap_or(recipe);
                Self { recipe, bounds, tokens: Some(took.tokens()) }
            }
        }
    }
}

/// The recipe with as many rounds as so many calls allow; with none if not even that fits.
fn within(recipe: &Recipe, most: u32, models: &Models) -> Recipe {
    let all = (0..=Recipe::most_rounds()).rev().filter_map(|rounds| recipe.with_rounds(rounds));
    let fits = |recipe: &Recipe| calls(recipe, models) <= most;
    let least = recipe.with_rounds(0).unwrap_or_else(|| recipe.clone());
    all.into_iter().find(fits).unwrap_or(least)
}

/// Everything that all runs share.
struct Hall {
    workshop: Workshop,
    painter: PainterPorts,
    models: Models,
    ledger: Arc<Ledger>,
}

impl Hall {
    /// Opens everything, and says what is wrong before anything is spent.
    async fn open(request: &WordsRequest, questions: &[Arc<Question>]) -> Result<Self, BenchError> {
        let settings = &request.settings;
        for question in questions {
            pentimento_app::check_idea(settings, &question.idea)?;
        }
        let clock = Arc::new(pentimento_app::SystemClock);
        let workshop = Workshop::open(settings, clock)?.of(Medium::Text);
        workshop.check_tool(settings, &settings.recipe).await?;
        let (painter, models) = pentimento_app::open_makers(settings)?;
        Ok(Self { workshop, painter, models, ledger: Ledger::new(settings.bounds) })
    }

    fn writer(&self) -> String {
        let name = self.models.writer.as_ref().map(|writer| writer.identity()).unwrap_or_default();
        name.strip_prefix("model/").map_or(name.clone(), str::to_owned)
    }

    fn assessors(&self) -> Vec<String> {
        self.workshop.assessors().iter().map(|one| one.plugin().name.clone()).collect()
    }

    /// A recipe over all questions: for each, one course a seed.
    async fn all(
        &self,
        may: &(dyn Fn(usize) -> Allowance + Sync),
        request: &WordsRequest,
        questions: &[Arc<Question>],
        progress: Progress<'_>,
    ) -> Result<Vec<Vec<Course>>, BenchError> {
        let seeds = request.seeds();
        let pairs = questions.iter().flat_map(|one| seeds.iter().map(move |seed| (one, *seed)));
        let name = may(0).recipe.name;
        let mut waiting = pairs.enumerate();
        let mut under_way = JoinSet::new();
        let mut courses: Vec<Course> = vec![Course::default(); questions.len() * seeds.len()];
        loop {
            while under_way.len() < request.jobs.get()
                && let Some((index, (question, seed))) = waiting.next()
            {
                let number = index / seeds.len();
                let one = self.one(may(index), question, seed.derive("bench", number as u64));
                under_way.spawn(async move { (index, one.await) });
            }
            let Some(joined) = under_way.join_next().await else { break };
            let (index, course) = joined?;
            if let Some(slot) = courses.get_mut(index) {
                *slot = course?;
            }
            progress(&name);
        }
        Ok(courses.chunks(seeds.len()).map(<[Course]>::to_vec).collect())
    }

    /// One question with one seed.
    fn one(
        &self,
        Allowance { recipe, bounds, tokens }: Allowance,
        question: &Arc<Question>,
        seed: Seed,
    ) -> impl Future<Output = Result<Course, BenchError>> + Send + use<> {
        let (keep, stop) = (Arc::new(Memory::default()), StopFlag::default());
        let meter = tokens.map(|most| Meter::new(most, &stop) as Arc<dyn Watch>);
        let watchers = meter.into_iter().collect();
        let ports = self.workshop.ports(self.painter.clone(), keep.clone(), watchers);
        let ports = Ports { models: self.models.clone(), ..ports };
        let ledger = Ledger::within(bounds, self.ledger.clone());
        let request = RunRequest {
            run: RunId::from_words("bench", &seed.to_string()),
            brief: Brief::from_idea(question.idea.clone()),
            budget: recipe.budget(),
            painter: "none".to_owned(),
            seed,
            recipe,
        };
        let question = question.clone();
        async move {
            let ended = pentimento_engine::run_on(ledger, &request, &ports, &stop).await;
            let outcome = match ended {
                Ok(outcome) => Some(outcome),
                // A run that was cut off has the drafts it made until then; one without any is wrong.
                Err(RunError::Interrupted | RunError::NoText) => None,
                Err(source) => {
                    return Err(BenchError::Run { idea: question.idea.clone(), source });
                }
            };
            let events = keep.events();
            let events = events.iter().map(|timed| &timed.event);
            let is_right = |answer: &str| question.is_right(answer);
            let course = Course::of(events, outcome.as_ref(), keep.as_ref(), &is_right);
            Ok(match tokens {
                Some(most) => course.within_tokens(most),
                None => course,
            })
        }
    }
}
