//! Answers one question about a picture or texts with a model in an ONNX file, and ends.
//!
//! `pentimento` starts it anew for every question, tells it its models as its only argument, and asks it as
//! it asks any program that stands in for a server (docs/models.md). It is a program of its own because
//! what a graph takes in time and memory cannot be bounded from within. Believing it, and ending it when it
//! is late, is left to whoever started it.

mod answer;
mod centernet;
mod confine;
mod error;
mod graph;
mod limits;
mod paddle;
mod pixels;
mod sentence;

use std::{env, io, process::ExitCode};

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let [models] = words.as_slice() else {
        eprintln!(
            "usage: pentimento-onnx MODELS: `pentimento` starts it; docs/models.md tells how"
        );
        return ExitCode::from(2);
    };
    match answer::answer_for_parent(models, io::stdin().lock(), io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
