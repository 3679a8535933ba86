//! Says whether there are as many things as the idea asks for.
//!
//! It looks at no pixel: the eye (`critic-detector`) says what is there. How ideas are read and what
//! stands for what is left to `scene`; where things lie, to `critic-layout`.

mod verdict;

use pentimento_sdk::{Artifact, Brief, Check, Failure, Verifier};
use scene::Sight;

pub use verdict::verdict;

/// Counts.
#[derive(Debug)]
pub struct Counter;

impl Verifier for Counter {
    fn verify(brief: &Brief, candidate: &Artifact) -> Result<Check, Failure> {
        let asked = match scene::read(&brief.idea) {
            Ok(asked) if asked.objects.is_empty() && asked.absent.is_empty() => {
                return Ok(Check::unknown("the idea counts nothing"));
            }
            Ok(asked) => asked,
            Err(unread) => return Ok(Check::unknown(format!("the idea is not clear: {unread}"))),
        };
        Ok(match scene::look(candidate)? {
            Sight::Seen(items) => verdict(&asked, &items),
            Sight::Blind(reason) => Check::unknown(reason),
        })
    }
}

// Native linkers do not take the names of WebAssembly exports; tests call `verdict`.
#[cfg(target_family = "wasm")]
pentimento_sdk::export_verifier!(Counter);
