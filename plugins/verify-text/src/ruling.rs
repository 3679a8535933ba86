//! What was found out about one constraint.
//!
//! How it is told to the host is `report`'s business.

use std::{fmt::Display, ops::Range};

/// Whether a constraint holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It holds.
    Holds,
    /// It does not hold.
    Broken,
    /// It cannot be decided, such as the language of a single word.
    Undecided,
}

impl Standing {
    /// Holds or broken.
    pub fn of(holds: bool) -> Self {
        if holds { Self::Holds } else { Self::Broken }
    }

    /// In one word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Broken => "broken",
            Self::Undecided => "undecided",
        }
    }
}

/// The ruling on one constraint, with its proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// Whether the constraint holds.
    pub standing: Standing,
    /// What was wanted, in words.
    pub wanted: String,
    /// What is there instead, in words.
    pub seen: String,
    /// The bytes of the text that break the constraint, where some do.
    pub place: Option<Range<usize>>,
}

impl Ruling {
    /// Holds or broken, by `holds`.
    pub fn new(holds: bool, wanted: impl Display, seen: impl Display) -> Self {
        Self {
            standing: Standing::of(holds),
            wanted: wanted.to_string(),
            seen: seen.to_string(),
            place: None,
        }
    }

    /// Not to be decided, and why.
    pub fn undecided(wanted: impl Display, why: impl Display) -> Self {
        Self { standing: Standing::Undecided, ..Self::new(true, wanted, why) }
    }

    /// At these bytes of the text. Only what is broken has a place.
    #[must_use]
    pub fn at(mut self, place: Option<Range<usize>>) -> Self {
        if self.standing == Standing::Broken {
            self.place = place.filter(|place| !place.is_empty());
        }
        self
    }
}
