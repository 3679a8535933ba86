//! `runs verify`: is everything there that the journals name, and unchanged?

use std::fmt::Write as _;

use clap::Args;
use pentimento_app::{AppError, Checked, Standing, Stored, catalog};
use serde_json::{Value, json};

use crate::{
    args::{GlobalFlags, PlaceFlags},
    commands,
    exit::Exit,
    fail::Failure,
    output,
};

#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// Names of runs, their beginnings, or `latest` [default: all]
    runs: Vec<String>,
    #[command(flatten)]
    place: PlaceFlags,
}

pub(super) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let runs_dir = commands::settle(flags.place.settings())?.runs_dir;
    let folders = if flags.runs.is_empty() {
        let all = super::catalog(&flags.place)?.runs;
        all.iter().map(|one| (one.row.run.clone(), one.folder().to_owned())).collect()
    } else {
        let find = |word: &String| Ok((word.clone(), Stored::find(&runs_dir, word)?));
        flags.runs.iter().map(find).collect::<Result<Vec<_>, AppError>>()?
    };
    let (mut text, mut values, mut damaged, mut hint) = (String::new(), Vec::new(), 0, None);
    for (name, folder) in &folders {
        let problems = match catalog::verify(folder) {
            Ok(checked) => {
                let damage: Vec<_> = checked.damage.iter().map(ToString::to_string).collect();
                values.push(json!({
                    "run": name, "events": checked.events, "artifacts": checked.artifacts,
                    "unnamed": checked.unnamed, "torn": checked.torn.map(|torn| torn.to_string()),
                    "damage": damage,
                }));
                let _ = writeln!(text, "{}", line(name, &checked));
                // What was paid for and has no record any more weighs most.
                let lost = checked.damage.iter().find(|one| catalog::is_lost(one));
                hint = hint.or_else(|| lost.and_then(catalog::hint));
                damage
            }
            Err(error) if catalog::standing(&error) == Standing::Newer => {
                let told = pentimento_app::in_words(&error);
                values.push(json!({ "run": name, "newer": told, "damage": [] }));
                let _ = writeln!(text, "? {name}: not looked through\n    {told}");
                Vec::new()
            }
            Err(error) => {
                values.push(broken(name, &error));
                let _ = writeln!(text, "✗ {name}");
                vec![pentimento_app::in_words(&error)]
            }
        };
        damaged += usize::from(!problems.is_empty());
        for problem in &problems {
            let _ = writeln!(text, "    {problem}");
        }
    }
    output::result(global.format, &text, &values)?;
    if damaged == 0 {
        return Ok(Exit::Done);
    }
    let message = format!("{damaged} of {} damaged", commands::counted(folders.len(), "run"));
    let usual = "restore them from a copy, or make them anew with the same seed";
    Err(Failure::new(message, Exit::Broken).with_hint(hint.unwrap_or_else(|| usual.to_owned())))
}

/// `✓ cats-1: 14 events and 1 artifact`, and what else there is to know.
fn line(name: &str, checked: &Checked) -> String {
    let mark = if checked.is_whole() { '✓' } else { '✗' };
    let mut line = format!("{mark} {name}: {}", super::contents(checked.events, checked.artifacts));
    if let Some(torn) = checked.torn {
        let _ = write!(line, "; {torn}");
    }
    if checked.unnamed > 0 {
        let _ = write!(
            line,
            "; {} that no event names",
            commands::counted(checked.unnamed, "artifact")
        );
    }
    line
}

fn broken(name: &str, error: &AppError) -> Value {
    json!({ "run": name, "damage": [pentimento_app::in_words(error)] })
}
