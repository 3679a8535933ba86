//! `replay`: a run once more from its journal, without network, models or plugins; the same or not.

use std::fmt::Write as _;

use pentimento_app::{Medium, ReplayEnd, Replayed, RunDifference, Session};
use serde_json::json;

use crate::{
    args::{GlobalFlags, RunFlags},
    commands,
    exit::Exit,
    fail::Failure,
    output,
};

pub(crate) fn run(flags: &RunFlags, global: GlobalFlags) -> Result<Exit, Failure> {
    let settings = commands::settle(flags.settings())?;
    let session = Session::open(settings)?;
    let replayed = commands::runtime()?.block_on(session.replay(&flags.run))?;
    tell(&replayed, global)
}

fn tell(replayed: &Replayed, global: GlobalFlags) -> Result<Exit, Failure> {
    let Replayed { run, events, pictures, makes, end } = replayed;
    let (noun, nouns) = match makes {
        Medium::Picture => ("picture", "pictures"),
        Medium::Text => ("text", "texts"),
    };
    let same = format!(
        "{} and {} are those that were recorded",
        commands::counted(*events, "event"),
        commands::counted(*pictures, noun)
    );
    let (text, exit) = match end {
        ReplayEnd::Same => (format!("{run} is the same: {same}\n"), Exit::Done),
        ReplayEnd::Unfinished { next } => {
            let text = format!(
                "{run} is the same as far as it goes: {same}\n  \
                 it was never finished; next comes: {next}\n"
            );
            (text, Exit::Done)
        }
        ReplayEnd::Different(difference) => (told(run.as_str(), difference), Exit::NotAccepted),
    };
    let next = match end {
        ReplayEnd::Unfinished { next } => Some(next),
        _ => None,
    };
    let difference = match end {
        ReplayEnd::Different(RunDifference { position, recorded, now, lines }) => {
            Some(json!({ "event": position, "recorded": recorded, "now": now, "lines": lines }))
        }
        _ => None,
    };
    let value = json!({
        "run": run.as_str(),
        "same": difference.is_none(),
        "finished": *end == ReplayEnd::Same,
        "events": events,
        "pictures": pictures,
        "makes": nouns,
        "next": next,
        "difference": difference,
    });
    output::result(global.format, &text, &value)?;
    Ok(exit)
}

fn told(run: &str, difference: &RunDifference) -> String {
    let RunDifference { position, recorded, now, lines } = difference;
    let mut text = format!(
        "{run} is another run from event {position} on\n  recorded: {recorded}\n  now:      {now}\n"
    );
    if !lines.is_empty() {
        text.push('\n');
    }
    for line in lines.lines() {
        let _ = writeln!(text, "  {line}");
    }
    text
}
