//! Starts a run, or goes on with one: settings in, a finished folder out.

use std::{path::PathBuf, sync::Arc};

use pentimento_engine::{
    Ledger, Ports, RunRequest, StopFlag,
    ports::{Generate, Watch},
};
use pentimento_journal::{FolderError, RunFolder};
use pentimento_model::{Brief, Budget, RunEvent, RunId, RunOutcome};
use pentimento_recipe::Role;

use crate::{
    Forecast, Painter, Settings, Stored, SystemClock, Workshop, error::AppError, forecast, speaker,
};

/// Names that are tried for a new run before giving up.
const MOST_NAMES: u32 = 1000;

/// Everything one run needs, wired.
#[derive(Debug)]
pub struct Session {
    settings: Settings,
    workshop: Workshop,
}

/// A run that came to its end.
#[derive(Debug)]
pub struct Ended {
    /// How.
    pub outcome: RunOutcome,
    /// Its folder, read back.
    pub stored: Stored,
}

impl Session {
    /// Wires what the settings ask for.
    pub fn open(settings: Settings) -> Result<Self, AppError> {
        let workshop = Workshop::open(&settings, Arc::new(SystemClock))?;
        Ok(Self { settings, workshop })
    }

    /// Makes a picture of the idea and corrects it. The idea is read before a folder is made, so
    /// that one nobody can read leaves nothing behind.
    pub async fn refine(
        &self,
        idea: &str,
        watcher: Arc<dyn Watch>,
        stop: &StopFlag,
    ) -> Result<Ended, AppError> {
        let brief = Brief::from_idea(idea);
        self.check_idea(&brief).await?;
        let budget = self.budget();
        self.check_painter(idea, &budget)?;
        speaker::open(&self.settings, &self.settings.recipe, &budget.bounds)?;
        let (run, folder) = self.new_folder(idea)?;
        let request = RunRequest {
            run,
            brief,
            recipe: self.settings.recipe.clone(),
            painter: self.settings.painter.name(),
            seed: self.settings.seed,
            budget,
        };
        self.carry_out(&request, folder, watcher, stop).await
    }

    /// What `refine` would cost at most. Nothing is made and nothing is sent.
    pub async fn forecast(&self, idea: &str) -> Result<Forecast, AppError> {
        self.check_idea(&Brief::from_idea(idea)).await?;
        let budget = self.budget();
        let generator = self.check_painter(idea, &budget)?;
        let recipe = &self.settings.recipe;
        let models = speaker::open(&self.settings, recipe, &budget.bounds)?;
        let painter = &self.settings.painter;
        let priced = painter.is_priced(&self.settings.prices);
        let words = forecast::words(recipe, &models);
        Ok(Forecast { words, ..Forecast::of(painter.name(), &generator, idea, &budget, priced) })
    }

    /// Goes on with a run. Its own idea, recipe, painter, seed and budget count, not the settings'.
    pub async fn resume(
        &self,
        word: &str,
        watcher: Arc<dyn Watch>,
        stop: &StopFlag,
    ) -> Result<Ended, AppError> {
        let path = pentimento_journal::find(&self.settings.runs_dir, word)?;
        let folder = RunFolder::resume(&path)?;
        let request = request_of(&folder)?;
        self.carry_out(&request, folder, watcher, stop).await
    }

    /// Says whether the idea can be read, if the recipe needs it read.
    async fn check_idea(&self, brief: &Brief) -> Result<(), AppError> {
        if self.settings.recipe.needs(Role::Parser) {
            self.workshop.parser().parse(brief).await.map_err(AppError::Idea)?;
        }
        Ok(())
    }

    /// What a new run may spend.
    fn budget(&self) -> Budget {
        let bounds = self.settings.bounds;
        let budget = self.settings.recipe.budget();
        let images = bounds.images.map_or(budget.images, |most| most.min(budget.images));
        Budget { images, bounds, ..budget }
    }

    /// Tells everything that forbids a first picture before a folder is made.
    fn check_painter(&self, idea: &str, budget: &Budget) -> Result<Arc<dyn Generate>, AppError> {
        let (settings, painter) = (&self.settings, &self.settings.painter);
        if !settings.painter_agreed && !painter.is_at_home(&settings.providers) {
            return Err(AppError::Setting {
                name: "painter",
                problem: format!("the project would spend your money at `{}`", painter.name()),
                hint: format!(
                    "if you want it, say how much with `--budget-usd`, or choose it yourself with \
                     `--painter {}`",
                    painter.name()
                ),
            });
        }
        let (generator, _) = painter.open(settings, &settings.recipe, &budget.bounds)?;
        let first = Ledger::new(budget.bounds).reserve(generator.most(idea));
        first.map_err(|refused| AppError::NothingAllowed { stop: refused.stop })?;
        Ok(generator)
    }

    async fn carry_out(
        &self,
        request: &RunRequest,
        folder: RunFolder,
        watcher: Arc<dyn Watch>,
        stop: &StopFlag,
    ) -> Result<Ended, AppError> {
        let unknown = || AppError::UnknownPainter {
            run: request.run.to_string(),
            painter: request.painter.clone(),
        };
        let painter = Painter::from_name(&request.painter).ok_or_else(unknown)?;
        let painter = painter.open(&self.settings, &request.recipe, &request.budget.bounds)?;
        let path = folder.path().to_owned();
        let keep = Arc::new(folder);
        let models = speaker::open(&self.settings, &request.recipe, &request.budget.bounds)?;
        let ports = self.workshop.ports(painter, keep, vec![watcher]);
        let ports = Ports { models, ..ports };
        let unfinished = |source| AppError::Unfinished { run: request.run.to_string(), source };
        let outcome = pentimento_engine::run(request, &ports, stop).await.map_err(unfinished)?;
        // The writer's lock goes with the ports, before the folder is read back.
        drop(ports);
        let stored = Stored::read(&path)?;
        stored.write_page(None)?;
        Ok(Ended { outcome, stored })
    }

    /// A folder named after the idea, with a number that no run has yet.
    fn new_folder(&self, idea: &str) -> Result<(RunId, RunFolder), AppError> {
        let runs = &self.settings.runs_dir;
        let mut number = 1;
        loop {
            let run = RunId::from_words(idea, &number.to_string());
            match RunFolder::create(runs, &run) {
                Ok(folder) => return Ok((run, folder)),
                Err(FolderError::Exists { .. }) if number < MOST_NAMES => number += 1,
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// What a run's first event says it was to do.
fn request_of(folder: &RunFolder) -> Result<RunRequest, AppError> {
    let path: PathBuf = folder.path().to_owned();
    let first = folder.past().first().map(|event| &event.event);
    let Some(RunEvent::RunStarted { run, idea, recipe, recipe_text, painter, seed, budget }) =
        first
    else {
        return Err(AppError::NoStart { run: path.display().to_string() });
    };
    Ok(RunRequest {
        run: run.clone(),
        brief: Brief::from_idea(idea.clone()),
        recipe: pentimento_recipe::read(recipe, recipe_text)?,
        painter: painter.clone(),
        seed: *seed,
        budget: *budget,
    })
}
