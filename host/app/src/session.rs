//! Starts a run, or goes on with one: settings in, a finished folder out.

use std::{
    path::Path,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use pentimento_engine::{
    Ledger, Models, PortError, Ports, RunError, RunRequest, StopFlag, Terms,
    ports::{Keep as _, Parse, Watch},
};
use pentimento_journal::{FolderError, PastRun, RunFolder};
use pentimento_model::{
    Artifact, Bounds, Brief, Budget, MediaType, RunEvent, RunId, RunOutcome, TimedEvent,
};
use pentimento_recipe::{Recipe, Role};

use crate::{
    Forecast, Painter, PainterPorts, Settings, Stored, SystemClock, Workshop, error::AppError,
    forecast, found::Found, inside, pause, prices, providers::ModelRole, results::Results, speaker,
    stored::no_start, tracing::Tracing,
};

/// Names that are tried for a new run before giving up.
const MOST_NAMES: u32 = 1000;

/// Everything one run needs, wired.
#[derive(Debug)]
pub struct Session {
    settings: Settings,
    workshop: Workshop,
    /// Opened when a first run begins.
    results: OnceLock<Results>,
    /// The same.
    tracing: OnceLock<Tracing>,
    /// In which state folders were found that were gone on with.
    found: Mutex<Found>,
}

/// A run that came to its end.
#[derive(Debug)]
pub struct Ended {
    /// How.
    pub outcome: RunOutcome,
    /// Its folder, read back.
    pub stored: Stored,
    /// It had ended before, and nothing was done.
    pub was_there: bool,
    /// Why its page, or the file with its text, could not be written. The run itself is safe.
    pub unwritten: Option<AppError>,
}

impl Session {
    /// Wires what the settings ask for.
    pub fn open(settings: Settings) -> Result<Self, AppError> {
        let workshop = Workshop::open(&settings, Arc::new(SystemClock))?;
        let (results, tracing, found) = (OnceLock::new(), OnceLock::new(), Mutex::default());
        Ok(Self { settings, workshop, results, tracing, found })
    }

    /// What one should know of folders that were gone on with, and of the cache and of spans, if they were
    /// to be used. No run is carried out after this: what there is of spans is sent.
    pub fn notices(&self) -> Vec<String> {
        let cache = self.results.get().map(Results::notices).unwrap_or_default();
        let spans = self.tracing.get().and_then(Tracing::finish);
        let settings = &self.settings;
        let prices = match settings.bounds.money {
            Some(_) => prices::of_nobody(&settings.prices, &settings.providers),
            None => Vec::new(),
        };
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.notices().into_iter().chain(prices).chain(cache).chain(spans).collect()
    }

    /// Remembers what its last writer left behind, if that ended in the middle.
    pub(crate) fn look_at(&self, folder: &RunFolder) {
        self.found.lock().unwrap_or_else(PoisonError::into_inner).take_in(folder);
    }

    /// Makes a picture of the idea and corrects it. The idea is read before a folder is made, so
    /// that one nobody can read leaves nothing behind.
    pub async fn refine(
        &self,
        idea: &str,
        attached: &[Artifact],
        watcher: Arc<dyn Watch>,
        stop: &StopFlag,
    ) -> Result<Ended, AppError> {
        let brief = self.brief(idea, attached)?;
        self.check_idea(&brief).await?;
        let budget = self.budget();
        let painter = self.open_painter(&budget)?;
        if attached.is_empty() {
            check_first(&painter, idea, &Ledger::new(budget.bounds))?;
        }
        let models = self.open_models(&budget)?;
        let (run, folder) = self.new_folder(idea)?;
        for artifact in attached {
            let stored = folder.store(artifact);
            stored.map_err(|error| AppError::NotBegun { source: error.into() })?;
        }
        let request = RunRequest {
            run,
            brief,
            recipe: self.settings.recipe.clone().into(),
            painter: self.settings.painter.name(),
            seed: self.settings.seed,
            budget,
        };
        self.carry_out(&request, Means::own(painter, models, &budget, watcher), folder, stop).await
    }

    /// What `refine` would cost at most. Nothing is made and nothing is sent.
    pub async fn forecast(&self, idea: &str, attached: &[Artifact]) -> Result<Forecast, AppError> {
        self.check_idea(&self.brief(idea, attached)?).await?;
        let budget = self.budget();
        let ports = self.open_painter(&budget)?;
        check_first(&ports, idea, &Ledger::new(budget.bounds))?;
        let (generator, _) = ports;
        let recipe = &self.settings.recipe;
        let models = self.open_models(&budget)?;
        let painter = &self.settings.painter;
        let words = forecast::words(recipe, &models, idea);
        Ok(Forecast {
            words,
            medium: recipe.medium(),
            ..Forecast::of(painter.name(), &generator, (recipe, idea), &budget)
        })
    }

    /// Goes on with the run in this folder. Its own idea, recipe, painter, seed and budget count, not the settings'. With
    /// `raised` bounds, in place of those of its budget, one goes on that had ended for want of means.
    pub async fn resume(
        &self,
        path: &Path,
        raised: Option<Bounds>,
        watcher: Arc<dyn Watch>,
        stop: &StopFlag,
    ) -> Result<Ended, AppError> {
        let folder = match RunFolder::resume(path) {
            Err(error) if error.is_unwritable() => return read_only(path, error),
            folder => folder?.with(self.settings.durability),
        };
        self.look_at(&folder);
        let (request, n_before) = (request_of(&folder)?, folder.past().len());
        let has_ended = pause::finished(folder.past()).is_some();
        let bounds = pause::bounds(folder.past());
        let bounds = raised.map_or(bounds, |raised| raised.or(bounds));
        self.workshop.check_tool(&self.settings, &request.recipe).await?;
        let painter = Painter::of_run(&request)?;
        let painter = painter.open(&self.settings, &request.recipe, &bounds)?;
        let settings = self.as_in(&request)?;
        let models = speaker::open(&settings, &request.recipe, &bounds)?;
        let terms = Terms { goes_on: raised.is_some(), is_counted: false };
        let ledger = Ledger::of(bounds, None, terms);
        let means = Means { painter, models, ledger, watchers: vec![watcher], page: true };
        let ended = self.carry_out(&request, means, folder, stop).await?;
        let was_there = has_ended && ended.stored.n_events() == n_before;
        Ok(Ended { was_there, ..ended })
    }

    /// The settings with the run's own painter: whose eyes and pen go with whom who paints.
    pub(crate) fn as_in(&self, request: &RunRequest) -> Result<Settings, AppError> {
        Ok(Settings { painter: Painter::of_run(request)?, ..self.settings.clone() })
    }

    /// What was settled before.
    pub(crate) const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What runs of this recipe share: a run from before may name assessors that the settings do not.
    pub(crate) fn workshop_of(&self, recipe: &Recipe) -> Result<Workshop, AppError> {
        let named = |recipe: &Recipe| (recipe.held_out.clone(), recipe.detector.clone());
        let workshop = if named(recipe) == named(&self.settings.recipe) {
            self.workshop.clone()
        } else {
            let settings = Settings { recipe: recipe.clone(), ..self.settings.clone() };
            Workshop::open(&settings, Arc::new(SystemClock))?
        };
        Ok(workshop.of(recipe.medium()))
    }

    /// Reads ideas.
    fn parser(&self) -> Arc<dyn Parse> {
        self.workshop.parser()
    }

    /// What the user asked, if the recipe has use for everything in it.
    fn brief(&self, idea: &str, attached: &[Artifact]) -> Result<Brief, AppError> {
        let recipe = &self.settings.recipe;
        let useless = attached.iter().find(|one| match one.media_type {
            MediaType::Text => !recipe.takes_facts(),
            MediaType::Png | MediaType::Jpeg => !recipe.takes_picture(),
        });
        let (name, problem, hint) = match useless.map(|one| one.media_type) {
            None => {
                let attached = attached.iter().map(|one| one.id).collect();
                return Ok(Brief { idea: idea.to_owned(), attached });
            }
            Some(MediaType::Text) => {
                ("facts", "has no use for facts", "choose `--recipe context-canvas`")
            }
            Some(MediaType::Png | MediaType::Jpeg) => (
                "image",
                "begins with a picture of its own",
                "change a picture with `--recipe sld`, or with one that edits or inpaints",
            ),
        };
        let problem = format!("recipe `{}` {problem}", recipe.name);
        Err(AppError::Setting { name, problem, hint: hint.to_owned() })
    }

    /// Says whether the recipe's tool is there, and whether the idea can be read, if the recipe needs
    /// that.
    pub(crate) async fn check_idea(&self, brief: &Brief) -> Result<(), AppError> {
        let recipe = &self.settings.recipe;
        if recipe.needs_picture() && brief.attached.is_empty() {
            return Err(AppError::Setting {
                name: "image",
                problem: format!(
                    "recipe `{}` asks about a picture, and there is none",
                    recipe.name
                ),
                hint: "hand one over with `--image FILE`".to_owned(),
            });
        }
        self.workshop.check_tool(&self.settings, recipe).await?;
        inside::check_idea(&self.settings, &brief.idea)?;
        if self.settings.recipe.needs(Role::Parser) && !brief.attached.is_empty() {
            let read = pentimento_world::instruction::instruction(&brief.idea);
            return read.map(drop).map_err(|error| {
                AppError::Idea(PortError::wrong_use(error.to_string(), error.hint()))
            });
        }
        let plain = brief.attached.is_empty() || recipe.takes_facts();
        if recipe.needs(Role::Parser) || (plain && inside::is_closed(&self.settings)) {
            self.parser().parse(brief).await.map_err(AppError::Idea)?;
        }
        Ok(())
    }

    /// What a new run may spend.
    pub(crate) fn budget(&self) -> Budget {
        let bounds = self.settings.bounds;
        let budget = self.settings.recipe.budget();
        let images = bounds.images.map_or(budget.images, |most| most.min(budget.images));
        Budget { images, bounds, ..budget }
    }

    /// The painter of new runs, ready to work, if it may be used at all. Nothing is sent.
    pub(crate) fn open_painter(&self, budget: &Budget) -> Result<PainterPorts, AppError> {
        let (settings, painter) = (&self.settings, &self.settings.painter);
        if !settings.may_spend(ModelRole::Painter) && !painter.is_at_home(&settings.providers) {
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
        painter.open(settings, &settings.recipe, &budget.bounds)
    }

    /// The models that new runs ask, if they may be asked at all. Nothing is sent.
    pub(crate) fn open_models(&self, budget: &Budget) -> Result<Models, AppError> {
        speaker::open(&self.settings, &self.settings.recipe, &budget.bounds)
    }

    /// Carries out a run in its folder, which is read back afterwards.
    pub(crate) async fn carry_out(
        &self,
        request: &RunRequest,
        means: Means,
        folder: RunFolder,
        stop: &StopFlag,
    ) -> Result<Ended, AppError> {
        let path = folder.path().to_owned();
        let workshop = self.workshop_of(&request.recipe)?;
        let mut watchers = means.watchers;
        let tracing = self.tracing.get_or_init(Tracing::open);
        watchers.extend(tracing.watch(&self.settings, request, folder.past().len()));
        let folder = if watchers.is_empty() { folder.unseen() } else { folder };
        // Whoever writes files for people looks at what is on the disk.
        let folder = Arc::new(if means.page { folder } else { folder.with_memory() });
        let ports = workshop.ports(means.painter, folder.clone(), watchers);
        let results = self.results.get_or_init(|| Results::open(&self.settings));
        let ports = Ports { models: means.models, share: results.port(), ..ports };
        let outcome = pentimento_engine::run_on(means.ledger, request, &ports, stop).await;
        let outcome = outcome.map_err(|source| ended_early(request, &path, source))?;
        // The writer's lock goes with the last who has it.
        drop(ports);
        let stored = match Arc::into_inner(folder) {
            Some(folder) => Stored::of(folder.end()?)?,
            None => Stored::read(&path)?,
        };
        let written = || stored.write_text().and_then(|()| stored.write_page(None));
        let unwritten = if means.page { written().err() } else { None };
        Ok(Ended { outcome, stored, was_there: false, unwritten })
    }

    /// A folder named after the idea, with a number that no run has yet.
    fn new_folder(&self, idea: &str) -> Result<(RunId, RunFolder), AppError> {
        let runs = &self.settings.runs_dir;
        let mut number = 1;
        loop {
            let run = RunId::from_words(idea, &number.to_string());
            match RunFolder::create(runs, &run) {
                Ok(folder) => return Ok((run, folder.with(self.settings.durability))),
                Err(
                    FolderError::Exists { .. }
                    | FolderError::Lost { .. }
                    | FolderError::Locked { .. },
                ) if number < MOST_NAMES => {
                    number += 1;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// A run that had ended is told also where nothing can be written.
fn read_only(folder: &Path, error: FolderError) -> Result<Ended, AppError> {
    let past = PastRun::read(folder)?;
    let Some(outcome) = pause::finished(&past.events) else { return Err(error.into()) };
    Ok(Ended { outcome, stored: Stored::of(past)?, was_there: true, unwritten: None })
}

/// A run that could not go on, or not even begin.
fn ended_early(request: &RunRequest, folder: &Path, source: RunError) -> AppError {
    if PastRun::read(folder).is_ok_and(|past| past.events.is_empty()) {
        return AppError::NotBegun { source };
    }
    AppError::Unfinished { run: request.run.to_string(), source }
}

/// Everyone who makes something in runs with these settings, ready to work, if they may be used at
/// all. Nothing is sent.
pub fn open_makers(settings: &Settings) -> Result<(PainterPorts, Models), AppError> {
    let (recipe, bounds) = (&settings.recipe, &settings.bounds);
    let painter = settings.painter.open(settings, recipe, bounds)?;
    Ok((painter, speaker::open(settings, recipe, bounds)?))
}

/// A picture that the user brings along, if it is one: checked as those of servers are, before
/// anything is decoded.
pub fn picture_of_user(file: &str, bytes: Vec<u8>) -> Result<Artifact, AppError> {
    Ok(pentimento_provider::of_user(&format!("in `{file}`"), bytes)?)
}

/// Everyone who answers in words in runs of this recipe, ready to work, if they may be asked at all.
/// Nothing is sent.
pub fn open_models(settings: &Settings, recipe: &Recipe) -> Result<Models, AppError> {
    speaker::open(settings, recipe, &settings.bounds)
}

/// Who paints in a run, who pays, and who watches.
pub(crate) struct Means {
    pub(crate) painter: PainterPorts,
    pub(crate) models: Models,
    pub(crate) ledger: Arc<Ledger>,
    pub(crate) watchers: Vec<Arc<dyn Watch>>,
    /// A page is written at the end, and the text that is handed out.
    pub(crate) page: bool,
}

impl Means {
    /// Those of a run on its own.
    fn own(
        painter: PainterPorts,
        models: Models,
        budget: &Budget,
        watcher: Arc<dyn Watch>,
    ) -> Self {
        let ledger = Ledger::new(budget.bounds);
        Self { painter, models, ledger, watchers: vec![watcher], page: true }
    }
}

/// Tells a bound that forbids even the first picture, before a folder is made.
pub(crate) fn check_first(
    (generator, _): &PainterPorts,
    idea: &str,
    ledger: &Ledger,
) -> Result<(), AppError> {
    let allowed = ledger.allows(generator.most(idea));
    allowed.map_err(|refused| AppError::NothingAllowed { stop: refused.stop })
}

/// What a run's first event says it was to do.
pub(crate) fn request_of(folder: &RunFolder) -> Result<RunRequest, AppError> {
    request_from(folder.past(), folder.path())
}

/// The same from the events of the run in this folder.
pub(crate) fn request_from(past: &[TimedEvent], folder: &Path) -> Result<RunRequest, AppError> {
    let first = past.first().map(|event| &event.event);
    let Some(RunEvent::RunStarted {
        run,
        idea,
        recipe,
        recipe_text,
        painter,
        seed,
        budget,
        attached,
        ..
    }) = first
    else {
        return Err(no_start(folder));
    };
    Ok(RunRequest {
        run: run.clone(),
        brief: Brief { idea: idea.clone(), attached: attached.clone() },
        recipe: pentimento_recipe::read(recipe, recipe_text)?.into(),
        painter: painter.clone(),
        seed: *seed,
        budget: *budget,
    })
}
