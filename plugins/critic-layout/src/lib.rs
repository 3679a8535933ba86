//! Says whether things lie to each other, and in the picture, as the idea asks.
//!
//! It looks at no pixel: the eye (`critic-detector`) says what is where. How ideas are read and what
//! stands for what is left to `scene`; whether there are enough things, to `verify-count`.

mod verdict;

use pentimento_sdk::{Artifact, Brief, Critic, Critique, Failure};
use scene::Sight;

pub use verdict::verdict;

/// Judges places.
#[derive(Debug)]
pub struct Surveyor;

impl Critic for Surveyor {
    fn assess(brief: &Brief, candidate: &Artifact) -> Result<Critique, Failure> {
        let asked = match scene::read(&brief.idea) {
            Ok(asked) if asked.relations.is_empty() => {
                return Ok(Critique::abstain("the idea does not say where anything lies"));
            }
            Ok(asked) => asked,
            Err(unread) => {
                return Ok(Critique::abstain(format!("the idea is not clear: {unread}")));
            }
        };
        Ok(match scene::look(candidate)? {
            Sight::Seen(items) => verdict(&asked, &items),
            Sight::Blind(reason) => Critique::abstain(reason),
        })
    }
}

// Native linkers do not take the names of WebAssembly exports; tests call `verdict`.
#[cfg(target_family = "wasm")]
pentimento_sdk::export_critic!(Surveyor);
