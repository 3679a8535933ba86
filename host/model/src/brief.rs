//! What the user asked.

use crate::ArtifactId;

/// The user's idea, with whatever was attached to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    /// The user's sentence, as typed.
    pub idea: String,
    /// Artifacts the user attached (reference pictures, texts).
    pub attached: Vec<ArtifactId>,
}

impl Brief {
    /// A brief that is only a sentence.
    pub fn from_idea(idea: impl Into<String>) -> Self {
        Self { idea: idea.into(), attached: Vec::new() }
    }
}
