//! A run carried out once more from its journal alone: nothing is asked of anybody, and nothing is
//! written. It is the same run to the last byte, or the first difference is told.
//!
//! Primitives are read back, as on resumption, and every picture is held against its name. What is
//! decided from them (rounds, verdicts, reasons, the end) is decided anew and compared with what the
//! journal holds. Whoever would have to work where the journal holds nothing hands over a blank,
//! which the journal refuses: so it is known what was wanted.

mod blank;
mod journal;
mod told;

use std::sync::Arc;

use pentimento_engine::{Models, Ports, RunError, RunRequest, StopFlag};
use pentimento_journal::PastRun;
use pentimento_model::{CastMember, RunEvent, RunId};
use pentimento_recipe::{Medium, Role};

use self::journal::Replay;
use crate::{
    Session, bound, embedder,
    error::{AppError, in_words},
    providers::ModelRole,
    session::request_from,
    speaker,
};

/// How a replay went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// Which run.
    pub run: RunId,
    /// Events that are the same, from the first on.
    pub events: usize,
    /// Pictures or texts whose bytes are those that were recorded.
    pub pictures: usize,
    /// Which of both.
    pub makes: Medium,
    /// How it came out.
    pub end: ReplayEnd,
}

/// How a replay came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplayEnd {
    /// The whole run is the same.
    Same,
    /// The run is the same as far as its journal goes, but was never finished.
    Unfinished {
        /// What would come next, in words.
        next: String,
    },
    /// It is another run from here on.
    Different(Difference),
}

/// The first event that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its place in the journal, counted from 0.
    pub position: usize,
    /// What the journal holds, in words.
    pub recorded: String,
    /// What happens now, in words.
    pub now: String,
    /// The lines that differ, if both are of one kind; else empty.
    pub lines: String,
}

impl Session {
    /// Carries a run out once more from its journal. Its own idea, recipe, painter, seed and budget
    /// count, and who played its roles; plugins are those of the settings, and so are roles where its journal
    /// is from before they were noted.
    pub async fn replay(&self, word: &str) -> Result<Replayed, AppError> {
        let folder = pentimento_journal::find(&self.settings().runs_dir, word)?;
        let past = Arc::new(PastRun::read(&folder)?);
        past.refuse_newer()?;
        let request = request_from(&past.events, &folder)?;
        let makes = request.recipe.medium();
        let (pictures, broken) = pictures(&past);
        if let Some(difference) = broken {
            let (run, events) = (request.run, difference.position);
            let end = ReplayEnd::Different(difference);
            return Ok(Replayed { run, events, pictures, makes, end });
        }
        let journal = Arc::new(Replay::of(past.clone(), None));
        let mut result = self.once_more(&request, cast(&past), journal.clone()).await?;
        let mut journal = journal;
        if let Err(RunError::Diverged { position }) = result {
            // The engine says where; a second time, what it wants there is let through to be told.
            journal = Arc::new(Replay::of(past.clone(), Some(position)));
            result = self.once_more(&request, cast(&past), journal.clone()).await?;
        }
        let events = journal.same();
        let end = match (journal.end(), result) {
            (Some(end), _) => end,
            (None, Ok(_)) => past.events.get(events).map_or(ReplayEnd::Same, |more| {
                let (recorded, now) = (told::in_words(&more.event), "the run is over".to_owned());
                let lines = String::new();
                ReplayEnd::Different(Difference { position: events, recorded, now, lines })
            }),
            (None, Err(source)) => {
                return Err(AppError::Unfinished { run: request.run.to_string(), source });
            }
        };
        Ok(Replayed { run: request.run, events, pictures, makes, end })
    }

    /// Blanks for whoever the settings bind to the roles of a run.
    fn bound_now(&self, request: &RunRequest) -> Result<Models, AppError> {
        let (settings, recipe) = (&self.as_in(request)?, &request.recipe);
        let models = speaker::cast(settings, recipe, |role| {
            let likelihoods = speaker::knows_likelihoods(settings, recipe, role);
            let manner = speaker::manner(settings, recipe, role);
            Ok(blank::speaker(speaker::identity(settings, recipe, role)?, likelihoods, manner))
        })?;
        let named = |role, played| {
            recipe.needs(role).then(|| bound::identity(settings, played)).transpose()
        };
        let detector = named(Role::Detector, ModelRole::Detector)?.map(blank::detector);
        let embedder = embedder::identity(settings, recipe)?.map(blank::embedder);
        let reader = named(Role::Reader, ModelRole::Reader)?.map(blank::reader);
        Ok(Models { detector, embedder, reader, ..models })
    }

    /// The run over this journal, with nobody behind the ports.
    async fn once_more(
        &self,
        request: &RunRequest,
        cast: &[CastMember],
        journal: Arc<Replay>,
    ) -> Result<Result<pentimento_model::RunOutcome, RunError>, AppError> {
        let painter = blank::painter(request)?;
        let workshop = self.workshop_of(&request.recipe)?;
        let ports = workshop.ports(painter, journal, Vec::new());
        let assessors = ports.assessors.iter().cloned().map(blank::assessor).collect();
        let tools = ports.tools.iter().cloned().map(blank::tool).collect();
        let models = if cast.is_empty() {
            let models = self.bound_now(request);
            models.map_err(|source| AppError::NoCast {
                run: request.run.to_string(),
                source: Box::new(source),
            })?
        } else {
            blank::models(cast)
        };
        let ports = Ports {
            parser: blank::parser(&ports.parser),
            controller: blank::controller(&ports.controller),
            assessors,
            tools,
            models,
            ..ports
        };
        Ok(pentimento_engine::run(request, &ports, &StopFlag::default()).await)
    }
}

/// Who played when a run began; nobody if its recipe asks nobody, or its journal is from before this was
/// noted.
fn cast(past: &PastRun) -> &[CastMember] {
    match past.events.first().map(|first| &first.event) {
        Some(RunEvent::RunStarted { cast, .. }) => cast,
        _ => &[],
    }
}

/// How many pictures are there as they were recorded, and the first that is not.
fn pictures(past: &PastRun) -> (usize, Option<Difference>) {
    let mut whole = 0;
    for (position, event) in past.events.iter().enumerate() {
        let RunEvent::CandidateReady { candidate, .. } = &event.event else { continue };
        match past.load(candidate.artifact) {
            Ok(_) => whole += 1,
            Err(error) => {
                let (recorded, now) = (told::in_words(&event.event), in_words(&error));
                let lines = String::new();
                return (whole, Some(Difference { position, recorded, now, lines }));
            }
        }
    }
    (whole, None)
}
