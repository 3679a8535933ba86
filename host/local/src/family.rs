//! Families of models: what a graph of each takes, and what it gives.

use pentimento_model::Ability;
use serde::{Deserialize, Serialize};

/// How a graph is fed and read. It is named in settings: nothing in a file says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// A detector by the middles of objects (arXiv:1904.07850).
    Centernet,
}

impl Family {
    /// All there are.
    pub const ALL: [Self; 1] = [Self::Centernet];

    /// The word used in settings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Centernet => "centernet",
        }
    }

    /// The family with this word.
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.as_str() == word)
    }

    /// What its models can do.
    pub const fn ability(self) -> Ability {
        match self {
            Self::Centernet => Ability::Detect,
        }
    }
}
