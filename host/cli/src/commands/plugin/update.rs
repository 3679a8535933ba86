//! `plugin update`: replaces an installed plugin and shows how its request changes.

use clap::Args;
use pentimento_app::{AppError, Change, Power, Update};
use serde_json::{Value, json};

use super::{
    add::{SourceFlags, refuse_if},
    review,
};
use crate::{
    args::GlobalFlags,
    commands::{layout::Sheet, runtime},
    exit::Exit,
    fail::Failure,
    output,
};

/// Which plugin, by what.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// An installed plugin
    name: String,
    #[command(flatten)]
    source: SourceFlags,
    /// Only show what would change
    #[arg(long)]
    dry_run: bool,
    /// Install it even if it asks for more; it then waits for a new grant
    #[arg(long)]
    accept_request: bool,
    /// Refuse anything new
    #[arg(long)]
    locked: bool,
}

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    refuse_if(flags.locked && !flags.dry_run, "update a plugin")?;
    let (shelf, offer) = (super::shelf()?, flags.source.offer(global)?);
    let update = if flags.dry_run {
        shelf.compare(&flags.name, &offer).map_err(AppError::from)?
    } else {
        let (conformity, accept) = (super::conformity()?, flags.accept_request);
        runtime()?.block_on(conformity.update(&shelf, &flags.name, offer, accept))?
    };
    output::result(global.format, &text(&update, flags.dry_run), &value(&update))?;
    Ok(Exit::Done)
}

fn text(update: &Update, dry_run: bool) -> String {
    let Update { older, newer, changes } = update;
    let verb = if dry_run { "would go" } else { "went" };
    let mut sheet =
        Sheet::new(format!("{} {verb} from {} to {}", older.name, older.version, newer.version));
    sheet.line("from", &older.digest);
    sheet.line("to", &newer.digest);
    let line = |change: &Change| match change {
        Change::Added(power) => format!("+ {}: {}", power.words, power.reason),
        Change::Dropped(power) => format!("- {}", power.words),
        Change::Kept(power) => format!("  {}", power.words),
    };
    if changes.is_empty() {
        sheet.line("asks for", "nothing, as before");
    }
    sheet.lines("asks for", changes.iter().map(line));
    if let Some(found) = &newer.conformance {
        sheet.lines("asked", review::conformance(found).into_iter());
    }
    let broke = newer.conformance.as_ref().is_some_and(|found| !found.broke.is_empty());
    let next = match (update.widened().is_empty(), dry_run) {
        (true, false) if broke => {
            "its request did not grow: its grant stays, as shadow, because it breaks".to_owned()
        }
        (true, true) => "its request does not grow: its grant would stay".to_owned(),
        (true, false) => "its request did not grow: its grant stays".to_owned(),
        (false, _) => format!("it asks for more: `pentimento plugin review {}`", newer.name),
    };
    sheet.line("next", &next);
    sheet.into_text()
}

fn value(update: &Update) -> Value {
    let list = |wanted: fn(&Change) -> Option<&Power>| -> Vec<&str> {
        update.changes.iter().filter_map(wanted).map(|power| power.words.as_str()).collect()
    };
    let added = list(|change| if let Change::Added(power) = change { Some(power) } else { None });
    let dropped =
        list(|change| if let Change::Dropped(power) = change { Some(power) } else { None });
    let kept = list(|change| if let Change::Kept(power) = change { Some(power) } else { None });
    json!({
        "from": review::plugin_value(&update.older), "to": review::plugin_value(&update.newer),
        "added": added, "dropped": dropped, "kept": kept,
    })
}
