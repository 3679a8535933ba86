//! Events in words, for those who look for what changed.

use pentimento_model::{Assessment, Candidate, Origin, RunEvent, TimedEvent, clean};

/// Characters of a text that are shown.
const SHOWN_CHARS: usize = 120;

/// One event in a few words.
pub(super) fn in_words(event: &RunEvent) -> String {
    match event {
        RunEvent::RunStarted { recipe, painter, .. } => {
            format!("the run begins, recipe {}, painter {}", shown(recipe), shown(painter))
        }
        RunEvent::RoundStarted { round } => format!("round {} begins", round.0),
        RunEvent::Parsed { .. } => "the idea is read".to_owned(),
        RunEvent::CandidateReady { candidate, .. } => made(candidate),
        RunEvent::Answered { exchange, .. } => {
            format!("the {} is asked `{}`", shown(&exchange.role), shown(&exchange.step))
        }
        RunEvent::Performed { errand, .. } => {
            format!("`{}` is called ({})", shown(&errand.tool.name), shown(&errand.step))
        }
        RunEvent::CallBegun { .. } => "a paid call begins".to_owned(),
        RunEvent::CallLost { .. } => "a paid call brings nothing".to_owned(),
        RunEvent::FromCache { .. } => "a result comes out of the cache".to_owned(),
        RunEvent::BudgetReached { stop, .. } => {
            format!("the budget allows no further call ({})", stop.as_str())
        }
        RunEvent::WentOn { .. } => "the run goes on with more to spend".to_owned(),
        RunEvent::FellBack { step, instead, .. } => {
            format!("`{}` brings nothing of use: {}", shown(step), shown(instead))
        }
        RunEvent::Assessed { candidate, assessment, .. } => {
            let who = assessment.assessor();
            let digest = who.digest.get(..12).unwrap_or(&who.digest);
            format!("`{}` (sha256 {digest}…) looks at {candidate}", shown(&who.name))
        }
        RunEvent::Reviewed { candidate, .. } => {
            format!("{candidate} is compared with what was asked for")
        }
        RunEvent::CorrectionPlanned { candidate, ops } => {
            let codes: Vec<&str> = ops.iter().map(pentimento_model::EditOp::code).collect();
            format!("{candidate} is to be corrected: {}", codes.join(", "))
        }
        RunEvent::Decided { round, verdict, draft, .. } => {
            format!("round {} ends: {verdict:?}, draft {draft}", round.0)
        }
        RunEvent::RunFinished { outcome } => {
            let (verdict, best, stop) = (outcome.verdict, outcome.best, outcome.stop.as_str());
            format!("the run ends: {verdict:?}, best {best} ({stop})")
        }
    }
}

fn made(candidate: &Candidate) -> String {
    let id = candidate.id;
    match (&candidate.origin, candidate.parent) {
        (Origin::Generated { prompt, seed }, _) => {
            format!("{id} is made of `{}`, seed {seed}", shown(prompt))
        }
        (Origin::Given, _) => format!("{id} is the user's own"),
        (Origin::Corrected { seed, .. }, Some(parent)) => {
            format!("{id} is made of {parent}, seed {seed}")
        }
        (Origin::Corrected { seed, .. }, None) => format!("{id} is corrected, seed {seed}"),
        (Origin::Written { step }, _) => format!("{id} is written ({})", shown(step)),
    }
}

/// One clean line, not too long.
fn shown(text: &str) -> String {
    let line = clean(text);
    match line.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// The bytes by which two events are compared; `None` for one that cannot be written, which is the
/// same as none.
pub(super) fn written(event: &TimedEvent) -> Option<String> {
    pentimento_record::event_to_json(event).ok()
}

/// The lines in which two events of one kind differ. Of a primitive only what it depends on is
/// compared: what it would have brought now, nobody knows.
pub(super) fn lines(recorded: &TimedEvent, now: &TimedEvent) -> String {
    if std::mem::discriminant(&recorded.event) != std::mem::discriminant(&now.event) {
        return String::new();
    }
    let now = TimedEvent { at: recorded.at, event: with_results(&recorded.event, &now.event) };
    if now == *recorded {
        return SOMEBODY_ELSE.to_owned();
    }
    let text = |event: &TimedEvent| pentimento_record::event_in_lines(event).unwrap_or_default();
    let (before, after) = (text(recorded), text(&now));
    pentimento_record::difference(&before.replace("\\n", "\n"), &after.replace("\\n", "\n"))
}

/// All that is asked is the same, and yet the key is another.
const SOMEBODY_ELSE: &str =
    "the same, of another model, painter or plugin, or one with other settings";

/// What is wanted now, with the key and what was brought then.
fn with_results(recorded: &RunEvent, now: &RunEvent) -> RunEvent {
    use RunEvent::{Answered, Assessed, CandidateReady, Parsed, Performed, Reviewed};
    match (recorded, now) {
        (CandidateReady { candidate: was, .. }, CandidateReady { candidate, .. }) => {
            let mut candidate = candidate.clone();
            candidate.artifact = was.artifact;
            if let (Origin::Corrected { ops: were, .. }, Origin::Corrected { ops, .. }) =
                (&was.origin, &mut candidate.origin)
            {
                ops.clone_from(were);
            }
            let mut now = recorded.clone();
            if let CandidateReady { candidate: place, .. } = &mut now {
                *place = candidate;
            }
            now
        }
        (Answered { .. }, Answered { exchange, .. }) => {
            let mut now = recorded.clone();
            if let Answered { exchange: place, .. } = &mut now {
                place.role.clone_from(&exchange.role);
                place.step.clone_from(&exchange.step);
                place.asked.clone_from(&exchange.asked);
            }
            now
        }
        (Performed { .. }, Performed { errand, .. }) => {
            let mut now = recorded.clone();
            if let Performed { errand: place, .. } = &mut now {
                place.tool.clone_from(&errand.tool);
                place.step.clone_from(&errand.step);
                place.arguments.clone_from(&errand.arguments);
            }
            now
        }
        (Assessed { .. }, Assessed { candidate, mode, assessment, .. }) => {
            let mut now = recorded.clone();
            if let Assessed { candidate: of, mode: say, assessment: place, .. } = &mut now {
                let assessor = assessment.assessor().clone();
                (*of, *say) = (*candidate, *mode);
                *place = match place.clone() {
                    Assessment::Given { opinion, .. } => Assessment::Given { assessor, opinion },
                    Assessment::Missing { fault, .. } => Assessment::Missing { assessor, fault },
                };
            }
            now
        }
        (Parsed { .. }, Parsed { .. }) | (Reviewed { .. }, Reviewed { .. }) => recorded.clone(),
        _ => now.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use pentimento_model::{Exchange, Finish, Spending, StepKey};

    use super::*;

    fn asked(key: &str, asked: &str, answer: &str) -> TimedEvent {
        let exchange = Exchange {
            role: "writer".into(),
            step: "draft".into(),
            asked: asked.into(),
            answer: answer.to_owned(),
            finish: Finish::Stop,
            model: "m".to_owned(),
            tokens: Vec::new(),
        };
        let (spending, took) = (Spending::NONE, Duration::ZERO);
        let key = StepKey::of([key.as_bytes()]);
        let event = RunEvent::Answered { key, exchange, spending, took };
        TimedEvent { at: Duration::ZERO, event }
    }

    #[test]
    fn a_changed_question_is_told_without_what_nobody_answered() {
        let recorded = asked("a", "user: rules\nuser: two cats\n", "yes");
        let told = lines(&recorded, &asked("b", "user: rules\nuser: two dogs\n", ""));
        assert!(told.contains("- user: two cats") && told.contains("+ user: two dogs"), "{told}");
        assert!(!told.contains("answer") && !told.contains("key"), "{told}");
        let same = lines(&recorded, &asked("b", "user: rules\nuser: two cats\n", ""));
        assert_eq!(same, SOMEBODY_ELSE);
    }

    #[test]
    fn events_of_two_kinds_are_told_in_words_alone() {
        let round = RunEvent::RoundStarted { round: pentimento_model::RoundNumber(2) };
        let other = TimedEvent { at: Duration::ZERO, event: round.clone() };
        assert_eq!(lines(&asked("a", "x", "y"), &other), "");
        assert_eq!(in_words(&round), "round 2 begins");
    }
}
