//! Primitive *perform*: the recipe's tool is called, and what it answered is remembered, or how it
//! broke. An answer may come from another run; how a tool broke does not.
//!
//! Who may call which tool is decided before the run begins; what the answer means, by the recipe.

use pentimento_model::{Argument, Errand, Fault, RunEvent, StepKey};

use crate::{RunError, run::Run, share::Step};

impl Run<'_> {
    /// Calls the recipe's tool. The same call later in the run is another one: a tool may answer
    /// otherwise with another seed.
    pub(crate) async fn perform(
        &mut self,
        step: &'static str,
        arguments: Vec<Argument>,
    ) -> Result<Result<String, Fault>, RunError> {
        let recipe = &self.request.recipe;
        let name = recipe.tool.clone().unwrap_or_default();
        let found = self.ports.tools.iter().find(|tool| tool.plugin().name == name);
        let Some(tool) = found else {
            return Err(RunError::MissingTool { recipe: recipe.name.clone(), plugin: name });
        };
        let number = self.errands;
        self.errands += 1;
        let (plugin, seed) = (tool.plugin(), self.request.seed.derive("perform", number.into()));
        let surroundings = tool.surroundings();
        let surroundings = surroundings.as_ref().map(|key| key.as_bytes().as_slice());
        let told = StepKey::of(arguments.iter().flat_map(|one| {
            let Argument { name, value } = one;
            [name.as_bytes(), value.as_bytes()]
        }));
        let key = StepKey::of([
            b"perform".as_slice(),
            plugin.name.as_bytes(),
            plugin.digest.as_bytes(),
            step.as_bytes(),
            told.as_bytes(),
            &seed.0.to_le_bytes(),
            &number.to_le_bytes(),
            surroundings.unwrap_or_default(),
        ]);
        let work = async { Ok(tool.perform(&arguments, seed).await) };
        let event = |answer, took| {
            let (tool, step, arguments) = (plugin.clone(), step.to_owned(), arguments.clone());
            RunEvent::Performed { key, errand: Errand { tool, step, arguments, answer }, took }
        };
        let mishaps = tool.mishaps();
        match self.trace.perform(Step::lasting(key, tool.lasting()), work, event).await? {
            RunEvent::Performed { errand, .. } => {
                if errand.answer.is_ok() && tool.mishaps() == mishaps {
                    self.trace.lend();
                }
                Ok(errand.answer)
            }
            _ => Err(self.trace.diverged()),
        }
    }
}
