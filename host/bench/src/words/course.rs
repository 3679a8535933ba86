//! One run of a recipe for texts, read against the truth: what its journal says, and nothing else.

use std::collections::BTreeSet;

use pentimento_measure::{self as measure, Judge, Point, Settled};
use pentimento_model::{
    Artifact, ArtifactId, CandidateId, RunEvent, RunOutcome, Spending, StopReason, Verdict,
};
use pentimento_prompts::remark;

/// Where the texts of a run are.
pub(crate) type Load<'l> = &'l dyn Fn(ArtifactId) -> Option<Artifact>;

/// What became of one question.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Course {
    /// Who graded what, and which draft each round ended with.
    pub journal: measure::Course,
    /// Whether each text is right, in the order made.
    pub made: Vec<(CandidateId, bool)>,
    /// Whether the text that was handed out is right.
    pub last: bool,
    /// The run's own verdict was to accept.
    pub accepted: bool,
    /// Why it ended; `None` if it was cut off, or gave no text.
    pub stop: Option<StopReason>,
    /// Answers that were of no use, even when they were asked for again.
    pub fell_back: usize,
    /// The models that answered, as their servers call them.
    pub served: BTreeSet<String>,
}

impl Course {
    /// Reads a run: a finished one, or, without an outcome, one that was cut off. `is_right` knows the
    /// gold answer.
    pub(crate) fn of<'e>(
        events: impl Iterator<Item = &'e RunEvent> + Clone,
        outcome: Option<&RunOutcome>,
        load: Load<'_>,
        is_right: &dyn Fn(&str) -> bool,
    ) -> Self {
        let journal = measure::Course::of(events.clone(), remark);
        let judged = |event: &RunEvent| match event {
            RunEvent::CandidateReady { candidate, .. } => {
                let text = load(candidate.artifact);
                let text = text.map(|text| String::from_utf8_lossy(&text.bytes).into_owned());
                Some((candidate.id, text.is_some_and(|text| is_right(answer(&text)))))
            }
            _ => None,
        };
        let mut course = Self { journal, ..Self::default() };
        for event in events.clone() {
            match event {
                RunEvent::FellBack { .. } => course.fell_back += 1,
                RunEvent::Answered { exchange, .. } => {
                    course.served.insert(exchange.model.clone());
                }
                _ => {}
            }
        }
        course.made = events.filter_map(judged).collect();
        match outcome {
            Some(outcome) => {
                course.last = course.is_right(outcome.best);
                course.accepted = outcome.verdict == Verdict::Accept;
                course.stop = Some(outcome.stop);
            }
            None => course.end_with_last(),
        }
        course
    }

    /// The same run as if it had been told to end once it had taken so many tokens: with the draft of
    /// the last round that was over by then, or of the first round, without which there is nothing.
    pub(crate) fn within_tokens(mut self, most: u64) -> Self {
        let over = |settled: &Settled| settled.spent.usage.tokens() > most;
        let Some(at) = self.journal.settled.iter().skip(1).position(over) else { return self };
        self.journal.settled.truncate(at + 1);
        self.stop = None;
        self.end_with_last();
        self
    }

    fn end_with_last(&mut self) {
        if let Some(settled) = self.journal.settled.last() {
            let (draft, spent, verdict) = (settled.draft, settled.spent, settled.verdict);
            (self.last, self.accepted) = (self.is_right(draft), verdict == Verdict::Accept);
            self.journal.spent = spent;
        }
    }

    /// Its tokens ended it, not the recipe.
    pub(crate) const fn is_cut(&self) -> bool {
        self.stop.is_none() && !self.journal.settled.is_empty()
    }

    /// What it took.
    pub(crate) const fn spending(&self) -> Spending {
        self.journal.spent
    }

    /// Whether this text is right.
    pub(crate) fn is_right(&self, id: CandidateId) -> bool {
        self.made.iter().any(|(known, right)| *known == id && *right)
    }

    /// Whether the first answer that it came to at all is right, before anything was chosen or corrected:
    /// several recipes draw many before their first round is over.
    pub(crate) fn right_at_first(&self) -> bool {
        self.made.first().is_some_and(|(_, right)| *right)
    }

    /// Whether the draft was right after this round; the last one stands in for rounds not needed.
    pub(crate) fn right_after(&self, round: usize) -> bool {
        let settled = self.journal.settled.get(round);
        settled.map_or(self.last, |settled| self.is_right(settled.draft))
    }

    /// Whether it would have handed out a right text, had it been told to end where `is_within` does
    /// no longer hold of what was spent: wrong if no draft was there by then.
    pub(crate) fn right_within(&self, is_within: &dyn Fn(Spending) -> bool) -> bool {
        let within = |settled: &&Settled| is_within(settled.spent);
        let last = self.journal.settled.iter().rev().find(within);
        last.is_some_and(|settled| self.is_right(settled.draft))
    }

    /// This judge against the truth, round by round.
    pub(crate) fn points_against_truth(&self, judge: Judge) -> Vec<Point> {
        let point = |(round, settled): (u32, &Settled)| {
            let held_out = if self.is_right(settled.draft) { 1.0 } else { 0.0 };
            Some(Point { round, judge: self.journal.judged(judge, settled)?, held_out })
        };
        (0..).zip(&self.journal.settled).filter_map(point).collect()
    }
}

/// A text's answer: what follows its last `Answer: `, else all of it.
fn answer(text: &str) -> &str {
    text.rsplit_once("Answer: ").map_or(text, |(_, answer)| answer)
}

#[cfg(test)]
mod testing {
    use pentimento_model::{Remark, Usage};

    use super::*;

    impl Course {
        /// A run whose drafts were right or wrong: one a round, each after ten more tokens.
        pub(crate) fn of_drafts(right: &[bool]) -> Self {
            let rounds = (0_u32..).zip(right);
            let made = rounds.clone().map(|(id, right)| (CandidateId(id), *right)).collect();
            let settled = rounds.map(|(id, _)| Settled {
                draft: CandidateId(id),
                verdict: Verdict::Revise,
                spent: Spending { usage: Usage::of_tokens(10, 0).times(id + 1), ..Spending::NONE },
                remark: Remark::default(),
            });
            let settled: Vec<_> = settled.collect();
            let spent = settled.last().map_or(Spending::NONE, |one| one.spent);
            let journal = measure::Course { settled, spent, ..measure::Course::default() };
            let last = right.last().copied().unwrap_or(false);
            Self { journal, made, last, ..Self::default() }
        }
    }
}
