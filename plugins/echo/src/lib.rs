//! A tool that says what it was given.
//!
//! The smallest tool, and the guest of the sandbox's tests about tools.

use std::fmt::Write;

use pentimento_sdk::{Argument, Artifact, Failure, Tool};

struct Echo;

impl Tool for Echo {
    fn perform(arguments: &[Argument], inputs: &[Artifact]) -> Result<String, Failure> {
        let mut said = String::new();
        for Argument { name, value } in arguments {
            writeln!(said, "{name}={value}").ok();
        }
        for input in inputs {
            let text = input.text(0, u32::MAX).unwrap_or_else(|failure| failure.message);
            writeln!(said, "{} of {} bytes: {text}", input.media_type(), input.size()).ok();
        }
        if let Some(repeat) = arguments.iter().find(|argument| argument.name == "repeat") {
            let times =
                repeat.value.parse().map_err(|_| Failure::new("bad-argument", "`repeat`"))?;
            said = said.repeat(times);
        }
        Ok(said)
    }
}

pentimento_sdk::export_tool!(Echo);
