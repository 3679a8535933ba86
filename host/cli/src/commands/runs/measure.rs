//! `runs measure`: what runs came to, against gold answers that the user has.

use std::{fmt::Write as _, path::PathBuf};

use clap::Args;
use pentimento_bench::words::{Measured, measured};

use crate::{
    args::{GlobalFlags, PlaceFlags},
    commands::{self, bench::words},
    exit::Exit,
    fail::Failure,
    output,
};

#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// Gold answers, one a line: `{"input": "How much is 2 + 2?", "target": 4}`; `input` is a run's idea,
    /// `target` a number or the whole answer
    #[arg(value_name = "GOLD.jsonl")]
    gold: PathBuf,
    #[command(flatten)]
    place: PlaceFlags,
}

pub(super) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let runs_dir = commands::settle(flags.place.settings())?.runs_dir;
    let result = measured(&runs_dir, &flags.gold)?;
    output::result(global.format, &told(&result), &result)?;
    Ok(Exit::Done)
}

fn told(result: &Measured) -> String {
    let mut text = format!(
        "{} on {} of {}\npercent of answers that are right, scored against the gold answers;\n\
         lost: first answer right and last one wrong, won: the other way round\n\n",
        commands::counted(result.runs, "run"),
        result.asked,
        commands::counted(result.questions, "question"),
    );
    text.push_str(&words::recipes(result.recipes.iter()));
    for (left_out, why) in [(&result.open, "not ended"), (&result.unreadable, "unreadable")] {
        if let Some(first) = left_out.first() {
            let runs = commands::counted(left_out.len(), "run");
            let _ = writeln!(text, "\n  left out, {why}: {runs}, such as {first}");
        }
    }
    text
}
