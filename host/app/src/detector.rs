//! Who finds objects in pictures, where a recipe leaves that to a model: one in a file, or a program.

use std::sync::Arc;

use async_trait::async_trait;
use pentimento_engine::{PortError, ports::Detect};
use pentimento_model::{Artifact, StepKey};
use pentimento_prompts::sld::Sighting;

use crate::{Settings, bound::Bound, error::AppError, providers::ModelRole};

/// The model that is bound to the role `detector`, ready to work. Nothing is sent.
pub fn open(settings: &Settings) -> Result<Arc<dyn Detect>, AppError> {
    Ok(Arc::new(Detector(Bound::open(settings, ModelRole::Detector)?)))
}

struct Detector(Bound);

#[async_trait]
impl Detect for Detector {
    fn identity(&self) -> String {
        self.0.identity.clone()
    }

    fn lasting(&self) -> Option<StepKey> {
        self.0.lasting
    }

    async fn detect(
        &self,
        picture: &Artifact,
        names: &[String],
    ) -> Result<Vec<Sighting>, PortError> {
        Ok(self.0.provider.detect(&self.0.model, picture, names).await?)
    }
}
