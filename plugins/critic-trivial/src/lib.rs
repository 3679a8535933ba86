//! The smallest critic there can be: it abstains from every candidate.
//!
//! A starting point to copy, and the yardstick for what one call into the sandbox costs.

use pentimento_sdk::{Artifact, Brief, Critic, Critique, Failure};

struct Trivial;

impl Critic for Trivial {
    fn assess(_brief: &Brief, _candidate: &Artifact) -> Result<Critique, Failure> {
        Ok(Critique::abstain("this critic has no opinion on anything"))
    }
}

pentimento_sdk::export_critic!(Trivial);
