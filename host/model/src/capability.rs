//! The powers a plugin can ask for, and the powers it was given.
//!
//! Asking is the author's business, giving the operator's; a plugin has the powers on both lists
//! and no others. Whoever links interfaces asks [`Grant::allows`] and nothing else.

use std::collections::BTreeSet;

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
    /// Keep small values from one call to the next, within one run.
    Memory,
    /// Call other plugins.
    Tools,
    /// Ask models.
    Models,
    /// Send requests over the network.
    Fetch,
}

impl Capability {
    /// All powers there are.
    pub const ALL: [Self; 9] = [
        Self::Artifacts,
        Self::Log,
        Self::Random,
        Self::Clock,
        Self::Settings,
        Self::Memory,
        Self::Tools,
        Self::Models,
        Self::Fetch,
    ];

    /// The facet's name in `wit/` and in manifests.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Artifacts => "artifacts",
            Self::Log => "log",
            Self::Random => "random",
            Self::Clock => "clock",
            Self::Settings => "settings",
            Self::Memory => "memory",
            Self::Tools => "tools",
            Self::Models => "models",
            Self::Fetch => "fetch",
        }
    }

    /// What a plugin with this power can do, for the person who decides.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Artifacts => "see the pictures and texts it is asked about",
            Self::Log => "write log lines, shown when it fails",
            Self::Random => "draw random numbers from the run's seed",
            Self::Clock => "read the time the run started",
            Self::Settings => "read the settings you write for it",
            Self::Memory => "remember values from call to call, until the run ends",
            Self::Tools => "have other plugins work for it",
            Self::Models => "ask models, which may cost money",
            Self::Fetch => "send requests to the hosts it names",
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
    facets: BTreeSet<Capability>,
    powers: BTreeSet<String>,
    both: bool,
}

impl Grant {
    /// Gives exactly these facets, each as far as the plugin asks for it.
    pub fn of(allowed: impl IntoIterator<Item = Capability>) -> Self {
        Self { facets: allowed.into_iter().collect(), ..Self::default() }
    }

    /// Gives single powers too, by the words in which the plugin's request lists them
    /// (`fetch GET https://example.org:443`).
    #[must_use]
    pub fn with_powers(self, powers: impl IntoIterator<Item = String>) -> Self {
        Self { powers: powers.into_iter().collect(), ..self }
    }

    /// Lets the plugin have private input and a way out at once: the second line a person must
    /// write, since together they can carry a picture or an idea away.
    #[must_use]
    pub fn with_private_input_and_egress(self) -> Self {
        Self { both: true, ..self }
    }

    /// True if the facet was given as a whole.
    pub fn allows(&self, capability: Capability) -> bool {
        self.facets.contains(&capability)
    }

    /// True if one power of a facet was given, or the whole facet.
    pub fn allows_power(&self, capability: Capability, power: &str) -> bool {
        self.allows(capability) || self.powers.contains(power)
    }

    /// True if private input and egress may go together.
    pub fn allows_private_input_and_egress(&self) -> bool {
        self.both
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_back_to_its_power() {
        for capability in Capability::ALL {
            assert_eq!(Capability::from_name(capability.as_str()), Some(capability));
        }
        assert_eq!(Capability::from_name("network"), None);
    }

    #[test]
    fn nothing_is_granted_that_was_not_named() {
        let grant = Grant::of([Capability::Log]).with_powers(["fetch GET https://a:1".to_owned()]);
        assert!(Grant::default().facets.is_empty() && grant.allows(Capability::Log));
        assert!(!grant.allows(Capability::Fetch) && !grant.allows_private_input_and_egress());
        assert!(grant.allows_power(Capability::Fetch, "fetch GET https://a:1"));
        assert!(!grant.allows_power(Capability::Fetch, "fetch POST https://a:1"));
        assert!(grant.allows_power(Capability::Log, "log"), "the whole includes the part");
    }
}
