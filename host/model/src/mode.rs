//! How much say an assessor has in what is accepted.

use std::fmt;

/// How much say an assessor has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Its opinions are recorded and shown, and change nothing.
    Shadow,
    /// Its findings are weighed.
    #[default]
    Advise,
    /// Nothing is accepted over its objection: a finding that is major or worse.
    Enforce,
}

impl Mode {
    /// All modes, by how much say they give.
    pub const ALL: [Self; 3] = [Self::Shadow, Self::Advise, Self::Enforce];

    /// The word, in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shadow => "shadow",
            Self::Advise => "advise",
            Self::Enforce => "enforce",
        }
    }

    /// The mode with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == name)
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
