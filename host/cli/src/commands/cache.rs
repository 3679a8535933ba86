//! `cache`: what is kept of runs for others.

use std::fmt::Write as _;

use clap::Subcommand;
use pentimento_app::{Held, Kind, Settings, results};
use pentimento_model::Money;
use serde_json::json;

use crate::{
    args::{GlobalFlags, SettingFlags},
    commands::{self, layout},
    exit::Exit,
    fail::Failure,
    output,
};

/// What to do with it.
#[derive(Debug, Subcommand)]
pub(crate) enum Action {
    /// Tell what it holds, and of what use it was
    Info,
    /// Remove what is damaged, and what was used least until the rest is small enough
    Prune {
        /// How much may be left [default: what the cache may take]
        #[arg(long, value_name = "N")]
        mib: Option<u32>,
    },
    /// Remove everything
    Clear,
}

pub(crate) fn run(action: &Action, global: GlobalFlags) -> Result<Exit, Failure> {
    let settings = commands::settle(SettingFlags::default())?;
    match action {
        Action::Info => info(&settings, global),
        Action::Prune { mib } => prune(&settings, *mib, global),
        Action::Clear => clear(&settings, global),
    }
}

fn info(settings: &Settings, global: GlobalFlags) -> Result<Exit, Failure> {
    let held = results::held(settings)?;
    let path = results::path(settings);
    let state = if settings.cache {
        "the cache is on"
    } else {
        "the cache is off; `--cache`, PENTIMENTO_CACHE=on or `cache = true` in `pentimento.toml` \
         turns it on"
    };
    let mut text = format!("{state}\n  {}\n", path.display());
    match &held {
        None => text.push_str("  there is nothing in it\n"),
        Some(held) => in_words(&mut text, held, settings.cache_bytes),
    }
    let kinds = held.iter().flat_map(|held| &held.kinds).map(|kind| {
        json!({
            "kind": kind.kind, "results": kind.count, "bytes": kind.bytes,
            "cost-usd": known(kind.cost, kind.unpriced, kind.count),
            "unpriced": kind.unpriced,
            "hits": kind.hits,
            "saved-usd": known(kind.saved, kind.unpriced_hits, kind.hits),
            "unpriced-hits": kind.unpriced_hits,
        })
    });
    let value = json!({
        "on": settings.cache,
        "file": output::path(&path),
        "bytes": held.as_ref().map_or(0, |held| held.bytes),
        "file-bytes": held.as_ref().map_or(0, |held| held.file_bytes),
        "most-bytes": settings.cache_bytes,
        "kinds": kinds.collect::<Vec<_>>(),
    });
    output::result(global.format, &text, &value)?;
    Ok(Exit::Done)
}

fn in_words(text: &mut String, held: &Held, most: u64) {
    let (bytes, most) = (layout::bytes(held.bytes), layout::bytes(most));
    let file = layout::bytes(held.file_bytes);
    let _ = writeln!(text, "  {bytes} of {most} used; the file takes {file}");
    for kind in &held.kinds {
        let (size, plural) = (layout::bytes(kind.bytes), if kind.count == 1 { "" } else { "s" });
        let (made, saved) = (made(kind), saved(kind));
        let _ = writeln!(text, "  {} {}{plural}, {size}, {made}; {saved}", kind.count, kind.kind);
    }
}

/// A sum, if anything of it is known: so many of all have no price.
fn known(sum: Money, unpriced: u64, all: u64) -> Option<String> {
    (unpriced == 0 || unpriced < all).then(|| sum.to_string())
}

fn made(kind: &Kind) -> String {
    match known(kind.cost, kind.unpriced, kind.count) {
        None => "made at a price that is not known".to_owned(),
        Some(cost) if kind.unpriced == 0 => format!("made for ${cost}"),
        Some(cost) => {
            format!("made for ${cost}, {} of them at a price that is not known", kind.unpriced)
        }
    }
}

fn saved(kind: &Kind) -> String {
    let times = |count: u64| if count == 1 { "once".to_owned() } else { format!("{count} times") };
    let of_use = format!("of use {}", times(kind.hits));
    match known(kind.saved, kind.unpriced_hits, kind.hits) {
        None => format!("{of_use}, which saved what nobody knows"),
        Some(saved) if kind.unpriced_hits == 0 => format!("{of_use}, which saved ${saved}"),
        Some(saved) => {
            let unknown = times(kind.unpriced_hits);
            format!("{of_use}, which saved ${saved}, and {unknown} what nobody knows")
        }
    }
}

fn prune(settings: &Settings, mib: Option<u32>, global: GlobalFlags) -> Result<Exit, Failure> {
    let most = mib.map(|mib| u64::from(mib) << 20);
    let pruned = results::prune(settings, most)?;
    let text = pruned.map_or_else(
        || "there is no cache".to_owned(),
        |pruned| {
            let left = layout::bytes(pruned.bytes);
            format!(
                "{} damaged and {} old results removed; {left} left",
                pruned.damaged, pruned.oldest
            )
        },
    );
    let value = json!({
        "damaged": pruned.map_or(0, |pruned| pruned.damaged),
        "oldest": pruned.map_or(0, |pruned| pruned.oldest),
        "bytes": pruned.map_or(0, |pruned| pruned.bytes),
    });
    output::result(global.format, &text, &value)?;
    Ok(Exit::Done)
}

fn clear(settings: &Settings, global: GlobalFlags) -> Result<Exit, Failure> {
    let bytes = results::clear(settings)?;
    let text = bytes.map_or_else(
        || "a damaged cache was removed".to_owned(),
        |bytes| format!("{} of results removed", layout::bytes(bytes)),
    );
    output::result(global.format, &text, &json!({ "bytes": bytes }))?;
    Ok(Exit::Done)
}
