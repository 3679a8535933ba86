//! One line of a listing: the facts by which a run is looked for among many, as plain values that
//! can be written as JSON (format 1).
//!
//! An index of runs is such lines, each with the state of the journal it was read from. It only
//! saves reading: whatever is wrong with a line, the journal is read instead.

use serde::{Deserialize, Serialize};

use crate::{RunState, Summary};

/// The number written as `format`.
const FORMAT: u32 = 1;

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Its result was accepted.
    Accepted,
    /// It came to its end without a result that was accepted.
    GivenUp,
    /// It was interrupted, or goes on.
    Unfinished,
    /// Its journal was written by a newer version, and nothing of it can be told.
    Newer,
    /// Its journal cannot be read.
    Damaged,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Accepted, Self::GivenUp, Self::Unfinished, Self::Newer, Self::Damaged];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::GivenUp => "given-up",
            Self::Unfinished => "unfinished",
            Self::Newer => "newer",
            Self::Damaged => "damaged",
        }
    }
}

/// A plugin that had a say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowPlugin {
    /// Its name.
    pub name: String,
    /// The SHA-256 of its component.
    pub digest: String,
}

/// One run in a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The number of this form: 1.
    pub format: u32,
    /// The run's name.
    pub run: String,
    /// When it began: RFC 3339, UTC. Empty if nobody knows.
    pub started: String,
    /// Where it stands.
    pub standing: Standing,
    /// The user's sentence.
    pub idea: String,
    /// The recipe's name.
    pub recipe: String,
    /// The painter.
    pub painter: String,
    /// Why it stopped: a code such as `accepted` or `rounds`.
    pub stop: Option<String>,
    /// The lowest grade that a critic with a say gave the best candidate, 0 to 1.
    pub score: Option<f64>,
    /// Pictures made or edited.
    pub pictures: u32,
    /// Dollars that models took; absent if they took nothing, and if no price is known.
    pub usd: Option<String>,
    /// Calls whose price nobody typed; `usd` holds nothing for them.
    pub unpriced_calls: u32,
    /// A call may have been paid that brought nothing because the program ended.
    pub perhaps_twice: bool,
    /// Who had a say, by name.
    pub plugins: Vec<RowPlugin>,
    /// What is wrong with its journal.
    pub problem: Option<String>,
}

impl Row {
    /// The line of a run whose journal can be read.
    pub fn of(summary: &Summary) -> Self {
        let standing = match (&summary.outcome, summary.state) {
            (Some(outcome), RunState::Finished) if outcome.verdict == "accept" => {
                Standing::Accepted
            }
            (_, RunState::Finished) => Standing::GivenUp,
            (_, RunState::Unfinished) => Standing::Unfinished,
        };
        let stop = summary.outcome.as_ref().map(|outcome| outcome.stop.clone());
        let cost = summary.cost.as_ref();
        Self {
            format: FORMAT,
            run: summary.run.clone(),
            started: summary.started.clone(),
            standing,
            idea: summary.idea.clone(),
            recipe: summary.recipe.clone(),
            painter: summary.painter.clone(),
            stop,
            score: score(summary),
            pictures: summary.pictures,
            usd: cost.and_then(|cost| cost.usd.clone()),
            unpriced_calls: cost.map_or(0, |cost| cost.unpriced_calls),
            perhaps_twice: summary.perhaps_twice.is_some() || summary.under_way.is_some(),
            plugins: plugins(summary),
            problem: None,
        }
    }

    /// The line of a run whose journal cannot be read: because it is damaged, or newer than this
    /// program.
    pub fn unread(run: &str, standing: Standing, problem: String) -> Self {
        Self {
            format: FORMAT,
            run: run.to_owned(),
            started: String::new(),
            standing,
            idea: String::new(),
            recipe: String::new(),
            painter: String::new(),
            stop: None,
            score: None,
            pictures: 0,
            usd: None,
            unpriced_calls: 0,
            perhaps_twice: false,
            plugins: Vec::new(),
            problem: Some(problem),
        }
    }
}

fn score(summary: &Summary) -> Option<f64> {
    let best = &summary.outcome.as_ref()?.best;
    let candidates = summary.rounds.iter().flat_map(|round| &round.candidates);
    let assessments = candidates.filter(|one| one.id == *best).flat_map(|one| &one.assessments);
    let has_a_say = |mode: Option<&str>| mode != Some("shadow");
    let said = assessments.filter(|one| has_a_say(one.mode.as_deref()));
    said.filter_map(|one| one.score).reduce(f64::min)
}

fn plugins(summary: &Summary) -> Vec<RowPlugin> {
    let candidates = summary.rounds.iter().flat_map(|round| &round.candidates);
    let assessments = candidates.flat_map(|one| &one.assessments);
    let plugin = |one: &crate::AssessmentSummary| RowPlugin {
        name: one.assessor.clone(),
        digest: one.digest.clone(),
    };
    let mut plugins: Vec<_> = assessments.map(plugin).collect();
    plugins.sort();
    plugins.dedup();
    plugins
}

/// A line of an index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Indexed {
    /// Bytes of the journal it was read from.
    pub bytes: u64,
    /// When that was last changed, in nanoseconds since the Unix epoch.
    pub changed: u64,
    /// What it says.
    pub row: Row,
}

/// An index as text, a line each.
pub fn index_to_json(lines: &[Indexed]) -> Result<String, serde_json::Error> {
    let mut text = String::new();
    for line in lines {
        text.push_str(&serde_json::to_string(line)?);
        text.push('\n');
    }
    Ok(text)
}

/// The lines of an index that can be used; others are passed over.
pub fn index_from_json(text: &str) -> Vec<Indexed> {
    let lines = text.lines().filter_map(|line| serde_json::from_str::<Indexed>(line).ok());
    lines.filter(|line| line.row.format == FORMAT).collect()
}

#[cfg(test)]
mod tests;
