//! What a plugin does.

use std::fmt;

use serde::Deserialize;

/// What a plugin does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Gives opinions.
    Critic,
    /// Checks facts.
    Verifier,
    /// Computes and transforms.
    Tool,
}

impl Role {
    /// All roles there are.
    pub const ALL: [Self; 3] = [Self::Critic, Self::Verifier, Self::Tool];

    /// The word, in lower case; also the name of its world in `wit/`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Critic => "critic",
            Self::Verifier => "verifier",
            Self::Tool => "tool",
        }
    }

    /// The interface it must export.
    pub const fn export(self) -> &'static str {
        match self {
            Self::Critic => "critiquing",
            Self::Verifier => "verifying",
            Self::Tool => "performing",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
