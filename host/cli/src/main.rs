//! The program: hands the words typed to a command, and its result to the screen.

mod args;
mod commands;
mod exit;
mod fail;
mod output;
mod picture;
mod progress;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args = match args::parse() {
        Ok(args) => args,
        Err(exit) => return exit.into(),
    };
    match commands::run(args) {
        Ok(exit) => exit.into(),
        Err(failure) => fail::tell(&failure).into(),
    }
}
