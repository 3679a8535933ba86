//! Compares texts, and the idea itself, with a policy of words, patterns, personal data and secrets.
//!
//! It reads letters, not meaning: it never says that something is true, kind or legal. A picture it
//! cannot see; it says so, and reads the idea all the same.

mod checks;
mod judge;
mod letters;
mod mask;
mod plain;
mod policy;
mod report;
mod tokens;
mod words;

use pentimento_sdk::{Artifact, Brief, Critic, Critique, Failure, settings};

pub use policy::{Policy, PolicyError};

/// Bytes of a text that are compared, so that the policy's patterns are done well within a call's
/// time: some 40 pages.
pub const MOST_BYTES: u32 = 128 << 10;

/// How sure the critic is: forms and words are exact, what they mean in their place is not.
const CONFIDENCE: f32 = 0.7;

/// Compares with the operator's policy, or with the built-in one.
#[derive(Debug)]
pub struct Warden;

impl Critic for Warden {
    fn assess(brief: &Brief, candidate: &Artifact) -> Result<Critique, Failure> {
        let policy = Policy::of(settings::get(policy::KEY)?.as_deref())?;
        let media_type = candidate.media_type();
        if media_type != "text/plain" {
            return Ok(judge_unseen(&policy, &brief.idea, &media_type));
        }
        let text = candidate.text(0, MOST_BYTES)?;
        let (read, all) = (text.len() as u64, candidate.size());
        let critique = judge(&policy, &brief.idea, &text);
        Ok(if read < all { critique.with(report::unread(read, all)) } else { critique })
    }
}

/// Judges an idea and a text.
#[must_use]
pub fn judge(policy: &Policy, idea: &str, text: &str) -> Critique {
    let critique =
        report::of_idea(Critique::sure().confident(CONFIDENCE), &idea_hits(policy, idea));
    report::of_text(critique, &judge::judge(policy, text))
}

/// Judges an idea whose candidate is no text, and abstains from the candidate.
#[must_use]
pub fn judge_unseen(policy: &Policy, idea: &str, media_type: &str) -> Critique {
    let reason = format!(
        "it reads texts, and cannot see what {media_type} shows or says; the idea was compared"
    );
    report::of_idea(Critique::abstain(reason), &idea_hits(policy, idea))
}

fn idea_hits<'p>(policy: &'p Policy, idea: &str) -> judge::Hits<'p> {
    let most = idea.floor_char_boundary(MOST_BYTES as usize);
    judge::judge(policy, &idea[..most])
}

// Native linkers do not take the names of WebAssembly exports; tests call `judge`.
#[cfg(target_family = "wasm")]
pentimento_sdk::export_critic!(Warden);
