//! A critic that breaks every rule there is, to prove that the host survives it.
//!
//! The brief's idea names the misdeed. Each one trips exactly one of the host's limits; what the
//! host answers is pinned down by the sandbox's tests. Not a plugin anybody should install.

mod answers;
mod floods;
mod stops;

use pentimento_sdk::{Artifact, Brief, Critic, Critique, Failure};

struct Hostile;

impl Critic for Hostile {
    fn assess(brief: &Brief, candidate: &Artifact) -> Result<Critique, Failure> {
        match brief.idea.as_str() {
            "behave" => Ok(Critique::sure().scored(1.0)),
            "loop" => stops::run_forever(),
            "recurse" => Ok(Critique::abstain(stops::recurse(0).to_string())),
            "trap" => std::process::abort(),
            "panic" => stops::panic(),
            "fail" => Err(Failure::new("\u{7}bell", "rm -rf /\u{1b}[0m".repeat(1_000))),
            "memory" => floods::memory(),
            "log" => floods::log(),
            "handles" => floods::handles(candidate),
            "pictures" => floods::pictures(candidate),
            "huge picture" => floods::huge_picture(candidate),
            "outside" => floods::outside(candidate),
            "many texts" => Ok(floods::many_texts()),
            other => answers::lie(other),
        }
    }
}

pentimento_sdk::export_critic!(Hostile);
