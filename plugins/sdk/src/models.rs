//! Facet `models`: models by the names the plugin gives them.
//!
//! `plugin.toml` names them with how often and how much they are asked; the operator grants them
//! one by one, and binds each name to a model of theirs:
//!
//! ```toml
//! [wants]
//! artifacts = "hands the picture on"
//! models = { reason = "asks whether the picture is cheerful", names = ["eye"], calls = 1, tokens = 10 }
//! ```
//!
//! ```
//! use pentimento_sdk::{Artifact, Brief, Check, Failure, Verifier, models};
//!
//! struct Cheer;
//!
//! impl Verifier for Cheer {
//!     fn verify(_brief: &Brief, candidate: &Artifact) -> Result<Check, Failure> {
//!         let prompt = "Is this picture cheerful? Answer yes or no.";
//!         let reply = models::complete("eye", prompt, &[candidate], 10)?;
//!         let cheerful = reply.text.trim().to_lowercase().starts_with("yes");
//!         Ok(if cheerful { Check::pass(reply.text) } else { Check::fail(reply.text) })
//!     }
//! }
//!
//! pentimento_sdk::export_verifier!(Cheer);
//! ```

use crate::{Artifact, Failure, bindings::critic::pentimento::plugin::models as facet};

pub use facet::Reply;

/// Has a model answer a prompt about some pictures, in at most so many tokens.
pub fn complete(
    model: &str,
    prompt: &str,
    images: &[&Artifact],
    max_tokens: u32,
) -> Result<Reply, Failure> {
    facet::complete(model, prompt, images, max_tokens)
}
