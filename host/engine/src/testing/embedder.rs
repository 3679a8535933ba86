//! A model that turns texts into vectors by a rule.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use pentimento_model::{Price, Spending, StepKey, Usage};

use crate::{
    PortError, Reservation,
    ports::{Embed, Paid},
};

type Rule = dyn Fn(&str) -> Vec<f32> + Send + Sync;

/// Turns every text into a vector by a rule, and remembers which it was shown.
pub struct ScriptedEmbedder {
    rule: Box<Rule>,
    price: Option<Price>,
    asked: Mutex<Vec<Vec<String>>>,
}

impl ScriptedEmbedder {
    /// By this rule.
    pub fn by(rule: impl Fn(&str) -> Vec<f32> + Send + Sync + 'static) -> Self {
        Self { rule: Box::new(rule), price: None, asked: Mutex::default() }
    }

    /// The same, which takes money.
    #[must_use]
    pub fn with_price(mut self, price: Price) -> Self {
        self.price = Some(price);
        self
    }

    /// The texts of every call so far.
    pub fn asked(&self) -> Vec<Vec<String>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait]
impl Embed for ScriptedEmbedder {
    fn identity(&self) -> String {
        "scripted embedder".to_owned()
    }

    fn lasting(&self) -> Option<StepKey> {
        Some(StepKey::of([b"scripted embedder".as_slice()]))
    }

    fn most(&self, texts: &[String]) -> Spending {
        let read = texts.iter().map(|text| text.len() as u64).sum();
        self.price.map_or(Spending::NONE, |price| price.at_most(Usage::of_tokens(read, 0)))
    }

    async fn embed(
        &self,
        texts: &[String],
        _leave: &Arc<Reservation>,
    ) -> Result<Paid<Vec<Vec<f32>>>, PortError> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(texts.to_vec());
        let cost = self.price.map_or(Spending::NONE, |price| price.of(Usage::of_tokens(10, 0)));
        Ok(Paid { value: texts.iter().map(|text| (self.rule)(text)).collect(), cost })
    }
}

impl fmt::Debug for ScriptedEmbedder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ScriptedEmbedder")
            .field("asked", &self.asked)
            .finish_non_exhaustive()
    }
}
