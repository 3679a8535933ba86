//! `plugin restore`: gets the plugins that the lock file names and this machine lacks.
//!
//! What a plugin may do is granted on each machine, and not by this.

use std::path::PathBuf;

use clap::Args;
use pentimento_app::{AppError, LockedPlugin, restore};
use serde_json::json;

use crate::{
    args::GlobalFlags,
    commands::{layout::Sheet, runtime},
    exit::Exit,
    fail::Failure,
    output,
};

/// How they are got.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// Certificates to trust beside the well-known ones
    #[arg(long, value_name = "FILE")]
    ca_file: Option<PathBuf>,
}

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let shelf = super::shelf()?;
    let all = shelf.list(super::now()).map_err(AppError::from)?;
    let runtime = runtime()?;
    let mut restored: Vec<(LockedPlugin, Result<bool, AppError>)> = Vec::new();
    // One that cannot be had does not keep the others away.
    for (plugin, _) in all {
        let result = runtime.block_on(restore(&shelf, &plugin, flags.ca_file.as_deref()));
        restored.push((plugin, result));
    }
    let value = restored.iter().map(|(plugin, result)| {
        let problem = result.as_ref().err().map(|error| pentimento_app::in_words(error));
        let came = matches!(result, Ok(true));
        json!({ "plugin": plugin.name, "sha256": plugin.digest, "came": came, "problem": problem })
    });
    let value: Vec<_> = value.collect();
    output::result(global.format, &text(&restored), &value)?;
    let lacking = restored.iter().any(|(_, result)| result.is_err());
    Ok(if lacking { Exit::Missing } else { Exit::Done })
}

fn text(restored: &[(LockedPlugin, Result<bool, AppError>)]) -> String {
    let lacking = restored.iter().filter(|(_, result)| result.is_err()).count();
    let mut text = match (restored.len(), lacking) {
        (0, _) => "The lock file names no plugins.\n".to_owned(),
        (_, 0) => {
            "Everything that the lock file names is here; nothing is granted by that.\n".to_owned()
        }
        (_, 1) => "1 plugin that the lock file names is not here.\n".to_owned(),
        (_, many) => format!("{many} plugins that the lock file names are not here.\n"),
    };
    for (plugin, result) in restored {
        let mut sheet = Sheet::new(format!("\n{} {}", plugin.name, plugin.version));
        sheet.line("source", &plugin.source);
        sheet.line("sha256", &plugin.digest);
        match result {
            Ok(true) => sheet.line("state", "it came, and is what the lock file says"),
            Ok(false) => sheet.line("state", "it was here"),
            Err(error) => {
                let hint = error.hint().unwrap_or_default();
                sheet.lines("state", [pentimento_app::in_words(error), hint].into_iter());
            }
        }
        text.push_str(&sheet.into_text());
    }
    text
}
