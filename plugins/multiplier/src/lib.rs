//! A tool that runs one program, and breaks at every other.
//!
//! The guest of tests about tools that break in the middle of a run: whatever runs programs is tried with
//! this one before.

use pentimento_sdk::{Argument, Artifact, Failure, Tool};

struct Multiplier;

impl Tool for Multiplier {
    fn perform(arguments: &[Argument], _: &[Artifact]) -> Result<String, Failure> {
        match arguments {
            [Argument { name, value }] if name == "code" && value == "6 * 7" => {
                Ok(r#"{"outcome":"ok","value":"42","text":"42"}"#.to_owned())
            }
            _ => Err(Failure::new("bad-argument", "this tool knows `6 * 7` and nothing else")),
        }
    }
}

pentimento_sdk::export_tool!(Multiplier);
