//! Who finds objects in pictures, where a recipe leaves that to a model: one in a file, or a program.

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
    recipe.needs(Role::Detector).then(|| bound(settings)).transpose()
}

/// The model that is bound to the role `detector`, ready to work. Nothing is sent.
pub fn bound(settings: &Settings) -> Result<Arc<dyn Detect>, AppError> {
    let binding = settings.providers.binding(ModelRole::Detector)?.clone();
    let lasting = settings.providers.lasting_of(&binding)?;
    let provider = settings.providers.open(&binding.provider)?;
    Ok(Arc::new(Detector { provider, identity: identity_of(&binding, lasting), binding, lasting }))
}

/// What its findings depend on beside the picture, as it stands in the keys of primitives.
pub(crate) fn identity(settings: &Settings) -> Result<String, AppError> {
    let binding = settings.providers.binding(ModelRole::Detector)?;
    Ok(identity_of(binding, settings.providers.lasting_of(binding)?))
}

/// A file is another model as soon as one byte of it is another, whatever it is called.
pub(crate) fn identity_of(binding: &Binding, lasting: Option<StepKey>) -> String {
    lasting.map_or_else(
        || format!("model/{binding}"),
        |lasting| format!("model/{binding} {}", lasting.to_hex()),
    )
}

struct Detector {
    provider: Provider,
    binding: Binding,
    identity: String,
    /// What it finds depends on in any run.
    lasting: Option<StepKey>,
}

#[async_trait]
impl Detect for Detector {
    fn identity(&self) -> String {
        self.identity.clone()
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
