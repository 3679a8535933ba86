//! How many are wanted: a lower and an upper bound on a count.
//!
//! What is counted is for others to say.

use std::fmt;

/// A count that is wanted. At least one bound is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    least: Option<u64>,
    most: Option<u64>,
}

impl Bounds {
    /// Both bounds; `None` if no count can lie between them or neither is set.
    pub fn new(least: Option<u64>, most: Option<u64>) -> Option<Self> {
        match (least, most) {
            (None, None) => None,
            (Some(least), Some(most)) if least > most => None,
            _ => Some(Self { least, most }),
        }
    }

    /// `count` or more.
    pub fn at_least(count: u64) -> Self {
        Self { least: Some(count), most: None }
    }

    /// `count` and no other.
    pub fn exactly(count: u64) -> Self {
        Self { least: Some(count), most: Some(count) }
    }

    /// Whether this many are as wanted.
    pub fn admit(self, count: u64) -> bool {
        self.least.is_none_or(|least| least <= count) && self.most.is_none_or(|most| count <= most)
    }

    /// The upper bound.
    pub fn most(self) -> Option<u64> {
        self.most
    }

    /// Whether these are more than wanted.
    pub fn exceeded_by(self, count: u64) -> bool {
        self.most.is_some_and(|most| count > most)
    }
}

impl fmt::Display for Bounds {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.least, self.most) {
            (Some(least), Some(most)) if least == most => write!(out, "exactly {least}"),
            (Some(least), Some(most)) => write!(out, "{least} to {most}"),
            (Some(least), None) => write!(out, "at least {least}"),
            (None, Some(most)) => write!(out, "at most {most}"),
            (None, None) => write!(out, "any number"),
        }
    }
}
