//! Where the runs of a benchmark are kept: nowhere, or in folders that the next start finds again.

use std::path::{Path, PathBuf};

use pentimento_app::Settings;
use pentimento_journal::{Durability, FolderError, PastRun, RunFolder};
use pentimento_model::{RunEvent, RunId, RunOutcome, Spending, TimedEvent};

use crate::BenchError;

/// Whether runs outlive the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// They do not.
    Nothing,
    /// Each has a folder among the runs: what is finished is read, what is not is gone on with, and no
    /// answer is paid twice.
    Runs,
    /// The same, and nobody is asked anything: what is not finished is left out.
    OnlyRead,
}

/// The folder of runs.
#[derive(Debug)]
pub(super) struct Place {
    runs: PathBuf,
    durability: Durability,
    may_ask: bool,
}

/// What there is of a run.
#[derive(Debug)]
pub(super) enum Found {
    /// It has come to its end, or used up its tokens.
    Over { past: PastRun, outcome: Option<RunOutcome> },
    /// Its folder, to begin or to go on.
    Open(RunFolder),
    /// Not enough, and nobody may be asked.
    NotYet,
}

impl Place {
    pub(super) fn of(keeping: Keeping, settings: &Settings) -> Option<Self> {
        let (runs, durability) = (settings.runs_dir.clone(), settings.durability);
        let may_ask = keeping == Keeping::Runs;
        (keeping != Keeping::Nothing).then_some(Self { runs, durability, may_ask })
    }

    /// Looks for a run that ends with the round in which it has taken so many tokens.
    pub(super) fn find(&self, run: &RunId, tokens: Option<u64>) -> Result<Found, BenchError> {
        let path = self.runs.join(run.as_str());
        match PastRun::read(&path) {
            Ok(past) => match end(&past.events, tokens) {
                End::Finished(outcome) => {
                    return Ok(Found::Over { past, outcome: Some(outcome) });
                }
                End::CutOff => return Ok(Found::Over { past, outcome: None }),
                End::Open => {}
            },
            Err(FolderError::Missing { .. } | FolderError::NotARun { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        if !self.may_ask {
            return Ok(Found::NotYet);
        }
        let folder = match RunFolder::create(&self.runs, run) {
            Err(FolderError::Exists { path }) => RunFolder::resume(&path),
            folder => folder,
        };
        Ok(Found::Open(folder?.with(self.durability)))
    }

    /// A run's folder, read back.
    pub(super) fn read(folder: &Path) -> Result<PastRun, BenchError> {
        Ok(PastRun::read(folder)?)
    }
}

/// Where a run stands.
#[derive(Clone, Debug, PartialEq)]
enum End {
    /// It can go on.
    Open,
    /// Its tokens ended it, or its writer gave no text at all.
    CutOff,
    /// It came to its end.
    Finished(RunOutcome),
}

fn end(events: &[TimedEvent], tokens: Option<u64>) -> End {
    let mut spent = Spending::NONE;
    for timed in events {
        spent = spent.plus(timed.event.spending());
        let used_up = tokens.is_some_and(|most| spent.usage.tokens() >= most);
        match &timed.event {
            RunEvent::RunFinished { outcome } => return End::Finished(outcome.clone()),
            RunEvent::Decided { .. } if used_up => return End::CutOff,
            _ => {}
        }
    }
    let has_text = |timed: &TimedEvent| matches!(timed.event, RunEvent::CandidateReady { .. });
    let fell_back = |timed: &TimedEvent| matches!(timed.event, RunEvent::FellBack { .. });
    let gave_up = events.last().is_some_and(fell_back) && !events.iter().any(has_text);
    if gave_up { End::CutOff } else { End::Open }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use pentimento_model::{
        CandidateId, Exchange, Finish, RoundNumber, StepKey, StopReason, Usage, Verdict,
    };

    use super::*;

    fn timed(event: RunEvent) -> TimedEvent {
        TimedEvent { at: Duration::ZERO, event }
    }

    /// An answer of so many tokens.
    fn answered(tokens: u64) -> TimedEvent {
        let exchange = Exchange {
            role: "writer".into(),
            step: "solve".into(),
            asked: "".into(),
            answer: "1".to_owned(),
            finish: Finish::Stop,
            model: "m".to_owned(),
            tokens: Vec::new(),
        };
        let spending = Spending { usage: Usage::of_tokens(tokens, 0), ..Spending::NONE };
        let (key, took) = (StepKey::of([b"k".as_slice()]), Duration::ZERO);
        timed(RunEvent::Answered { key, exchange, spending, took })
    }

    fn decided() -> TimedEvent {
        timed(RunEvent::Decided {
            round: RoundNumber(0),
            draft: CandidateId(0),
            verdict: Verdict::Revise,
            reason: String::new(),
        })
    }

    #[test]
    fn a_run_is_over_with_its_end_or_with_the_round_that_used_up_its_tokens() {
        let gave_up = timed(RunEvent::FellBack {
            step: "solve".to_owned(),
            reason: "it is empty".to_owned(),
            instead: "there is no answer".to_owned(),
        });
        let outcome = RunOutcome {
            verdict: Verdict::Accept,
            best: CandidateId(0),
            stop: StopReason::Accepted,
            images: 1,
        };
        let finished = timed(RunEvent::RunFinished { outcome: outcome.clone() });
        for (events, expected) in [
            (vec![], End::Open),
            (vec![answered(40), decided()], End::Open),
            (vec![answered(40), decided(), answered(40)], End::Open),
            (vec![answered(40), decided(), answered(40), decided()], End::CutOff),
            (vec![answered(40), decided(), finished], End::Finished(outcome)),
            (vec![answered(40), gave_up], End::CutOff),
        ] {
            assert_eq!(end(&events, Some(60)), expected, "{events:?}");
        }
        assert_eq!(end(&[answered(99), decided()], None), End::Open, "nothing was capped");
    }
}
