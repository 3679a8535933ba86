//! Write critics, verifiers and tools for Pentimento in Rust.
//!
//! A plugin implements one trait and names its type once:
//!
//! ```
//! use pentimento_sdk::{Artifact, Brief, Critic, Critique, Failure, Finding, Region, Severity};
//!
//! struct Darkness;
//!
//! impl Critic for Darkness {
//!     fn assess(_brief: &Brief, candidate: &Artifact) -> Result<Critique, Failure> {
//!         let pixels = candidate.image()?.read()?;
//!         let dark = pixels.iter().filter(|[red, green, blue, _]| red.max(green).max(blue) < &40);
//!         let share = dark.count() as f64 / pixels.len() as f64;
//!         if share < 0.9 {
//!             return Ok(Critique::sure());
//!         }
//!         let finding = Finding::new("too-dark", Severity::Minor, "almost everything is black")
//!             .at(Region::WHOLE)
//!             .measured("share", share);
//!         Ok(Critique::sure().scored(0.2).with(finding))
//!     }
//! }
//!
//! pentimento_sdk::export_critic!(Darkness);
//! ```
//!
//! Beside the code lies a `plugin.toml` that names the plugin and the facets it wants, each with a
//! reason that is shown to the person who decides (see the host's `sandbox` crate for all keys):
//!
//! ```toml
//! name = "critic-darkness"
//! version = "0.1.0"
//! role = "critic"
//! world = "pentimento:plugin/critic@0.1.0"
//!
//! [wants]
//! artifacts = "measures how dark the candidate is"
//! ```
//!
//! The crate type is `cdylib`. Limits are the host's business; what it tells a plugin that asks for
//! too much comes back as a [`Failure`], which `?` hands on.

pub mod bindings;
mod critique;
mod facets;
pub mod fetch;
mod finding;
#[cfg(target_family = "wasm")]
mod heap;
pub mod models;
mod pixels;
mod place;
mod roles;
pub mod tools;

pub use bindings::critic::pentimento::plugin::{
    artifacts::{Artifact, Image},
    types::{
        Argument, Brief, Check, CheckOutcome, Critique, Evidence, Failure, Finding, Place, Region,
        Severity, Suggestion, TextSpan,
    },
};
pub use facets::{clock, log, memory, random, settings};
pub use pixels::Pixels;
pub use roles::{Critic, Tool, Verifier};
