//! The powers a plugin can ask for, and the powers it was given.
//!
//! Asking is the author's business, giving the operator's; a plugin has the powers on both lists
//! and no others. Whoever links interfaces asks [`Grant::allows`] and nothing else.

/// A power: one host interface ("facet") of `wit/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Capability {
    /// Look at the candidate and the attached artifacts.
    Artifacts,
    /// Write log lines, kept with a fault or shown on demand.
    Log,
    /// Draw seeded random numbers.
    Random,
    /// Read a clock (fixed to the run's start).
    Clock,
    /// Read what the operator configured for it.
    Settings,
}

impl Capability {
    /// All powers there are.
    pub const ALL: [Self; 5] =
        [Self::Artifacts, Self::Log, Self::Random, Self::Clock, Self::Settings];

    /// The facet's name in `wit/` and in manifests.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Artifacts => "artifacts",
            Self::Log => "log",
            Self::Random => "random",
            Self::Clock => "clock",
            Self::Settings => "settings",
        }
    }

    /// The power with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|capability| capability.as_str() == name)
    }
}

/// The powers one plugin was given. The default is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grant {
    allowed: Vec<Capability>,
}

impl Grant {
    /// Gives exactly these powers.
    pub fn of(allowed: impl IntoIterator<Item = Capability>) -> Self {
        let mut allowed: Vec<_> = allowed.into_iter().collect();
        allowed.sort();
        allowed.dedup();
        Self { allowed }
    }

    /// True if the power was given.
    pub fn allows(&self, capability: Capability) -> bool {
        self.allowed.contains(&capability)
    }

    /// The powers given, in a fixed order.
    pub fn allowed(&self) -> &[Capability] {
        &self.allowed
    }
}
