//! Checks a text against constraints that the operator wrote down, exactly and with proof.
//!
//! The constraints come from the setting `constraints`, never from the user's sentence: what a
//! sentence may have meant is for others to say. How a constraint is written is `read`'s business,
//! whether it holds `judge`'s.

mod bounds;
mod constraint;
mod document;
mod ifeval;
mod judge;
mod language;
mod layout;
mod measure;
mod pattern;
mod phrase;
mod read;
mod reader;
mod report;
mod ruling;
mod schema;
mod sentence;

use pentimento_sdk::{Artifact, Brief, Check, Failure, Verifier, settings};

pub use constraint::Constraint;
pub use ifeval::Instruction;
pub use read::read;
pub use reader::Malformed;
pub use report::check;
pub use ruling::{Ruling, Standing};

/// The setting that holds the constraints.
const SETTING: &str = "constraints";

/// Bytes of the longest text that is checked: a novel of 40,000 words. With it the slowest check
/// stays within a call's time; see the README for figures.
const LONGEST_TEXT: u64 = 256 << 10;

/// Checks texts against the constraints in the settings.
#[derive(Debug)]
pub struct TextRules;

impl Verifier for TextRules {
    fn verify(_brief: &Brief, candidate: &Artifact) -> Result<Check, Failure> {
        let setting = settings::get(SETTING)?;
        match prepare(setting.as_deref(), &candidate.media_type(), candidate.size())? {
            Task::Judge(constraints) => Ok(check(&constraints, &candidate.text(0, u32::MAX)?)),
            Task::Nothing(check) => Ok(check),
        }
    }
}

/// What is to be done for a candidate.
#[derive(Debug)]
pub enum Task {
    /// Judge its text by these.
    Judge(Vec<Constraint>),
    /// Nothing: this is the answer.
    Nothing(Check),
}

/// Decides from the setting and the candidate's type and size, before its text is read.
pub fn prepare(setting: Option<&str>, media_type: &str, bytes: u64) -> Result<Task, Failure> {
    let Some(setting) = setting else {
        let proof = format!("no constraints are set: the setting `{SETTING}` is not there");
        return Ok(Task::Nothing(Check::unknown(proof)));
    };
    let constraints =
        read(setting).map_err(|malformed| Failure::new("bad-argument", malformed.to_string()))?;
    if !media_type.starts_with("text/") {
        let proof = format!("constraints are for texts, not for {media_type}");
        return Ok(Task::Nothing(Check::unknown(proof)));
    }
    if bytes > LONGEST_TEXT {
        let message = format!("the text has {bytes} bytes; at most {LONGEST_TEXT} are checked");
        return Err(Failure::new("too-large", message));
    }
    Ok(Task::Judge(constraints))
}

// Native linkers do not take the names of WebAssembly exports; tests call `read` and `check`.
#[cfg(target_family = "wasm")]
pentimento_sdk::export_verifier!(TextRules);

#[cfg(test)]
mod tests;
