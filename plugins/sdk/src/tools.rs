//! Facet `tools`: other plugins of the run, at work for this one.
//!
//! `plugin.toml` names them, and the operator grants them one by one:
//!
//! ```toml
//! [wants]
//! tools = { reason = "asks what is in the picture", plugins = ["critic-detector"], calls = 1 }
//! ```
//!
//! ```
//! use pentimento_sdk::{Artifact, Brief, Check, Failure, Verifier, tools};
//!
//! struct Crowd;
//!
//! impl Verifier for Crowd {
//!     fn verify(brief: &Brief, candidate: &Artifact) -> Result<Check, Failure> {
//!         let seen = tools::assess("critic-detector", &brief.idea, candidate)?.findings.len();
//!         let proof = format!("{seen} objects");
//!         Ok(if seen > 20 { Check::pass(proof) } else { Check::fail(proof) })
//!     }
//! }
//!
//! pentimento_sdk::export_verifier!(Crowd);
//! ```

use crate::{
    Argument, Artifact, Brief, Check, Critique, Failure,
    bindings::critic::pentimento::plugin::tools as facet,
};

/// Has a tool do its work.
pub fn perform(
    plugin: &str,
    arguments: &[Argument],
    inputs: &[&Artifact],
) -> Result<String, Failure> {
    facet::perform(plugin, arguments, inputs)
}

/// Has a critic look at a candidate made for an idea.
pub fn assess(plugin: &str, idea: &str, candidate: &Artifact) -> Result<Critique, Failure> {
    facet::assess(plugin, &Brief { idea: idea.to_owned() }, candidate)
}

/// Has a verifier check a candidate made for an idea.
pub fn verify(plugin: &str, idea: &str, candidate: &Artifact) -> Result<Check, Failure> {
    facet::verify(plugin, &Brief { idea: idea.to_owned() }, candidate)
}
