//! The models of a run, role by role.

use std::{fmt, sync::Arc};

use pentimento_model::CastMember;
use pentimento_recipe::Role;

use super::{Complete, Detect, Embed, Manner, Read};

/// The models of a run; a recipe says whom it needs.
#[derive(Clone, Default)]
pub struct Models {
    /// Writes prompts and texts.
    pub writer: Option<Arc<dyn Complete>>,
    /// Looks at pictures.
    pub seer: Option<Arc<dyn Complete>>,
    /// Compares pictures, and says what is wrong with texts; where there is none, the seer or the
    /// writer does.
    pub judge: Option<Arc<dyn Complete>>,
    /// Grades texts beside the run.
    pub auditor: Option<Arc<dyn Complete>>,
    /// Finds objects.
    pub detector: Option<Arc<dyn Detect>>,
    /// Says how alike texts are; where there is none, recipes that ask do without.
    pub embedder: Option<Arc<dyn Embed>>,
    /// Reads what is written in pictures.
    pub reader: Option<Arc<dyn Read>>,
}

impl Models {
    /// True if somebody plays this role.
    pub fn has(&self, role: Role) -> bool {
        match role {
            Role::Detector => self.detector.is_some(),
            Role::Embedder => self.embedder.is_some(),
            Role::Reader => self.reader.is_some(),
            _ => self.of(role).is_some(),
        }
    }

    /// Who answers in words in this role.
    pub fn of(&self, role: Role) -> Option<&Arc<dyn Complete>> {
        match role {
            Role::Writer => self.writer.as_ref(),
            Role::Seer => self.seer.as_ref(),
            Role::Judge => self.judge.as_ref(),
            Role::Auditor => self.auditor.as_ref(),
            Role::Parser
            | Role::Painter
            | Role::Controller
            | Role::Detector
            | Role::Embedder
            | Role::Reader => None,
        }
    }

    /// Everyone, role by role, as it stands in a journal.
    pub fn cast(&self) -> Vec<CastMember> {
        let bare = |role: Role, identity: String| CastMember {
            role: role.as_str().to_owned(),
            identity,
            knows_likelihoods: false,
            wants_words: false,
            answer_tokens: None,
        };
        let in_words = [Role::Writer, Role::Seer, Role::Judge, Role::Auditor];
        let speakers = in_words.into_iter().filter_map(|role| {
            let one = self.of(role)?;
            let Manner { words, answer_tokens, .. } = one.manner();
            let knows_likelihoods = one.knows_likelihoods();
            let player = bare(role, one.identity());
            Some(CastMember { knows_likelihoods, wants_words: words, answer_tokens, ..player })
        });
        let detector = self.detector.iter().map(|one| bare(Role::Detector, one.identity()));
        let embedder = self.embedder.iter().map(|one| bare(Role::Embedder, one.identity()));
        let reader = self.reader.iter().map(|one| bare(Role::Reader, one.identity()));
        speakers.chain(detector).chain(embedder).chain(reader).collect()
    }

    /// Who says what is wrong with a text.
    pub(crate) const fn judge_or_writer(&self) -> Role {
        if self.judge.is_some() { Role::Judge } else { Role::Writer }
    }

    /// Who compares pictures.
    pub(crate) const fn judge_or_seer(&self) -> Role {
        if self.judge.is_some() { Role::Judge } else { Role::Seer }
    }
}

impl fmt::Debug for Models {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |one: &Option<Arc<dyn Complete>>| one.as_ref().map(|one| one.identity());
        formatter
            .debug_struct("Models")
            .field("writer", &name(&self.writer))
            .field("seer", &name(&self.seer))
            .field("judge", &name(&self.judge))
            .field("auditor", &name(&self.auditor))
            .field("detector", &self.detector.as_ref().map(|one| one.identity()))
            .field("embedder", &self.embedder.as_ref().map(|one| one.identity()))
            .field("reader", &self.reader.as_ref().map(|one| one.identity()))
            .finish()
    }
}
