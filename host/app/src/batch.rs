//! Many briefs with one recipe and one painter, whose limits all runs share.
//!
//! A brief's run is named after everything that settles it. So the same command typed again finds
//! every run it began: what is finished is read, what is not is gone on with, and nothing is paid
//! twice. How many runs are under way at once is left to the caller.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
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
    /// Runs that are in it already, and whether their result was told. There may be any number, so what
    /// is kept of each is short.
    counted: Mutex<BTreeMap<Short, bool>>,
}

/// A run's name, shortened: of a million, two have the same with a chance of 1 to 40 million.
type Short = u64;

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
    /// Its brief stands there more than once: the batch told its result before, and what it took.
    pub is_repeated: bool,
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

    /// What all runs took so far, those that were only read among them. Each counts once.
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
        let run = request.run.clone();
        let answered = self.answer_alone(request, stop).await?;
        let was_told = self.counted().insert(short(&run), true);
        Ok(Answered { is_repeated: was_told == Some(true), ..answered })
    }

    async fn answer_alone(
        &self,
        request: RunRequest,
        stop: &StopFlag,
    ) -> Result<Answered, AppError> {
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
        self.book(&request.run);
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
        let terms = Terms { goes_on: ran_out, is_counted: self.book(&request.run) };
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
        let (outcome, stored) = (ended.outcome, ended.stored);
        Ok(Answered { outcome, stored, was_there: false, is_repeated: false })
    }

    /// A run that had come to its end.
    fn was_there(&self, outcome: RunOutcome, past: PastRun) -> Result<Answered, AppError> {
        let stored = Stored::of(past)?;
        if !self.book(stored.run()) {
            self.ledger.charge(stored.spent());
        }
        Ok(Answered { outcome, stored, was_there: true, is_repeated: false })
    }

    /// Counts what the run of a brief took before, if it is there, so that no other spends that once more.
    /// A brief that stands there twice counts once.
    pub fn count(&self, run: &RunId) {
        let mut counted = self.counted();
        let Entry::Vacant(place) = counted.entry(short(run)) else { return };
        // What cannot be read is told when it is its turn.
        let past = PastRun::read(&self.session.settings().runs_dir.join(run.as_str()));
        if let Ok(stored) = past.map_err(AppError::from).and_then(Stored::of) {
            self.ledger.charge(stored.spent());
            place.insert(false);
        }
    }

    /// Whatever a run took is in the books from here on. True if its past was there already.
    fn book(&self, run: &RunId) -> bool {
        match self.counted().entry(short(run)) {
            Entry::Occupied(_) => true,
            Entry::Vacant(place) => {
                place.insert(false);
                false
            }
        }
    }

    /// No code between lock and unlock can panic.
    fn counted(&self) -> MutexGuard<'_, BTreeMap<Short, bool>> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
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

fn short(run: &RunId) -> Short {
    let key = StepKey::of([run.as_str().as_bytes()]);
    key.as_bytes().first_chunk().map_or(0, |bytes| Short::from_le_bytes(*bytes))
}
