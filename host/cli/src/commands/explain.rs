//! `explain`: exit codes, presets, finding codes and stop rules, in words.

use std::fmt::Write;

use clap::{Args, ValueEnum};
use pentimento_app::{Preset, recipes, registered_codes};
use serde::Serialize;

use crate::{args::GlobalFlags, commands::layout::wrap, exit::Exit, fail::Failure, output};

/// What to explain.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// What to explain
    #[arg(value_enum, default_value_t = Topic::ExitCodes)]
    topic: Topic,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Topic {
    /// What the numbers mean that the program ends with
    ExitCodes,
    /// How imperfectly the embedded painter paints
    Presets,
    /// The codes of findings, evidence and suggestions
    Findings,
    /// The rules by which recipes for texts stop, and how a recipe's file combines them
    Stops,
}

/// How rules are combined, and what they are rules of.
const STOPS: &str = "A recipe for texts stops once its rules hold: `until` in its file is one rule, \
                     { any = [RULE, …] } or { all = [RULE, …] }, and lists may stand in lists";

#[derive(Serialize)]
struct Entry {
    name: String,
    meaning: String,
}

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let (title, entries) = match flags.topic {
        Topic::ExitCodes => ("The program ends with", exit_codes()),
        Topic::Presets => ("Presets of the embedded painter", presets()),
        Topic::Stops => (STOPS, stops()),
        Topic::Findings => ("Codes in findings, evidence and suggestions", codes()),
    };
    output::result(global.format, &text(title, &entries), &entries)?;
    Ok(Exit::Done)
}

fn exit_codes() -> Vec<Entry> {
    let entry =
        |exit: Exit| Entry { name: exit.number().to_string(), meaning: exit.meaning().to_owned() };
    Exit::ALL.into_iter().map(entry).collect()
}

fn presets() -> Vec<Entry> {
    let entry = |preset: Preset| Entry { name: preset.as_str().to_owned(), meaning: rates(preset) };
    Preset::ALL.into_iter().map(entry).collect()
}

/// The preset's own table in words, so that it cannot say anything else than what is painted.
fn rates(preset: Preset) -> String {
    let rates = preset.rates();
    let percent = |rate: f64| format!("{:.0} %", rate * 100.0);
    let counts = rates.miscount.iter().take(5).map(|rate| format!("{:.0}", rate * 100.0));
    let edits = &rates.edits;
    let worst_edit = [
        edits.delete_nothing,
        either(edits.add_nothing, edits.add_wrong_attribute),
        either(edits.move_nothing, edits.move_off),
        edits.restyle_nothing,
        edits.inpaint_nothing,
    ];
    let worst_edit = worst_edit.into_iter().fold(0.0, f64::max);
    format!(
        "miscounts one to five objects in {} % of pictures; of several kinds leaves one out {}, \
         exchanges their colors {}; gives a wrong color {}; draws the wrong side {}; overlooks \
         \"without\" {}; an edit fails silently up to {}",
        counts.collect::<Vec<_>>().join("/"),
        percent(rates.drop),
        percent(rates.swapped_attributes),
        percent(rates.wrong_attribute),
        percent(rates.wrong_side),
        percent(rates.ignored_absence),
        percent(worst_edit),
    )
}

/// The chance that the first happens, or else the second.
fn either(first: f64, second: f64) -> f64 {
    first + (1.0 - first) * second
}

fn stops() -> Vec<Entry> {
    let entry = |rule: recipes::StopRule| Entry {
        name: rule.name.to_owned(),
        meaning: rule.meaning.to_owned(),
    };
    recipes::stop_rules().into_iter().map(entry).collect()
}

fn codes() -> Vec<Entry> {
    let entry = |row: pentimento_app::RegisteredCode| Entry {
        name: row.code.to_owned(),
        meaning: row.meaning.replace('`', ""),
    };
    registered_codes().into_iter().map(entry).collect()
}

/// Two columns, the second one wrapped at 80.
fn text(title: &str, entries: &[Entry]) -> String {
    let names = entries.iter().map(|entry| entry.name.chars().count()).max().unwrap_or_default();
    let room = 80_usize.saturating_sub(names + 4).max(20);
    let mut text = wrap(title, 79).join("\n");
    text.push_str(":\n");
    for entry in entries {
        let mut name = entry.name.as_str();
        for line in wrap(&entry.meaning, room) {
            let _ = writeln!(text, "  {name:names$}  {line}");
            name = "";
        }
    }
    text
}
