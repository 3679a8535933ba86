//! Who finds objects in pictures, where a recipe leaves that to a model.

use std::sync::Arc;

use async_trait::async_trait;
use pentimento_engine::{PortError, ports::Detect};
use pentimento_model::{Artifact, StepKey};
use pentimento_prompts::sld::Sighting;
use pentimento_provider::Provider;
use pentimento_recipe::{Recipe, Role};

use crate::{
    Settings,
    error::AppError,
    providers::{Binding, ModelRole},
};

/// The model in the role `detector`, if the recipe needs one, ready to work.
pub(crate) fn open(
    settings: &Settings,
    recipe: &Recipe,
) -> Result<Option<Arc<dyn Detect>>, AppError> {
    if !recipe.needs(Role::Detector) {
        return Ok(None);
    }
    let binding = settings.providers.binding(ModelRole::Detector)?.clone();
    let lasting = settings.providers.lasting(&binding.provider)?;
    let provider = settings.providers.open(&binding.provider)?;
    Ok(Some(Arc::new(Detector { provider, binding, lasting })))
}

/// What its findings depend on beside the picture, as it stands in the keys of primitives.
pub(crate) fn identity(settings: &Settings) -> Result<String, AppError> {
    Ok(identity_of(settings.providers.binding(ModelRole::Detector)?))
}

fn identity_of(binding: &Binding) -> String {
    format!("model/{binding}")
}

struct Detector {
    provider: Provider,
    binding: Binding,
    /// What it finds depends on in any run.
    lasting: Option<StepKey>,
}

#[async_trait]
impl Detect for Detector {
    fn identity(&self) -> String {
        identity_of(&self.binding)
    }

    fn lasting(&self) -> Option<StepKey> {
        self.lasting
    }

    async fn detect(
        &self,
        picture: &Artifact,
        names: &[String],
    ) -> Result<Vec<Sighting>, PortError> {
        Ok(self.provider.detect(&self.binding.model, picture, names).await?)
    }
}
