//! What a plugin may really do: its request ∩ the operator's grant, facet by facet.
//!
//! Decided once, when it is let in. Linking and facets look here and nowhere else.

use std::collections::BTreeMap;

use pentimento_manifest::{Manifest, Scope, Want};
use pentimento_model::{Capability, Grant};

use crate::{SandboxError, facets::Answer};

/// Request ∩ grant.
#[derive(Debug)]
pub(crate) struct Powers {
    /// What became of each facet the plugin wants.
    pub(crate) answers: BTreeMap<Capability, Answer>,
    /// Bytes it may keep in a run.
    pub(crate) memory_bytes: u64,
}

impl Powers {
    /// Fails closed if private input and a way out come together without a second consent.
    pub(crate) fn of(manifest: &Manifest, grant: &Grant) -> Result<Self, SandboxError> {
        let mut powers = Self { answers: BTreeMap::new(), memory_bytes: 0 };
        for (facet, want) in &manifest.wants {
            powers.add(*facet, want, grant);
        }
        let both = powers.serves(Capability::Artifacts) && powers.serves(Capability::Fetch);
        if both && !grant.allows_private_input_and_egress() {
            return Err(SandboxError::PrivateInputAndEgress { plugin: manifest.name.clone() });
        }
        Ok(powers)
    }

    fn add(&mut self, facet: Capability, want: &Want, grant: &Grant) {
        let words = want.scope.powers(facet);
        let served = words.iter().any(|power| grant.allows_power(facet, power));
        if let Scope::Memory { bytes } = want.scope {
            self.memory_bytes = bytes;
        }
        self.answers.insert(facet, if served { Answer::Served } else { Answer::Refused });
    }

    /// True if the plugin wanted the facet and got at least a part of it.
    pub(crate) fn serves(&self, facet: Capability) -> bool {
        self.answers.get(&facet) == Some(&Answer::Served)
    }
}
