//! What a plugin may really do: its request ∩ the operator's grant, facet by facet.
//!
//! Decided once, when it is let in. Linking and facets look here and nowhere else.

use std::collections::{BTreeMap, BTreeSet};

use pentimento_manifest::{Manifest, Scope, Want};
use pentimento_model::{Capability, Grant};

use crate::{
    SandboxError,
    facets::{Answer, fetch::target::Destination},
};

/// Request ∩ grant.
#[derive(Debug, Default)]
pub(crate) struct Powers {
    /// What became of each facet the plugin wants.
    pub(crate) answers: BTreeMap<Capability, Answer>,
    /// Bytes it may keep in a run.
    pub(crate) memory_bytes: u64,
    /// The plugins it may call.
    pub(crate) tools: Partners,
    /// The models it may ask.
    pub(crate) models: Partners,
    /// Tokens a model may answer it with.
    pub(crate) model_tokens: u32,
    /// Where it wants to send requests, and whether it may.
    pub(crate) fetch: Vec<Destination>,
    /// True if private input and a way out may go together, in it and in those it calls.
    pub(crate) consent: bool,
}

/// Those a plugin asks to turn to.
#[derive(Debug, Default)]
pub(crate) struct Partners {
    by_name: BTreeMap<String, Partner>,
    /// Calls in one call of the plugin, to all of them together.
    pub(crate) calls: u32,
}

/// One of them.
#[derive(Debug)]
pub(crate) struct Partner {
    /// The power in the words of the request.
    pub(crate) words: String,
    /// Whether the operator gave it.
    pub(crate) granted: bool,
}

impl Partners {
    /// Those with these names, in the order of their powers' words.
    fn of(
        names: &BTreeSet<String>,
        calls: u32,
        powers: impl Iterator<Item = (String, bool)>,
    ) -> Self {
        let partners = powers.map(|(words, granted)| Partner { words, granted });
        Self { by_name: names.iter().cloned().zip(partners).collect(), calls }
    }

    /// The names of those that may be turned to.
    pub(crate) fn granted(&self) -> impl Iterator<Item = &str> {
        let granted = self.by_name.iter().filter(|(_, partner)| partner.granted);
        granted.map(|(name, _)| name.as_str())
    }

    /// What was asked for under this name.
    pub(crate) fn find(&self, name: &str) -> Option<&Partner> {
        self.by_name.get(name)
    }
}

impl Powers {
    /// Fails closed if private input and a way out come together without a second consent.
    pub(crate) fn of(manifest: &Manifest, grant: &Grant) -> Result<Self, SandboxError> {
        let consent = grant.allows_private_input_and_egress();
        let mut powers = Self { consent, ..Self::default() };
        for (facet, want) in &manifest.wants {
            powers.add(*facet, want, grant);
        }
        let both = powers.serves(Capability::Artifacts) && powers.serves(Capability::Fetch);
        if both && !consent {
            return Err(SandboxError::PrivateInputAndEgress { plugin: manifest.name.clone() });
        }
        Ok(powers)
    }

    fn add(&mut self, facet: Capability, want: &Want, grant: &Grant) {
        let words = want.scope.powers(facet);
        let granted: Vec<bool> =
            words.iter().map(|power| grant.allows_power(facet, power)).collect();
        let served = granted.contains(&true);
        match &want.scope {
            Scope::Memory { bytes } => self.memory_bytes = *bytes,
            Scope::Tools { plugins, calls } => {
                self.tools = Partners::of(plugins, *calls, words.into_iter().zip(granted));
            }
            Scope::Models { names, calls, tokens } => {
                self.model_tokens = *tokens;
                self.models = Partners::of(names, *calls, words.into_iter().zip(granted));
            }
            Scope::Fetch { rules } => {
                let destination = |(rule, granted)| Destination { rule, granted };
                self.fetch = rules.iter().cloned().zip(granted).map(destination).collect();
            }
            Scope::Whole => {}
        }
        self.answers.insert(facet, if served { Answer::Served } else { Answer::Refused });
    }

    /// True if the plugin wanted the facet and got at least a part of it.
    pub(crate) fn serves(&self, facet: Capability) -> bool {
        self.answers.get(&facet) == Some(&Answer::Served)
    }

    /// True if a call of it may wait for somebody: a model, a server, another plugin. All others only
    /// compute.
    pub(crate) fn waits(&self) -> bool {
        let asks = |partners: &Partners| partners.granted().next().is_some();
        self.serves(Capability::Fetch) || asks(&self.tools) || asks(&self.models)
    }

    /// True if it can send what it knows away.
    pub(crate) fn sends(&self) -> bool {
        self.serves(Capability::Fetch)
    }

    /// False if it could send the user's idea away and nobody said that it may.
    pub(crate) fn is_told_ideas(&self) -> bool {
        self.consent || !self.sends()
    }

    /// True if it can see private input, or remember what it saw of it.
    pub(crate) fn sees(&self) -> bool {
        self.serves(Capability::Artifacts) || self.serves(Capability::Memory)
    }
}
