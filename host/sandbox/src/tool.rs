//! Tools: a call with named arguments and artifacts that answers with a text.

use std::fmt;

use async_trait::async_trait;
use pentimento_engine::ports::Perform;
use pentimento_model::{Argument, Artifact, Fault, PluginId, Seed, StepKey};

use crate::{
    bindings::{tool::ToolPre, types},
    call::{self, CallState},
    callee::Callee,
    convert,
    facets::artifacts,
    fault::{Broken, Stage},
    surroundings,
};

/// A plugin that computes or transforms.
#[derive(Clone)]
pub struct Tool {
    callee: Callee,
    pre: ToolPre<CallState>,
}

impl Tool {
    pub(crate) fn new(callee: Callee, pre: ToolPre<CallState>) -> Self {
        Self { callee: callee.for_others(), pre }
    }

    /// Its name and digest.
    pub fn plugin(&self) -> &PluginId {
        &self.callee.id
    }

    /// Does the work; `seed` feeds the plugin's random facet. A broken tool is a value like a
    /// broken assessor: the caller goes on without its answer.
    pub async fn perform(
        &self,
        arguments: &[Argument],
        inputs: &[Artifact],
        seed: Seed,
    ) -> Result<String, Fault> {
        let told = |one: &Argument| {
            let Argument { name, value } = one.clone();
            types::Argument { name, value }
        };
        let arguments: Vec<_> = arguments.iter().map(told).collect();
        let calling = |error| Broken::Ended(Stage::Call, error);
        call::in_fresh_store(&self.callee, seed, async |store| {
            let tool = self.pre.instantiate_async(&mut *store).await;
            let tool = tool.map_err(|error| Broken::Ended(Stage::Start, error))?;
            let state = store.data_mut();
            let handles = inputs.iter().map(|input| artifacts::hold(state, input));
            let handles = handles.collect::<wasmtime::Result<Vec<_>>>().map_err(calling)?;
            let exports = tool.pentimento_plugin_performing();
            let answer = exports.call_perform(store, &arguments, &handles).await;
            let answer = answer.map_err(calling)?.map_err(Broken::Failed)?;
            Ok(convert::tool_text(&answer)?)
        })
        .await
    }
}

#[async_trait]
impl Perform for Tool {
    fn plugin(&self) -> &PluginId {
        &self.callee.id
    }

    fn surroundings(&self) -> Option<StepKey> {
        Some(surroundings::of(&self.callee))
    }

    fn lasting(&self) -> Option<StepKey> {
        surroundings::lasting(&self.callee)
    }

    fn mishaps(&self) -> u64 {
        self.callee.run.mishaps()
    }

    async fn perform(&self, arguments: &[Argument], seed: Seed) -> Result<String, Fault> {
        Self::perform(self, arguments, &[], seed).await
    }
}

impl fmt::Debug for Tool {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Tool({})", self.callee.id)
    }
}
