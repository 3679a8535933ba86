//! One wish of a plugin: a facet, why, and how far.

use std::collections::BTreeSet;

use pentimento_model::Capability;

use crate::FetchRule;

/// A wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Want {
    /// Shown to whoever decides.
    pub reason: String,
    /// How far it goes.
    pub scope: Scope,
}

/// How far a wish goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The facet as it is.
    Whole,
    /// `memory`: this many bytes, keys included.
    Memory {
        /// Bytes of keys and values together.
        bytes: u64,
    },
    /// `tools`: these plugins.
    Tools {
        /// Their names.
        plugins: BTreeSet<String>,
        /// Calls in one call of the plugin.
        calls: u32,
    },
    /// `models`: these roles.
    Models {
        /// Names the operator binds to providers.
        names: BTreeSet<String>,
        /// Calls in one call of the plugin.
        calls: u32,
        /// Tokens of one answer.
        tokens: u32,
    },
    /// `fetch`: these destinations.
    Fetch {
        /// In the author's order.
        rules: Vec<FetchRule>,
    },
}

impl Scope {
    /// The powers of this wish, in words that a grant can name.
    pub fn powers(&self, facet: Capability) -> Vec<String> {
        let name = facet.as_str();
        match self {
            Self::Whole => vec![name.to_owned()],
            Self::Memory { bytes } => vec![format!("{name} of {bytes} bytes")],
            Self::Tools { plugins, calls } => plugins
                .iter()
                .map(|plugin| format!("{name} {plugin}, {} a call", times(*calls)))
                .collect(),
            Self::Models { names, calls, tokens } => names
                .iter()
                .map(|model| {
                    format!("{name} {model}, {} a call, up to {tokens} tokens", times(*calls))
                })
                .collect(),
            Self::Fetch { rules } => rules.iter().map(|rule| format!("{name} {rule}")).collect(),
        }
    }
}

fn times(calls: u32) -> String {
    if calls == 1 { "once".to_owned() } else { format!("{calls} times") }
}
