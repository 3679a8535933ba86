//! Runs that ended for want of means, and go on.
//!
//! What is journaled stays: the refusal, the decision and the end. A run that goes on says so behind them
//! (`WentOn`), and the step that was refused follows. To carry such a run out again is to carry it out to that
//! end, as it was, and then once more from its beginning, past that end: so every decision before is
//! made from the same facts each time.

/// An end that was none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pause {
    /// The place of the event that refused a step.
    pub(crate) refused: usize,
    /// The place of the event by which the run goes on.
    pub(crate) went_on: usize,
}

/// What is known of a run because it was carried out to an end before.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// Its ends, oldest first.
    pub(crate) pauses: Vec<Pause>,
    /// So many events are booked and shown.
    pub(crate) seen: usize,
    /// The journal does not say yet that the run went on after the last of them.
    pub(crate) is_open: bool,
}

impl Known {
    /// The end that the refusal in this place led to, and whether the run is still to go on there.
    pub(crate) fn after(&self, refused: usize) -> Option<(Pause, bool)> {
        let at = self.pauses.iter().position(|pause| pause.refused == refused)?;
        let is_last = at + 1 == self.pauses.len();
        self.pauses.get(at).map(|pause| (*pause, is_last && self.is_open))
    }

    /// The same with one more end.
    pub(crate) fn with(&self, pause: Pause, is_open: bool) -> Self {
        let pauses = self.pauses.iter().copied().chain([pause]).collect();
        Self { pauses, seen: pause.went_on, is_open }
    }
}
