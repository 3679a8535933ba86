//! The few facts people ask of a run, as plain values that can be written as JSON (format 1).
//!
//! Texts are kept as they were journaled; whoever shows them cleans them. Turning events into
//! these values is `summary/from_trace.rs`.

use std::time::Duration;

use pentimento_model::{Spending, TimedEvent};
use serde::Serialize;

use crate::{ReportError, trace::Trace};

mod from_trace;
mod judges;

pub use judges::{JudgesSummary, gap_chart, in_words as gap_in_words};

/// The number written as `format`. A field may be added without a new number, never changed.
const FORMAT: u32 = 1;

/// Whether a run came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunState {
    /// The last event is the run's end.
    Finished,
    /// The run was interrupted, or is still going on.
    Unfinished,
}

/// What a run makes. Where it is not said, pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Makes {
    /// Pictures.
    Pictures,
    /// Texts.
    Texts,
}

impl Makes {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
    const fn is_pictures(&self) -> bool {
        matches!(self, Self::Pictures)
    }

    /// The word for one of them.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::Pictures => "picture",
            Self::Texts => "text",
        }
    }
}

/// One run in short.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// The number of this form: 1.
    pub format: u32,
    /// The run's name.
    pub run: String,
    /// When it began: RFC 3339, UTC.
    pub started: String,
    /// The user's sentence.
    pub idea: String,
    /// The recipe's name.
    pub recipe: String,
    /// When the recipe stops, budgets aside, in words; absent unless its text says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stops_once: Option<String>,
    /// The painter's preset, or the provider's model name; `none` if texts were made.
    pub painter: String,
    /// What was made.
    #[serde(skip_serializing_if = "Makes::is_pictures")]
    pub makes: Makes,
    /// Where all randomness came from.
    pub seed: u64,
    /// Corrections the run might make after the first candidate.
    pub rounds_allowed: u32,
    /// Pictures or texts the run might make.
    pub pictures_allowed: u32,
    /// Pictures or texts it made.
    pub pictures: u32,
    /// Whether it came to its end.
    pub state: RunState,
    /// How it ended; absent before that.
    pub outcome: Option<OutcomeSummary>,
    /// How often it had ended for want of means, and went on with more; absent if never.
    #[serde(skip_serializing_if = "never")]
    pub went_on: u32,
    /// What was asked, and what of it was seen.
    pub constraints: Vec<ConstraintSummary>,
    /// Round by round.
    pub rounds: Vec<RoundSummary>,
    /// A correction that was planned but not carried out, because the run stopped in between.
    pub pending: Option<CorrectionSummary>,
    /// Who judged, and who watched; absent if there is nothing to hold a judge against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub judges: Option<JudgesSummary>,
    /// Assessors that broke.
    pub faults: Vec<FaultSummary>,
    /// Calls of the recipe's tool that brought no answer; absent if every one did.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tool_faults: Vec<ToolFaultSummary>,
    /// Time by primitive.
    pub times: Vec<TimeSummary>,
    /// Time in all primitives, in seconds.
    pub seconds: f64,
    /// What models took in all; absent if they took nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<CostSummary>,
    /// The part of it for calls that the program did not see the end of and made again: they may
    /// have been paid twice. Absent if there were none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub perhaps_twice: Option<CostSummary>,
    /// What other runs had come to before. Absent if nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_cache: Option<CachedSummary>,
    /// What a call may cost, at most, that was under way when this was read. Absent if none was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub under_way: Option<CostSummary>,
}

/// Results that came out of the cache.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CachedSummary {
    /// How many.
    pub results: u32,
    /// What they cost when they were made; absent if they cost nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saved: Option<CostSummary>,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutcomeSummary {
    /// `accept` or `give up`.
    pub verdict: String,
    /// The candidate handed to the user, such as `c1`.
    pub best: String,
    /// The SHA-256 that names its artifact; absent if no event tells of it.
    pub artifact: Option<String>,
    /// Why the run stopped: a code such as `accepted` or `rounds`.
    pub stop: String,
}

/// One thing that was asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConstraintSummary {
    /// `object`, `absent`, `relation` or `background`.
    pub kind: String,
    /// In words.
    pub asked: String,
    /// What the first candidate shows of it; absent if it was not looked at.
    pub first: Option<SeenSummary>,
    /// What the best candidate shows of it; absent if it was not looked at.
    pub best: Option<SeenSummary>,
}

/// What a candidate shows of a constraint.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeenSummary {
    /// In words.
    pub seen: String,
    /// Whether that is what was asked; absent if nobody looked.
    pub met: Option<bool>,
}

/// One round.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoundSummary {
    /// Its number; 0 is the first candidate.
    pub round: u32,
    /// What was made in it.
    pub candidates: Vec<CandidateSummary>,
    /// What models were asked and answered, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub talk: Vec<TalkSummary>,
    /// How it was decided; absent if the run stopped before.
    pub decision: Option<DecisionSummary>,
    /// Time in its primitives, in seconds.
    pub seconds: f64,
    /// What models took in it; absent if they took nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<CostSummary>,
}

/// A question to a model or a call of a tool, and its answer, or what was done because an answer was of no use.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TalkSummary {
    /// What it was for, in the recipe's word.
    pub step: String,
    /// Who was asked, `tool` for a tool; absent if an answer was of no use.
    pub role: Option<String>,
    /// The model that answered, or the tool's name.
    pub model: Option<String>,
    /// What was asked.
    pub asked: Option<String>,
    /// What was answered; absent if a tool broke.
    pub answer: Option<String>,
    /// What a call of a tool came to, in a line; absent for models.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub came_to: Option<String>,
    /// Why an answer was of no use, or how a tool broke.
    pub reason: Option<String>,
    /// What was done instead.
    pub instead: Option<String>,
    /// What it took; absent if it took nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<CostSummary>,
    /// It was answered in another run.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cached: bool,
}

/// What calls of models took, calls included that brought nothing and may have been paid.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CostSummary {
    /// Calls.
    pub calls: u32,
    /// Tokens read.
    pub input_tokens: u64,
    /// Tokens written.
    pub output_tokens: u64,
    /// Pictures.
    pub pictures: u32,
    /// Dollars, exact, such as `0.04`, of the calls whose price is known; `None` if that is none of them.
    pub usd: Option<String>,
    /// Calls whose price nobody typed; `usd` holds nothing for them.
    #[serde(skip_serializing_if = "is_none")]
    pub unpriced_calls: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
const fn is_none(count: &u32) -> bool {
    *count == 0
}

/// One candidate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CandidateSummary {
    /// Its name, such as `c1`.
    pub id: String,
    /// The candidate it was made from.
    pub parent: Option<String>,
    /// What the painter was told, if that was not the idea itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    /// The SHA-256 that names its artifact.
    pub artifact: String,
    /// Another run made it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cached: bool,
    /// What the writer was asked for; absent for a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// The operations that made it; absent if it was made from the prompt.
    pub correction: Option<CorrectionSummary>,
    /// What the detector saw, as names; absent if nobody looked.
    pub seen: Option<Vec<String>>,
    /// Who assessed it.
    pub assessments: Vec<AssessmentSummary>,
    /// What the controller found; absent if it did not review the candidate.
    pub review: Option<Vec<FindingSummary>>,
}

/// One assessor's answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AssessmentSummary {
    /// The plugin's name.
    pub assessor: String,
    /// The SHA-256 of the plugin's component.
    pub digest: String,
    /// How much say it had: `shadow`, `advise` or `enforce`; absent in journals from before this
    /// was noted.
    pub mode: Option<String>,
    /// `critique`, `check` or `fault`.
    pub kind: String,
    /// A critique's grade, 0 to 1.
    pub score: Option<f64>,
    /// How sure a critic is of itself, 0 to 1.
    pub confidence: Option<f64>,
    /// Why a critic declined to judge; a check's `pass`, `fail` or `unknown`; a fault's kind.
    pub answer: Option<String>,
    /// What it found.
    pub findings: Vec<FindingSummary>,
    /// It was said in another run, of the same.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cached: bool,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FindingSummary {
    /// `note`, `minor`, `major` or `blocking`.
    pub severity: String,
    /// A registered code, such as `count.missing`.
    pub code: String,
    /// One sentence.
    pub message: String,
    /// Where.
    pub place: Option<PlaceSummary>,
    /// What would help, in words.
    pub suggestion: Option<String>,
    /// The controller found the same, and it counts once.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub repeats_controller: bool,
}

/// Where a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceSummary {
    /// Part of a picture: x, y, width and height, in fractions of the picture.
    Region([f64; 4]),
    /// Bytes of a text: first, and one past the last.
    TextSpan([u32; 2]),
    /// One step, counted from 0.
    Step(u32),
}

/// A correction: what was planned, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CorrectionSummary {
    /// The candidate it changes.
    pub on: String,
    /// The operations, in order.
    pub ops: Vec<OpSummary>,
    /// How many the painter says were done.
    pub applied: usize,
    /// How many it refused.
    pub refused: usize,
}

/// One operation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OpSummary {
    /// `add`, `delete`, `move`, `restyle` or `inpaint`.
    pub op: String,
    /// In words.
    pub text: String,
    /// Why the painter could not do it; absent if it says it did, or was never asked.
    pub refused: Option<String>,
}

/// How a round was decided.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DecisionSummary {
    /// `accept`, `revise` or `give up`.
    pub verdict: String,
    /// The candidate that is carried on.
    pub draft: String,
    /// One sentence on why.
    pub reason: String,
}

/// An assessor that broke.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FaultSummary {
    /// The plugin's name.
    pub assessor: String,
    /// The SHA-256 of the plugin's component.
    pub digest: String,
    /// The candidate it was looking at.
    pub candidate: String,
    /// `trap`, `timeout`, `limit`, `lie`, `failed` or `instantiate`.
    pub kind: String,
    /// One sentence.
    pub message: String,
    /// The last of its log lines.
    pub log: Vec<String>,
}

/// Calls of a tool that broke in the same way.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ToolFaultSummary {
    /// The plugin's name.
    pub tool: String,
    /// How many.
    pub calls: u32,
    /// The round of the first.
    pub round: u32,
    /// As of assessors.
    pub kind: String,
    /// One sentence.
    pub message: String,
}

/// Time spent in one primitive.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimeSummary {
    /// `parse`, `ask`, `perform`, `generate`, `write`, `assess`, `propose` or `correct`.
    pub primitive: String,
    /// How often it ran.
    pub calls: u32,
    /// In all.
    pub seconds: f64,
}

impl Summary {
    /// Tells a run in short. The events may stop anywhere after the first.
    pub fn of(events: &[TimedEvent]) -> Result<Self, ReportError> {
        let summary = from_trace::summary(&Trace::of(events)?);
        Ok(Self { judges: judges::judges(events), ..summary })
    }
}

/// What is told of a run among many.
#[derive(Clone, Debug, PartialEq)]
pub struct Gist {
    /// What was made.
    pub makes: Makes,
    /// What it took of models, as in [`Summary::cost`].
    pub cost: Option<CostSummary>,
    /// The part of it that may have been paid twice, as in [`Summary::perhaps_twice`].
    pub perhaps_twice: Option<CostSummary>,
    /// The same, to be counted.
    pub twice: Spending,
}

impl Gist {
    /// The same that the whole summary says.
    pub fn of(events: &[TimedEvent]) -> Result<Self, ReportError> {
        Ok(from_trace::gist(&Trace::of(events)?))
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
const fn never(times: &u32) -> bool {
    *times == 0
}

/// Seconds with a precision of a microsecond, so that no binary noise gets into the JSON.
fn seconds(time: Duration) -> f64 {
    rounded(time.as_secs_f64(), 1e6)
}

/// The number rounded to a multiple of `1 / scale`.
fn rounded(number: f64, scale: f64) -> f64 {
    (number * scale).round() / scale
}

#[cfg(test)]
mod tests;
