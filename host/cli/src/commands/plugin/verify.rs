//! `plugin verify`: every installed plugin against lock file, digest, request and signatures.

use pentimento_app::{AppError, LockedPlugin, ShelfError};
use serde_json::json;

use crate::{args::GlobalFlags, commands::layout::Sheet, exit::Exit, fail::Failure, output};

pub(crate) fn run(global: GlobalFlags) -> Result<Exit, Failure> {
    let shelf = super::shelf()?;
    let all = shelf.list(super::now()).map_err(AppError::from)?;
    let checked: Vec<(LockedPlugin, Result<(), ShelfError>)> = all
        .into_iter()
        .map(|(plugin, _)| {
            let result = shelf.verify(&plugin).map(drop);
            (plugin, result)
        })
        .collect();
    let value: Vec<_> = checked
        .iter()
        .map(|(plugin, result)| {
            let problem = result.as_ref().err().map(ToString::to_string);
            json!({ "plugin": plugin.name, "sha256": plugin.digest, "problem": problem })
        })
        .collect();
    let broken = checked.iter().filter(|(_, result)| result.is_err()).count();
    let mut text = match (checked.len(), broken) {
        (0, _) => "No plugins are installed here.\n".to_owned(),
        (_, 0) => "Everything is as the lock file says.\n".to_owned(),
        (_, 1) => "1 plugin is not what the lock file says; nothing runs until it is.\n".to_owned(),
        (_, many) => {
            format!(
                "{many} plugins are not what the lock file says; nothing runs until they are.\n"
            )
        }
    };
    for (plugin, result) in &checked {
        let mut sheet = Sheet::new(format!("\n{} {}", plugin.name, plugin.version));
        sheet.line("sha256", &plugin.digest);
        match result {
            Ok(()) => sheet.line("checked", "fine"),
            Err(error) => {
                sheet.lines("checked", [error.to_string(), error.hint()].into_iter());
            }
        }
        text.push_str(&sheet.into_text());
    }
    output::result(global.format, &text, &value)?;
    Ok(if broken == 0 { Exit::Done } else { Exit::Broken })
}
