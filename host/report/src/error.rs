//! What can go wrong when a run is told. A missing picture is not an error: the page says so.

use thiserror::Error;

/// A report could not be made.
#[derive(Debug, Error)]
pub enum ReportError {
    /// There is no `RunStarted` event, so there is nothing to tell.
    #[error("the journal holds no started run")]
    NotStarted,
    /// The page's template could not be filled in; a mistake of ours.
    #[error("the report's page could not be rendered")]
    Render(#[from] minijinja::Error),
}

impl ReportError {
    /// What the user can do about it, as a sentence without a full stop.
    pub const fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotStarted => Some("start the run again: nothing of it had been recorded yet"),
            Self::Render(_) => None,
        }
    }
}
