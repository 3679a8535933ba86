//! Which runs of a catalog are meant.

use jiff::{SignedDuration, Span, Timestamp, civil::Date, tz::TimeZone};
use pentimento_report::{Row, Standing};

use crate::{error::AppError, painter::NOBODY};

/// What a run must be; whatever is left out does not matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Its recipe's name.
    pub recipe: Option<String>,
    /// Where it stands.
    pub standing: Option<Standing>,
    /// Its painter holds this text; `embedded` is whoever is no model.
    pub painter: Option<String>,
    /// Its idea holds these words, however they are capitalized.
    pub idea: Option<String>,
    /// A plugin of this name, or whose digest begins so, had a say.
    pub plugin: Option<String>,
    /// It began at this moment or later.
    pub since: Option<Timestamp>,
    /// It began before this moment.
    pub before: Option<Timestamp>,
    /// Its score is at least this.
    pub score_from: Option<f64>,
    /// Its score is at most this.
    pub score_to: Option<f64>,
}

/// How whoever binds a role writes the embedded painter.
const EMBEDDED: &str = "embedded";

/// It goes by the name of its preset; a model's painter is a provider's, and texts have none.
fn is_embedded(painter: &str) -> bool {
    !painter.is_empty() && painter != NOBODY && !painter.contains('/')
}

impl Filter {
    /// True if this run is meant.
    pub fn fits(&self, row: &Row) -> bool {
        let is =
            |wanted: &Option<String>, text: &str| wanted.as_ref().is_none_or(|word| word == text);
        let holds = |wanted: &Option<String>, text: &str| {
            let lower = |text: &str| text.to_lowercase();
            wanted.as_ref().is_none_or(|words| lower(text).contains(&lower(words)))
        };
        let began: Option<Timestamp> = row.started.parse().ok();
        let has_plugin = |word: &String| {
            let by = |one: &pentimento_report::RowPlugin| {
                one.name == *word || (word.len() >= 6 && one.digest.starts_with(word))
            };
            row.plugins.iter().any(by)
        };
        is(&self.recipe, &row.recipe)
            && self.standing.is_none_or(|standing| standing == row.standing)
            && (holds(&self.painter, &row.painter)
                || self.painter.as_deref() == Some(EMBEDDED) && is_embedded(&row.painter))
            && holds(&self.idea, &row.idea)
            && self.plugin.as_ref().is_none_or(has_plugin)
            && self.since.is_none_or(|since| began.is_some_and(|began| began >= since))
            && self.before.is_none_or(|before| began.is_some_and(|began| began < before))
            && self.score_from.is_none_or(|least| row.score.is_some_and(|score| score >= least))
            && self.score_to.is_none_or(|most| row.score.is_some_and(|score| score <= most))
    }
}

/// A moment as people type it: a date, a date with time, or how long ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment(pub Timestamp);

impl Moment {
    /// Reads `2026-11-01` (its beginning, in UTC), RFC 3339, or a span before now such as `7d`,
    /// `12h` or `2 weeks`.
    pub fn read(text: &str, now: Timestamp) -> Result<Self, AppError> {
        let moment = text
            .parse::<Timestamp>()
            .ok()
            .or_else(|| {
                Some(text.parse::<Date>().ok()?.to_zoned_datetime(TimeZone::UTC).ok()?.timestamp())
            })
            .or_else(|| ago(text, now));
        moment.map(Self).ok_or_else(|| AppError::Setting {
            name: "time",
            problem: format!("`{text}` is neither a moment nor how long ago"),
            hint: "write it as `2026-11-01`, `2026-11-01T12:00:00Z`, or `7d` for a week ago"
                .to_owned(),
        })
    }
}

fn ago(text: &str, now: Timestamp) -> Option<Timestamp> {
    let span: Span = text.parse().ok()?;
    let now = now.to_zoned_datetime(TimeZone::UTC);
    let then = now.checked_sub(span).ok()?.timestamp();
    let passed = now.timestamp().duration_since(then);
    (passed >= SignedDuration::ZERO).then_some(then)
}
