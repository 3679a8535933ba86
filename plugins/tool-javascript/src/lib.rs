//! Runs a JavaScript program that nobody trusts, and tells what came of it.
//!
//! This file is the tool's door. What is asked stands in `task`, how a program is run in `run`, in
//! which interpreter in `machine`, what it finds around itself in `js/`, and how its end is told in
//! `answer`.

mod answer;
mod bounds;
mod clock;
mod limits;
mod machine;
mod run;
mod task;

use pentimento_sdk::{Argument, Artifact, Failure, Tool};

use crate::task::Task;

/// Runs the argument `code`.
#[derive(Debug)]
pub struct JavaScript;

impl Tool for JavaScript {
    fn perform(arguments: &[Argument], inputs: &[Artifact]) -> Result<String, Failure> {
        if !inputs.is_empty() {
            return Err(Failure::new(
                "bad-argument",
                "the tool works on its arguments and takes no inputs",
            ));
        }
        perform(arguments.iter().map(|one| (one.name.as_str(), one.value.as_str())))
    }
}

// Native linkers do not take the names of WebAssembly exports; tests call `perform`.
#[cfg(target_family = "wasm")]
pentimento_sdk::export_tool!(JavaScript);

/// What comes of the program in the named arguments, as JSON.
pub fn perform<'a>(
    arguments: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<String, Failure> {
    let task = Task::read(arguments).map_err(|wrong| Failure::new("bad-argument", wrong))?;
    let ran = run::run(&task).map_err(|machine::Unready(why)| {
        Failure::new("failed", format!("the interpreter could not work: {why}"))
    })?;
    Ok(answer::answer(&task, &ran))
}
