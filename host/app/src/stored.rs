//! A run on disk, told from its journal alone.

use std::path::{Path, PathBuf};

use pentimento_journal::PastRun;
use pentimento_model::{Artifact, ArtifactId, RunEvent, RunId, Spending};
use pentimento_report::{Gist, Summary};

use crate::{error::AppError, paths, products};

/// A run's folder, read once.
#[derive(Debug)]
pub struct Stored {
    past: PastRun,
    run: RunId,
}

/// Why a journal does not say what its run was to do.
pub(crate) fn no_start(folder: &Path) -> AppError {
    let lost = pentimento_journal::lost(folder).map(AppError::Folder);
    lost.unwrap_or_else(|| AppError::NoStart { run: folder.display().to_string() })
}

/// Where a run's results are.
#[derive(Clone, Debug)]
pub struct Files {
    /// The run's folder.
    pub folder: PathBuf,
    /// The picture or text that was handed out; `None` if there is none yet, or no file of it, as in
    /// batches.
    pub best: Option<PathBuf>,
    /// The page, if it was written where it usually is.
    pub report: PathBuf,
}

impl Stored {
    /// Reads the run that `word` means: its name, the beginning of it, `latest`, or a path.
    pub fn open(runs_dir: &Path, word: &str) -> Result<Self, AppError> {
        Self::read(&Self::find(runs_dir, word)?)
    }

    /// The folder of the run that `word` means.
    pub fn find(runs_dir: &Path, word: &str) -> Result<PathBuf, AppError> {
        Ok(pentimento_journal::find(runs_dir, word)?)
    }

    /// Reads a run's folder.
    pub fn read(folder: &Path) -> Result<Self, AppError> {
        Self::of(PastRun::read(folder)?)
    }

    /// Tells of a folder that was read.
    pub(crate) fn of(past: PastRun) -> Result<Self, AppError> {
        let run = past.events.iter().find_map(|event| match &event.event {
            RunEvent::RunStarted { run, .. } => Some(run.clone()),
            _ => None,
        });
        let no_start = || no_start(&past.path);
        Ok(Self { run: run.ok_or_else(no_start)?, past })
    }

    /// The run's name.
    pub fn run(&self) -> &RunId {
        &self.run
    }

    /// What it took of models, or may have: a call that was under way when its program ended among it.
    pub(crate) fn spent(&self) -> Spending {
        let spent = self.past.events.iter().map(|timed| timed.event.spending());
        let under_way = match self.past.events.last().map(|last| &last.event) {
            Some(RunEvent::CallBegun { most, .. }) => *most,
            _ => Spending::NONE,
        };
        spent.fold(under_way, Spending::plus)
    }

    /// How many events there are.
    pub(crate) const fn n_events(&self) -> usize {
        self.past.events.len()
    }

    /// What one should know of the state in which the folder was found.
    pub fn notices(&self) -> Vec<String> {
        let torn = self.past.torn.map(|torn| torn.to_string());
        let newer = self.past.newer.map(|format| {
            format!(
                "a newer version of this program wrote the journal (format {format}): what this \
                 one understands of it is told, and the run cannot be gone on with"
            )
        });
        torn.into_iter().chain(newer).collect()
    }

    /// The facts people ask for.
    pub fn summary(&self) -> Result<Summary, AppError> {
        Ok(Summary::of(&self.past.events)?)
    }

    /// What is told of it among many.
    pub fn gist(&self) -> Result<Gist, AppError> {
        Ok(Gist::of(&self.past.events)?)
    }

    /// The picture or text that was handed out, or the draft of a run that has not ended.
    pub fn best(&self) -> Option<Artifact> {
        self.best_id().and_then(|id| self.past.load(id).ok())
    }

    /// Where everything is.
    pub fn files(&self) -> Files {
        let folder = self.past.path.clone();
        let written = || Some(folder.join(paths::TEXT_FILE)).filter(|text| text.is_file());
        let best = self.best_id().and_then(|best| self.past.file_of(best).or_else(written));
        Files { best, report: folder.join(paths::REPORT_FILE), folder }
    }

    /// Writes the text that was handed out to the run's folder, for people, if it has no file there.
    pub fn write_text(&self) -> Result<(), AppError> {
        let Some(text) = self.best().filter(|best| self.past.file_of(best.id).is_none()) else {
            return Ok(());
        };
        let path = self.past.path.join(paths::TEXT_FILE);
        products::replace(&path, &text.bytes)
            .map_err(|source| AppError::WritePage { path: path.clone(), source })
    }

    /// Writes the page, to the run's folder unless told otherwise, and says where it is.
    pub fn write_page(&self, to: Option<&Path>) -> Result<PathBuf, AppError> {
        let path = to.map_or_else(|| self.past.path.join(paths::REPORT_FILE), Path::to_owned);
        let load = |id: ArtifactId| self.past.load(id).ok();
        let page = pentimento_report::to_page(&self.past.events, &load)?;
        products::replace(&path, page.as_bytes())
            .map_err(|source| AppError::WritePage { path: path.clone(), source })?;
        Ok(path)
    }

    fn best_id(&self) -> Option<ArtifactId> {
        let events = &self.past.events;
        let best = events.iter().rev().find_map(|event| match &event.event {
            RunEvent::RunFinished { outcome } => Some(outcome.best),
            RunEvent::Decided { draft, .. } => Some(*draft),
            _ => None,
        });
        events.iter().rev().find_map(|event| match &event.event {
            RunEvent::CandidateReady { candidate, .. }
                if best.is_none_or(|best| candidate.id == best) =>
            {
                Some(candidate.artifact)
            }
            _ => None,
        })
    }
}
