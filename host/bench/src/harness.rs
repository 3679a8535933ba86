//! Runs all prompts of a task, on all cores, with nothing written to disk.
//!
//! Every prompt is a run of its own with a seed derived from the benchmark's, because prompts
//! repeat. The recipe and the one it is compared with start from the same first picture; the recipe
//! runs first, so that it is known what the other one may spend on each. Results do not depend on
//! which run ends first.

use std::{num::NonZeroUsize, sync::Arc, time::Instant};

use pentimento_app::{AppError, Painter, PainterPorts, Preset, Settings, Workshop};
use pentimento_easel::{Easel, Oracle};
use pentimento_engine::{Memory, Models, Ports, RunRequest, StopFlag};
use pentimento_model::{
    Assessment, Brief, Budget, CandidateId, RunEvent, RunId, RunOutcome, Seed, TimedEvent,
};
use pentimento_recipe::{Medium, Recipe};

use crate::{
    BenchError, BenchResult, Sight,
    equal::Equal,
    side_by_side::side_by_side,
    tally::{self, Cost, Scored},
    task::{Prompt, Task},
    witness::{Witness, WitnessOfEdits},
};

/// Version of the result's form.
const RESULT_FORMAT: u32 = 3;

/// What to measure.
#[derive(Clone, Debug)]
pub struct BenchRequest {
    /// The benchmark.
    pub task: Task,
    /// Recipe and seed.
    pub settings: Settings,
    /// Who paints: an easel here, or one behind a server, whose models have the presets' names.
    pub painter: Painter,
    /// Only the first so many prompts of each category; `None` for all.
    pub limit: Option<usize>,
    /// Runs under way at once.
    pub jobs: NonZeroUsize,
    /// Every prompt is painted with so many seeds.
    pub seeds: NonZeroUsize,
    /// The recipe it is compared with.
    pub against: Option<String>,
    /// What that may spend: pictures as measured, or as allowed.
    pub equal: Equal,
}

/// Told after every run.
pub type Progress<'a> = &'a (dyn Fn(&str) + Send + Sync);

impl BenchRequest {
    /// The prompts that will be run.
    pub fn prompts(&self) -> Result<Vec<Prompt>, BenchError> {
        let mut prompts = self.task.prompts()?;
        if let Some(limit) = self.limit {
            let mut taken = vec![0_usize; self.task.categories().len()];
            prompts.retain(|prompt| {
                let mut categories = self.task.categories().iter();
                let category = categories.position(|name| *name == prompt.category);
                let Some(taken) = category.and_then(|index| taken.get_mut(index)) else {
                    return false;
                };
                *taken += 1;
                *taken <= limit
            });
        }
        Ok(prompts)
    }

    /// Runs that will be made.
    pub fn runs(&self) -> Result<usize, BenchError> {
        let recipes = 1 + usize::from(self.against.is_some());
        Ok(self.prompts()?.len() * self.seeds.get() * recipes)
    }

    fn seeds(&self) -> Vec<Seed> {
        seeds(self.settings.seed, self.seeds)
    }
}

/// Runs the benchmark.
pub async fn run(
    request: &BenchRequest,
    progress: Progress<'_>,
) -> Result<BenchResult, BenchError> {
    let clock = Arc::new(pentimento_app::SystemClock);
    let workshop = Workshop::open(&request.settings, clock)?;
    let prompts: Vec<_> = request.prompts()?.into_iter().map(Arc::new).collect();
    let recipe = &request.settings.recipe;
    if recipe.medium() != Medium::Picture {
        return Err(BenchError::WrongMedium { recipe: recipe.name.clone() });
    }
    if ![Equal::Pictures, Equal::Allowed].contains(&request.equal) {
        return Err(BenchError::NotCounted { what: request.equal, task: request.task.as_str() });
    }
    let other = request.against.as_deref().map(|name| other(name, recipe)).transpose()?;
    let studio = Studio::open(request, recipe)?;
    let others_studio = other.as_ref().map(|other| Studio::open(request, other)).transpose()?;
    let doors = (&workshop, &studio);
    let free = (recipe.clone(), recipe.budget());
    let (scored, cost) = all(request, &|_| free.clone(), doors, &prompts, progress).await?;
    let against = match other.as_ref().zip(others_studio.as_ref()) {
        None => None,
        Some((other, studio)) => {
            let may = |index: usize| match (request.equal, scored.get(index)) {
                (Equal::Allowed, _) | (_, None) => within(other, recipe.budget().images),
                (_, Some(scored)) => within(other, scored.images),
            };
            Some(all(request, &may, (&workshop, studio), &prompts, progress).await?)
        }
    };
    let (mut sight, mut first_sight) = (Sight::default(), Sight::default());
    for scored in &scored {
        sight.add(&scored.sight);
        first_sight.add(&scored.first_sight);
    }
    let others = against.as_ref().map(|(scored, _)| scored.as_slice());
    let seeds = request.seeds();
    Ok(BenchResult {
        format: RESULT_FORMAT,
        task: request.task.as_str(),
        recipe: recipe.name.clone(),
        painter: request.painter.name(),
        preset: studio.preset.as_str(),
        seeds: seeds.iter().map(|seed| seed.0).collect(),
        rounds: recipe.rounds,
        categories: tally::categories(request.task, seeds.len(), &scored, others),
        cost,
        against: request.against.clone(),
        equal: request.equal.as_str(),
        against_cost: against.as_ref().map(|(_, cost)| *cost),
        comparison: others.map(|others| tally::compared(seeds.len(), &scored, others)),
        sight: first_sight.into(),
        sight_all: sight.into(),
        faults: scored.iter().map(|scored| scored.faults).sum(),
    })
}

/// The seeds of a benchmark: the one it was told, then others drawn from it.
pub(crate) fn seeds(first: Seed, count: NonZeroUsize) -> Vec<Seed> {
    let later = |number| if number == 0 { first } else { first.derive("seed", number) };
    (0..count.get() as u64).map(later).collect()
}

/// The recipe with this name, if it makes pictures. Who is held out is held out of both, and if both go by
/// an examiner, it is the same.
fn other(name: &str, recipe: &Recipe) -> Result<Recipe, BenchError> {
    let other = pentimento_app::recipes::find(name)?;
    if other.medium() != Medium::Picture {
        return Err(BenchError::WrongMedium { recipe: other.name });
    }
    let other = match (&recipe.examiner, &other.examiner) {
        (Some(examiner), Some(_)) => {
            other.with_examiner(examiner.name()).map_err(AppError::from)?
        }
        _ => other,
    };
    match &recipe.held_out {
        Some(name) => Ok(other.with_held_out(name).map_err(AppError::from)?),
        None => Ok(other),
    }
}

/// The recipe with so many pictures: as many rounds as they fill, and none beyond.
fn within(recipe: &Recipe, images: u32) -> (Recipe, Budget) {
    let all = (0..=Recipe::most_rounds()).filter_map(|rounds| recipe.with_rounds(rounds));
    let enough = |recipe: &Recipe| recipe.budget().images >= images;
    let recipe = all.into_iter().find(enough).unwrap_or_else(|| recipe.clone());
    let rounds = recipe.budget().rounds;
    (recipe, Budget::new(rounds, images.max(1)))
}

/// One recipe on all prompts.
async fn all(
    request: &BenchRequest,
    may: &(dyn Fn(usize) -> (Recipe, Budget) + Sync),
    (workshop, studio): (&Workshop, &Studio),
    prompts: &[Arc<Prompt>],
    progress: Progress<'_>,
) -> Result<(Vec<Scored>, Cost), BenchError> {
    let start = Instant::now();
    let (seeds, (recipe, _)) = (request.seeds(), may(0));
    let pairs = prompts.iter().flat_map(|one| seeds.iter().map(move |seed| (one, *seed)));
    let tasks = pairs.enumerate().map(|(index, (prompt, seed))| {
        let (recipe, budget) = may(index);
        let one = One {
            prompt: prompt.clone(),
            recipe,
            budget,
            seed,
            workshop: workshop.clone(),
            studio: studio.clone(),
        };
        async move { Ok((index, one.run().await?)) }
    });
    let mut scored: Vec<Option<Scored>> = vec![None; prompts.len() * seeds.len()];
    side_by_side(tasks, request.jobs.get(), &StopFlag::default(), |(index, one)| {
        if let Some(slot) = scored.get_mut(index) {
            *slot = Some(one);
        }
        progress(&recipe.name);
    })
    .await?;
    let scored: Vec<_> = scored.into_iter().flatten().collect();
    let images = scored.iter().map(|scored| u64::from(scored.images)).sum();
    let seconds = start.elapsed().as_secs_f64();
    let images_per_prompt = (0..scored.len()).map(|index| may(index).1.images).max().unwrap_or(0);
    Ok((scored, Cost { images_per_prompt, images, seconds }))
}

/// Who paints, for all runs.
#[derive(Clone)]
struct Studio {
    name: String,
    preset: Preset,
    /// A painter behind a server; `None` for the easel here.
    there: Option<PainterPorts>,
    /// Whoever the recipe asks in words.
    models: Models,
}

impl Studio {
    /// Nothing is sent. A painter whose pictures have no truth is refused.
    fn open(request: &BenchRequest, recipe: &Recipe) -> Result<Self, BenchError> {
        let (painter, settings) = (&request.painter, &request.settings);
        let name = painter.name();
        let preset =
            painter.preset().ok_or_else(|| BenchError::NoTruth { painter: name.clone() })?;
        let there = match painter {
            // Nobody has no preset, and is refused above.
            Painter::Embedded(_) | Painter::Nobody => None,
            Painter::Model(_) => Some(painter.open(settings, recipe, &settings.bounds)?),
        };
        let models = pentimento_app::open_models(settings, recipe)?;
        Ok(Self { name, preset, there, models })
    }

    /// A painter for one run, and what is really in its pictures.
    fn painter(&self) -> (PainterPorts, Oracle) {
        let (here, oracle) = Easel::with_oracle(self.preset);
        let ports: PainterPorts = match &self.there {
            None => {
                let easel = Arc::new(here);
                (easel.clone(), easel)
            }
            Some((generator, editor)) => {
                let edits = WitnessOfEdits { there: editor.clone(), here: here.clone() };
                (Arc::new(Witness { there: generator.clone(), here }), Arc::new(edits))
            }
        };
        (ports, oracle)
    }
}

/// One prompt under one recipe.
struct One {
    prompt: Arc<Prompt>,
    recipe: Recipe,
    budget: Budget,
    seed: Seed,
    workshop: Workshop,
    studio: Studio,
}

impl One {
    async fn run(self) -> Result<Scored, BenchError> {
        let (painter, oracle) = self.studio.painter();
        let keep = Arc::new(Memory::default());
        let ports = self.workshop.ports(painter, keep.clone(), Vec::new());
        let ports = Ports { models: self.studio.models.clone(), ..ports };
        let number = self.prompt.number;
        let request = RunRequest {
            run: RunId::from_words("bench", &number.to_string()),
            brief: Brief::from_idea(self.prompt.idea.clone()),
            budget: self.budget,
            painter: self.studio.name.clone(),
            seed: self.seed.derive("bench", number as u64),
            recipe: self.recipe.clone().into(),
        };
        let outcome =
            pentimento_engine::run(&request, &ports, &StopFlag::default()).await.map_err(
                |source| BenchError::Run { idea: self.prompt.idea.clone(), kept: false, source },
            )?;
        Ok(score(&self.prompt, &self.recipe, &keep.events(), &outcome, &oracle))
    }
}

/// Reads a finished run against the truth.
fn score(
    prompt: &Prompt,
    recipe: &Recipe,
    events: &[TimedEvent],
    outcome: &RunOutcome,
    oracle: &Oracle,
) -> Scored {
    let truth = |id: CandidateId| {
        let artifact = events.iter().find_map(|event| match &event.event {
            RunEvent::CandidateReady { candidate, .. } if candidate.id == id => {
                Some(candidate.artifact)
            }
            _ => None,
        });
        artifact.and_then(|artifact| oracle.truth(artifact)).unwrap_or_default()
    };
    let passes = |id: CandidateId| prompt.passes(&truth(id));
    let mut after: Vec<bool> = events
        .iter()
        .filter_map(|event| match &event.event {
            RunEvent::Decided { round, draft, .. } if round.0 > 0 => Some(passes(*draft)),
            _ => None,
        })
        .collect();
    let last = passes(outcome.best);
    after.resize(recipe.rounds as usize, last);
    let (mut sight, mut first_sight, mut faults) = (Sight::default(), Sight::default(), 0);
    for event in events {
        let RunEvent::Assessed { candidate, assessment, .. } = &event.event else { continue };
        faults += u32::from(matches!(assessment, Assessment::Missing { .. }));
        if Some(&assessment.assessor().name) != recipe.detector.as_ref() {
            continue;
        }
        sight.look(&truth(*candidate), assessment.findings());
        if candidate.0 == 0 {
            first_sight.look(&truth(*candidate), assessment.findings());
        }
    }
    let before = passes(CandidateId(0));
    let (category, images) = (prompt.category, outcome.images);
    Scored { category, before, after, last, images, sight, first_sight, faults }
}
