//! `explain`: exit codes, presets and finding codes, in words.

use std::fmt::Write;

use clap::{Args, ValueEnum};
use pentimento_app::{Preset, finding_codes};
use serde::Serialize;

use crate::{args::GlobalFlags, exit::Exit, fail::Failure, output};

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
}

#[derive(Serialize)]
struct Entry {
    name: String,
    meaning: String,
}

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let (title, entries) = match flags.topic {
        Topic::ExitCodes => ("The program ends with", exit_codes()),
        Topic::Presets => ("Presets of the embedded painter", presets()),
        Topic::Findings => ("Codes in findings, evidence and suggestions", codes()),
    };
    output::result(global.format, &text(title, &entries), &entries)?;
    Ok(Exit::Done)
}

fn exit_codes() -> Vec<Entry> {
    let entry = |exit: Exit| Entry {
        name: exit.number().to_string(),
        meaning: exit.meaning().to_owned(),
    };
    Exit::ALL.into_iter().map(entry).collect()
}

fn presets() -> Vec<Entry> {
    let entry = |preset: Preset| Entry {
        name: preset.as_str().to_owned(),
        meaning: preset.summary().to_owned(),
    };
    Preset::ALL.into_iter().map(entry).collect()
}

fn codes() -> Vec<Entry> {
    let entry = |(name, meaning): (&str, &str)| Entry {
        name: name.to_owned(),
        meaning: meaning.to_owned(),
    };
    finding_codes().into_iter().map(entry).collect()
}

/// Two columns, the second one wrapped at 80.
fn text(title: &str, entries: &[Entry]) -> String {
    let names = entries.iter().map(|entry| entry.name.chars().count()).max().unwrap_or_default();
    let room = 80_usize.saturating_sub(names + 4).max(20);
    let mut text = format!("{title}:\n");
    for entry in entries {
        let mut name = entry.name.as_str();
        for line in wrap(&entry.meaning, room) {
            let _ = writeln!(text, "  {name:names$}  {line}");
            name = "";
        }
    }
    text
}

fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= room {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}
