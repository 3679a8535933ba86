//! Events folded by round and candidate: the shape every telling of a run starts from.
//!
//! The fold is forgiving. A resumed run may repeat events, an interrupted one may stop anywhere;
//! both still give a trace. Wording and layout are left to the summary and the page.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use pentimento_model::{
    AppliedOp, Assessment, Budget, Candidate, CandidateId, Constraints, EditOp, Errand, Exchange,
    Finding, Layout, Loss, Mode, Origin, RoundNumber, RunEvent, RunId, RunOutcome, Seed, Spending,
    StepKey, TimedEvent, Verdict,
};

use crate::{ReportError, shown};

/// What a run was started with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Start<'a> {
    pub(crate) run: &'a RunId,
    pub(crate) idea: &'a str,
    pub(crate) recipe: &'a str,
    pub(crate) recipe_text: &'a str,
    pub(crate) painter: &'a str,
    pub(crate) seed: Seed,
    pub(crate) budget: Budget,
    /// Since the Unix epoch.
    pub(crate) at: Duration,
}

/// The primitives that take time, in the order in which a run first meets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Primitive {
    Parse,
    Ask,
    Perform,
    Generate,
    Write,
    Assess,
    Propose,
    Correct,
}

impl Primitive {
    /// The word, in lower case.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Parse => "parse",
            Self::Ask => "ask",
            Self::Perform => "perform",
            Self::Generate => "generate",
            Self::Write => "write",
            Self::Assess => "assess",
            Self::Propose => "propose",
            Self::Correct => "correct",
        }
    }
}

/// What the controller made of one candidate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Review<'a> {
    pub(crate) seen: &'a Layout,
    pub(crate) findings: &'a [Finding],
}

/// Operations that were planned on a candidate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan<'a> {
    pub(crate) on: CandidateId,
    pub(crate) ops: &'a [EditOp],
}

/// What an assessor said, and how much say it had.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heard<'a> {
    pub(crate) mode: Option<Mode>,
    /// It was said in another run, of the same.
    pub(crate) cached: bool,
    pub(crate) assessment: &'a Assessment,
}

/// A candidate with all that was said of it.
#[derive(Debug)]
pub(crate) struct CandidateTrace<'a> {
    pub(crate) candidate: &'a Candidate,
    /// Another run made it.
    pub(crate) cached: bool,
    pub(crate) assessments: Vec<Heard<'a>>,
    pub(crate) review: Option<Review<'a>>,
}

impl<'a> CandidateTrace<'a> {
    /// What the painter was told; `None` for one made from another.
    pub(crate) fn prompt(&self) -> Option<&'a str> {
        match &self.candidate.origin {
            Origin::Generated { prompt, .. } => Some(prompt),
            Origin::Given | Origin::Corrected { .. } | Origin::Written { .. } => None,
        }
    }

    /// The operations that made it; empty for one made from the prompt.
    pub(crate) fn ops(&self) -> &'a [AppliedOp] {
        match &self.candidate.origin {
            Origin::Generated { .. } | Origin::Given | Origin::Written { .. } => &[],
            Origin::Corrected { ops, .. } => ops,
        }
    }

    /// What the writer was asked for; `None` for a picture.
    pub(crate) fn step(&self) -> Option<&'a str> {
        match &self.candidate.origin {
            Origin::Written { step } => Some(step),
            Origin::Generated { .. } | Origin::Given | Origin::Corrected { .. } => None,
        }
    }
}

/// How a round was decided.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decision<'a> {
    pub(crate) verdict: Verdict,
    pub(crate) draft: CandidateId,
    pub(crate) reason: &'a str,
}

/// Something that was said in a round.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Talk<'a> {
    /// A question to a model and its answer.
    Asked { exchange: &'a Exchange, spending: Spending, cached: bool },
    /// A tool was called.
    Performed(&'a Errand),
    /// An answer was of no use.
    FellBack { step: &'a str, reason: &'a str, instead: &'a str },
}

/// One round.
#[derive(Debug)]
pub(crate) struct RoundTrace<'a> {
    pub(crate) number: RoundNumber,
    pub(crate) candidates: Vec<CandidateTrace<'a>>,
    /// What models were asked, in order.
    pub(crate) talk: Vec<Talk<'a>>,
    pub(crate) decision: Option<Decision<'a>>,
    /// Time spent in primitives.
    pub(crate) took: Duration,
    /// What models took, or may have taken.
    pub(crate) spending: Spending,
}

/// A whole run, as far as it got.
#[derive(Debug)]
pub(crate) struct Trace<'a> {
    pub(crate) start: Start<'a>,
    pub(crate) constraints: Option<&'a Constraints>,
    pub(crate) rounds: Vec<RoundTrace<'a>>,
    /// A plan that led to no candidate: the run stopped in between.
    pub(crate) pending: Option<Plan<'a>>,
    pub(crate) outcome: Option<&'a RunOutcome>,
    /// How often it had ended for want of means, and went on.
    pub(crate) went_on: u32,
    /// A call that has begun, and of which nothing more is told.
    pub(crate) under_way: Option<Spending>,
    /// What calls may have cost that the program did not see the end of, and made again.
    pub(crate) perhaps_twice: Spending,
    /// What came out of the cache, and what each cost when it was made.
    pub(crate) cached: BTreeMap<StepKey, Spending>,
    /// Per primitive: how often, and how long in all.
    pub(crate) times: Vec<(Primitive, u32, Duration)>,
}

impl<'a> Trace<'a> {
    /// Folds a run's events.
    pub(crate) fn of(events: &'a [TimedEvent]) -> Result<Self, ReportError> {
        let start = events.iter().find_map(start_of).ok_or(ReportError::NotStarted)?;
        let mut trace = Self {
            start,
            constraints: None,
            rounds: Vec::new(),
            pending: None,
            outcome: None,
            went_on: 0,
            under_way: None,
            perhaps_twice: Spending::NONE,
            cached: BTreeMap::new(),
            times: Vec::new(),
        };
        let mut known = BTreeSet::new();
        for TimedEvent { event, .. } in events {
            // A call can be lost again and again; each may have been paid.
            let of_a_call = matches!(
                event,
                RunEvent::CallBegun { .. }
                    | RunEvent::CallLost { .. }
                    | RunEvent::FromCache { .. }
                    | RunEvent::BudgetReached { .. }
                    | RunEvent::WentOn { .. }
            );
            let repeated =
                !of_a_call && event.key().is_some_and(|key| !known.insert((key, subject(event))));
            // Whatever is told with a key tells how the call before it ended.
            trace.under_way = trace.under_way.filter(|_| event.key().is_none());
            if !repeated {
                trace.take(event);
            }
        }
        trace.times.sort_by_key(|(primitive, ..)| *primitive);
        Ok(trace)
    }

    /// Every candidate, in the order made.
    pub(crate) fn candidates(&self) -> impl Iterator<Item = &CandidateTrace<'a>> {
        self.rounds.iter().flat_map(|round| &round.candidates)
    }

    /// True if texts are made: nobody paints.
    pub(crate) fn makes_texts(&self) -> bool {
        self.start.painter == shown::NOBODY
    }

    /// The candidate with this id.
    pub(crate) fn candidate(&self, id: CandidateId) -> Option<&CandidateTrace<'a>> {
        self.candidates().find(|trace| trace.candidate.id == id)
    }

    /// The candidate handed to the user or, before the end, the draft.
    pub(crate) fn best(&self) -> Option<&CandidateTrace<'a>> {
        let decided = self.rounds.iter().rev().find_map(|round| round.decision);
        let id = self.outcome.map(|outcome| outcome.best).or(decided.map(|made| made.draft));
        id.and_then(|id| self.candidate(id)).or_else(|| self.candidates().next())
    }

    fn take(&mut self, event: &'a RunEvent) {
        match event {
            RunEvent::RunStarted { .. } | RunEvent::BudgetReached { .. } => {}
            RunEvent::WentOn { .. } => {
                self.outcome = None;
                self.went_on += 1;
            }
            RunEvent::RoundStarted { round } => {
                self.round(*round);
            }
            RunEvent::Parsed { constraints, took, .. } => {
                self.constraints = Some(constraints);
                self.spend(Primitive::Parse, *took, None);
            }
            RunEvent::CandidateReady { key, candidate, spending, took } => {
                self.add(candidate, *took, self.is_cached(*key));
                self.pay(candidate.round, *spending);
            }
            RunEvent::CallBegun { .. } | RunEvent::FromCache { .. } | RunEvent::CallLost { .. } => {
                self.take_call(event);
            }
            RunEvent::Answered { key, exchange, spending, took } => {
                let (spending, cached) = (*spending, self.is_cached(*key));
                self.hear(Primitive::Ask, Talk::Asked { exchange, spending, cached }, *took);
                self.pay(self.last_round(), spending);
            }
            RunEvent::Performed { errand, took, .. } => {
                self.hear(Primitive::Perform, Talk::Performed(errand), *took);
            }
            RunEvent::FellBack { step, reason, instead } => {
                let last = self.last_round();
                self.round(last).talk.push(Talk::FellBack { step, reason, instead });
            }
            RunEvent::Assessed { key, candidate, mode, assessment, took } => {
                self.spend(Primitive::Assess, *took, Some(*candidate));
                let cached = self.is_cached(*key);
                if let Some(trace) = self.candidate_mut(*candidate) {
                    trace.assessments.push(Heard { mode: *mode, cached, assessment });
                }
            }
            RunEvent::Reviewed { candidate, seen, findings, took, .. } => {
                self.spend(Primitive::Propose, *took, Some(*candidate));
                if let Some(trace) = self.candidate_mut(*candidate) {
                    trace.review = Some(Review { seen, findings });
                }
            }
            RunEvent::CorrectionPlanned { candidate, ops } => {
                self.pending = Some(Plan { on: *candidate, ops });
            }
            RunEvent::Decided { round, verdict, draft, reason } => {
                let decision = Decision { verdict: *verdict, draft: *draft, reason };
                self.round(*round).decision = Some(decision);
            }
            RunEvent::RunFinished { outcome } => {
                self.outcome = Some(outcome);
            }
        }
    }

    /// What there is to tell of a call before its result.
    fn take_call(&mut self, event: &RunEvent) {
        match event {
            // It was not in the cache any more when the run went on.
            RunEvent::CallBegun { key, most } => {
                self.under_way = Some(*most);
                self.cached.remove(key);
            }
            RunEvent::FromCache { key, saved } => {
                self.cached.insert(*key, *saved);
            }
            RunEvent::CallLost { how, spending, .. } => {
                let last = self.last_round();
                self.pay(last, *spending);
                if *how == Loss::Interrupted {
                    self.perhaps_twice = self.perhaps_twice.plus(*spending);
                }
            }
            _ => {}
        }
    }

    /// Takes what was said into the round under way.
    fn hear(&mut self, primitive: Primitive, talk: Talk<'a>, took: Duration) {
        let last = self.last_round();
        self.round(last).talk.push(talk);
        self.round(last).took += took;
        self.count(primitive, took);
    }

    fn is_cached(&self, key: StepKey) -> bool {
        self.cached.contains_key(&key)
    }

    fn add(&mut self, candidate: &'a Candidate, took: Duration, cached: bool) {
        if self.candidate(candidate.id).is_some() {
            return;
        }
        let fulfilled = |plan: &Plan<'_>| candidate.parent == Some(plan.on);
        self.pending = self.pending.filter(|plan| !fulfilled(plan));
        let (assessments, review) = (Vec::new(), None);
        let trace = CandidateTrace { candidate, cached, assessments, review };
        self.round(candidate.round).candidates.push(trace);
        let primitive = match candidate.origin {
            Origin::Generated { .. } | Origin::Given => Primitive::Generate,
            Origin::Corrected { .. } => Primitive::Correct,
            Origin::Written { .. } => Primitive::Write,
        };
        self.spend(primitive, took, Some(candidate.id));
    }

    /// The round with this number, made if it is new; rounds stay in order.
    fn round(&mut self, number: RoundNumber) -> &mut RoundTrace<'a> {
        let at = self.rounds.partition_point(|round| round.number < number);
        if self.rounds.get(at).is_none_or(|round| round.number != number) {
            let (candidates, talk, decision) = (Vec::new(), Vec::new(), None);
            let (took, spending) = (Duration::ZERO, Spending::NONE);
            self.rounds
                .insert(at, RoundTrace { number, candidates, talk, decision, took, spending });
        }
        #[expect(clippy::indexing_slicing, reason = "the round was just found or inserted here")]
        &mut self.rounds[at]
    }

    /// The round under way.
    fn last_round(&self) -> RoundNumber {
        self.rounds.last().map_or(RoundNumber(0), |round| round.number)
    }

    /// Books what models took on a round.
    fn pay(&mut self, number: RoundNumber, spending: Spending) {
        let round = self.round(number);
        round.spending = round.spending.plus(spending);
    }

    fn candidate_mut(&mut self, id: CandidateId) -> Option<&mut CandidateTrace<'a>> {
        let mut all = self.rounds.iter_mut().flat_map(|round| &mut round.candidates);
        all.find(|trace| trace.candidate.id == id)
    }

    /// Books time on a primitive.
    fn count(&mut self, primitive: Primitive, took: Duration) {
        match self.times.iter_mut().find(|(known, ..)| *known == primitive) {
            Some((_, calls, total)) => (*calls, *total) = (*calls + 1, *total + took),
            None => self.times.push((primitive, 1, took)),
        }
    }

    /// Books time on a primitive and on the round of the candidate it was spent on.
    fn spend(&mut self, primitive: Primitive, took: Duration, on: Option<CandidateId>) {
        self.count(primitive, took);
        let spent_here = |round: &&mut RoundTrace<'_>| match on {
            Some(id) => round.candidates.iter().any(|trace| trace.candidate.id == id),
            None => true,
        };
        if let Some(round) = self.rounds.iter_mut().find(spent_here) {
            round.took += took;
        }
    }
}

fn start_of(timed: &TimedEvent) -> Option<Start<'_>> {
    match &timed.event {
        RunEvent::RunStarted { run, idea, recipe, recipe_text, painter, seed, budget, .. } => {
            let (seed, budget, at) = (*seed, *budget, timed.at);
            Some(Start { run, idea, recipe, recipe_text, painter, seed, budget, at })
        }
        _ => None,
    }
}

/// The candidate a primitive worked on: two candidates may share a key if their bytes are equal.
fn subject(event: &RunEvent) -> Option<CandidateId> {
    match event {
        RunEvent::CandidateReady { candidate, .. } => Some(candidate.id),
        RunEvent::Assessed { candidate, .. } | RunEvent::Reviewed { candidate, .. } => {
            Some(*candidate)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
