//! `runs prune`: removes runs, whole ones only, after telling which.

use std::fmt::Write as _;

use clap::Args;
use pentimento_app::{Standing, catalog};
use serde_json::json;

use super::chosen;
use crate::{
    args::{GlobalFlags, PlaceFlags},
    commands,
    exit::Exit,
    fail::Failure,
    output,
};

#[derive(Args, Debug)]
pub(crate) struct Flags {
    #[command(flatten)]
    chosen: chosen::ChosenFlags,
    /// Keep the newest so many of those that are chosen
    #[arg(long, value_name = "N")]
    keep: Option<usize>,
    /// Remove them; without this, they are only listed
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    place: PlaceFlags,
}

pub(super) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    if flags.chosen.is_everything()? && flags.keep.is_none() {
        let message = "`runs prune` needs to be told which runs";
        let hint = "such as `--before 30d`, `--state given-up`, or `--keep 100` for all but the \
                    newest";
        return Err(Failure::new(message, Exit::WrongUse).with_hint(hint));
    }
    let filter = flags.chosen.filter()?;
    let mut fitting: Vec<_> = super::catalog(&flags.place)?
        .runs
        .into_iter()
        .filter(|one| filter.fits(&one.row))
        .collect();
    // What was paid for a run that is not finished would be lost with it. Whether one is that a newer
    // version wrote, nobody here knows.
    let all = fitting.len();
    if !flags.chosen.names_a_state() {
        let goes_on = [Standing::Unfinished, Standing::Newer];
        fitting.retain(|one| !goes_on.contains(&one.row.standing));
    }
    let (unfinished, kept) = (all - fitting.len(), flags.keep.unwrap_or(0));
    let gone = fitting.get(kept.min(fitting.len())..).unwrap_or_default();
    let (mut text, mut removed, mut problems) = (String::new(), Vec::new(), Vec::new());
    for one in gone {
        let run = &one.row.run;
        match if flags.yes { catalog::remove(one) } else { Ok(()) } {
            Ok(()) => {
                let _ = writeln!(text, "  {run}");
                removed.push(run);
            }
            Err(error) => problems.push(pentimento_app::in_words(&error)),
        }
    }
    if flags.yes {
        let runs_dir = commands::settle(flags.place.settings())?.runs_dir;
        problems
            .extend(catalog::sweep(&runs_dir).err().map(|error| pentimento_app::in_words(&error)));
    }
    if unfinished > 0 {
        let stays = if unfinished == 1 { "stays" } else { "stay" };
        output::note(&format!(
            "note: {} not finished, which {stays}; `--state unfinished` chooses them",
            commands::counted(unfinished, "run")
        ));
    }
    for problem in &problems {
        output::note(&format!("note: {problem}"));
    }
    let did = if flags.yes { "removed" } else { "would be removed; `--yes` does it" };
    let _ = write!(text, "{} {did}", commands::counted(removed.len(), "run"));
    let value = json!({ "removed": flags.yes, "runs": removed, "problems": problems });
    output::result(global.format, &text, &value)?;
    Ok(if problems.is_empty() { Exit::Done } else { Exit::Broken })
}
