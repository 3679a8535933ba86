//! Golden cases: what a plugin is asked in each, what must come back, and whether it did.
//!
//! One case is one file. How the plugin was built and loaded is left to the caller.

mod case;
mod error;
mod expect;
mod place;

use std::time::{Duration, Instant};

use pentimento_manifest::Role;
use pentimento_model::{Argument, Artifact, Assessment, Brief, Fault, FaultKind, Opinion, Seed};
use pentimento_sandbox::{LoadedPlugin, RunScope, SandboxError};

pub use case::{Case, cases_in};
pub use error::TrialError;
pub use expect::Expected;

/// Feeds the random facet: cases must come out the same every time.
const SEED: Seed = Seed(1);

/// The folder of a project that has its cases.
pub const CASES: &str = "cases";

/// What a plugin was given in one case, ready to be handed over.
#[derive(Clone, Debug)]
pub struct Task {
    idea: String,
    candidate: Option<Artifact>,
    inputs: Vec<Artifact>,
    arguments: Vec<Argument>,
}

impl Task {
    /// One candidate made for an idea.
    pub(crate) fn about(idea: &str, candidate: Artifact) -> Self {
        let (inputs, arguments) = (Vec::new(), Vec::new());
        Self { idea: idea.to_owned(), candidate: Some(candidate), inputs, arguments }
    }

    /// What a tool is to do.
    pub(crate) fn errand(arguments: Vec<Argument>, inputs: Vec<Artifact>) -> Self {
        Self { idea: String::new(), candidate: None, inputs, arguments }
    }
}

/// What came back.
#[derive(Clone, Debug, PartialEq)]
pub enum Came {
    /// A critic's or verifier's opinion.
    Opinion(Opinion),
    /// A tool's answer.
    Answer(String),
    /// Nothing: the plugin failed or broke.
    Fault(Fault),
}

impl Came {
    /// The code of the plugin's own failure; `None` if it did not fail by its own word. The
    /// sandbox writes it in brackets after the message.
    pub(crate) fn failure_code(&self) -> Option<&str> {
        let Self::Fault(Fault { kind: FaultKind::Failed, message, .. }) = self else { return None };
        message.strip_suffix(')')?.rsplit_once(" (").map(|(_, code)| code)
    }
}

/// A case that was tried.
#[derive(Clone, Debug)]
pub struct Tried {
    /// Its name: that of its file.
    pub name: String,
    /// What it shows.
    pub about: String,
    /// What was otherwise than expected, in words; nothing if the case holds.
    pub mismatches: Vec<String>,
    /// What came back, in words; for whoever reads the mismatches.
    pub came: Vec<String>,
    /// How long the call took.
    pub took: Duration,
}

impl Tried {
    /// True if everything was as expected.
    pub fn holds(&self) -> bool {
        self.mismatches.is_empty()
    }
}

/// Asks a plugin what a case asks, and compares.
pub async fn attempt(plugin: &LoadedPlugin, case: &Case) -> Result<Tried, SandboxError> {
    // Each case is a run of its own: nothing is remembered from the one before.
    let run = RunScope::default();
    let plugin = plugin.clone().configured(case.settings().clone()).in_run(&run);
    let begun = Instant::now();
    let answer = ask(&plugin, case.task()).await?;
    let took = begun.elapsed();
    Ok(Tried {
        name: case.name().to_owned(),
        about: case.about().to_owned(),
        mismatches: case.expected().mismatches(&answer),
        came: expect::in_words(&answer),
        took,
    })
}

/// One call.
pub(crate) async fn ask(plugin: &LoadedPlugin, task: &Task) -> Result<Came, SandboxError> {
    if plugin.manifest().role == Role::Tool {
        let answer = plugin.tool()?.perform(&task.arguments, &task.inputs, SEED).await;
        return Ok(answer.map_or_else(Came::Fault, Came::Answer));
    }
    let brief = Brief::from_idea(&task.idea);
    // A case of an assessor has a candidate: it is checked when the case is read.
    let nothing = || Artifact::new(pentimento_model::MediaType::Text, Vec::new());
    let candidate = task.candidate.clone().unwrap_or_else(nothing);
    Ok(match plugin.assessor()?.assess(&brief, &candidate, SEED).await {
        Assessment::Given { opinion, .. } => Came::Opinion(opinion),
        Assessment::Missing { fault, .. } => Came::Fault(fault),
    })
}
