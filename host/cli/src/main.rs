//! The program: hands the words typed to a command, and its result to the screen.

mod args;
mod commands;
mod exit;
mod fail;
mod output;
mod picture;
mod progress;
mod signals;

use std::process::ExitCode;

/// Thousands of runs at once ask for memory in small pieces from all threads, and pictures in large
/// ones: this allocator takes two thirds of the time that glibc's does (docs/benchmarks.md).
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
