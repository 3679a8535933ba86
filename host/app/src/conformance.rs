//! What every plugin is asked before somebody consents to it: a fixed list of questions, so that two
//! machines can tell whether they would judge alike, and a plugin that breaks is known as one.
//!
//! It needs no consent: the plugin sees pictures and texts of ours, and nothing it could do leads out
//! of the sandbox. What is asked is told in `questions.rs`; what becomes of the answers is the
//! shelf's business.

mod questions;

use pentimento_model::{
    Assessment, Capability, ConformanceHash, Fault, FaultKind, Grant, PluginId,
};
use pentimento_sandbox::{RunScope, Sandbox};
use pentimento_shelf::{Conformance, Consent, Difference, LockedPlugin, Offer, Shelf, Update};

use crate::{
    AppError, Settings,
    trial::{self, Came},
    wire_up,
};
use questions::{ASKED, Question};

/// What a plugin is given while it is asked, if it wants it: what leads nowhere. There is nothing in
/// `settings`; other plugins, models and the network are refused.
const CLOSED: [Capability; 6] = [
    Capability::Artifacts,
    Capability::Log,
    Capability::Random,
    Capability::Clock,
    Capability::Settings,
    Capability::Memory,
];

/// Where plugins are asked.
#[derive(Debug)]
pub struct Conformity {
    sandbox: Sandbox,
}

/// How a plugin's answers compare with those in the lock file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compared {
    /// They are the same.
    Same,
    /// The lock file has none, or those to another list of questions.
    Unknown,
    /// This machine or this program would judge otherwise than the one that wrote the lock file.
    Differs(Vec<Difference>),
}

impl Conformity {
    /// Starts a sandbox like that of a run.
    pub fn new(settings: &Settings) -> Result<Self, AppError> {
        Ok(Self { sandbox: wire_up::sandbox(settings)? })
    }

    /// Asks a component everything that plugins of its role are asked.
    pub async fn ask(&self, component: &[u8]) -> Result<Conformance, AppError> {
        let given = self.sandbox.admit(component, &Grant::of(CLOSED))?;
        let refused = self.sandbox.admit(component, &Grant::default())?;
        let (mut answers, mut broke) = (Vec::new(), Vec::new());
        for Question { name, task, powers, honest } in questions::to(given.manifest().role) {
            let plugin = if powers { given.clone() } else { refused.clone() };
            // Each is a run of its own: nothing is remembered from the one before.
            let came = trial::ask(&plugin.in_run(&RunScope::default()), &task).await?;
            if let Some(kind) = breaking(&came).filter(|_| honest) {
                broke.push(format!("{name} ({})", kind.as_str()));
            }
            answers.push((name, answer(given.id(), &came)?));
        }
        let parts = answers
            .iter()
            .flat_map(|(name, (word, bytes))| [name.as_bytes(), word.as_bytes(), bytes.as_slice()]);
        let begun = Conformance::of(ASKED, ConformanceHash::of(parts), broke);
        Ok(answers.iter().fold(begun, |all, (name, (word, bytes))| {
            let answer = match bytes.as_slice() {
                [] => word.clone(),
                bytes => format!("{word} {}", ConformanceHash::of([bytes]).short()),
            };
            all.with(name, answer)
        }))
    }

    /// Adds a plugin, with its answers. What the shelf would refuse is not even compiled.
    pub async fn add(&self, project: &Shelf, offer: Offer) -> Result<LockedPlugin, AppError> {
        project.check_new(&offer)?;
        Ok(project.add(&self.answered(offer).await?)?)
    }

    /// Puts the newer version in the older one's place, with its answers.
    pub async fn update(
        &self,
        project: &Shelf,
        name: &str,
        offer: Offer,
        accept_request: bool,
    ) -> Result<Update, AppError> {
        project.check_update(name, &offer, accept_request)?;
        Ok(project.update(name, &self.answered(offer).await?, accept_request)?)
    }

    /// Consents to an installed plugin, after asking it on this machine: the lock file's answers are
    /// another machine's, and may be a stranger's.
    pub async fn grant(
        &self,
        project: &Shelf,
        plugin: &LockedPlugin,
        consent: Consent,
    ) -> Result<Compared, AppError> {
        let found = self.ask(&project.verify(plugin)?).await?;
        project.grant(consent, &found)?;
        Ok(compare(plugin, &found))
    }

    async fn answered(&self, offer: Offer) -> Result<Offer, AppError> {
        let conformance = Some(self.ask(&offer.component).await?);
        Ok(Offer { conformance, ..offer })
    }

    /// Checks an installed plugin as the shelf does, then asks it again and compares.
    pub async fn verify(
        &self,
        project: &Shelf,
        plugin: &LockedPlugin,
    ) -> Result<Compared, AppError> {
        let found = self.ask(&project.verify(plugin)?).await?;
        Ok(compare(plugin, &found))
    }
}

/// How what was found compares with what the lock file says.
fn compare(plugin: &LockedPlugin, found: &Conformance) -> Compared {
    let locked = plugin.conformance.as_ref();
    match locked.and_then(|locked| locked.differences(found)) {
        None => Compared::Unknown,
        Some(differences) if differences.is_empty() => Compared::Same,
        Some(differences) => Compared::Differs(differences),
    }
}

/// The kind of a fault that no plugin may have when it is asked something honest. Saying that it
/// cannot do the work is no such fault.
fn breaking(came: &Came) -> Option<FaultKind> {
    match came {
        Came::Fault(Fault { kind, .. }) if *kind != FaultKind::Failed => Some(*kind),
        _ => None,
    }
}

/// How it answered, in a word or two, and the bytes of what it said. Messages of faults are left
/// out: they are the host's words, or a plugin's that repeats them.
fn answer(plugin: &PluginId, came: &Came) -> Result<(String, Vec<u8>), AppError> {
    Ok(match came {
        Came::Opinion(opinion) => {
            let (assessor, opinion) = (plugin.clone(), opinion.clone());
            let json =
                pentimento_record::assessment_to_json(&Assessment::Given { assessor, opinion })?;
            ("answered".to_owned(), json.into_bytes())
        }
        Came::Answer(text) => ("answered".to_owned(), text.clone().into_bytes()),
        Came::Fault(fault) => {
            let code = came.failure_code().map(|code| format!(" ({code})")).unwrap_or_default();
            (format!("{}{code}", fault.kind.as_str()), Vec::new())
        }
    })
}

#[cfg(test)]
mod tests;
