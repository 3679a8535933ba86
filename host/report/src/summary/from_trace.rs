//! From a trace to the summary's values, one small function for each.
//!
//! Nothing is judged here: only counted, named and copied.

use std::time::Duration;

use pentimento_model::{
    AppliedOp, Assessment, Constraints, EditOp, Errand, Fault, Finding, Layout, Opinion, Place,
    PluginId, RunOutcome, Score, Spending,
};

use super::{
    AssessmentSummary, CachedSummary, CandidateSummary, ConstraintSummary, CorrectionSummary,
    CostSummary, DecisionSummary, FORMAT, FaultSummary, FindingSummary, Gist, Makes, OpSummary,
    OutcomeSummary, PlaceSummary, RoundSummary, RunState, SeenSummary, Summary, TalkSummary,
    TimeSummary, ToolFaultSummary, rounded, seconds,
};
use crate::{
    asked, errand, shown,
    trace::{CandidateTrace, Heard, Primitive, RoundTrace, Talk, Trace},
};

/// What is told in one line.
pub(super) fn gist(trace: &Trace<'_>) -> Gist {
    let spent = trace.rounds.iter().fold(Spending::NONE, |all, one| all.plus(one.spending));
    let makes = if trace.makes_texts() { Makes::Texts } else { Makes::Pictures };
    let twice = trace.perhaps_twice;
    Gist { makes, cost: cost(spent), perhaps_twice: cost(twice), twice }
}

/// The whole summary.
pub(super) fn summary(trace: &Trace<'_>) -> Summary {
    let (start, gist) = (&trace.start, gist(trace));
    let made = u32::try_from(trace.candidates().count()).unwrap_or(u32::MAX);
    Summary {
        format: FORMAT,
        run: start.run.to_string(),
        started: started(start.at),
        idea: start.idea.to_owned(),
        recipe: start.recipe.to_owned(),
        stops_once: stops_once(start),
        painter: start.painter.to_owned(),
        makes: gist.makes,
        seed: start.seed.0,
        rounds_allowed: start.budget.rounds,
        pictures_allowed: start.budget.images,
        pictures: trace.outcome.map_or(made, |outcome| outcome.images),
        state: if trace.outcome.is_some() { RunState::Finished } else { RunState::Unfinished },
        outcome: trace.outcome.map(|ended| outcome(ended, trace)),
        constraints: trace.constraints.map(|asked| constraints(asked, trace)).unwrap_or_default(),
        went_on: trace.went_on,
        rounds: trace.rounds.iter().map(|made| round(made, start.idea)).collect(),
        pending: trace.pending.map(|plan| CorrectionSummary {
            on: plan.on.to_string(),
            ops: plan.ops.iter().map(|op| op_summary(op, None)).collect(),
            applied: 0,
            refused: 0,
        }),
        judges: None,
        faults: trace.candidates().flat_map(faults).collect(),
        tool_faults: tool_faults(trace),
        times: times(trace),
        seconds: seconds(trace.times.iter().map(|(.., time)| *time).sum()),
        cost: gist.cost,
        perhaps_twice: gist.perhaps_twice,
        from_cache: cached(trace),
        under_way: trace.under_way.and_then(cost),
    }
}

/// RFC 3339 in UTC; a moment that no calendar has is told as the epoch's first.
fn started(at: Duration) -> String {
    let at = jiff::SignedDuration::try_from(at).ok();
    let moment = at.and_then(|at| jiff::Timestamp::from_duration(at).ok());
    moment.unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string()
}

/// When the run's recipe stops, if its text says so. A text that this program cannot read says nothing.
fn stops_once(start: &crate::trace::Start<'_>) -> Option<String> {
    let recipe = pentimento_recipe::read(start.recipe, start.recipe_text).ok()?;
    recipe.until.map(|until| until.to_string())
}

fn outcome(ended: &RunOutcome, trace: &Trace<'_>) -> OutcomeSummary {
    let best = trace.candidate(ended.best);
    OutcomeSummary {
        verdict: ended.verdict.as_str().to_owned(),
        best: ended.best.to_string(),
        artifact: best.map(|best| best.candidate.artifact.to_hex()),
        stop: ended.stop.as_str().to_owned(),
    }
}

fn constraints(constraints: &Constraints, trace: &Trace<'_>) -> Vec<ConstraintSummary> {
    let first = trace.candidates().next().and_then(|first| first.review);
    let best = trace.best().and_then(|best| best.review);
    let first = first.map(|review| asked::Look::at(review.seen, constraints));
    let best = best.map(|review| asked::Look::at(review.seen, constraints));
    let row = |asked: asked::Asked<'_>| {
        let told = |look: &asked::Look<'_>| {
            let seen = look.sees(asked);
            SeenSummary { seen: seen.text, met: seen.met }
        };
        ConstraintSummary {
            kind: asked.code().to_owned(),
            asked: asked.text(constraints),
            first: first.as_ref().map(told),
            best: best.as_ref().map(told),
        }
    };
    asked::rows(constraints).map(row).collect()
}

fn round(round: &RoundTrace<'_>, idea: &str) -> RoundSummary {
    RoundSummary {
        round: round.number.0,
        candidates: round.candidates.iter().map(|made| candidate(made, idea)).collect(),
        talk: round.talk.iter().map(talk).collect(),
        decision: round.decision.map(|made| DecisionSummary {
            verdict: made.verdict.as_str().to_owned(),
            draft: made.draft.to_string(),
            reason: made.reason.to_owned(),
        }),
        seconds: seconds(round.took),
        cost: cost(round.spending),
    }
}

fn talk(talk: &Talk<'_>) -> TalkSummary {
    let own = |text: &str| Some(text.to_owned());
    match talk {
        Talk::Asked { exchange, spending, cached } => TalkSummary {
            step: exchange.step.to_string(),
            role: own(&exchange.role),
            model: own(&exchange.model),
            asked: Some(exchange.asked.words().into_owned()),
            answer: own(&exchange.answer),
            came_to: None,
            reason: None,
            instead: None,
            cost: cost(*spending),
            cached: *cached,
        },
        Talk::Performed(errand) => performed(errand),
        Talk::FellBack { step, reason, instead } => TalkSummary {
            step: (*step).to_owned(),
            role: None,
            model: None,
            asked: None,
            answer: None,
            came_to: None,
            reason: own(reason),
            instead: own(instead),
            cost: None,
            cached: false,
        },
    }
}

/// A call of a tool: what it was told, an argument a paragraph, and what came of it.
fn performed(told_to: &Errand) -> TalkSummary {
    let Errand { tool, step, arguments, answer } = told_to;
    let told = arguments.iter().map(|one| format!("{}: {}", one.name, one.value));
    let (answer, reason) = match answer {
        Ok(answer) => (Some(answer.clone()), None),
        Err(fault) => (None, Some(format!("{} ({})", fault.message, fault.kind.as_str()))),
    };
    TalkSummary {
        step: step.clone(),
        role: Some(TOOL.to_owned()),
        model: Some(tool.name.clone()),
        asked: Some(told.collect::<Vec<_>>().join("\n")),
        answer,
        came_to: errand::came_to(told_to),
        reason,
        instead: None,
        cost: None,
        cached: false,
    }
}

/// The word in the place of a role.
const TOOL: &str = "tool";

fn cached(trace: &Trace<'_>) -> Option<CachedSummary> {
    let saved = trace.cached.values().fold(Spending::NONE, |all, one| all.plus(*one));
    let results = u32::try_from(trace.cached.len()).unwrap_or(u32::MAX);
    (results > 0).then(|| CachedSummary { results, saved: cost(saved) })
}

fn cost(spending: Spending) -> Option<CostSummary> {
    let Spending { usage, money, unpriced } = spending;
    (spending != Spending::NONE).then(|| CostSummary {
        calls: usage.calls,
        input_tokens: usage.input_tokens,
        output_tokens: usage.output_tokens,
        pictures: usage.images,
        usd: (unpriced < usage.calls || unpriced == 0).then(|| money.to_string()),
        unpriced_calls: unpriced,
    })
}

fn candidate(trace: &CandidateTrace<'_>, idea: &str) -> CandidateSummary {
    let parent = trace.candidate.parent.map(|parent| parent.to_string());
    let correction = parent.clone().filter(|_| !trace.ops().is_empty()).map(|on| {
        let refused = trace.ops().iter().filter(|done| done.refused.is_some()).count();
        let applied = trace.ops().len() - refused;
        CorrectionSummary {
            on,
            ops: trace.ops().iter().map(applied_op).collect(),
            applied,
            refused,
        }
    });
    let names = |layout: &Layout| layout.items.iter().map(|item| item.name.to_string()).collect();
    CandidateSummary {
        id: trace.candidate.id.to_string(),
        parent,
        prompt: trace.prompt().filter(|prompt| *prompt != idea).map(ToOwned::to_owned),
        step: trace.step().map(str::to_owned),
        artifact: trace.candidate.artifact.to_hex(),
        cached: trace.cached,
        correction,
        seen: trace.review.map(|review| names(review.seen)),
        assessments: trace.assessments.iter().map(|heard| assessment(heard, trace)).collect(),
        review: trace.review.map(|review| review.findings.iter().map(finding).collect()),
    }
}

fn applied_op(applied: &AppliedOp) -> OpSummary {
    op_summary(&applied.op, applied.refused.as_deref())
}

fn op_summary(op: &EditOp, refused: Option<&str>) -> OpSummary {
    let refused = refused.map(ToOwned::to_owned);
    OpSummary { op: op.code().to_owned(), text: shown::op(op), refused }
}

fn assessment(
    Heard { mode, cached, assessment }: &Heard<'_>,
    trace: &CandidateTrace<'_>,
) -> AssessmentSummary {
    let PluginId { name, digest } = assessment.assessor();
    let (assessor, digest) = (name.clone(), digest.clone());
    let (kind, score, confidence, answer) = match assessment {
        Assessment::Given { opinion: Opinion::Critique(critique), .. } => {
            let sure = Some(grade(critique.confidence));
            ("critique", critique.score.map(grade), sure, critique.abstained.clone())
        }
        Assessment::Given { opinion: Opinion::Check(check), .. } => {
            ("check", None, None, Some(check.outcome.as_str().to_owned()))
        }
        Assessment::Missing { fault, .. } => {
            ("fault", None, None, Some(fault.kind.as_str().to_owned()))
        }
    };
    let known = trace.review.map(|review| review.findings).unwrap_or_default();
    let told = |one: &Finding| FindingSummary {
        repeats_controller: known.iter().any(|known| one.repeats(known)),
        ..finding(one)
    };
    let findings = assessment.findings().iter().map(told).collect();
    AssessmentSummary {
        assessor,
        digest,
        mode: mode.map(|mode| mode.as_str().to_owned()),
        kind: kind.to_owned(),
        score,
        confidence,
        answer,
        findings,
        cached: *cached,
    }
}

fn finding(finding: &Finding) -> FindingSummary {
    FindingSummary {
        severity: finding.severity.as_str().to_owned(),
        code: finding.code.clone(),
        message: finding.message.clone(),
        place: finding.place.map(place),
        suggestion: finding.suggestion.as_ref().map(|suggested| suggested.text.clone()),
        repeats_controller: false,
    }
}

fn place(place: Place) -> PlaceSummary {
    match place {
        Place::Region(region) => {
            let sides = [region.x(), region.y(), region.width(), region.height()];
            // Four digits tell apart single pixels of pictures up to 10,000 pixels wide.
            PlaceSummary::Region(sides.map(|side| rounded(f64::from(side), 1e4)))
        }
        Place::TextSpan { start, end } => PlaceSummary::TextSpan([start, end]),
        Place::Step(step) => PlaceSummary::Step(step),
    }
}

fn faults(trace: &CandidateTrace<'_>) -> Vec<FaultSummary> {
    let candidate = trace.candidate.id.to_string();
    let told = |(assessor, fault): (&PluginId, &Fault)| FaultSummary {
        assessor: assessor.name.clone(),
        digest: assessor.digest.clone(),
        candidate: candidate.clone(),
        kind: fault.kind.as_str().to_owned(),
        message: fault.message.clone(),
        log: fault.log.clone(),
    };
    let missing = trace.assessments.iter().filter_map(|heard| match heard.assessment {
        Assessment::Missing { assessor, fault } => Some((assessor, fault)),
        Assessment::Given { .. } => None,
    });
    missing.map(told).collect()
}

/// The same fault of the same tool is told once, with how often it came.
fn tool_faults(trace: &Trace<'_>) -> Vec<ToolFaultSummary> {
    let mut told: Vec<ToolFaultSummary> = Vec::new();
    for round in &trace.rounds {
        for talk in &round.talk {
            let Talk::Performed(Errand { tool, answer: Err(fault), .. }) = talk else { continue };
            let same = |one: &&mut ToolFaultSummary| {
                (&one.tool, one.kind.as_str(), &one.message)
                    == (&tool.name, fault.kind.as_str(), &fault.message)
            };
            match told.iter_mut().find(same) {
                Some(known) => known.calls += 1,
                None => told.push(ToolFaultSummary {
                    tool: tool.name.clone(),
                    calls: 1,
                    round: round.number.0,
                    kind: fault.kind.as_str().to_owned(),
                    message: fault.message.clone(),
                }),
            }
        }
    }
    told
}

fn times(trace: &Trace<'_>) -> Vec<TimeSummary> {
    let told = |(primitive, calls, time): &(Primitive, u32, Duration)| {
        let primitive = primitive.as_str().to_owned();
        TimeSummary { primitive, calls: *calls, seconds: seconds(*time) }
    };
    trace.times.iter().map(told).collect()
}

/// A grade with two digits, as it is written everywhere.
fn grade(score: Score) -> f64 {
    rounded(f64::from(score.value()), 1e2)
}
