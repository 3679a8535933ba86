//! Who reads what is written in pictures, where an examiner asks: a model in files, or a program.

use std::sync::Arc;

use async_trait::async_trait;
use pentimento_engine::{PortError, ports::Read};
use pentimento_model::{Artifact, StepKey};
use pentimento_prompts::Written;

use crate::{Settings, bound::Bound, error::AppError, providers::ModelRole};

/// The model that is bound to the role `reader`, ready to work. Nothing is sent.
pub(crate) fn open(settings: &Settings) -> Result<Arc<dyn Read>, AppError> {
    Ok(Arc::new(Reader(Bound::open(settings, ModelRole::Reader)?)))
}

struct Reader(Bound);

#[async_trait]
impl Read for Reader {
    fn identity(&self) -> String {
        self.0.identity.clone()
    }

    fn lasting(&self) -> Option<StepKey> {
        self.0.lasting
    }

    async fn read(&self, picture: &Artifact) -> Result<Vec<Written>, PortError> {
        Ok(self.0.provider.read(&self.0.model, picture).await?)
    }
}
