//! Texts that stand in the journal itself, in the line of the event that names them.
//!
//! A text of a few hundred bytes is not worth a file: making one, and making its name durable, takes
//! longer than everything else that a run does for it. In the journal it is whole exactly if the event
//! is. It is held against its hash when it is read, like a file.

use std::collections::BTreeMap;

use pentimento_model::{Artifact, ArtifactId, MediaType, RunEvent};

use crate::{LineFault, limits::MOST_TEXT_BYTES};

/// The texts of one journal.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts(BTreeMap<ArtifactId, Artifact>);

impl Texts {
    /// True if an artifact may stand in a journal: a short text that JSON can hold.
    pub(crate) fn may_hold(artifact: &Artifact) -> bool {
        artifact.media_type == MediaType::Text
            && artifact.bytes.len() <= MOST_TEXT_BYTES
            && std::str::from_utf8(&artifact.bytes).is_ok()
    }

    /// Takes in what a line holds beside its event, which must be the text that the event names.
    pub(crate) fn take_in(&mut self, event: &RunEvent, text: String) -> Result<(), LineFault> {
        if text.len() > MOST_TEXT_BYTES {
            return Err(LineFault::LongText { bytes: text.len() });
        }
        let artifact = Artifact::new(MediaType::Text, text.into_bytes());
        if named_by(event) != Some(artifact.id) {
            return Err(LineFault::OtherText);
        }
        self.keep(artifact);
        Ok(())
    }

    /// Keeps one that stands in the journal, or is about to.
    pub(crate) fn keep(&mut self, artifact: Artifact) {
        self.0.insert(artifact.id, artifact);
    }

    pub(crate) fn get(&self, id: ArtifactId) -> Option<&Artifact> {
        self.0.get(&id)
    }

    pub(crate) fn take(&mut self, id: ArtifactId) -> Option<Artifact> {
        self.0.remove(&id)
    }
}

/// The artifact that an event brings.
pub(crate) const fn named_by(event: &RunEvent) -> Option<ArtifactId> {
    match event {
        RunEvent::CandidateReady { candidate, .. } => Some(candidate.artifact),
        _ => None,
    }
}
