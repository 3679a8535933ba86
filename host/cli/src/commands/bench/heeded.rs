//! Which options mean something to which benchmark. One that means nothing there is refused before anything is
//! done: whoever typed it would take the figures for something else.

use pentimento_bench::words::{QuestionTask, duel, traces};

use super::Flags;
use crate::{exit::Exit, fail::Failure};

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Recipes that make pictures.
    Pictures,
    /// Recipes that answer questions.
    Questions,
    /// A judge alone.
    Judge,
    /// A verifier alone.
    Traces,
    /// A detector alone.
    Detector,
}

use Kind::{Detector, Judge, Pictures, Questions, Traces};

impl Kind {
    /// `None` for a benchmark that nobody knows, which is told elsewhere.
    fn of(task: &str) -> Option<Self> {
        match task {
            duel::NAME => Some(Judge),
            traces::NAME => Some(Traces),
            pentimento_bench::photographs::NAME => Some(Detector),
            _ if QuestionTask::from_name(task).is_some() => Some(Questions),
            _ => pentimento_bench::Task::from_name(task).is_ok().then_some(Pictures),
        }
    }
}

/// Refuses options that mean nothing to the benchmark.
pub(super) fn check(flags: &Flags) -> Result<(), Failure> {
    let Some(kind) = Kind::of(&flags.task) else { return Ok(()) };
    let words = &flags.words;
    let both: &[Kind] = &[Pictures, Questions];
    let typed: [(&str, bool, &[Kind]); 15] = [
        ("recipe", flags.settings.recipe.is_some(), both),
        ("rounds", flags.settings.has_rounds(), both),
        ("painter", flags.painter.is_some(), both),
        ("against", flags.against.is_some(), both),
        ("no-baseline", flags.no_baseline, both),
        ("equal", flags.equal.is_some(), both),
        ("html", flags.html.is_some(), both),
        ("seeds", flags.seeds.is_some(), &[Pictures, Questions, Judge]),
        ("jobs", flags.jobs.is_some(), &[Pictures, Questions, Judge]),
        ("data", words.data.is_some(), &[Questions, Judge, Traces, Detector]),
        ("plugin", !words.plugin.is_empty(), &[Questions]),
        ("live", words.live, &[Questions]),
        ("also", !words.also.is_empty(), &[Questions]),
        ("tokens", words.tokens.is_some(), &[Questions]),
        ("no-calls", words.no_calls, &[Questions]),
    ];
    let unheeded = typed.iter().find(|(_, typed, meant)| *typed && !meant.contains(&kind));
    let Some((option, _, meant)) = unheeded else { return Ok(()) };
    let message = format!("`--{option}` means nothing to the benchmark `{}`", flags.task);
    let tasks = |kind: &Kind| match kind {
        Pictures => "`lmd` and `geneval`",
        Questions => "those of questions (`arithmetic`, `gsm8k`, `counting`)",
        Judge => "`judge`",
        Traces => "`big-bench-mistake`",
        Detector => "`detector`",
    };
    let whom = meant.iter().map(tasks).collect::<Vec<_>>().join(", ");
    Err(Failure::new(message, Exit::WrongUse).with_hint(format!("leave it out; it is for {whom}")))
}
