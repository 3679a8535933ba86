//! Runs a recipe and another one over all questions and seeds, with nothing written to disk.
//!
//! Both are asked the same questions with the same seeds, and the other may make as many calls as
//! the recipe. Results do not depend on which run ends first.

use std::{num::NonZeroUsize, path::PathBuf, sync::Arc};

use pentimento_app::{AppError, PainterPorts, Settings, Workshop};
use pentimento_engine::{Ledger, Memory, Models, Ports, RunError, RunRequest, StopFlag};
use pentimento_model::{Bounds, Brief, RunId, Seed};
use pentimento_recipe::{Medium, Range, Recipe};
use tokio::task::JoinSet;

use super::{
    course::Course,
    questions::{Question, QuestionTask},
    tally::{Comparison, RecipeResult, WordsResult},
};
use crate::{BenchError, Progress};

/// Version of the result's form.
const RESULT_FORMAT: u32 = 1;

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
        let first = self.settings.seed;
        let later = |number| first.derive("seed", number);
        (0..self.seeds.get() as u64).map(|n| if n == 0 { first } else { later(n) }).collect()
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
    let hall = Hall::open(request, &questions)?;
    let calls = calls(&recipe, &hall.models);
    let own = hall.all(&recipe, request, &questions, progress).await?;
    let mut result = WordsResult {
        format: RESULT_FORMAT,
        task: request.task.as_str(),
        writer: hall.writer(),
        assessors: hall.assessors(),
        questions: questions.len(),
        seeds: request.seeds().iter().map(|seed| seed.0).collect(),
        recipe: RecipeResult::of((&recipe.name, recipe.rounds, calls), &own),
        against: None,
        comparison: None,
    };
    if let Some(name) = &request.against {
        let other = equal(name, calls, &hall.models)?;
        let courses = hall.all(&other, request, &questions, progress).await?;
        let allowed = self::calls(&other, &hall.models);
        result.comparison = Some(Comparison::of(&own, &courses));
        result.against = Some(RecipeResult::of((name, other.rounds, allowed), &courses));
    }
    Ok(result)
}

/// Calls that a recipe makes for a question if every answer is of use at once.
fn calls(recipe: &Recipe, models: &Models) -> u32 {
    recipe.words(models.judge.is_some()).iter().map(|(_, calls)| calls).sum()
}

/// The recipe with this name, with as many rounds as so many calls allow.
fn equal(name: &str, most: u32, models: &Models) -> Result<Recipe, BenchError> {
    let recipe = pentimento_app::recipes::find(name).map_err(AppError::from)?;
    if recipe.medium() != Medium::Text {
        return Err(BenchError::WrongMedium { recipe: recipe.name });
    }
    let Range::Whole { most: rounds, .. } = Recipe::rounds_range() else { return Ok(recipe) };
    let all = (0..=rounds).rev().filter_map(|rounds| recipe.with_rounds(rounds));
    let fits = |recipe: &Recipe| calls(recipe, models) <= most;
    Ok(all.into_iter().find(fits).unwrap_or(recipe))
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
    fn open(request: &WordsRequest, questions: &[Arc<Question>]) -> Result<Self, BenchError> {
        let settings = &request.settings;
        for question in questions {
            pentimento_app::check_idea(settings, &question.idea)?;
        }
        let clock = Arc::new(pentimento_app::SystemClock);
        let workshop = Workshop::open(settings, clock)?.of(Medium::Text);
        workshop.check_tool(settings, &settings.recipe)?;
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
        recipe: &Recipe,
        request: &WordsRequest,
        questions: &[Arc<Question>],
        progress: Progress<'_>,
    ) -> Result<Vec<Vec<Course>>, BenchError> {
        let seeds = request.seeds();
        let pairs = questions.iter().flat_map(|one| seeds.iter().map(move |seed| (one, *seed)));
        let mut waiting = pairs.enumerate();
        let mut under_way = JoinSet::new();
        let mut courses: Vec<Course> = vec![Course::default(); questions.len() * seeds.len()];
        loop {
            while under_way.len() < request.jobs.get()
                && let Some((index, (question, seed))) = waiting.next()
            {
                let number = index / seeds.len();
                let one = self.one(recipe, question, seed.derive("bench", number as u64));
                under_way.spawn(async move { (index, one.await) });
            }
            let Some(joined) = under_way.join_next().await else { break };
            let (index, course) = joined?;
            if let Some(slot) = courses.get_mut(index) {
                *slot = course?;
            }
            progress(&recipe.name);
        }
        Ok(courses.chunks(seeds.len()).map(<[Course]>::to_vec).collect())
    }

    /// One question with one seed.
    fn one(
        &self,
        recipe: &Recipe,
        question: &Arc<Question>,
        seed: Seed,
    ) -> impl Future<Output = Result<Course, BenchError>> + Send + use<> {
        let keep = Arc::new(Memory::default());
        let ports = self.workshop.ports(self.painter.clone(), keep.clone(), Vec::new());
        let ports = Ports { models: self.models.clone(), ..ports };
        let ledger = Ledger::within(Bounds::NONE, self.ledger.clone());
        let request = RunRequest {
            run: RunId::from_words("bench", &seed.to_string()),
            brief: Brief::from_idea(question.idea.clone()),
            budget: recipe.budget(),
            painter: "none".to_owned(),
            seed,
            recipe: recipe.clone(),
        };
        let question = question.clone();
        async move {
            let stop = StopFlag::default();
            match pentimento_engine::run_on(ledger, &request, &ports, &stop).await {
                Ok(outcome) => {
                    let is_right = |answer: &str| question.is_right(answer);
                    Ok(Course::of(&keep.events(), &outcome, keep.as_ref(), &is_right))
                }
                Err(RunError::NoText) => Ok(Course::without_text(&keep.events())),
                Err(source) => Err(BenchError::Run { idea: question.idea.clone(), source }),
            }
        }
    }
}
