//! `plugin bench`: how long a plugin takes on this machine, and how much memory.
//!
//! Measuring is left to `app::workbench`.

use std::{path::Path, time::Duration};

use clap::Args;
use pentimento_app::{
    AppError, TrialError,
    trial::{self, CASES, Case},
    workbench::{self, Found, Measured, Project},
};
use serde_json::{Value, json};

use crate::{
    args::GlobalFlags,
    commands::layout::{self, Sheet},
    exit::Exit,
    fail::Failure,
    output,
};

/// Which plugin, asked what, for how long.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// A component, a plugin's folder, or the name of a bundled or added plugin
    #[arg(value_name = "FILE|DIR|NAME")]
    what: String,
    /// Case of the folder that the plugin is asked [default: its first one]
    #[arg(long, value_name = "NAME")]
    case: Option<String>,
    /// Seconds for each of three series of calls: one by one, on one thread, on two
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=600))]
    seconds: u16,
}

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let folder = Path::new(&flags.what);
    let project = folder.is_dir().then(|| Project::open(folder)).transpose();
    let project = project.map_err(AppError::from)?;
    let case = case(flags, project.as_ref())?;
    if let Some(project) = &project {
        project.built().map_err(AppError::from)?;
    }
    let found = Found::or_added(&flags.what, Path::new("."))?;
    let Some(manifest) = &found.manifest else {
        return Err(Failure::new(
            format!("there is no `plugin.toml` that belongs to `{}`", found.place),
            Exit::WrongUse,
        )
        .with_hint("name the plugin's folder, or put its `plugin.toml` beside the component"));
    };
    let span = Duration::from_secs(flags.seconds.into());
    let measured = workbench::measure(manifest, &found.component, case.as_ref(), span)?;
    let text = text(&flags.what, &found.place, &measured);
    output::result(global.format, &text, &value(&found, &measured))?;
    Ok(Exit::Done)
}

/// The case to ask: the one that is named, or the project's first, if it has any.
fn case(flags: &Flags, project: Option<&Project>) -> Result<Option<Case>, Failure> {
    let cases = project.map(|project| {
        let folder = project.folder().join(CASES);
        let has_none = !folder.is_dir() && flags.case.is_none();
        if has_none { Ok(Vec::new()) } else { trial::cases_in(&folder, project.manifest().role) }
    });
    let mut cases = cases.transpose().map_err(AppError::from)?.unwrap_or_default();
    if let Some(name) = &flags.case {
        let all = cases.len();
        cases.retain(|case| case.name() == name);
        if cases.is_empty() {
            let none = TrialError::NoMatch { filter: name.clone(), cases: all };
            return Err(AppError::from(none).into());
        }
    }
    Ok(cases.into_iter().next())
}

fn text(what: &str, place: &str, measured: &Measured) -> String {
    let Measured { asked, calls, calls_per_second: [one, two], .. } = measured;
    let mut sheet = Sheet::new(what);
    sheet.line("place", place);
    sheet.line("asked", asked);
    sheet.line("compile", &format!("{} and load, without a cache", time(measured.cold_load)));
    sheet.line("load", &format!("{} from the cache", time(measured.warm_load)));
    sheet.line("call", &format!("{} p50 of {calls} calls", time(measured.p50)));
    sheet.line("", &format!("{} p99", time(measured.p99)));
    sheet.line("rate", &format!("{one:.0} calls/s on one thread"));
    sheet.line("", &format!("{two:.0} calls/s on two threads"));
    let memory = layout::bytes(measured.peak_memory as u64);
    sheet.line("memory", &format!("{memory} at most in one call"));
    sheet.into_text()
}

/// A duration with three digits that matter.
fn time(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    match micros {
        ..1e3 => format!("{micros:.1} µs"),
        1e3..1e6 => format!("{:.2} ms", micros / 1e3),
        _ => format!("{:.2} s", micros / 1e6),
    }
}

fn value(found: &Found, measured: &Measured) -> Value {
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    let [one, two] = measured.calls_per_second;
    json!({
        "place": found.place,
        "asked": measured.asked,
        "cold-load-us": micros(measured.cold_load),
        "warm-load-us": micros(measured.warm_load),
        "calls": measured.calls,
        "call-p50-us": micros(measured.p50),
        "call-p99-us": micros(measured.p99),
        "calls-per-second": { "one-thread": one, "two-threads": two },
        "peak-memory-bytes": measured.peak_memory,
    })
}
