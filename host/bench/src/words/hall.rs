//! One hall for all runs of a benchmark: who writes, who checks, what they share, and how one run is carried
//! out and read against the truth.

use std::sync::Arc;

use pentimento_app::{PainterPorts, Settings, StopFlag, Workshop};
use pentimento_engine::{
    Ledger, Memory, Models, PortErrorKind, Ports, RunError, RunRequest,
    ports::{Keep, Watch},
};
use pentimento_model::{ArtifactId, Brief, RunId, RunOutcome, Seed, StepKey, TimedEvent};
use pentimento_recipe::{Medium, Role};

use super::{
    allowance::Allowance,
    course::{Course, Load},
    keeping::{Found, Keeping, Place},
    questions::Question,
};
use crate::{BenchError, Progress, equal::Meter, side_by_side::side_by_side};

/// Hexadecimal digits that tell runs on one question apart.
const DIGITS: usize = 12;

/// One run: a question, under a recipe, with a seed.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub question: Arc<Question>,
    pub may: Allowance,
    pub seed: Seed,
}

/// Everything that all runs share.
#[derive(Clone)]
pub(super) struct Hall {
    pub models: Models,
    /// As whom the one answers whose answers are measured.
    pub role: Role,
    workshop: Workshop,
    painter: PainterPorts,
    ledger: Arc<Ledger>,
    place: Option<Arc<Place>>,
    stop: StopFlag,
}

impl Hall {
    /// Opens everything, and says what is wrong before anything is spent.
    pub(super) async fn open(
        settings: &Settings,
        (keeping, stop): (Keeping, &StopFlag),
        questions: &[Arc<Question>],
    ) -> Result<Self, BenchError> {
        for question in questions {
            pentimento_app::check_idea(settings, &question.idea)?;
        }
        let clock = Arc::new(pentimento_app::SystemClock);
        let workshop = Workshop::open(settings, clock)?.of(Medium::Text);
        workshop.check_tool(settings, &settings.recipe).await?;
        let (painter, models) = pentimento_app::open_makers(settings)?;
        let ledger = Ledger::new(settings.bounds);
        let place = Place::of(keeping, settings).map(Arc::new);
        let role = if settings.recipe.needs_picture() { Role::Seer } else { Role::Writer };
        Ok(Self { models, role, workshop, painter, ledger, place, stop: stop.clone() })
    }

    /// Says whether the tool that a further recipe needs is there.
    pub(super) async fn check_tool(
        &self,
        settings: &Settings,
        recipe: &pentimento_recipe::Recipe,
    ) -> Result<(), BenchError> {
        Ok(self.workshop.check_tool(settings, recipe).await?)
    }

    /// Who answers: the writer, or the seer of pictures.
    pub(super) fn writer(&self) -> String {
        let name = self.models.of(self.role).map(|one| one.identity()).unwrap_or_default();
        name.strip_prefix("model/").map_or(name.clone(), str::to_owned)
    }

    pub(super) fn assessors(&self) -> Vec<String> {
        self.workshop.assessors().iter().map(|one| one.plugin().name.clone()).collect()
    }

    /// Carries out all of them, at most so many at once, begun in this order. `None` stands for a run that
    /// is not over, where nobody may be asked.
    pub(super) async fn carry_out(
        &self,
        tasks: Vec<Task>,
        jobs: usize,
        progress: Progress<'_>,
    ) -> Result<Vec<Option<Course>>, BenchError> {
        let mut courses: Vec<Option<Course>> = vec![None; tasks.len()];
        let tasks = tasks.into_iter().enumerate().map(|(index, task)| {
            let (name, hall) = (task.may.recipe.name.clone(), self.clone());
            async move { Ok((index, name, hall.one(&task).await?)) }
        });
        side_by_side(tasks, jobs, &self.stop, |(index, name, course)| {
            if let Some(slot) = courses.get_mut(index) {
                *slot = course;
            }
            progress(&name);
        })
        .await?;
        Ok(courses)
    }

    /// A run's name: whatever settles its answers is in it, so that the same is found again.
    fn name(&self, Task { question, may, seed }: &Task) -> RunId {
        let manner = self.models.of(self.role).map(|one| one.manner()).unwrap_or_default();
        let (words, most) = (manner.words, manner.answer_tokens.map_or(0, u32::from));
        let judge = self.models.judge.as_ref().map(|judge| judge.identity()).unwrap_or_default();
        let asked = format!("{} {judge} {words} {most} {:?}", self.writer(), self.assessors());
        // Two pictures may be asked about in the same words. Where there is none, nothing is added to a name.
        let picture = question.picture().map(|one| one.id.to_string());
        let key = StepKey::of(
            [
                b"bench".as_slice(),
                question.idea.as_bytes(),
                may.recipe.to_toml().as_bytes(),
                asked.as_bytes(),
                &may.tokens.unwrap_or(u64::MAX).to_le_bytes(),
                &seed.0.to_le_bytes(),
            ]
            .into_iter()
            .chain(picture.as_deref().map(str::as_bytes)),
        );
        let digits: String = key.to_hex().chars().take(DIGITS).collect();
        RunId::from_words(&format!("{} {}", may.recipe.name, question.idea), &digits)
    }

    /// One question with one seed.
    async fn one(&self, task: &Task) -> Result<Option<Course>, BenchError> {
        let Some(place) = &self.place else {
            let (run, memory) = (task.seed.to_string(), Arc::new(Memory::default()));
            let run = RunId::from_words("bench", &run);
            let outcome = self.perform(task, run, memory.clone()).await?;
            let load = |id: ArtifactId| memory.load(id).ok();
            return Ok(Some(task.read(&memory.events(), outcome.as_ref(), &load)));
        };
        let run = self.name(task);
        let (past, outcome) = match place.find(&run, task.may.tokens)? {
            Found::NotYet => return Ok(None),
            Found::Over { past, outcome } => {
                past.events.iter().for_each(|one| self.ledger.charge(one.event.spending()));
                (past, outcome)
            }
            Found::Open(folder) => {
                let path = folder.path().to_owned();
                // The writer's lock goes with it, before the folder is read back.
                let outcome = self.perform(task, run, Arc::new(folder)).await?;
                (Place::read(&path)?, outcome)
            }
        };
        let load = |id: ArtifactId| past.load(id).ok();
        Ok(Some(task.read(&past.events, outcome.as_ref(), &load)))
    }

    /// Carries out a run, or goes on with it; no outcome if it was cut off, or gave no text.
    async fn perform(
        &self,
        task: &Task,
        run: RunId,
        keep: Arc<dyn Keep>,
    ) -> Result<Option<RunOutcome>, BenchError> {
        let Task { question, may: Allowance { recipe, bounds, tokens }, seed } = task.clone();
        let stop = StopFlag::default();
        let meter: Arc<dyn Watch> = Meter::new(tokens, &stop, &self.stop);
        let ports = self.workshop.ports(self.painter.clone(), keep, vec![meter]);
        let ports = Ports { models: self.models.clone(), ..ports };
        let ledger = Ledger::within(bounds, self.ledger.clone());
        let mut brief = Brief::from_idea(question.idea.clone());
        if let Some(picture) = question.picture() {
            ports
                .keep
                .store(picture)
                .map_err(RunError::from)
                .map_err(|source| self.failed(&question, source))?;
            brief.attached.push(picture.id);
        }
        let request = RunRequest {
            run,
            brief,
            budget: recipe.budget(),
            painter: "none".to_owned(),
            seed,
            recipe: recipe.into(),
        };
        match pentimento_engine::run_on(ledger, &request, &ports, &stop).await {
            Ok(outcome) => Ok(Some(outcome)),
            // A run that was cut off has the drafts it made until then; one without any is wrong.
            Err(RunError::Interrupted | RunError::NoText) => Ok(None),
            // Who thinks until no word is left does so again: the question is not answered, others may be.
            Err(RunError::Port { source, .. }) if source.kind == PortErrorKind::Wordless => {
                Ok(None)
            }
            Err(source) => Err(self.failed(&question, source)),
        }
    }

    fn failed(&self, question: &Question, source: RunError) -> BenchError {
        let (idea, kept) = (question.idea.clone(), self.place.is_some());
        BenchError::Run { idea, kept, source }
    }
}

impl Task {
    /// A run's events against the truth, as far as its tokens went.
    fn read(&self, events: &[TimedEvent], outcome: Option<&RunOutcome>, load: Load<'_>) -> Course {
        let events = events.iter().map(|timed| &timed.event);
        let is_right = |answer: &str| self.question.is_right(answer);
        let course = Course::of(events, outcome, load, &is_right);
        match self.may.tokens {
            Some(most) => course.within_tokens(most),
            None => course,
        }
    }
}
