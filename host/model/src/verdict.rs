//! What was decided after looking at a candidate.

/// The decision after a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The draft meets the brief.
    Accept,
    /// Another round is worth its cost.
    Revise,
    /// The draft does not meet the brief, and no further round may or can change that.
    GiveUp,
}

impl Verdict {
    /// The words, in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Revise => "revise",
            Self::GiveUp => "give up",
        }
    }

    /// All three.
    pub const ALL: [Self; 3] = [Self::Accept, Self::Revise, Self::GiveUp];
}
