//! Who is called, in which surroundings, and with which settings.

use std::{collections::BTreeMap, iter, sync::Arc, time::Instant};

use pentimento_model::{Mode, PluginId};

use crate::{
    Complete, Roster, RunScope, SecretText,
    call::Shared,
    facets::{fetch::Secrets, models::Models, settings::PluginSettings},
    powers::Powers,
    quarantine::Wards,
};

/// One plugin as its calls see it. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Callee {
    pub(crate) id: PluginId,
    /// Its name, for refusals.
    pub(crate) name: Arc<str>,
    pub(crate) shared: Shared,
    pub(crate) settings: PluginSettings,
    /// What the host adds to its requests.
    pub(crate) secrets: Secrets,
    /// Request ∩ grant.
    pub(crate) powers: Arc<Powers>,
    /// Its settings hold private input.
    pub(crate) holds_private: bool,
    /// It does what others tell it.
    pub(crate) is_tool: bool,
    /// How much say it has.
    pub(crate) mode: Mode,
    /// The run it works in.
    pub(crate) run: RunScope,
    /// The others of the run.
    pub(crate) roster: Roster,
    /// The models behind the names it knows.
    pub(crate) models: Models,
    /// The plugin that waits for its answer; none if the host itself does.
    pub(crate) caller: Option<Arc<Caller>>,
}

/// A plugin that waits for another one.
pub(crate) struct Caller {
    pub(crate) callee: Callee,
    /// When its own call ends.
    pub(crate) deadline: Instant,
}

impl Callee {
    /// A plugin without settings, alone in a run of its own.
    pub(crate) fn new(id: PluginId, shared: Shared, powers: Powers) -> Self {
        let name = Arc::from(id.name.as_str());
        let (settings, secrets, powers) = (Arc::default(), Arc::default(), Arc::new(powers));
        let (mode, run, roster) = (Mode::Enforce, RunScope::default(), Roster::default());
        let (models, caller) = (Models::default(), None);
        Self {
            id,
            name,
            shared,
            settings,
            secrets,
            powers,
            holds_private: false,
            is_tool: false,
            mode,
            run,
            roster,
            models,
            caller,
        }
    }

    /// The same plugin as a tool, which does what others tell it.
    pub(crate) fn for_others(self) -> Self {
        Self { is_tool: true, ..self }
    }

    /// Where it is counted how its calls went.
    pub(crate) fn wards(&self) -> &Wards {
        let all = &self.shared.wards;
        if self.is_tool { self.run.wards(all) } else { all }
    }

    /// The same plugin with these settings.
    pub(crate) fn configured(self, settings: BTreeMap<String, String>) -> Self {
        Self { settings: Arc::new(settings), ..self }
    }

    /// The same plugin, with private input among its settings.
    pub(crate) fn holding_private(self) -> Self {
        Self { holds_private: true, ..self }
    }

    /// True if it can see private input, remember what it saw of it, or has some among its settings.
    pub(crate) fn sees(&self) -> bool {
        self.holds_private || self.powers.sees()
    }

    /// The same plugin with this say.
    pub(crate) fn with_mode(self, mode: Mode) -> Self {
        Self { mode, ..self }
    }

    /// The same plugin with these secrets.
    pub(crate) fn with_secrets(self, secrets: BTreeMap<String, SecretText>) -> Self {
        Self { secrets: Arc::new(secrets), ..self }
    }

    /// The same plugin in this run.
    pub(crate) fn in_run(self, run: &RunScope) -> Self {
        Self { run: run.clone(), ..self }
    }

    /// The same plugin among these.
    pub(crate) fn among(self, roster: &Roster) -> Self {
        Self { roster: roster.clone(), ..self }
    }

    /// The same plugin with these models.
    pub(crate) fn with_models(self, models: BTreeMap<String, Arc<dyn Complete>>) -> Self {
        Self { models: Arc::new(models), ..self }
    }

    /// The same plugin, called by this one: in its run, among its others.
    pub(crate) fn called_by(self, caller: Caller) -> Self {
        let Callee { run, roster, .. } = caller.callee.clone();
        Self { run, roster, caller: Some(Arc::new(caller)), ..self }
    }

    /// This plugin and those that wait for it, the one that the host called last.
    pub(crate) fn chain(&self) -> impl Iterator<Item = &Self> {
        iter::successors(Some(self), |callee| callee.caller.as_ref().map(|caller| &caller.callee))
    }
}
