//! Watchers: what a run is doing, told on standard error while it happens.
//!
//! A person at a terminal sees a moving line; a log file gets plain ones. The result itself is
//! told by `report`, once the run has ended.

use std::{
    fmt::Write,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use pentimento_app::Watch;
use pentimento_model::{Assessment, Errand, Loss, Origin, RunEvent, Spending, TimedEvent, Verdict};

use crate::output;

/// How often a log file is told how far it is.
const NOW_AND_THEN: Duration = Duration::from_secs(30);
/// How often the moving line moves.
const TICK: Duration = Duration::from_millis(80);
/// Widest line, so that nothing wraps at 80 columns.
const COLUMNS: usize = 78;

/// Tells a run's events line by line.
#[derive(Debug)]
pub(crate) struct RunProgress {
    bar: ProgressBar,
    round: Mutex<u32>,
    /// Texts are made, not pictures.
    texts: AtomicBool,
}

impl RunProgress {
    /// A progress line; hidden if `quiet`.
    pub(crate) fn new(quiet: bool) -> Self {
        let bar = ProgressBar::new_spinner();
        if quiet || !output::is_watched() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        } else {
            bar.set_style(style("  {spinner} {wide_msg}"));
            bar.enable_steady_tick(TICK);
        }
        Self { bar, round: Mutex::new(0), texts: AtomicBool::new(false) }
    }

    /// Clears the moving line.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }

    fn set_round(&self, round: u32) {
        *self.round.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = round;
    }

    fn say(&self, text: &str) {
        let round = *self.round.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let line = format!("round {round}: {text}");
        self.bar.set_message(line.chars().take(COLUMNS - 4).collect::<String>());
    }
}

impl Watch for RunProgress {
    fn on_event(&self, event: &TimedEvent) {
        match &event.event {
            RunEvent::RunStarted { painter, .. } => {
                self.texts.store(painter == "none", Ordering::Relaxed);
                self.say("reading the idea");
            }
            RunEvent::RoundStarted { round } => {
                self.set_round(round.0);
                let texts = self.texts.load(Ordering::Relaxed);
                self.say(match round.0 {
                    _ if texts => "writing",
                    0 => "painting",
                    _ => "correcting",
                });
            }
            RunEvent::Parsed { .. } => self.say("painting"),
            RunEvent::CandidateReady { candidate, .. } => match candidate.origin {
                Origin::Generated { .. } | Origin::Given => self.say("looking at the picture"),
                Origin::Corrected { .. } => self.say("looking at the corrected picture"),
                Origin::Written { .. } => self.say("checking the text"),
            },
            RunEvent::Assessed { assessment, .. } => match assessment {
                Assessment::Given { .. } => self.say("comparing with the idea"),
                Assessment::Missing { assessor, fault } => {
                    let (name, kind) = (&assessor.name, fault.kind.as_str());
                    self.say(&format!("{name} broke ({kind}); going on without it"));
                }
            },
            RunEvent::Reviewed { findings, .. } => {
                self.say(&format!("{} to correct", findings.len()));
            }
            RunEvent::CorrectionPlanned { ops, .. } => {
                let ops: Vec<_> = ops.iter().map(pentimento_model::EditOp::code).collect();
                self.say(&format!("correcting: {}", ops.join(", ")));
            }
            RunEvent::Decided { verdict, .. } => {
                if *verdict != Verdict::Revise {
                    self.say("writing the report");
                }
            }
            RunEvent::Answered { exchange, .. } => {
                self.say(&format!("the {} answered ({})", exchange.role, exchange.step));
            }
            RunEvent::Performed { errand, .. } => self.say(&performed(errand)),
            RunEvent::FellBack { step, .. } => {
                self.say(&format!("an answer was of no use ({step}); going on without it"));
            }
            RunEvent::CallBegun { .. } => self.say("waiting for a model"),
            RunEvent::CallLost { how: Loss::Retried, .. } => self.say("an attempt failed; again"),
            RunEvent::CallLost { how: Loss::Interrupted, .. } => {
                self.say("making a call again that was under way when the program ended");
            }
            RunEvent::CallLost { spending: Spending::NONE, .. } => self.say("a call failed"),
            RunEvent::CallLost { .. } => self.say("a call brought nothing, and may have been paid"),
            RunEvent::FromCache { .. } => self.say("another run came to the same: from the cache"),
            RunEvent::BudgetReached { .. } => self.say("the budget is used up"),
            RunEvent::WentOn { .. } => self.say("going on with more to spend"),
            RunEvent::RunFinished { .. } => self.bar.set_message("done"),
        }
    }
}

/// What came of a call of a tool.
fn performed(errand: &Errand) -> String {
    let Errand { tool, step, answer, .. } = errand;
    match answer {
        Ok(_) => format!("{} answered ({step})", tool.name),
        Err(fault) => format!("{} broke ({}); going on without it", tool.name, fault.kind.as_str()),
    }
}

/// A bar over many runs.
#[derive(Debug)]
pub(crate) struct BenchProgress {
    bar: ProgressBar,
}

impl BenchProgress {
    /// A bar of `runs` runs; hidden if `quiet`.
    pub(crate) fn new(runs: u64, quiet: bool) -> Self {
        let bar = ProgressBar::new(runs);
        if quiet || !output::is_watched() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        } else {
            bar.set_style(style("  {bar:24.cyan} {pos}/{len} runs  {elapsed}, {eta} left  {msg}"));
        }
        Self { bar }
    }

    /// One more run is done.
    pub(crate) fn advance(&self, what: &str) {
        self.bar.set_message(what.to_owned());
        self.bar.inc(1);
    }

    /// Clears the bar.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// A bar over the briefs of a batch, of which nobody may know how many there are.
#[derive(Debug)]
pub(crate) struct BatchProgress {
    bar: ProgressBar,
    /// Briefs that took their time: those that were only read tell nothing of how fast it goes.
    fresh: Arc<AtomicU64>,
    /// Where nobody sees a line move: how long it had been under way when the last one was told.
    told: Option<Mutex<Duration>>,
}

impl BatchProgress {
    /// A bar of so many briefs; hidden if `quiet`.
    pub(crate) fn new(briefs: Option<u64>, quiet: bool) -> Self {
        let fresh = Arc::new(AtomicU64::new(0));
        let bar = briefs.map_or_else(ProgressBar::no_length, ProgressBar::new);
        let told = (!quiet && !output::is_watched()).then(Mutex::default);
        if quiet || !output::is_watched() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        } else if briefs.is_some() {
            let whole = style("  {bar:8.cyan} {pos}/{len} {pace:.dim}  {wide_msg}");
            bar.set_style(whole.with_key("pace", pace_of(fresh.clone())));
            bar.enable_steady_tick(TICK);
        } else {
            let endless = style("  {spinner} {pos} {pace:.dim}  {wide_msg}");
            bar.set_style(endless.with_key("pace", pace_of(fresh.clone())));
            bar.enable_steady_tick(TICK);
        }
        Self { bar, fresh, told }
    }

    /// One more brief is done; its run was perhaps only read.
    pub(crate) fn advance(&self, what: &str, was_there: bool) {
        self.bar.set_message(what.to_owned());
        self.fresh.fetch_add(u64::from(!was_there), Ordering::Relaxed);
        self.bar.inc(1);
        let Some(told) = &self.told else { return };
        let mut told = told.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (done, elapsed) = (self.bar.position(), self.bar.elapsed());
        if elapsed >= told.saturating_add(NOW_AND_THEN) {
            *told = elapsed;
            let fresh = self.fresh.load(Ordering::Relaxed);
            output::note(&so_far((done, self.bar.length()), (fresh, elapsed), what));
        }
    }

    /// Prints something, and the bar again below it.
    pub(crate) fn above<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }

    /// Clears the bar.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// What stands beside the bar, going by so many briefs that took their time.
fn pace_of(fresh: Arc<AtomicU64>) -> impl Fn(&ProgressState, &mut dyn Write) + Clone + Send + Sync {
    move |state, line| {
        let left = state.len().map(|all| all.saturating_sub(state.pos()));
        // A line that cannot be written is not seen either.
        let _ = line.write_str(&pace(fresh.load(Ordering::Relaxed), state.elapsed(), left));
    }
}

/// How far it is, for a log file.
fn so_far(
    (done, all): (u64, Option<u64>),
    (fresh, elapsed): (u64, Duration),
    what: &str,
) -> String {
    let of = all.map_or_else(String::new, |all| format!("/{all}"));
    let pace = pace(fresh, elapsed, all.map(|all| all.saturating_sub(done)));
    let gap = if pace.is_empty() { "" } else { "  " };
    format!("{done}{of}{gap}{pace}  {what}")
}

/// How many a second, and how long the rest takes if it goes on so; nothing before the first is done.
/// There are 80 columns for this, what was paid, and how it went.
fn pace(done: u64, elapsed: Duration, left: Option<u64>) -> String {
    if done == 0 {
        return String::new();
    }
    #[expect(clippy::cast_precision_loss, reason = "a speed is shown with one digit")]
    let (done, rest) = (done as f64, left.map(|left| left as f64));
    let each = elapsed.as_secs_f64() / done;
    let mut text = format!("{:.1}/s", 1.0 / each.max(f64::EPSILON));
    if let Some(rest) = rest {
        let left = Duration::try_from_secs_f64(each * rest).unwrap_or(Duration::MAX);
        let _ = write!(text, " {:#} left", HumanDuration(left));
    }
    text
}

/// The template is a constant of this file: where it were wrong, the default is shown.
fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_file_is_told_how_far_it_is() {
        let minute = Duration::from_mins(1);
        let what = "$1.50  30 accepted, 20 given up";
        for (of, made, told) in [
            (
                (50, Some(80)),
                (30, minute),
                "50/80  0.5/s 60s left  $1.50  30 accepted, 20 given up",
            ),
            ((50, None), (30, minute), "50  0.5/s  $1.50  30 accepted, 20 given up"),
            ((50, Some(80)), (0, minute), "50/80  $1.50  30 accepted, 20 given up"),
        ] {
            assert_eq!(so_far(of, made, what), told);
        }
    }

    #[test]
    fn the_time_that_is_left_goes_by_runs_that_were_made_not_by_those_that_were_read() {
        let second = Duration::from_secs(1);
        for (done, elapsed, left, told) in [
            (0, second, Some(90), ""),
            (2, 4 * second, Some(30), "0.5/s 60s left"),
            (2, 4 * second, None, "0.5/s"),
            (8, 2 * second, Some(0), "4.0/s 0s left"),
        ] {
            assert_eq!(pace(done, elapsed, left), told);
        }
    }
}
