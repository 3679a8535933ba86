//! Runs all prompts of a task, on all cores, with nothing written to disk.
//!
//! Every prompt is a run of its own with a seed derived from the benchmark's, because prompts
//! repeat. The recipe and blind resampling start from the same first picture. Results do not
//! depend on which run ends first.

use std::{num::NonZeroUsize, sync::Arc, time::Instant};

use pentimento_app::{AppError, Painter, PainterPorts, Preset, Settings, Workshop};
use pentimento_easel::{Easel, Oracle};
use pentimento_engine::{Memory, Models, Ports, RunRequest, StopFlag};
use pentimento_model::{
    Assessment, Brief, CandidateId, RunEvent, RunId, RunOutcome, Seed, TimedEvent,
};
use pentimento_recipe::{Medium, Recipe};
use tokio::task::JoinSet;

use crate::{
    BenchError, BenchResult, Sight,
    tally::{self, Cost, Scored},
    task::{Prompt, Task},
    witness::{Witness, WitnessOfEdits},
};

/// Version of the result's form.
const RESULT_FORMAT: u32 = 1;

/// The baseline every recipe is compared with.
const BASELINE: &str = "best-of-n";

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
    /// Also run blind resampling with the same number of pictures.
    pub against_baseline: bool,
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
        Ok(self.prompts()?.len() * if self.against_baseline { 2 } else { 1 })
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
    let studio = Studio::open(request, recipe)?;
    let (scored, cost) = all(request, recipe, (&workshop, &studio), &prompts, progress).await?;
    let baseline = if request.against_baseline {
        let blind = pentimento_app::recipes::find(BASELINE).map_err(AppError::from)?;
        let blind = blind.with_rounds(recipe.rounds).unwrap_or(blind);
        let studio = Studio::open(request, &blind)?;
        Some(all(request, &blind, (&workshop, &studio), &prompts, progress).await?)
    } else {
        None
    };
    let passes: Option<Vec<bool>> =
        baseline.as_ref().map(|(scored, _)| scored.iter().map(|scored| scored.last).collect());
    let (mut sight, mut first_sight) = (Sight::default(), Sight::default());
    for scored in &scored {
        sight.add(&scored.sight);
        first_sight.add(&scored.first_sight);
    }
    Ok(BenchResult {
        format: RESULT_FORMAT,
        task: request.task.as_str(),
        recipe: recipe.name.clone(),
        painter: request.painter.name(),
        preset: studio.preset.as_str(),
        seed: request.settings.seed.0,
        rounds: recipe.rounds,
        categories: tally::categories(request.task, &scored, passes.as_deref()),
        cost,
        best_of_n_cost: baseline.map(|(_, cost)| cost),
        sight: first_sight.into(),
        sight_all: sight.into(),
        faults: scored.iter().map(|scored| scored.faults).sum(),
    })
}

/// One recipe on all prompts.
async fn all(
    request: &BenchRequest,
    recipe: &Recipe,
    (workshop, studio): (&Workshop, &Studio),
    prompts: &[Arc<Prompt>],
    progress: Progress<'_>,
) -> Result<(Vec<Scored>, Cost), BenchError> {
    let start = Instant::now();
    let mut waiting = prompts.iter().enumerate();
    let mut under_way = JoinSet::new();
    let mut scored: Vec<Option<Scored>> = vec![None; prompts.len()];
    loop {
        while under_way.len() < request.jobs.get()
            && let Some((index, prompt)) = waiting.next()
        {
            let one = One {
                prompt: prompt.clone(),
                recipe: recipe.clone(),
                seed: request.settings.seed,
                workshop: workshop.clone(),
                studio: studio.clone(),
            };
            under_way.spawn(async move { (index, one.run().await) });
        }
        let Some(joined) = under_way.join_next().await else { break };
        let (index, result) = joined?;
        if let Some(slot) = scored.get_mut(index) {
            *slot = Some(result?);
        }
        progress(&recipe.name);
    }
    let scored: Vec<_> = scored.into_iter().flatten().collect();
    let images = scored.iter().map(|scored| u64::from(scored.images)).sum();
    let seconds = start.elapsed().as_secs_f64();
    let images_per_prompt = recipe.budget().images;
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
            budget: self.recipe.budget(),
            painter: self.studio.name.clone(),
            seed: self.seed.derive("bench", number as u64),
            recipe: self.recipe.clone(),
        };
        let outcome = pentimento_engine::run(&request, &ports, &StopFlag::default())
            .await
            .map_err(|source| BenchError::Run { idea: self.prompt.idea.clone(), source })?;
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
