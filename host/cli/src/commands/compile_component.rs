//! `compile-component`: the program started by itself, to compile what a stranger wrote.
//!
//! Hidden: nobody types it. Everything else is the sandbox's business.

use std::io;

use clap::Args;
use pentimento_app::compile_for_parent;

use crate::{exit::Exit, fail::Failure};

#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// How the program that started this one gives memory to plugins
    allocation: String,
}

pub(crate) fn run(flags: &Flags) -> Result<Exit, Failure> {
    compile_for_parent(&flags.allocation, io::stdin().lock(), io::stdout().lock())
        .map_err(|error| Failure::new(error, Exit::Broken))?;
    Ok(Exit::Done)
}
