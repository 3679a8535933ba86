//! Providers that are set up: each once, however many roles and runs use it, so that its limits are
//! limits and its connections are used again.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use pentimento_provider::Provider;

use crate::error::AppError;

/// By name; shared by clones.
#[derive(Clone, Debug, Default)]
pub(super) struct Opened(Arc<Mutex<BTreeMap<String, Provider>>>);

impl Opened {
    /// The provider that is set up, or else what `set_up` makes. What cannot be set up is tried anew
    /// by whoever asks next.
    pub(super) fn get(
        &self,
        name: &str,
        set_up: impl FnOnce() -> Result<Provider, AppError>,
    ) -> Result<Provider, AppError> {
        // Whatever panicked while it was held, each entry is whole.
        let mut opened = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(provider) = opened.get(name) {
            return Ok(provider.clone());
        }
        let provider = set_up()?;
        opened.insert(name.to_owned(), provider.clone());
        Ok(provider)
    }
}

/// What is set up says nothing about what settings say.
impl PartialEq for Opened {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}
