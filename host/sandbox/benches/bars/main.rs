//! What was promised of the sandbox, measured: `cargo bench -p pentimento-sandbox`, or, for some of
//! it only, `… -- calls pixels hostile neighbours` with any of these words.
//!
//! Ends with 1 if a promise was missed. Warm calls and bare instantiation are measured on wasmtime
//! itself, with the sandbox's settings, because the sandbox offers neither.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a benchmark that cannot go on must stop")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "what was measured is printed")]

mod bare;
mod calls;
#[path = "../../tests/sandbox/guest.rs"]
mod guest;
mod guests;
mod hostile;
mod neighbours;
mod pixels;
mod table;
mod timing;

use std::{env, process::ExitCode};

use table::Figures;

/// One part of the benchmark, by the word that chooses it.
type Part = (&'static str, fn(&mut Figures));

const PARTS: [Part; 4] = [
    ("calls", calls::measure),
    ("pixels", pixels::measure),
    ("hostile", hostile::measure),
    ("neighbours", neighbours::measure),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if !arguments.iter().any(|argument| argument == "--bench") {
        println!("nothing is measured where nobody asked for it: run `cargo bench`");
        return ExitCode::SUCCESS;
    }
    let chosen: Vec<_> = arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    let mut figures = Figures::new();
    for (name, measure) in PARTS {
        if chosen.is_empty() || chosen.iter().any(|word| *word == name) {
            eprintln!("measuring: {name}");
            measure(&mut figures);
        }
    }
    println!("{figures}");
    if figures.missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
