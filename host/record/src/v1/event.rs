//! Events, and whole traces of them.

use std::{num::NonZeroU32, time::Duration};

use pentimento_model::{
    ArtifactId, Budget, CandidateId, CastMember, Errand, Finding, Layout, Loss, RoundNumber,
    RunEvent, RunId, RunOutcome, Seed, StepKey, TimedEvent, Verdict,
};
use serde::{Deserialize, Serialize};

use super::{
    answered::ExchangeV1,
    assessment::AssessmentV1,
    attempt::{CandidateV1, EditOpV1},
    constraints::ConstraintsV1,
    errand::ErrandV1,
    finding::FindingV1,
    key,
    layout::LayoutV1,
    list, nanos, seed,
    spending::{BoundsV1, BudgetV1, SpendingV1},
    words,
};
use crate::{RecordError, v3};

#[derive(Serialize, Deserialize)]
struct OutcomeV1 {
    verdict: String,
    best: u32,
    stop: String,
    images: u32,
}

#[derive(Serialize, Deserialize)]
struct StartV1 {
    run: String,
    idea: String,
    recipe: String,
    recipe_text: String,
    painter: String,
    seed: String,
    budget: BudgetV1,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    attached: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cast: Vec<CastMemberV1>,
}

/// Who plays a role. What is not said of somebody is not so.
#[derive(Serialize, Deserialize)]
struct CastMemberV1 {
    role: String,
    identity: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    likelihoods: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    words: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer_tokens: Option<NonZeroU32>,
}

impl CastMemberV1 {
    fn from_model(player: &CastMember) -> Self {
        let CastMember { role, identity, knows_likelihoods, wants_words, answer_tokens } = player;
        Self {
            role: role.clone(),
            identity: identity.clone(),
            likelihoods: *knows_likelihoods,
            words: *wants_words,
            answer_tokens: *answer_tokens,
        }
    }

    fn into_model(self) -> CastMember {
        let Self { role, identity, likelihoods, words, answer_tokens } = self;
        let (knows_likelihoods, wants_words) = (likelihoods, words);
        CastMember { role, identity, knows_likelihoods, wants_words, answer_tokens }
    }
}

impl StartV1 {
    /// How a run begins: its name, its words (idea, recipe, the recipe's text, painter), seed and budget, and
    /// what else its event says.
    fn of(run: &RunId, words: [String; 4], settled: (Seed, &Budget), event: &RunEvent) -> Self {
        let [idea, recipe, recipe_text, painter] = words;
        let (seed, budget) = (settled.0.to_string(), BudgetV1::from_model(settled.1));
        let (run, attached, cast) = (run.to_string(), attached(event), cast(event));
        Self { run, idea, recipe, recipe_text, painter, seed, budget, attached, cast }
    }

    fn into_model(self) -> Result<RunEvent, RecordError> {
        let Self { run, idea, recipe, recipe_text, painter, seed: digits, .. } = self;
        let (budget, attached) = (self.budget, self.attached);
        let run = RunId::new(run.clone()).ok_or_else(|| RecordError::bad("run", &run))?;
        let (seed, budget) = (seed(&digits)?, budget.into_model());
        let id = |hex: String| {
            ArtifactId::from_hex(&hex).ok_or_else(|| RecordError::bad("artifact", &hex))
        };
        let attached = list(attached, id)?;
        let cast = self.cast.into_iter().map(CastMemberV1::into_model).collect();
        Ok(RunEvent::RunStarted {
            run,
            idea,
            recipe,
            recipe_text,
            painter,
            seed,
            budget,
            attached,
            cast,
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum EventV1 {
    RunStarted(StartV1),
    RoundStarted {
        round: u32,
    },
    Parsed {
        key: String,
        constraints: ConstraintsV1,
        took_ns: u64,
    },
    CandidateReady {
        key: String,
        candidate: CandidateV1,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        spending: Option<SpendingV1>,
        took_ns: u64,
    },
    CallBegun {
        key: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<SpendingV1>,
    },
    CallLost {
        key: String,
        /// Absent in journals from before calls could be interrupted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        how: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        spending: Option<SpendingV1>,
        took_ns: u64,
    },
    FromCache {
        key: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        saved: Option<SpendingV1>,
    },
    BudgetReached {
        key: String,
        stop: String,
    },
    /// Only where format 3 is said.
    WentOn {
        key: String,
        bounds: BoundsV1,
    },
    Answered {
        key: String,
        #[serde(flatten)]
        exchange: ExchangeV1,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        spending: Option<SpendingV1>,
        took_ns: u64,
    },
    Performed {
        key: String,
        #[serde(flatten)]
        errand: ErrandV1,
        took_ns: u64,
    },
    FellBack {
        step: String,
        reason: String,
        instead: String,
    },
    Assessed {
        key: String,
        candidate: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mode: Option<String>,
        assessment: AssessmentV1,
        took_ns: u64,
    },
    Reviewed {
        key: String,
        candidate: u32,
        seen: LayoutV1,
        proposed: LayoutV1,
        findings: Vec<FindingV1>,
        took_ns: u64,
    },
    CorrectionPlanned {
        candidate: u32,
        ops: Vec<EditOpV1>,
    },
    Decided {
        round: u32,
        verdict: String,
        draft: u32,
        reason: String,
    },
    RunFinished {
        outcome: OutcomeV1,
    },
}

fn went_on(hex: &str, bounds: BoundsV1) -> Result<RunEvent, RecordError> {
    Ok(RunEvent::WentOn { key: key(hex)?, bounds: bounds.into_model() })
}

/// What the user attached to the run that this event begins.
fn attached(event: &RunEvent) -> Vec<String> {
    let RunEvent::RunStarted { attached, .. } = event else { return Vec::new() };
    attached.iter().map(|id| id.to_hex()).collect()
}

/// Who plays the roles of the run that this event begins.
fn cast(event: &RunEvent) -> Vec<CastMemberV1> {
    let RunEvent::RunStarted { cast, .. } = event else { return Vec::new() };
    cast.iter().map(CastMemberV1::from_model).collect()
}

impl EventV1 {
    fn from_model(event: &RunEvent) -> Self {
        let key = event.key().map(StepKey::to_hex).unwrap_or_default();
        let paid = SpendingV1::from_model;
        let (spending, took_ns) = (paid(&event.spending()), nanos(event.took()));
        match event {
            RunEvent::RunStarted {
                run, idea, recipe, recipe_text, painter, seed, budget, ..
            } => {
                let words = [idea, recipe, recipe_text, painter].map(Clone::clone);
                Self::RunStarted(StartV1::of(run, words, (*seed, budget), event))
            }
            RunEvent::RoundStarted { round } => Self::RoundStarted { round: round.0 },
            RunEvent::Parsed { constraints, .. } => {
                let constraints = ConstraintsV1::from_model(constraints);
                Self::Parsed { key, constraints, took_ns }
            }
            RunEvent::CandidateReady { candidate, .. } => {
                let candidate = CandidateV1::from_model(candidate);
                Self::CandidateReady { key, candidate, spending, took_ns }
            }
            RunEvent::CallBegun { most, .. } => Self::CallBegun { key, most: paid(most) },
            RunEvent::FromCache { saved, .. } => Self::FromCache { key, saved: paid(saved) },
            RunEvent::CallLost { how, .. } => Self::call_lost(key, *how, spending, took_ns),
            RunEvent::BudgetReached { stop, .. } => {
                Self::BudgetReached { key, stop: words::stop_word(*stop).to_owned() }
            }
            RunEvent::WentOn { bounds, .. } => {
                Self::WentOn { key, bounds: BoundsV1::from_model(bounds) }
            }
            RunEvent::Answered { exchange, .. } => {
                let exchange = ExchangeV1::from_model(exchange);
                Self::Answered { key, exchange, spending, took_ns }
            }
            RunEvent::Performed { errand, .. } => Self::performed(key, errand, took_ns),
            RunEvent::FellBack { step, reason, instead } => Self::fell_back(step, reason, instead),
            RunEvent::Assessed { candidate, mode, assessment, .. } => Self::Assessed {
                key,
                candidate: candidate.0,
                mode: mode.map(|mode| words::mode_word(mode).to_owned()),
                assessment: AssessmentV1::from_model(assessment),
                took_ns,
            },
            RunEvent::Reviewed { candidate, seen, proposed, findings, .. } => {
                Self::reviewed(key, *candidate, (seen, proposed), findings, took_ns)
            }
            RunEvent::CorrectionPlanned { candidate, ops } => Self::CorrectionPlanned {
                candidate: candidate.0,
                ops: ops.iter().map(EditOpV1::from_model).collect(),
            },
            RunEvent::Decided { round, verdict, draft, reason } => {
                Self::decided(*round, *verdict, *draft, reason)
            }
            RunEvent::RunFinished { outcome } => {
                Self::RunFinished { outcome: OutcomeV1::from_model(outcome) }
            }
        }
    }

    fn call_lost(key: String, how: Loss, spending: Option<SpendingV1>, took_ns: u64) -> Self {
        let how = Some(words::loss_word(how).to_owned());
        Self::CallLost { key, how, spending, took_ns }
    }

    fn reviewed(
        key: String,
        candidate: CandidateId,
        (seen, proposed): (&Layout, &Layout),
        findings: &[Finding],
        took_ns: u64,
    ) -> Self {
        Self::Reviewed {
            key,
            candidate: candidate.0,
            seen: LayoutV1::from_model(seen),
            proposed: LayoutV1::from_model(proposed),
            findings: findings.iter().map(FindingV1::from_model).collect(),
            took_ns,
        }
    }

    fn performed(key: String, errand: &Errand, took_ns: u64) -> Self {
        Self::Performed { key, errand: ErrandV1::from_model(errand), took_ns }
    }

    fn decided(round: RoundNumber, verdict: Verdict, draft: CandidateId, reason: &str) -> Self {
        let verdict = words::verdict_word(verdict).to_owned();
        Self::Decided { round: round.0, verdict, draft: draft.0, reason: reason.to_owned() }
    }

    fn fell_back(step: &str, reason: &str, instead: &str) -> Self {
        let [step, reason, instead] = [step, reason, instead].map(str::to_owned);
        Self::FellBack { step, reason, instead }
    }

    fn into_model(self) -> Result<RunEvent, RecordError> {
        Ok(match self {
            Self::RunStarted(start) => return start.into_model(),
            Self::RoundStarted { round } => RunEvent::RoundStarted { round: RoundNumber(round) },
            Self::Parsed { key: hex, constraints, took_ns } => {
                let (key, constraints) = (key(&hex)?, constraints.into_model()?);
                RunEvent::Parsed { key, constraints, took: took(took_ns) }
            }
            Self::CandidateReady { key: hex, candidate, spending, took_ns } => {
                let (key, candidate) = (key(&hex)?, candidate.into_model()?);
                let (spending, took) = (SpendingV1::into_model(spending), took(took_ns));
                RunEvent::CandidateReady { key, candidate, spending, took }
            }
            Self::CallBegun { key, most } => begun(&key, most)?,
            Self::CallLost { key, how, spending, took_ns } => {
                lost(&key, how.as_deref(), spending, took(took_ns))?
            }
            Self::FromCache { key: hex, saved } => {
                RunEvent::FromCache { key: key(&hex)?, saved: SpendingV1::into_model(saved) }
            }
            Self::BudgetReached { key: hex, stop } => {
                RunEvent::BudgetReached { key: key(&hex)?, stop: words::stop(&stop)? }
            }
            Self::WentOn { key: hex, bounds } => went_on(&hex, bounds)?,
            Self::Answered { key: hex, exchange, spending, took_ns } => {
                let (key, exchange) = (key(&hex)?, exchange.into_model());
                let (spending, took) = (SpendingV1::into_model(spending), took(took_ns));
                RunEvent::Answered { key, exchange, spending, took }
            }
            Self::Performed { key, errand, took_ns } => errand.into_event(&key, took(took_ns))?,
            Self::FellBack { step, reason, instead } => {
                RunEvent::FellBack { step, reason, instead }
            }
            Self::Assessed { key: hex, candidate, mode, assessment, took_ns } => {
                let (key, candidate) = (key(&hex)?, CandidateId(candidate));
                let mode = mode.as_deref().map(words::mode).transpose()?;
                let (assessment, took) = (assessment.into_model()?, took(took_ns));
                RunEvent::Assessed { key, candidate, mode, assessment, took }
            }
            Self::Reviewed { key: hex, candidate, seen, proposed, findings, took_ns } => {
                let (key, candidate) = (key(&hex)?, CandidateId(candidate));
                let (seen, proposed) = (seen.into_model()?, proposed.into_model()?);
                let findings = list(findings, FindingV1::into_model)?;
                RunEvent::Reviewed { key, candidate, seen, proposed, findings, took: took(took_ns) }
            }
            Self::CorrectionPlanned { candidate, ops } => RunEvent::CorrectionPlanned {
                candidate: CandidateId(candidate),
                ops: list(ops, EditOpV1::into_model)?,
            },
            Self::Decided { round, verdict, draft, reason } => RunEvent::Decided {
                round: RoundNumber(round),
                verdict: words::verdict(&verdict)?,
                draft: CandidateId(draft),
                reason,
            },
            Self::RunFinished { outcome } => {
                RunEvent::RunFinished { outcome: outcome.into_model()? }
            }
        })
    }
}

fn begun(hex: &str, most: Option<SpendingV1>) -> Result<RunEvent, RecordError> {
    Ok(RunEvent::CallBegun { key: key(hex)?, most: SpendingV1::into_model(most) })
}

fn lost(
    hex: &str,
    how: Option<&str>,
    spending: Option<SpendingV1>,
    took: Duration,
) -> Result<RunEvent, RecordError> {
    let (key, spending) = (key(hex)?, SpendingV1::into_model(spending));
    let how = how.map_or(Ok(Loss::Failed), words::loss)?;
    Ok(RunEvent::CallLost { key, how, spending, took })
}

fn took(nanos: u64) -> Duration {
    Duration::from_nanos(nanos)
}

impl OutcomeV1 {
    fn from_model(outcome: &RunOutcome) -> Self {
        Self {
            verdict: words::verdict_word(outcome.verdict).to_owned(),
            best: outcome.best.0,
            stop: words::stop_word(outcome.stop).to_owned(),
            images: outcome.images,
        }
    }

    fn into_model(self) -> Result<RunOutcome, RecordError> {
        Ok(RunOutcome {
            verdict: words::verdict(&self.verdict)?,
            best: CandidateId(self.best),
            stop: words::stop(&self.stop)?,
            images: self.images,
        })
    }
}

/// What happened, for formats that stand on this one.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct HappenedV1(EventV1);

impl HappenedV1 {
    pub(crate) fn from_model(event: &RunEvent) -> Self {
        Self(EventV1::from_model(event))
    }

    pub(crate) fn into_model(self) -> Result<RunEvent, RecordError> {
        self.0.into_model()
    }
}

/// The number of this format.
const NUMBER: u32 = 1;

/// An event without a format number of its own.
#[derive(Serialize, Deserialize)]
struct MomentV1 {
    at_ns: u64,
    event: EventV1,
}

impl MomentV1 {
    fn from_model(timed: &TimedEvent) -> Self {
        Self { at_ns: nanos(timed.at), event: EventV1::from_model(&timed.event) }
    }

    fn into_model(self) -> Result<TimedEvent, RecordError> {
        Ok(TimedEvent { at: Duration::from_nanos(self.at_ns), event: self.event.into_model()? })
    }
}

/// One event that stands alone. Its parts are those of [`MomentV1`], which would cost a copy of
/// everything if it were flattened into this.
#[derive(Serialize, Deserialize)]
pub(crate) struct TimedEventV1 {
    format: u32,
    at_ns: u64,
    event: EventV1,
}

impl TimedEventV1 {
    pub(crate) fn from_model(timed: &TimedEvent) -> Self {
        let MomentV1 { at_ns, event } = MomentV1::from_model(timed);
        Self { format: v3::number(&timed.event).unwrap_or(NUMBER), at_ns, event }
    }

    pub(crate) fn into_model(self) -> Result<TimedEvent, RecordError> {
        MomentV1 { at_ns: self.at_ns, event: self.event }.into_model()
    }
}

/// All events of a run.
#[derive(Serialize, Deserialize)]
pub(crate) struct TraceV1 {
    format: u32,
    events: Vec<MomentV1>,
}

impl TraceV1 {
    pub(crate) fn from_model(events: &[TimedEvent]) -> Self {
        let format = events.iter().find_map(|timed| v3::number(&timed.event)).unwrap_or(NUMBER);
        Self { format, events: events.iter().map(MomentV1::from_model).collect() }
    }

    pub(crate) fn into_model(self) -> Result<Vec<TimedEvent>, RecordError> {
        list(self.events, MomentV1::into_model)
    }
}
