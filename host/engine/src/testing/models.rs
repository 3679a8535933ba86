//! Scripted models: who answers in words.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use pentimento_model::{Answer, Chat, Finish, Price, Spending, Usage};

use crate::{
    PortError, Reservation,
    ports::{Complete, Paid},
};

type Rule = dyn Fn(&Chat) -> Answer + Send + Sync;

/// A model that answers by a rule.
pub struct ScriptedModel {
    name: String,
    rule: Box<Rule>,
    likelihoods: bool,
    price: Option<Price>,
    asked: Mutex<Vec<String>>,
}

impl ScriptedModel {
    /// Answers every question by this rule.
    pub fn by(name: &str, rule: impl Fn(&Chat) -> Answer + Send + Sync + 'static) -> Self {
        let (name, rule) = (name.to_owned(), Box::new(rule));
        Self { name, rule, likelihoods: false, price: None, asked: Mutex::default() }
    }

    /// Says these texts, one after the other, and then nothing at all.
    pub fn saying(name: &str, texts: &[&str]) -> Self {
        let texts: VecDeque<String> = texts.iter().map(|&text| text.to_owned()).collect();
        let texts = Mutex::new(texts);
        let next = move || texts.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        Self::by(name, move |_| answer(next().unwrap_or_default()))
    }

    /// The same model, which says how likely its words are.
    #[must_use]
    pub fn with_likelihoods(mut self) -> Self {
        self.likelihoods = true;
        self
    }

    /// The same model, which takes money.
    #[must_use]
    pub fn with_price(mut self, price: Price) -> Self {
        self.price = Some(price);
        self
    }

    /// The text of every question so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A whole answer in words.
pub fn answer(text: impl Into<String>) -> Answer {
    let (finish, model) = (Finish::Stop, "scripted".to_owned());
    Answer { text: text.into(), finish, model, tokens: Vec::new() }
}

/// Everything that is said in a chat.
pub fn said(chat: &Chat) -> String {
    chat.texts().collect::<Vec<_>>().join("\n")
}

#[async_trait]
impl Complete for ScriptedModel {
    fn identity(&self) -> String {
        self.name.clone()
    }

    fn most(&self, chat: &Chat) -> Spending {
        let most = Usage::of_tokens(chat.most_input_tokens(0), chat.max_tokens.into());
        self.price.map_or(Spending::NONE, |price| price.at_most(most))
    }

    fn knows_likelihoods(&self) -> bool {
        self.likelihoods
    }

    async fn complete(
        &self,
        chat: &Chat,
        _leave: &Arc<Reservation>,
    ) -> Result<Paid<Answer>, PortError> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(said(chat));
        let cost = self.price.map_or(Spending::NONE, |price| price.of(Usage::of_tokens(10, 5)));
        Ok(Paid { value: (self.rule)(chat), cost })
    }
}

impl fmt::Debug for ScriptedModel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ScriptedModel").field("name", &self.name).finish_non_exhaustive()
    }
}
