//! The flags by which runs are chosen.

use clap::{Args, ValueEnum};
use pentimento_app::{
    Standing, Timestamp,
    catalog::{Filter, Moment},
};

use crate::fail::Failure;

/// Which runs; whatever is not said does not matter.
#[derive(Args, Clone, Debug)]
pub(super) struct ChosenFlags {
    /// Only runs of this recipe
    #[arg(long, value_name = "NAME")]
    recipe: Option<String>,
    /// Only runs that stand so
    #[arg(long, value_enum, value_name = "HOW")]
    state: Option<State>,
    /// Only runs whose painter holds this text; `embedded` is whoever is no model
    #[arg(long, value_name = "TEXT")]
    painter: Option<String>,
    /// Only runs whose idea holds these words
    #[arg(long, value_name = "TEXT")]
    idea: Option<String>,
    /// Only runs in which this plugin had a say: its name, or the beginning of its digest
    #[arg(long, value_name = "NAME")]
    plugin: Option<String>,
    /// Only runs that began since: a date, a moment, or how long ago (7d)
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
    /// Only runs that began before: a date, a moment, or how long ago (7d)
    #[arg(long, value_name = "WHEN")]
    before: Option<String>,
    /// Only runs with at least this score, from 0 to 1
    #[arg(long, value_name = "SCORE", value_parser = score)]
    score_from: Option<f64>,
    /// Only runs with at most this score, from 0 to 1
    #[arg(long, value_name = "SCORE", value_parser = score)]
    score_to: Option<f64>,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum State {
    /// Its result was accepted
    Accepted,
    /// It ended without a result that was accepted
    GivenUp,
    /// It was interrupted, or goes on
    Unfinished,
    /// Its journal was written by a newer version
    Newer,
    /// Its journal cannot be read
    Damaged,
}

impl ChosenFlags {
    pub(super) fn filter(&self) -> Result<Filter, Failure> {
        let now = Timestamp::now();
        let moment = |text: &Option<String>| -> Result<Option<Timestamp>, Failure> {
            let moment = text.as_deref().map(|text| Moment::read(text, now)).transpose()?;
            Ok(moment.map(|Moment(at)| at))
        };
        Ok(Filter {
            recipe: self.recipe.clone(),
            standing: self.state.map(State::standing),
            painter: self.painter.clone(),
            idea: self.idea.clone(),
            plugin: self.plugin.clone(),
            since: moment(&self.since)?,
            before: moment(&self.before)?,
            score_from: self.score_from,
            score_to: self.score_to,
        })
    }

    /// The recipe that was asked for.
    pub(super) fn recipe(&self) -> Option<&str> {
        self.recipe.as_deref()
    }

    /// True if a state was asked for by name.
    pub(super) const fn names_a_state(&self) -> bool {
        self.state.is_some()
    }

    /// True if nothing was said.
    pub(super) fn is_everything(&self) -> Result<bool, Failure> {
        Ok(self.filter()? == Filter::default())
    }
}

impl State {
    const fn standing(self) -> Standing {
        match self {
            Self::Accepted => Standing::Accepted,
            Self::GivenUp => Standing::GivenUp,
            Self::Unfinished => Standing::Unfinished,
            Self::Newer => Standing::Newer,
            Self::Damaged => Standing::Damaged,
        }
    }
}

/// A score as it is typed.
fn score(text: &str) -> Result<f64, String> {
    let score = text.parse().ok().filter(|score| (0.0..=1.0).contains(score));
    score.ok_or_else(|| "not a number from 0 to 1".to_owned())
}
