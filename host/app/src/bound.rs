//! A model that is bound to a role and is asked for what is no answer in words: how it is opened, and what
//! its answers depend on.

use pentimento_model::StepKey;
use pentimento_provider::Provider;

use crate::{
    Settings,
    error::AppError,
    providers::{Binding, ModelRole},
};

/// A model ready to work. Nothing was sent.
pub(crate) struct Bound {
    /// Who is asked.
    pub(crate) provider: Provider,
    /// The model, in the provider's word.
    pub(crate) model: String,
    /// What its answers depend on in one run, as it stands in the keys of primitives.
    pub(crate) identity: String,
    /// What they depend on in any run.
    pub(crate) lasting: Option<StepKey>,
}

impl Bound {
    /// Whoever is bound to this role.
    pub(crate) fn open(settings: &Settings, role: ModelRole) -> Result<Self, AppError> {
        let binding = settings.providers.binding(role)?;
        let lasting = settings.providers.lasting_of(binding)?;
        let provider = settings.providers.open(&binding.provider)?;
        let (model, identity) = (binding.model.clone(), identity_of(binding, lasting));
        Ok(Self { provider, model, identity, lasting })
    }
}

/// What answers in this role depend on beside the question.
pub(crate) fn identity(settings: &Settings, role: ModelRole) -> Result<String, AppError> {
    let binding = settings.providers.binding(role)?;
    Ok(identity_of(binding, settings.providers.lasting_of(binding)?))
}

/// A file is another model as soon as one byte of it is another, whatever it is called.
pub(crate) fn identity_of(binding: &Binding, lasting: Option<StepKey>) -> String {
    lasting.map_or_else(
        || format!("model/{binding}"),
        |lasting| format!("model/{binding} {}", lasting.to_hex()),
    )
}
