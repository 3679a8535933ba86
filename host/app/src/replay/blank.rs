//! Ports with nobody behind them: each has the name of the one it stands for, and hands over blanks.
//!
//! No blank ever gets anywhere: the journal of a replay refuses every event that one would be in.

use std::sync::Arc;

use async_trait::async_trait;
use pentimento_engine::{
    Models, PortError, Reservation, RunRequest,
    ports::{
        Assess, Change, Complete, Control, Detect, Edit, Edited, Embed, Generate, Made, Manner,
        Paid, Parse, Perform, Proposal, Read,
    },
};
use pentimento_model::{
    Answer, Argument, Artifact, Assessment, Brief, CastMember, Chat, Constraints, Fault, FaultKind,
    Finish, Layout, MediaType, Mode, PluginId, Seed, Spending, StepKey,
};
use pentimento_prompts::{Written, sld::Sighting};

use crate::{Painter, PainterPorts, error::AppError};

/// Somebody with this name.
#[derive(Debug)]
struct Blank(String);

/// Whoever painted the run.
pub(super) fn painter(request: &RunRequest) -> Result<PainterPorts, AppError> {
    let blank = Arc::new(Blank(Painter::of_run(request)?.identity()));
    Ok((blank.clone(), blank))
}

/// Whoever plays a role in words.
pub(super) fn speaker(identity: String, likelihoods: bool, manner: Manner) -> Arc<dyn Complete> {
    Arc::new(BlankSpeaker { identity, likelihoods, manner })
}

/// Whoever played in a run, as its journal tells. A role that this program does not know is of a recipe that
/// it does not know either.
pub(super) fn models(cast: &[CastMember]) -> Models {
    let mut models = Models::default();
    for player in cast {
        let identity = player.identity.clone();
        let said = || {
            let manner = Manner { words: player.wants_words, answer_tokens: player.answer_tokens };
            Some(speaker(player.identity.clone(), player.knows_likelihoods, manner))
        };
        match player.role.as_str() {
            "writer" => models.writer = said(),
            "seer" => models.seer = said(),
            "judge" => models.judge = said(),
            "auditor" => models.auditor = said(),
            "detector" => models.detector = Some(detector(identity)),
            "embedder" => models.embedder = Some(embedder(identity)),
            "reader" => models.reader = Some(reader(identity)),
            _ => {}
        }
    }
    models
}

/// Whoever found objects.
pub(super) fn detector(identity: String) -> Arc<dyn Detect> {
    Arc::new(Blank(identity))
}

/// Whoever said how alike texts are.
pub(super) fn embedder(identity: String) -> Arc<dyn Embed> {
    Arc::new(Blank(identity))
}

/// Whoever read what was written.
pub(super) fn reader(identity: String) -> Arc<dyn Read> {
    Arc::new(Blank(identity))
}

pub(super) fn parser(parser: &Arc<dyn Parse>) -> Arc<dyn Parse> {
    Arc::new(Blank(parser.identity()))
}

pub(super) fn controller(controller: &Arc<dyn Control>) -> Arc<dyn Control> {
    Arc::new(Blank(controller.identity()))
}

pub(super) fn assessor(assessor: Arc<dyn Assess>) -> Arc<dyn Assess> {
    Arc::new(BlankAssessor(assessor))
}

pub(super) fn tool(tool: Arc<dyn Perform>) -> Arc<dyn Perform> {
    Arc::new(BlankTool(tool))
}

#[async_trait]
impl Parse for Blank {
    fn identity(&self) -> String {
        self.0.clone()
    }

    async fn parse(&self, _brief: &Brief) -> Result<Constraints, PortError> {
        Ok(Constraints::default())
    }
}

#[async_trait]
impl Generate for Blank {
    fn identity(&self) -> String {
        self.0.clone()
    }

    async fn generate(
        &self,
        _prompt: &str,
        _seed: Seed,
        _leave: &Arc<Reservation>,
    ) -> Result<Paid<Made>, PortError> {
        Ok(Paid::free(nothing()))
    }
}

#[async_trait]
impl Edit for Blank {
    fn identity(&self) -> String {
        self.0.clone()
    }

    async fn edit(
        &self,
        _picture: &Artifact,
        _change: &Change<'_>,
        _seed: Seed,
        _leave: &Arc<Reservation>,
    ) -> Result<Paid<Edited>, PortError> {
        Ok(Paid::free(Edited { made: nothing(), applied: Vec::new() }))
    }
}

#[async_trait]
impl Detect for Blank {
    fn identity(&self) -> String {
        self.0.clone()
    }

    async fn detect(
        &self,
        _picture: &Artifact,
        _names: &[String],
    ) -> Result<Vec<Sighting>, PortError> {
        Ok(Vec::new())
    }
}

#[async_trait]
impl Read for Blank {
    fn identity(&self) -> String {
        self.0.clone()
    }

    async fn read(&self, _picture: &Artifact) -> Result<Vec<Written>, PortError> {
        Ok(Vec::new())
    }
}

#[async_trait]
impl Embed for Blank {
    fn identity(&self) -> String {
        self.0.clone()
    }

    fn most(&self, _texts: &[String]) -> Spending {
        Spending::NONE
    }

    async fn embed(
        &self,
        texts: &[String],
        _leave: &Arc<Reservation>,
    ) -> Result<Paid<Vec<Vec<f32>>>, PortError> {
        Ok(Paid::free(vec![vec![1.0]; texts.len()]))
    }
}

#[async_trait]
impl Control for Blank {
    fn identity(&self) -> String {
        self.0.clone()
    }

    async fn propose(
        &self,
        _brief: &Brief,
        _constraints: &Constraints,
        seen: &Layout,
    ) -> Result<Proposal, PortError> {
        Ok(Proposal { layout: seen.clone(), findings: Vec::new() })
    }
}

/// Somebody with this name who is asked as the one before was.
struct BlankSpeaker {
    identity: String,
    likelihoods: bool,
    manner: Manner,
}

#[async_trait]
impl Complete for BlankSpeaker {
    fn identity(&self) -> String {
        self.identity.clone()
    }

    fn knows_likelihoods(&self) -> bool {
        self.likelihoods
    }

    fn manner(&self) -> Manner {
        self.manner
    }

    fn most(&self, _chat: &Chat) -> Spending {
        Spending::NONE
    }

    async fn complete(
        &self,
        _chat: &Chat,
        _leave: &Arc<Reservation>,
    ) -> Result<Paid<Answer>, PortError> {
        let answer = Answer {
            text: String::new(),
            finish: Finish::Stop,
            model: String::new(),
            tokens: Vec::new(),
        };
        Ok(Paid::free(answer))
    }
}

/// Somebody with the name, the say and the surroundings of an assessor.
struct BlankAssessor(Arc<dyn Assess>);

#[async_trait]
impl Assess for BlankAssessor {
    fn plugin(&self) -> &PluginId {
        self.0.plugin()
    }

    fn mode(&self) -> Mode {
        self.0.mode()
    }

    fn surroundings(&self) -> Option<StepKey> {
        self.0.surroundings()
    }

    async fn assess(&self, _brief: &Brief, _candidate: &Artifact, _seed: Seed) -> Assessment {
        Assessment::Missing { assessor: self.plugin().clone(), fault: nobody() }
    }
}

/// Somebody with the name and the surroundings of a tool.
struct BlankTool(Arc<dyn Perform>);

#[async_trait]
impl Perform for BlankTool {
    fn plugin(&self) -> &PluginId {
        self.0.plugin()
    }

    fn surroundings(&self) -> Option<StepKey> {
        self.0.surroundings()
    }

    async fn perform(&self, _arguments: &[Argument], _seed: Seed) -> Result<String, Fault> {
        Err(nobody())
    }
}

fn nobody() -> Fault {
    Fault {
        kind: FaultKind::Instantiate,
        message: "nobody is asked in a replay".to_owned(),
        log: Vec::new(),
    }
}

fn nothing() -> Made {
    Made { media_type: MediaType::Text, bytes: Arc::new([]) }
}
