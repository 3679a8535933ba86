//! `recipe list` and `recipe show`: the procedures a run can follow.

use std::fmt::Write;

use clap::Subcommand;
use pentimento_app::recipes::{self, Stops};
use serde_json::json;

use crate::{args::GlobalFlags, commands::layout::wrap, exit::Exit, fail::Failure, output};

/// What to do with recipes.
#[derive(Debug, Subcommand)]
pub(crate) enum Action {
    /// List the recipes there are
    List,
    /// Show one recipe: where it comes from and all its parameters
    Show {
        /// Name of the recipe, or a file that ends in `.toml`
        name: String,
    },
}

pub(crate) fn run(action: &Action, global: GlobalFlags) -> Result<Exit, Failure> {
    match action {
        Action::List => {
            let mut text = String::new();
            let mut values = Vec::new();
            let all = recipes::all()?;
            let width = all.iter().map(|recipe| recipe.name.len()).max().unwrap_or(0);
            for recipe in all {
                let _ = writeln!(text, "  {:width$} {}", recipe.name, recipe.title);
                values.push(json!({ "name": recipe.name, "title": recipe.title }));
            }
            output::result(global.format, &text, &values)?;
        }
        Action::Show { name } => {
            let recipe = recipes::described(name)?;
            let stops = recipe.stops.as_ref();
            let value = json!({
                "name": recipe.name, "title": recipe.title, "paper": recipe.paper,
                "text": recipe.text,
                "stops": stops.map(|stops| json!({ "once": stops.words, "until": stops.toml })),
            });
            let text = format!("{}{}", recipe.text, stops.map(told).unwrap_or_default());
            output::result(global.format, &text, &value)?;
        }
    }
    Ok(Exit::Done)
}

/// When a recipe stops, as comments below its text, so that the whole is still one.
fn told(stops: &Stops) -> String {
    const ROOM: usize = 78;
    let mut text = "\n".to_owned();
    for line in wrap(&format!("It stops once {}.", stops.words), ROOM) {
        let _ = writeln!(text, "# {line}");
    }
    if !stops.is_written {
        let _ = writeln!(text, "# until = {}", stops.toml);
    }
    text
}
