//! What models cost and what may be spent, as the user types it. No price is known by itself.
//!
//! Prices come from the user's own file alone: a project of somebody else's could call a dear model
//! cheap, and a budget in money would bound nothing.

use std::{collections::BTreeMap, time::Duration};

use pentimento_model::{Bounds, Chat, Money, Price, Spending, Usage};
use serde::{Deserialize, Deserializer, de::Error as _};

use crate::{AppError, providers::Binding};

/// An amount in dollars as typed: `0.04`, `2` or `"0.04"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount(pub Money);

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Typed {
            Whole(u64),
            Fraction(f64),
            Text(String),
        }
        // The shortest digits that mean the same number are those that were typed.
        let text = match Typed::deserialize(deserializer)? {
            Typed::Whole(number) => number.to_string(),
            Typed::Fraction(number) => number.to_string(),
            Typed::Text(text) => text,
        };
        text.parse().map(Self).map_err(D::Error::custom)
    }
}

/// One line of `[prices]`: dollars for a million tokens, and for a picture.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PriceOptions {
    /// A million tokens read.
    pub input: Option<Amount>,
    /// A million tokens read from the provider's cache; as the others unless said otherwise.
    pub cached: Option<Amount>,
    /// A million tokens written.
    pub output: Option<Amount>,
    /// A picture.
    pub image: Option<Amount>,
    /// The most tokens that a picture takes, for painters that are paid by the token.
    pub tokens_per_image: Option<u32>,
}

impl PriceOptions {
    /// What is not typed costs nothing.
    fn price(&self) -> Price {
        let amount = |typed: Option<Amount>| typed.map_or(Money::ZERO, |amount| amount.0);
        let input = amount(self.input);
        Price {
            input,
            cached: self.cached.map_or(input, |amount| amount.0),
            output: amount(self.output),
            image: amount(self.image),
        }
    }
}

/// `[budget]`: upper bounds of one run.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BudgetOptions {
    /// Dollars.
    pub usd: Option<Amount>,
    /// Calls of models.
    pub calls: Option<u32>,
    /// Tokens read and written.
    pub tokens: Option<u64>,
    /// Pictures that models make.
    pub images: Option<u32>,
    /// Seconds spent in the run's steps.
    pub seconds: Option<u32>,
}

impl BudgetOptions {
    pub(crate) fn bounds(&self) -> Bounds {
        Bounds {
            calls: self.calls,
            tokens: self.tokens,
            images: self.images,
            money: self.usd.map(|usd| usd.0),
            time: self.seconds.map(|seconds| Duration::from_secs(seconds.into())),
        }
    }
}

/// What models cost, by `PROVIDER/MODEL`, or `PROVIDER/*` for all others of a provider.
pub type Prices = BTreeMap<String, PriceOptions>;

/// The line that counts for this model.
pub(crate) fn find<'p>(prices: &'p Prices, model: &Binding) -> Option<&'p PriceOptions> {
    let any = || prices.get(&format!("{}/*", model.provider));
    prices.get(&model.to_string()).or_else(any)
}

/// The most that one picture by this painter costs. Without bounds that need a price, an unknown
/// one is none of our business; with them, it is told before anything is spent.
pub(crate) fn picture(
    prices: &Prices,
    painter: &Binding,
    bounds: &Bounds,
) -> Result<Quote, AppError> {
    let name = painter.to_string();
    let Some(typed) = find(prices, painter) else {
        if bounds.money.is_none() {
            return Ok(Quote { price: Price::FREE, tokens: 0 });
        }
        return Err(AppError::Setting {
            name: "prices",
            problem: format!("there is a budget in money, and the price of `{name}` is not known"),
            hint: format!("add a line such as `\"{name}\" = {{ image = … }}` {OWN_FILE}"),
        });
    };
    let price = typed.price();
    let by_tokens = price != Price { image: price.image, ..Price::FREE };
    let counts = by_tokens && bounds.money.is_some() || bounds.tokens.is_some();
    match typed.tokens_per_image {
        None if counts => Err(AppError::Setting {
            name: "prices",
            problem: format!(
                "tokens of `{name}` are bounded, and how many a picture takes is not known"
            ),
            hint: format!("add `tokens-per-image`, the most it can take, to its line {OWN_FILE}"),
        }),
        tokens => Ok(Quote { price, tokens: tokens.unwrap_or(0).into() }),
    }
}

const OWN_FILE: &str = "under `[prices]` in your own settings file, with what its maker takes";

/// What a painter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quote {
    price: Price,
    /// Tokens of a picture, at most.
    tokens: u64,
}

impl Quote {
    /// The most that a picture of this prompt costs. No tokenizer makes more tokens than a text has
    /// bytes.
    pub(crate) fn most(&self, prompt: &str) -> Spending {
        let counted = self.tokens > 0;
        let input_tokens = if counted { prompt.len() as u64 + MORE_TOKENS } else { 0 };
        let usage = Usage { input_tokens, output_tokens: self.tokens, ..Usage::PICTURE };
        self.price.at_most(usage)
    }

    /// The most that a change of a picture in these words costs: the picture is read too.
    pub(crate) fn most_of_edit(&self, prompt: &str) -> Spending {
        let plain = self.most(prompt).usage;
        let input_tokens = plain.input_tokens.saturating_add(self.tokens);
        self.price.at_most(Usage { input_tokens, ..plain })
    }

    /// The most that a picture costs that is painted after so many others, which are read too.
    pub(crate) fn most_after(&self, prompt: &str, pictures: u32) -> Spending {
        let plain = self.most(prompt).usage;
        let read = self.tokens.saturating_mul(pictures.into());
        let input_tokens = plain.input_tokens.saturating_add(read);
        self.price.at_most(Usage { input_tokens, ..plain })
    }

    /// What a call did cost. A server that does not count tokens, though they are paid for, is taken
    /// to have used the most.
    pub(crate) fn of(&self, usage: Usage, prompt: &str) -> Spending {
        if self.is_uncounted(usage) { self.most(prompt) } else { self.price.of(usage) }
    }

    /// The same for a change.
    pub(crate) fn of_edit(&self, usage: Usage, prompt: &str) -> Spending {
        if self.is_uncounted(usage) { self.most_of_edit(prompt) } else { self.price.of(usage) }
    }

    /// The same after so many other pictures.
    pub(crate) fn of_after(&self, usage: Usage, prompt: &str, pictures: u32) -> Spending {
        if self.is_uncounted(usage) {
            self.most_after(prompt, pictures)
        } else {
            self.price.of(usage)
        }
    }

    const fn is_uncounted(&self, usage: Usage) -> bool {
        self.tokens > 0 && usage.tokens() == 0
    }
}

/// The most that answers in words by this model cost. As for painters, what no bound needs is none
/// of our business. A `blind` role is never shown a picture.
pub(crate) fn words(
    prices: &Prices,
    model: &Binding,
    bounds: &Bounds,
    blind: bool,
) -> Result<WordsQuote, AppError> {
    let typed = find(prices, model).copied();
    if typed.is_none() && bounds.money.is_some() {
        return Err(AppError::Setting {
            name: "prices",
            problem: format!("there is a budget in money, and the price of `{model}` is not known"),
            hint: format!(
                "add a line such as `\"{model}\" = {{ input = …, output = … }}` {OWN_FILE}"
            ),
        });
    }
    let typed = typed.unwrap_or_default();
    let price = typed.price();
    let by_tokens = price != Price { image: price.image, ..Price::FREE };
    let counts = by_tokens && bounds.money.is_some() || bounds.tokens.is_some();
    match typed.tokens_per_image {
        None if counts && !blind => Err(AppError::Setting {
            name: "prices",
            problem: format!(
                "tokens of `{model}` are bounded, and how many a picture takes is not known"
            ),
            hint: format!("add `tokens-per-image`, the most it can take, to its line {OWN_FILE}"),
        }),
        tokens => Ok(WordsQuote { price, tokens_per_image: tokens.unwrap_or(0).into() }),
    }
}

/// What a model that answers in words takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WordsQuote {
    price: Price,
    /// Tokens of a picture that is shown to it, at most.
    tokens_per_image: u64,
}

impl WordsQuote {
    /// The most that one answer to this question costs.
    pub(crate) fn most(&self, chat: &Chat) -> Spending {
        let read = chat.most_input_tokens(self.tokens_per_image);
        self.price.at_most(Usage::of_tokens(read, chat.max_tokens.into()))
    }

    /// What an answer did cost. A server that does not count is taken to have used the most.
    pub(crate) fn of(&self, usage: Option<Usage>, chat: &Chat) -> Spending {
        usage.map_or_else(|| self.most(chat), |usage| self.price.of(usage))
    }

    /// The most that the vectors of these texts cost: they are read, and nothing is written.
    pub(crate) fn most_of_texts(&self, texts: &[String]) -> Spending {
        let read = |text: &String| (text.len() as u64).saturating_add(MORE_TOKENS);
        let read = texts.iter().map(read).fold(0, u64::saturating_add);
        self.price.at_most(Usage::of_tokens(read, 0))
    }

    /// What they did cost.
    pub(crate) fn of_texts(&self, usage: Option<Usage>, texts: &[String]) -> Spending {
        usage.map_or_else(|| self.most_of_texts(texts), |usage| self.price.of(usage))
    }
}

/// Tokens that a server may put around a prompt.
const MORE_TOKENS: u64 = 64;

#[cfg(test)]
mod tests;
