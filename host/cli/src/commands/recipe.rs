//! `recipe list` and `recipe show`: the procedures a run can follow.

use std::fmt::Write;

use clap::Subcommand;
use pentimento_app::{AppError, recipes};
use serde_json::json;

use crate::{args::GlobalFlags, exit::Exit, fail::Failure, output};

/// What to do with recipes.
#[derive(Debug, Subcommand)]
pub(crate) enum Action {
    /// List the recipes there are
    List,
    /// Show one recipe: where it comes from and all its parameters
    Show {
        /// Name of the recipe
        name: String,
    },
}

pub(crate) fn run(action: &Action, global: GlobalFlags) -> Result<Exit, Failure> {
    match action {
        Action::List => {
            let mut text = String::new();
            let mut values = Vec::new();
            let all = recipes::all().map_err(AppError::from)?;
            let width = all.iter().map(|recipe| recipe.name.len()).max().unwrap_or(0);
            for recipe in all {
                let _ = writeln!(text, "  {:width$} {}", recipe.name, recipe.title);
                values.push(json!({ "name": recipe.name, "title": recipe.title }));
            }
            output::result(global.format, &text, &values)?;
        }
        Action::Show { name } => {
            let recipe = recipes::described(name).map_err(AppError::from)?;
            let value = json!({
                "name": recipe.name, "title": recipe.title, "paper": recipe.paper,
                "text": recipe.text,
            });
            output::result(global.format, recipe.text, &value)?;
        }
    }
    Ok(Exit::Done)
}
