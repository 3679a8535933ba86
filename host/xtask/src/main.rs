//! The repository's own automation. `cargo xtask tidy` keeps the house rules that no other tool
//! checks; formatting and lints are left to rustfmt and clippy.

mod tidy;

use std::{path::Path, process::ExitCode};

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "this program speaks to a terminal")]
fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() != Some("tidy") {
        eprintln!("usage: cargo xtask tidy");
        return ExitCode::from(2);
    }
    let problems = match tidy::problems(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")) {
        Ok(problems) => problems,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::FAILURE;
        }
    };
    if problems.is_empty() {
        println!("tidy: nothing to complain about");
        return ExitCode::SUCCESS;
    }
    for problem in &problems {
        eprintln!("error: {problem}");
    }
    eprintln!("tidy: {} to mend; the rules are in CONTRIBUTING.md", problems.len());
    ExitCode::FAILURE
}
