//! `plugin test`: tries a plugin on its golden cases and says what came otherwise than expected.
//!
//! Reading, asking and comparing is left to `app::trial`.

use std::{fmt::Write, path::PathBuf};

use clap::Args;
use pentimento_app::{
    AppError, TrialError,
    trial::{self, CASES, Case, Tried},
    workbench::{Found, LoadedPlugin, Project, Stage},
};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::{
    args::{GlobalFlags, SettingFlags},
    commands::{self, layout},
    exit::Exit,
    fail::Failure,
    output,
};

/// Which project, which component, which cases.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// Folder with the plugin's `plugin.toml` and `cases`
    #[arg(default_value = ".", value_name = "DIR")]
    folder: PathBuf,
    /// Component to try [default: the project's own, built first if a source is newer]
    #[arg(long, value_name = "FILE")]
    component: Option<PathBuf>,
    /// Try only the cases that have this in their name
    #[arg(long, value_name = "WORD")]
    filter: Option<String>,
}

/// Lines of what a plugin said that are shown with a failed case; programs get all of them.
const MOST_SHOWN: usize = 12;

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let project = Project::open(&flags.folder).map_err(AppError::from)?;
    let cases = cases(flags.filter.as_deref(), &project)?;
    let component = match &flags.component {
        Some(file) => file.clone(),
        None => project.built().map_err(AppError::from)?,
    };
    let found = Found::file(&component).map_err(AppError::from)?;
    let settings = commands::settle(SettingFlags::default())?;
    let stage = Stage::new(settings, super::now())?;
    let plugin = stage.load(project.manifest_text(), &found.component)?;
    let tried = attempt_all(&commands::runtime()?, &plugin, &cases)?;
    tell(&plugin, &found.place, &tried, global)?;
    Ok(if tried.iter().all(Tried::holds) { Exit::Done } else { Exit::NotAccepted })
}

/// Tries cases one after another.
pub(super) fn attempt_all(
    runtime: &Runtime,
    plugin: &LoadedPlugin,
    cases: &[Case],
) -> Result<Vec<Tried>, Failure> {
    runtime.block_on(async {
        let mut tried = Vec::with_capacity(cases.len());
        for case in cases {
            tried.push(trial::attempt(plugin, case).await.map_err(AppError::from)?);
        }
        Ok(tried)
    })
}

/// Tells what came of it.
pub(super) fn tell(
    plugin: &LoadedPlugin,
    component: &str,
    tried: &[Tried],
    global: GlobalFlags,
) -> Result<(), Failure> {
    let missing: Vec<_> = plugin.missing_partners().collect();
    let told = Told { plugin: &plugin.id().name, component, tried, missing: &missing };
    output::result(global.format, &told.text(), &told.value())
}

/// The cases to try. All are read, so that a mistake in one is told even if it is left out.
pub(super) fn cases(filter: Option<&str>, project: &Project) -> Result<Vec<Case>, Failure> {
    let role = project.manifest().role;
    let mut cases = trial::cases_in(&project.folder().join(CASES), role).map_err(AppError::from)?;
    if let Some(filter) = filter {
        let all = cases.len();
        cases.retain(|case| case.name().contains(filter));
        if cases.is_empty() {
            let none = TrialError::NoMatch { filter: filter.to_owned(), cases: all };
            return Err(AppError::from(none).into());
        }
    }
    Ok(cases)
}

/// What is told of the cases that were tried.
struct Told<'a> {
    plugin: &'a str,
    component: &'a str,
    tried: &'a [Tried],
    /// Plugins it asks to call that are not there.
    missing: &'a [&'a str],
}

impl Told<'_> {
    fn text(&self) -> String {
        let mut text = String::new();
        for one in self.tried {
            case(&mut text, one);
        }
        for name in self.missing {
            let note = format!(
                "`plugin.toml` asks for the plugin `{name}`, which is not there: on trial are \
                 bundled plugins, and those that you added and granted here"
            );
            lines(&mut text, "note    ", &note);
        }
        let held = self.tried.iter().filter(|one| one.holds()).count();
        let _ = writeln!(text, "{}: {held} of {} cases hold", self.plugin, self.tried.len());
        text
    }

    fn value(&self) -> Value {
        let cases = self.tried.iter().map(|one| {
            json!({
                "name": one.name, "about": one.about, "holds": one.holds(),
                "mismatches": one.mismatches, "said": one.came,
                "took-ms": one.took.as_secs_f64() * 1e3,
            })
        });
        json!({
            "plugin": self.plugin,
            "component": self.component,
            "holds": self.tried.iter().all(Tried::holds),
            "missing-plugins": self.missing,
            "cases": cases.collect::<Vec<_>>(),
        })
    }
}

fn case(text: &mut String, one: &Tried) {
    let mark = if one.holds() { "ok" } else { "FAILED" };
    lines(text, &format!("{mark:8}"), &format!("{}: {}", one.name, one.about));
    if one.holds() {
        return;
    }
    for mismatch in &one.mismatches {
        lines(text, "          - ", mismatch);
    }
    lines(text, "          it said: ", one.came.first().map_or("", String::as_str));
    for line in one.came.iter().skip(1).take(MOST_SHOWN) {
        lines(text, "            ", line);
    }
    let more = one.came.len().saturating_sub(MOST_SHOWN + 1);
    if more > 0 {
        lines(text, "            ", &format!("and {more} lines more (--format json)"));
    }
}

/// A text after its head, wrapped, with the following lines under the first.
fn lines(text: &mut String, head: &str, words: &str) {
    let indent = head.chars().count();
    let mut head = head;
    for line in layout::wrap(words, layout::COLUMNS - indent) {
        let _ = writeln!(text, "{head:indent$}{line}");
        head = "";
    }
}
