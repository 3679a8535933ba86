//! `runs verify`: is everything there that the journals name, and unchanged?

use std::fmt::Write as _;

use clap::Args;
use pentimento_app::{AppError, Stored, catalog};
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
        all.into_iter().map(|one| (one.row.run, one.folder)).collect()
    } else {
        let find = |word: &String| Ok((word.clone(), Stored::find(&runs_dir, word)?));
        flags.runs.iter().map(find).collect::<Result<Vec<_>, AppError>>()?
    };
    let (mut text, mut values, mut damaged) = (String::new(), Vec::new(), 0);
    for (name, folder) in &folders {
        let problems = match catalog::verify(folder) {
            Ok(checked) => {
                let lost = checked.torn.map(|torn| torn.to_string());
                values.push(json!({
                    "run": name, "events": checked.events, "artifacts": checked.artifacts,
                    "unnamed": checked.unnamed, "torn": lost,
                    "damage": checked.damage.iter().map(ToString::to_string).collect::<Vec<_>>(),
                }));
                let _ = writeln!(
                    text,
                    "{} {name}: {}{}",
                    if checked.is_whole() { '✓' } else { '✗' },
                    super::contents(checked.events, checked.artifacts),
                    lost.map(|lost| format!("; {lost}")).unwrap_or_default(),
                );
                checked.damage.iter().map(ToString::to_string).collect()
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
    let hint = "restore them from a copy, or make them anew with the same seed";
    Err(Failure::new(message, Exit::Broken).with_hint(hint))
}

fn broken(name: &str, error: &AppError) -> Value {
    json!({ "run": name, "damage": [pentimento_app::in_words(error)] })
}
