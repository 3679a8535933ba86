//! A run, told to a person: events in, a summary, terminal text or a self-contained page out.
//!
//! The one way in is a run's events; pictures come through a loader that the caller gives. This
//! crate reads no disk, prints nothing and decides nothing: it repeats what the journal says.
//!
//! Reading order: the trace (events folded by round) → [`Summary`] (the few facts
//! people ask for, also as JSON) → [`to_text`] (80 columns) and [`to_page`] (HTML); figures of many
//! runs are [`Chart`]s on a [`Sheet`].

mod asked;
mod chart;
mod errand;
mod error;
mod page;
mod row;
mod shown;
mod summary;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod text;
mod trace;

pub use chart::{Axis, Chart, Dot, Series, Unit};
pub use error::ReportError;
pub use page::{Part, Sheet, Table, to_page, to_sheet};
pub use row::{Indexed, Row, RowPlugin, Standing, index_from_json, index_to_json};
pub use shown::dollars;
pub use summary::{
    AssessmentSummary, CachedSummary, CandidateSummary, ConstraintSummary, CorrectionSummary,
    CostSummary, DecisionSummary, FaultSummary, FindingSummary, Gist, JudgesSummary, Makes,
    OpSummary, OutcomeSummary, PlaceSummary, RoundSummary, RunState, SeenSummary, Summary,
    TimeSummary, ToolFaultSummary, gap_chart, gap_in_words,
};
pub use text::{Line, Span, Style, quotation, to_text};
