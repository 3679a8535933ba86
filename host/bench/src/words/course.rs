//! One run of a recipe for texts, read against the truth: what its journal says, and nothing else.

use pentimento_engine::ports::Keep;
use pentimento_model::{CandidateId, RunEvent, RunOutcome, Spending, TimedEvent};

/// What became of one question.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Course {
    /// Whether the draft was right after rounds 0, 1, …
    pub right: Vec<bool>,
    /// Whether the text that was handed out is right.
    pub last: bool,
    /// The run's own verdict was to accept.
    pub accepted: bool,
    /// What it took.
    pub spending: Spending,
}

impl Course {
    /// Reads a finished run. `is_right` knows the gold answer.
    pub(crate) fn of(
        events: &[TimedEvent],
        outcome: &RunOutcome,
        keep: &dyn Keep,
        is_right: &dyn Fn(&str) -> bool,
    ) -> Self {
        let mut texts: Vec<(CandidateId, bool)> = Vec::new();
        let mut course = Self { accepted: is_accepted(outcome), ..Self::default() };
        for TimedEvent { event, .. } in events {
            course.spending = course.spending.plus(event.spending());
            match event {
                RunEvent::CandidateReady { candidate, .. } => {
                    let text = keep.load(candidate.artifact).ok();
                    let text = text.map(|text| String::from_utf8_lossy(&text.bytes).into_owned());
                    let right = text.is_some_and(|text| is_right(answer(&text)));
                    texts.push((candidate.id, right));
                }
                RunEvent::Decided { draft, .. } => course.right.push(of(&texts, *draft)),
                _ => {}
            }
        }
        course.last = of(&texts, outcome.best);
        course
    }

    /// A run in which the writer gave no text at all: wrong.
    pub(crate) fn without_text(events: &[TimedEvent]) -> Self {
        let spent = events.iter().map(|timed| timed.event.spending());
        let spending = spent.fold(Spending::NONE, Spending::plus);
        Self { right: vec![false], spending, ..Self::default() }
    }

    /// Whether the draft was right after this round; the last one stands in for rounds not needed.
    pub(crate) fn right_after(&self, round: usize) -> bool {
        self.right.get(round).copied().unwrap_or(self.last)
    }
}

fn is_accepted(outcome: &RunOutcome) -> bool {
    outcome.verdict == pentimento_model::Verdict::Accept
}

fn of(texts: &[(CandidateId, bool)], id: CandidateId) -> bool {
    texts.iter().any(|(known, right)| *known == id && *right)
}

/// A text's answer: what follows its last `Answer: `, else all of it.
fn answer(text: &str) -> &str {
    text.rsplit_once("Answer: ").map_or(text, |(_, answer)| answer)
}
