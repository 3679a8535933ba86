//! A tool that answers by a rule.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use pentimento_model::{Argument, Fault, PluginId, Seed};

use crate::ports::Perform;

type Rule = dyn Fn(&[Argument]) -> Result<String, Fault> + Send + Sync;

/// A tool that answers by a rule, and remembers what it was told.
pub struct ScriptedTool {
    plugin: PluginId,
    rule: Box<Rule>,
    told: Mutex<Vec<Vec<Argument>>>,
}

impl ScriptedTool {
    /// A tool of this name.
    pub fn by(
        name: &str,
        rule: impl Fn(&[Argument]) -> Result<String, Fault> + Send + Sync + 'static,
    ) -> Arc<Self> {
        let (plugin, rule) = (PluginId::of(name, name.as_bytes()), Box::new(rule));
        Arc::new(Self { plugin, rule, told: Mutex::default() })
    }

    /// A tool that runs programs: the rule is given `code` and `then`, and says the whole answer.
    pub fn python(rule: impl Fn(&str, &str) -> String + Send + Sync + 'static) -> Arc<Self> {
        Self::by("tool-python", move |arguments| {
            let of = |name: &str| {
                let found = arguments.iter().find(|one| one.name == name);
                found.map_or("", |one| one.value.as_str())
            };
            Ok(rule(of("code"), of("then")))
        })
    }

    /// What it was told, call by call.
    pub fn told(&self) -> Vec<Vec<Argument>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait]
impl Perform for ScriptedTool {
    fn plugin(&self) -> &PluginId {
        &self.plugin
    }

    async fn perform(&self, arguments: &[Argument], _seed: Seed) -> Result<String, Fault> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).push(arguments.to_vec());
        (self.rule)(arguments)
    }
}

impl fmt::Debug for ScriptedTool {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ScriptedTool").field("plugin", &self.plugin).finish_non_exhaustive()
    }
}
