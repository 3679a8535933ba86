//! Starts a run, or goes on with one: settings in, a finished folder out.

use std::{path::PathBuf, sync::Arc};

use pentimento_easel::{Easel, Preset};
use pentimento_engine::{RunRequest, StopFlag, ports::Watch};
use pentimento_journal::{FolderError, RunFolder};
use pentimento_model::{Brief, RunEvent, RunId, RunOutcome};

use crate::{Settings, Stored, SystemClock, Workshop, error::AppError};

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
        let parser = self.workshop.parser();
        parser.parse(&brief).await.map_err(AppError::Idea)?;
        let (run, folder) = self.new_folder(idea)?;
        let request = RunRequest {
            run,
            brief,
            recipe: self.settings.recipe.clone(),
            painter: self.settings.preset.as_str().to_owned(),
            seed: self.settings.seed,
            budget: self.settings.recipe.budget(),
        };
        self.carry_out(&request, folder, watcher, stop).await
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
        let preset = Preset::from_name(&request.painter).ok_or_else(unknown)?;
        let path = folder.path().to_owned();
        let keep = Arc::new(folder);
        let ports = self.workshop.ports(Arc::new(Easel::new(preset)), keep, vec![watcher]);
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
