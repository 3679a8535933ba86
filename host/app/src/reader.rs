//! Who reads what is written in pictures, where an examiner asks: a model in files, or a program.

use std::sync::Arc;

use async_trait::async_trait;
use pentimento_engine::{PortError, ports::Read};
use pentimento_model::{Artifact, StepKey};
use pentimento_prompts::Written;
use pentimento_provider::Provider;
use pentimento_recipe::{Recipe, Role};

use crate::{
    Settings,
    detector::identity_of,
    error::AppError,
    providers::{Binding, ModelRole},
};

/// The model in the role `reader`, if the recipe needs one, ready to work.
pub(crate) fn open(
    settings: &Settings,
    recipe: &Recipe,
) -> Result<Option<Arc<dyn Read>>, AppError> {
    if !recipe.needs(Role::Reader) {
        return Ok(None);
    }
    let binding = settings.providers.binding(ModelRole::Reader)?.clone();
    let lasting = settings.providers.lasting_of(&binding)?;
    let provider = settings.providers.open(&binding.provider)?;
    let identity = identity_of(&binding, lasting);
    Ok(Some(Arc::new(Reader { provider, binding, identity, lasting })))
}

/// What it reads depends on beside the picture, as it stands in the keys of primitives.
pub(crate) fn identity(settings: &Settings) -> Result<String, AppError> {
    let binding = settings.providers.binding(ModelRole::Reader)?;
    Ok(identity_of(binding, settings.providers.lasting_of(binding)?))
}

struct Reader {
    provider: Provider,
    binding: Binding,
    identity: String,
    /// What it reads depends on in any run.
    lasting: Option<StepKey>,
}

#[async_trait]
impl Read for Reader {
    fn identity(&self) -> String {
        self.identity.clone()
    }

    fn lasting(&self) -> Option<StepKey> {
        self.lasting
    }

    async fn read(&self, picture: &Artifact) -> Result<Vec<Written>, PortError> {
        Ok(self.provider.read(&self.binding.model, picture).await?)
    }
}
