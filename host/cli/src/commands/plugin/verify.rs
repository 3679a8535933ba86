//! `plugin verify`: every installed plugin against lock file, digest, request and signatures, and
//! whether it still answers what every plugin is asked as it did where it was added.

use pentimento_app::{AppError, Compared, LockedPlugin};
use serde_json::{Value, json};

use crate::{
    args::GlobalFlags,
    commands::{layout::Sheet, runtime},
    exit::Exit,
    fail::Failure,
    output,
};

/// A plugin with what came of checking it.
type Checked = (LockedPlugin, Result<Compared, AppError>);

pub(crate) fn run(global: GlobalFlags) -> Result<Exit, Failure> {
    let shelf = super::shelf()?;
    let all = shelf.list(super::now()).map_err(AppError::from)?;
    let mut checked: Vec<Checked> = Vec::new();
    if !all.is_empty() {
        let (runtime, conformity) = (runtime()?, super::conformity()?);
        for (plugin, _) in all {
            let result = runtime.block_on(conformity.verify(&shelf, &plugin));
            checked.push((plugin, result));
        }
    }
    let value: Vec<_> = checked.iter().map(value).collect();
    output::result(global.format, &text(&checked), &value)?;
    let fine = checked.iter().all(|(_, result)| is_fine(result));
    Ok(if fine { Exit::Done } else { Exit::Broken })
}

/// False if somebody should look. That nobody knows the answers is no fault of the plugin.
fn is_fine(result: &Result<Compared, AppError>) -> bool {
    matches!(result, Ok(Compared::Same | Compared::Unknown))
}

fn text(checked: &[Checked]) -> String {
    let broken = checked.iter().filter(|(_, result)| result.is_err()).count();
    let otherwise =
        checked.iter().filter(|(_, result)| matches!(result, Ok(Compared::Differs(_)))).count();
    let mut text = match (checked.len(), broken, otherwise) {
        (0, _, _) => "No plugins are installed here.\n".to_owned(),
        (_, 0, 0) => "Everything is as the lock file says.\n".to_owned(),
        (_, 0, _) => {
            "Not every plugin answers as the lock file says: runs on this machine may judge \
                      otherwise.\n"
                .to_owned()
        }
        (_, 1, _) => {
            "1 plugin is not what the lock file says; nothing runs until it is.\n".to_owned()
        }
        (_, many, _) => {
            format!(
                "{many} plugins are not what the lock file says; nothing runs until they are.\n"
            )
        }
    };
    for (plugin, result) in checked {
        let mut sheet = Sheet::new(format!("\n{} {}", plugin.name, plugin.version));
        sheet.line("sha256", &plugin.digest);
        match result {
            Ok(compared) => {
                sheet.line("checked", "fine");
                sheet.lines("asked", in_words(compared).into_iter());
            }
            Err(error) => {
                let hint = error.hint().unwrap_or_default();
                sheet.lines("checked", [pentimento_app::in_words(error), hint].into_iter());
            }
        }
        text.push_str(&sheet.into_text());
    }
    text
}

fn in_words(compared: &Compared) -> Vec<String> {
    match compared {
        Compared::Same => vec!["it answers as where it was added".to_owned()],
        Compared::Unknown => vec![
            "the lock file does not say how it answered this program's questions; adding or \
             updating it writes that down"
                .to_owned(),
        ],
        Compared::Differs(differences) => differences.iter().map(ToString::to_string).collect(),
    }
}

fn value((plugin, result): &Checked) -> Value {
    let problem = result.as_ref().err().map(|error| pentimento_app::in_words(error));
    let (answers, differences) = match result {
        Ok(Compared::Same) => (Some("same"), Vec::new()),
        Ok(Compared::Unknown) => (Some("unknown"), Vec::new()),
        Ok(Compared::Differs(differences)) => {
            let told = differences.iter().map(
                |one| json!({ "question": one.question, "locked": one.locked, "found": one.found }),
            );
            (Some("differ"), told.collect())
        }
        Err(_) => (None, Vec::new()),
    };
    json!({
        "plugin": plugin.name, "sha256": plugin.digest, "problem": problem, "answers": answers,
        "differences": differences,
    })
}
