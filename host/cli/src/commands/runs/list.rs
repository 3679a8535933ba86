//! `runs list`: one line a run.

use std::{collections::BTreeSet, fmt::Write as _};

use clap::Args;
use pentimento_app::{Row, Standing};

use super::chosen;
use crate::{
    args::{GlobalFlags, PlaceFlags},
    commands::layout::COLUMNS,
    exit::Exit,
    fail::Failure,
    output,
};

/// Columns of a moment, to the minute.
const MOMENT: usize = 16;

/// Columns that a run's name may take; a longer one stands whole, and its idea does without.
const NAME: usize = 36;

#[derive(Args, Debug)]
pub(crate) struct Flags {
    #[command(flatten)]
    chosen: chosen::ChosenFlags,
    /// At most so many
    #[arg(long, short = 'n', value_name = "N")]
    limit: Option<usize>,
    #[command(flatten)]
    place: PlaceFlags,
}

pub(super) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let filter = flags.chosen.filter()?;
    let catalog = super::catalog(&flags.place)?;
    let all = catalog.runs.len();
    let recipes = catalog.runs.iter().map(|one| one.row.recipe.clone());
    let recipes: BTreeSet<_> = recipes.filter(|recipe| !recipe.is_empty()).collect();
    let fitting: Vec<_> =
        catalog.runs.into_iter().map(|one| one.row).filter(|row| filter.fits(row)).collect();
    let shown = fitting.get(..flags.limit.unwrap_or(fitting.len()).min(fitting.len()));
    let shown = shown.unwrap_or_default();
    // Programs that search a line want all of it.
    let columns = if output::is_read() { COLUMNS } else { usize::MAX };
    let mut text = String::new();
    for row in shown {
        let _ = writeln!(text, "{}", line(row, columns));
    }
    let of = if fitting.len() == all { String::new() } else { format!(" of {all}") };
    let left = if shown.len() == fitting.len() {
        String::new()
    } else {
        format!(", the newest {} shown", shown.len())
    };
    let _ = write!(text, "{}{of}{left}", crate::commands::counted(fitting.len(), "run"));
    output::result(global.format, &text, &shown)?;
    if let Some(recipe) = flags.chosen.recipe().filter(|name| !recipes.contains(*name)) {
        // Recipes of one's own may have any name, so that is no error.
        let there = recipes.into_iter().collect::<Vec<_>>().join(", ");
        if !there.is_empty() {
            output::note(&format!(
                "note: no run here is of the recipe `{recipe}`; there are: {there}"
            ));
        }
    }
    Ok(Exit::Done)
}

/// `✓ 2026-01-02 03:04  cats-1  two cats`, on so many columns.
fn line(row: &Row, columns: usize) -> String {
    let mark = match row.standing {
        Standing::Accepted => '✓',
        Standing::GivenUp => '✗',
        Standing::Unfinished => '…',
        Standing::Newer => '?',
        Standing::Damaged => '!',
    };
    let moment: String = row.started.replace('T', " ").chars().take(MOMENT).collect();
    let cost = match (row.usd.as_deref(), row.unpriced_calls) {
        (None, 0) => String::new(),
        (usd, unpriced) => format!("{} ", pentimento_app::dollars(usd, unpriced)),
    };
    let what = row.problem.as_deref().unwrap_or(&row.idea);
    let what = format!("{cost}{}", what.split_whitespace().collect::<Vec<_>>().join(" "));
    let head = format!("{mark} {moment:MOMENT$}  {:NAME$}  ", row.run);
    let room = columns.saturating_sub(head.chars().count());
    let mut said: String = what.chars().filter(|letter| !letter.is_control()).take(room).collect();
    if what.chars().count() > room && room > 1 {
        said = said.chars().take(room - 1).chain(['…']).collect();
    }
    format!("{head}{said}").trim_end().to_owned()
}
