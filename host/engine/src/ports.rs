//! The outside world, in small traits that the engine owns and others implement.
//!
//! Every port that makes something has an `identity`: a text that changes whenever its answers
//! could (model name, preset, plugin digest, version). It goes into the keys under which results
//! are journaled. Ports do no journaling themselves.

mod models;

use std::{fmt, num::NonZeroU32, pin::Pin, sync::Arc, time::Duration};

use async_trait::async_trait;
use pentimento_model::{
    Answer, AppliedOp, Argument, Artifact, ArtifactId, Assessment, Brief, Chat, Constraints,
    EditOp, Fault, Finding, Layout, MediaType, Mode, PluginId, Seed, Spending, StepKey, TimedEvent,
};
use pentimento_prompts::{Written, sld::Sighting};

pub use self::models::Models;
use crate::{
    error::{KeepError, PortError},
    ledger::Reservation,
};
pub use crate::{share::Share, turn::Waiting};

/// Role `parser`: reads an idea.
#[async_trait]
pub trait Parse: Send + Sync {
    /// See the module's page.
    fn identity(&self) -> String;
    /// What the idea asks for, or an error that names the words that could not be read.
    async fn parse(&self, brief: &Brief) -> Result<Constraints, PortError>;
}

/// Bytes that a generator or editor made, not yet stored.
#[derive(Clone, Debug)]
pub struct Made {
    /// What the bytes are.
    pub media_type: MediaType,
    /// The bytes.
    pub bytes: Arc<[u8]>,
}

/// What a model made, and what it cost.
#[derive(Clone, Copy, Debug)]
pub struct Paid<T> {
    /// What was made.
    pub value: T,
    /// What the last attempt cost, as the provider counts it.
    pub cost: Spending,
}

impl<T> Paid<T> {
    /// Made at no cost.
    pub const fn free(value: T) -> Self {
        Self { value, cost: Spending::NONE }
    }
}

/// Pictures that a painter is shown as feedback.
#[derive(Clone, Copy, Debug, Default)]
pub struct References<'r> {
    /// More like these, oldest first.
    pub liked: &'r [Artifact],
    /// Less like these, oldest first.
    pub disliked: &'r [Artifact],
}

/// Role `painter`, first half: makes a candidate from a prompt alone.
#[async_trait]
pub trait Generate: Send + Sync {
    /// See the module's page.
    fn identity(&self) -> String;
    /// What its pictures depend on beside its identity, the prompt and the seed, if other runs may have
    /// them: whose server it is, and how it is asked. `None` if they may not.
    fn lasting(&self) -> Option<StepKey> {
        None
    }
    /// The most that one attempt at this prompt may cost.
    fn most(&self, _prompt: &str) -> Spending {
        Spending::NONE
    }
    /// A turn, where calls have to wait for one: it is waited for before a call is held and announced.
    fn turn(&self) -> Option<Waiting<'_>> {
        None
    }
    /// Same prompt and seed, same bytes, if the painter can. It asks `leave` before
    /// each attempt, and releases it after one that surely is not to be paid.
    async fn generate(
        &self,
        prompt: &str,
        seed: Seed,
        leave: &Arc<Reservation>,
    ) -> Result<Paid<Made>, PortError>;
    /// The most that one attempt may cost at which so many pictures are shown as feedback.
    fn most_after(&self, prompt: &str, _pictures: u32) -> Spending {
        self.most(prompt)
    }
    /// The same after feedback. Painters that take none refuse.
    async fn generate_after(
        &self,
        _prompt: &str,
        _feedback: References<'_>,
        _seed: Seed,
        _leave: &Arc<Reservation>,
    ) -> Result<Paid<Made>, PortError> {
        Err(PortError::wrong_use(
            "the painter takes no pictures as feedback",
            "choose another painter, or `--recipe rank`",
        ))
    }
}

/// How a model wants to be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// For words where a question can be answered in words, not for JSON.
    pub words: bool,
    /// Tokens of an answer, at most, if not as many as usual.
    pub answer_tokens: Option<NonZeroU32>,
}

/// Roles `writer`, `seer` and `judge`: answers in words to words and pictures.
#[async_trait]
pub trait Complete: Send + Sync {
    /// See the module's page.
    fn identity(&self) -> String;
    /// What its answers depend on beside its identity and the question, if other runs may have them:
    /// whose server it is, and how it is asked. `None` if they may not.
    fn lasting(&self) -> Option<StepKey> {
        None
    }
    /// The most that one attempt at this question may cost.
    fn most(&self, chat: &Chat) -> Spending;
    /// True if it can say how likely the words of an answer were.
    fn knows_likelihoods(&self) -> bool {
        false
    }
    /// How it wants to be asked.
    fn manner(&self) -> Manner {
        Manner::default()
    }
    /// A turn, where calls have to wait for one: it is waited for before a call is held and announced.
    fn turn(&self) -> Option<Waiting<'_>> {
        None
    }
    /// Asks `leave` before each attempt, and releases it after one that surely is not to be paid. A
    /// refusal is an answer.
    async fn complete(
        &self,
        chat: &Chat,
        leave: &Arc<Reservation>,
    ) -> Result<Paid<Answer>, PortError>;
}

/// Role `detector`: finds objects in pictures. It works for nothing.
#[async_trait]
pub trait Detect: Send + Sync {
    /// See the module's page.
    fn identity(&self) -> String;
    /// What its answers depend on beside its identity and the question, if other runs may have them.
    /// `None` if they may not.
    fn lasting(&self) -> Option<StepKey> {
        None
    }
    /// The objects of a picture. `names` are the kinds that somebody looks for: who knows a fixed set
    /// of kinds finds those, whatever is looked for.
    async fn detect(
        &self,
        picture: &Artifact,
        names: &[String],
    ) -> Result<Vec<Sighting>, PortError>;
}

/// Role `reader`: reads what is written in pictures. It works for nothing.
#[async_trait]
pub trait Read: Send + Sync {
    /// See the module's page.
    fn identity(&self) -> String;
    /// What its answers depend on beside its identity and the picture, if other runs may have them.
    /// `None` if they may not.
    fn lasting(&self) -> Option<StepKey> {
        None
    }
    /// The lines of a picture, in the order in which one reads them.
    async fn read(&self, picture: &Artifact) -> Result<Vec<Written>, PortError>;
}

/// Role `embedder`: turns texts into vectors whose angles say how alike the texts are.
#[async_trait]
pub trait Embed: Send + Sync {
    /// See the module's page.
    fn identity(&self) -> String;
    /// What its vectors depend on beside its identity and the texts, if other runs may have what came
    /// of them. `None` if they may not.
    fn lasting(&self) -> Option<StepKey> {
        None
    }
    /// The most that one attempt at these texts may cost.
    fn most(&self, texts: &[String]) -> Spending;
    /// A turn, where calls have to wait for one: it is waited for before a call is held and announced.
    fn turn(&self) -> Option<Waiting<'_>> {
        None
    }
    /// A vector for each text, all of one length. It asks `leave` before each attempt, and releases it
    /// after one that surely is not to be paid.
    async fn embed(
        &self,
        texts: &[String],
        leave: &Arc<Reservation>,
    ) -> Result<Paid<Vec<Vec<f32>>>, PortError>;
}

/// A picture after its operations, with what the painter says became of each.
#[derive(Clone, Debug)]
pub struct Edited {
    /// The changed picture.
    pub made: Made,
    /// One for each operation asked for, in order.
    pub applied: Vec<AppliedOp>,
}

/// What a picture is to become.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// What is to be done, in order. All regions are those of the given picture.
    pub ops: &'a [EditOp],
    /// What the whole picture shall show then, for painters that are told what there is and not
    /// what to do.
    pub scene: &'a str,
}

/// Role `painter`, second half: changes a picture.
#[async_trait]
pub trait Edit: Send + Sync {
    /// See the module's page.
    fn identity(&self) -> String;
    /// What its pictures depend on beside its identity, the picture, the change and the seed, if other
    /// runs may have them. `None` if they may not.
    fn lasting(&self) -> Option<StepKey> {
        None
    }
    /// The most that one attempt at this change may cost.
    fn most(&self, _change: &Change<'_>) -> Spending {
        Spending::NONE
    }
    /// A turn, where calls have to wait for one: it is waited for before a call is held and announced.
    fn turn(&self) -> Option<Waiting<'_>> {
        None
    }
    /// Carries out the operations in order, except that all moves happen at once: every object is
    /// lifted before any is put down, so that two can change places. Same picture, change and seed,
    /// same bytes, if the painter can. It asks `leave` before each attempt, and releases it after one
    /// that surely is not to be paid.
    async fn edit(
        &self,
        picture: &Artifact,
        change: &Change<'_>,
        seed: Seed,
        leave: &Arc<Reservation>,
    ) -> Result<Paid<Edited>, PortError>;
}

/// A critic or verifier. It cannot fail: a broken one answers [`Assessment::Missing`].
#[async_trait]
pub trait Assess: Send + Sync {
    /// Who answers. The digest is the port's identity.
    fn plugin(&self) -> &PluginId;
    /// How much say it has.
    fn mode(&self) -> Mode {
        Mode::Enforce
    }
    /// What else its answers depend on, beside who it is and what it is asked: settings, powers,
    /// those who help it. None of that if it depends on nothing else.
    fn surroundings(&self) -> Option<StepKey> {
        None
    }
    /// What its answers depend on beside all that, if other runs may have them. `None` if they may
    /// not: because it remembers, or turns to somebody outside.
    fn lasting(&self) -> Option<StepKey> {
        None
    }
    /// How often, so far, something went wrong in this run that another run may be spared: time ran out
    /// for a helper, memory was taken by others. An answer during which that happened is not for others.
    fn mishaps(&self) -> u64 {
        0
    }
    /// Looks at one candidate. `seed` feeds the plugin's random facet.
    async fn assess(&self, brief: &Brief, candidate: &Artifact, seed: Seed) -> Assessment;
}

/// A tool that a recipe calls: named arguments in, a text out. A broken one answers with its fault,
/// and the recipe goes on without.
#[async_trait]
pub trait Perform: Send + Sync {
    /// Who works. The digest is the port's identity.
    fn plugin(&self) -> &PluginId;
    /// What else its answers depend on, as for [`Assess`].
    fn surroundings(&self) -> Option<StepKey> {
        None
    }
    /// Whether other runs may have its answers, as for [`Assess`].
    fn lasting(&self) -> Option<StepKey> {
        None
    }
    /// What went wrong that another run may be spared, as for [`Assess`].
    fn mishaps(&self) -> u64 {
        0
    }
    /// Does the work; same arguments and seed, same answer.
    async fn perform(&self, arguments: &[Argument], seed: Seed) -> Result<String, Fault>;
}

/// What a controller wants a picture to become.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The whole updated layout; equal to the one seen if nothing needs to change.
    pub layout: Layout,
    /// What is wrong with the layout seen, in words. Empty means: nothing is.
    pub findings: Vec<Finding>,
}

/// Role `controller`: proposes the whole updated layout (SLD, section 3.2).
#[async_trait]
pub trait Control: Send + Sync {
    /// See the module's page.
    fn identity(&self) -> String;
    /// Compares what was seen with what was asked for.
    async fn propose(
        &self,
        brief: &Brief,
        constraints: &Constraints,
        seen: &Layout,
    ) -> Result<Proposal, PortError>;
}

/// Ends when something is durable, or tells why it is not.
pub type Landing<'a> = Pin<Box<dyn Future<Output = Result<(), KeepError>> + Send + 'a>>;

/// The run's memory. What `append` and `store` return from is durable.
pub trait Keep: Send + Sync {
    /// The event at this place of the journal, counted from 0, if the run got that far before.
    fn recall(&self, position: usize) -> Option<TimedEvent>;
    /// Makes an event durable.
    fn append(&self, event: &TimedEvent) -> Result<(), KeepError>;
    /// The same for one who can wait without holding a thread. The event is remembered in its place
    /// when this returns, and durable when what is returned has ended; at once if nothing is.
    fn hand_over(&self, event: &TimedEvent) -> Result<Option<Landing<'_>>, KeepError> {
        self.append(event).map(|()| None)
    }
    /// Makes an artifact durable. It must be stored before the event that names it.
    fn store(&self, artifact: &Artifact) -> Result<(), KeepError>;
    /// Reads an artifact back.
    fn load(&self, id: ArtifactId) -> Result<Artifact, KeepError>;
}

/// Someone who reads events, after they are durable.
pub trait Watch: Send + Sync {
    /// Must be quick: the run waits for it.
    fn on_event(&self, event: &TimedEvent);
}

/// The time.
pub trait Clock: Send + Sync {
    /// Since the Unix epoch. Somebody may set this clock, forwards or back.
    fn now(&self) -> Duration;
    /// Since some moment: by how much this grows is the time that passed, whatever clock is set.
    fn ticks(&self) -> Duration {
        self.now()
    }
}

/// Everyone a run works with. Cheap to clone.
#[derive(Clone)]
pub struct Ports {
    /// Reads the idea.
    pub parser: Arc<dyn Parse>,
    /// Makes pictures.
    pub generator: Arc<dyn Generate>,
    /// Changes pictures.
    pub editor: Arc<dyn Edit>,
    /// Says what a picture should become.
    pub controller: Arc<dyn Control>,
    /// Answer in words.
    pub models: Models,
    /// Look at every candidate, in this order. The recipe's detector must be one of them.
    pub assessors: Vec<Arc<dyn Assess>>,
    /// Work for recipes that name them.
    pub tools: Vec<Arc<dyn Perform>>,
    /// This run's memory.
    pub keep: Arc<dyn Keep>,
    /// What other runs came to, if that may be used.
    pub share: Option<Arc<dyn Share>>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// See every event of the run once and in order; on resumption the old ones first.
    pub watchers: Vec<Arc<dyn Watch>>,
}

impl fmt::Debug for Ports {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let assessors: Vec<_> = self.assessors.iter().map(|one| one.plugin().to_string()).collect();
        let tools: Vec<_> = self.tools.iter().map(|one| one.plugin().to_string()).collect();
        formatter
            .debug_struct("Ports")
            .field("parser", &self.parser.identity())
            .field("generator", &self.generator.identity())
            .field("editor", &self.editor.identity())
            .field("controller", &self.controller.identity())
            .field("models", &self.models)
            .field("assessors", &assessors)
            .field("tools", &tools)
            .finish_non_exhaustive()
    }
}
