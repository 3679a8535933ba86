//! Many briefs with one recipe and one painter, whose limits all runs share.
//!
//! A brief's run is named after everything that settles it. So the same command typed again finds
//! every run it began: what is finished is read, what is not is gone on with, and nothing is paid
//! twice. How many runs are under way at once is left to the caller.

use std::{
    collections::BTreeSet,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use pentimento_engine::{Ledger, Models, RunRequest, StopFlag, Terms};
use pentimento_journal::{FolderError, PastRun, RunFolder};
use pentimento_model::{
    Bounds, Brief, Budget, RunId, RunOutcome, Seed, Spending, StepKey, Verdict,
};
use pentimento_recipe::Settled;

use crate::{
    Forecast, PainterPorts, Session, Stored,
    error::AppError,
    forecast,
    pause::{self, finished},
    session::{self, Means},
};

/// Hexadecimal digits that tell runs of the same words apart.
const DIGITS: usize = 12;

/// Everything that the runs of a batch share.
#[derive(Debug)]
pub struct Batch {
    session: Session,
    recipe: Settled,
    painter: Shared,
    models: Models,
    /// Of each run.
    budget: Budget,
    /// Of all runs together.
    ledger: Arc<Ledger>,
    /// Runs whose past is in it already.
    counted: Mutex<BTreeSet<RunId>>,
}

/// A painter that is open.
struct Shared(PainterPorts);

/// How the run of one brief came out.
#[derive(Debug)]
pub struct Answered {
    /// Its end.
    pub outcome: RunOutcome,
    /// Its folder, read back.
    pub stored: Stored,
    /// The run had come to its end before, and was only read.
    pub was_there: bool,
}

impl Batch {
    /// Opens the painter. What one run may spend is settled by the session's settings; `all` bounds
    /// what the batch may take.
    pub fn open(session: Session, all: Bounds) -> Result<Self, AppError> {
        let budget = session.budget();
        let painter = Shared(session.open_painter(&budget)?);
        let models = session.open_models(&budget)?;
        let recipe = session.settings().recipe.clone().into();
        let (ledger, counted) = (Ledger::new(all), Mutex::default());
        Ok(Self { session, recipe, painter, models, budget, ledger, counted })
    }

    /// What one should know of folders that were gone on with, of the cache and of spans, once all runs are
    /// over.
    pub fn notices(&self) -> Vec<String> {
        self.session.notices()
    }

    /// What all runs took so far, those that were only read among them.
    pub fn spent(&self) -> Spending {
        self.ledger.spent()
    }

    /// What the run of a brief is to do, and its name. `seed` is that of the settings unless said
    /// otherwise.
    pub fn request(&self, idea: &str, seed: Option<u64>) -> RunRequest {
        let settings = self.session.settings();
        let (recipe, painter) = (self.recipe.clone(), settings.painter.name());
        let seed = seed.map_or(settings.seed, Seed);
        let key = StepKey::of([
            b"batch".as_slice(),
            idea.as_bytes(),
            recipe.text().as_bytes(),
            painter.as_bytes(),
            &seed.0.to_le_bytes(),
        ]);
        let digits: String = key.to_hex().chars().take(DIGITS).collect();
        let (run, brief) = (RunId::from_words(idea, &digits), Brief::from_idea(idea));
        RunRequest { run, brief, recipe, painter, seed, budget: self.budget }
    }

    /// What the run of a brief would cost at most. Nothing is made and nothing is sent.
    pub async fn forecast(&self, request: &RunRequest) -> Result<Forecast, AppError> {
        self.session.check_idea(&request.brief).await?;
        let (idea, recipe) = (&request.brief.idea, &self.session.settings().recipe);
        session::check_first(&self.painter.0, idea, &Ledger::new(self.budget.bounds))?;
        let (generator, _) = &self.painter.0;
        Ok(Forecast {
            words: forecast::words(recipe, &self.models, idea),
            medium: recipe.medium(),
            ..Forecast::of(request.painter.clone(), generator, (recipe, idea), &self.budget)
        })
    }

    /// Makes a picture of the idea and corrects it, or goes on where that stopped, or reads how it
    /// ended. A run that had ended for want of means, and is not accepted, goes on if there is more now.
    pub async fn answer(&self, request: RunRequest, stop: &StopFlag) -> Result<Answered, AppError> {
        let settings = self.session.settings();
        self.session.check_idea(&request.brief).await?;
        let (idea, ledger) = (&request.brief.idea, self.ledger_of(&request));
        let allowed = session::check_first(&self.painter.0, idea, &ledger);
        // What a run that is there may still spend, its own budget says.
        if allowed.is_err() && !settings.runs_dir.join(request.run.as_str()).exists() {
            allowed?;
        }
        let folder = match RunFolder::create(&settings.runs_dir, &request.run) {
            Err(FolderError::Exists { path }) => return self.again(&path, stop).await,
            folder => folder?,
        };
        self.carry_out(&request, ledger, folder, stop).await
    }

    /// The run of a folder that is there: read, or gone on with.
    async fn again(&self, path: &Path, stop: &StopFlag) -> Result<Answered, AppError> {
        let past = PastRun::read(path)?;
        let (outcome, ran_out) = (finished(&past.events), pause::ran_out(&past.events));
        let may_go_on =
            ran_out && outcome.as_ref().is_none_or(|one| one.verdict != Verdict::Accept);
        if let Some(outcome) = outcome.clone().filter(|_| !may_go_on) {
            return self.was_there(outcome, past);
        }
        let folder = match (RunFolder::resume(path), outcome) {
            // It has ended, and nobody can go on with it here.
            (Err(error), Some(outcome)) if error.is_unwritable() => {
                return self.was_there(outcome, past);
            }
            (folder, _) => folder?,
        };
        self.session.look_at(&folder);
        let (request, n_before) = (session::request_of(&folder)?, folder.past().len());
        // A run that began with another budget goes on with that one, unless that is used up.
        let bounds = if ran_out { self.budget.bounds } else { pause::bounds(folder.past()) };
        let terms = Terms { goes_on: ran_out, is_counted: self.is_counted(&request.run) };
        let ledger = Ledger::of(bounds, Some(self.ledger.clone()), terms);
        let answered = self.carry_out(&request, ledger, folder, stop).await?;
        let was_there = answered.stored.n_events() == n_before;
        Ok(Answered { was_there, ..answered })
    }

    async fn carry_out(
        &self,
        request: &RunRequest,
        ledger: Arc<Ledger>,
        folder: RunFolder,
        stop: &StopFlag,
    ) -> Result<Answered, AppError> {
        let folder = folder.with(self.session.settings().durability);
        let means = Means {
            painter: self.painter.0.clone(),
            models: self.models.clone(),
            ledger,
            watchers: Vec::new(),
            page: false,
        };
        let ended = self.session.carry_out(request, means, folder, stop).await?;
        Ok(Answered { outcome: ended.outcome, stored: ended.stored, was_there: false })
    }

    /// A run that had come to its end.
    fn was_there(&self, outcome: RunOutcome, past: PastRun) -> Result<Answered, AppError> {
        let stored = Stored::of(past)?;
        if !self.is_counted(stored.run()) {
            self.ledger.charge(stored.spent());
        }
        Ok(Answered { outcome, stored, was_there: true })
    }

    /// Counts what the run of a brief took before, if it is there, so that no other spends that once more.
    /// A brief that stands there twice counts once.
    pub fn count(&self, run: &RunId) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.contains(run) {
            return;
        }
        // What cannot be read is told when it is its turn.
        let past = PastRun::read(&self.session.settings().runs_dir.join(run.as_str()));
        if let Ok(stored) = past.map_err(AppError::from).and_then(Stored::of) {
            self.ledger.charge(stored.spent());
            counted.insert(run.clone());
        }
    }

    fn is_counted(&self, run: &RunId) -> bool {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner).contains(run)
    }

    /// A run's own, within that of all.
    fn ledger_of(&self, request: &RunRequest) -> Arc<Ledger> {
        Ledger::within(request.budget.bounds, self.ledger.clone())
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Shared").field(&self.0.0.identity()).finish()
    }
}
