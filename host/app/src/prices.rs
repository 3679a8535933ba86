//! What models cost and what may be spent, as the user types it. No price is known by itself.
//!
//! Prices come from the user's own file alone: a project of somebody else's could call a dear model
//! cheap, and a budget in money would bound nothing.

use std::{collections::BTreeMap, time::Duration};

use pentimento_model::{Bounds, Chat, Money, Price, Spending, Usage};
use serde::{Deserialize, Deserializer, de::Error as _};

use crate::{
    AppError,
    providers::{Binding, Providers},
};

/// An amount in dollars as typed: `0.04`, `2` or `"0.04"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount(pub Money);

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "an amount in dollars is needed, such as 2 or 0.05")]
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
    /// What is not typed costs nothing here; [`Line`] tells what must be.
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
    let line = Line { model: painter, typed: find(prices, painter).copied() };
    let (missing, tokens) = (line.missing_of_pictures(), line.tokens_per_image());
    if bounds.money.is_some() {
        line.check(&missing, "{ image = … }", prices)?;
    }
    let rate = line.rate(&missing);
    let counts = rate.is_by_tokens() && bounds.money.is_some() || bounds.tokens.is_some();
    if counts && tokens.is_none() {
        return Err(line.without_tokens());
    }
    Ok(Quote { rate, tokens: tokens.unwrap_or(0) })
}

const OWN_FILE: &str = "under `[prices]` in your own settings file, with what its maker takes";

/// What is typed of a model's price.
struct Line<'a> {
    model: &'a Binding,
    typed: Option<PriceOptions>,
}

impl Line<'_> {
    fn typed(&self) -> PriceOptions {
        self.typed.unwrap_or_default()
    }

    fn tokens_per_image(&self) -> Option<u64> {
        // No picture takes none: then nobody knows what it takes.
        self.typed().tokens_per_image.filter(|tokens| *tokens > 0).map(u64::from)
    }

    /// Prices without which nobody knows what a picture did cost.
    fn missing_of_pictures(&self) -> Vec<&'static str> {
        let PriceOptions { input, cached, output, image, tokens_per_image } = self.typed();
        let by_tokens = [input, cached, output].iter().any(Option::is_some)
            || (image.is_none() && tokens_per_image.is_some());
        match (image, by_tokens) {
            (Some(_), false) => Vec::new(),
            (None, false) => vec!["image"],
            (_, true) => self.missing_of_words(),
        }
    }

    /// The same of what is read and written.
    fn missing_of_words(&self) -> Vec<&'static str> {
        let PriceOptions { input, output, .. } = self.typed();
        let both = [("input", input), ("output", output)];
        both.into_iter().filter(|(_, price)| price.is_none()).map(|(name, _)| name).collect()
    }

    /// Refuses a budget in money without a price that calls are charged by.
    fn check(&self, missing: &[&str], whole: &str, prices: &Prices) -> Result<(), AppError> {
        if missing.is_empty() {
            return Ok(());
        }
        let model = self.model;
        let (problem, hint) = if self.typed.is_none() {
            let like = nearest(prices, model).map(|other| format!("did you mean `{other}`? else "));
            (
                format!("there is a budget in money, and the price of `{model}` is not known"),
                format!(
                    "{}add a line such as `\"{model}\" = {whole}` {OWN_FILE}",
                    like.unwrap_or_default()
                ),
            )
        } else {
            let names = missing.join("` and `");
            let more: Vec<_> = missing.iter().map(|name| format!("{name} = …")).collect();
            (
                format!(
                    "there is a budget in money, and the price of `{model}` is not whole: `{names}` \
                     is missing"
                ),
                format!("add `{}` to its line {OWN_FILE}; what is free is 0", more.join(", ")),
            )
        };
        Err(AppError::Setting { name: "prices", problem, hint })
    }

    fn without_tokens(&self) -> AppError {
        AppError::Setting {
            name: "prices",
            problem: format!(
                "tokens of `{}` are bounded, and how many a picture takes is not known",
                self.model
            ),
            hint: format!("add `tokens-per-image`, the most it can take, to its line {OWN_FILE}"),
        }
    }

    fn rate(&self, missing: &[&str]) -> Rate {
        if missing.is_empty() { Rate(Some(self.typed().price())) } else { Rate(None) }
    }
}

/// A line that is nearly the one of this model.
fn nearest<'p>(prices: &'p Prices, model: &Binding) -> Option<&'p str> {
    /// Jaro-Winkler similarity; below this, suggestions look random to a person.
    const NEAR_ENOUGH: f64 = 0.85;
    let model = model.to_string().to_lowercase();
    let graded = prices
        .keys()
        .map(|other| (strsim::jaro_winkler(&model, &other.to_lowercase()), other.as_str()));
    let best = graded.max_by(|one, other| one.0.total_cmp(&other.0))?;
    (best.0 >= NEAR_ENOUGH).then_some(best.1)
}

/// Refuses lines that can be of no model.
pub(crate) fn check(prices: &Prices) -> Result<(), AppError> {
    let names_one = |key: &str| {
        let binding = Binding::read(key)?;
        let provider = &binding.provider;
        (!provider.is_empty() && !provider.contains('*')).then_some(())
    };
    let Some(bad) = prices.keys().find(|key| names_one(key).is_none()) else { return Ok(()) };
    Err(AppError::Setting {
        name: "prices",
        problem: format!("`{}` names no provider and model", pentimento_model::clean(bad)),
        hint: "write `\"PROVIDER/MODEL\" = { … }`, or `\"PROVIDER/*\"` for all others of one"
            .to_owned(),
    })
}

/// Lines of providers that are not there: whoever bounds money may have meant others.
pub(crate) fn of_nobody(prices: &Prices, providers: &Providers) -> Vec<String> {
    let known = |binding: &Binding| providers.find(&binding.provider).is_ok();
    let strange = prices.keys().filter_map(|key| Binding::read(key)).filter(|one| !known(one));
    let told = |one: Binding| {
        format!("the price of `{one}` is nobody's: there is no provider `{}`", one.provider)
    };
    strange.map(told).collect()
}

/// At what price calls are charged; `None` if nobody typed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rate(Option<Price>);

impl Rate {
    fn at_most(self, usage: Usage) -> Spending {
        self.0.map_or_else(|| Spending::unpriced(usage), |price| price.at_most(usage))
    }

    fn of(self, usage: Usage) -> Spending {
        self.0.map_or_else(|| Spending::unpriced(usage), |price| price.of(usage))
    }

    fn is_by_tokens(self) -> bool {
        self.0.is_some_and(|price| price != Price { image: price.image, ..Price::FREE })
    }
}

/// What a painter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quote {
    rate: Rate,
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
        self.rate.at_most(usage)
    }

    /// The most that a change of a picture in these words costs: the picture is read too.
    pub(crate) fn most_of_edit(&self, prompt: &str) -> Spending {
        let plain = self.most(prompt).usage;
        let input_tokens = plain.input_tokens.saturating_add(self.tokens);
        self.rate.at_most(Usage { input_tokens, ..plain })
    }

    /// The most that a picture costs that is painted after so many others, which are read too.
    pub(crate) fn most_after(&self, prompt: &str, pictures: u32) -> Spending {
        let plain = self.most(prompt).usage;
        let read = self.tokens.saturating_mul(pictures.into());
        let input_tokens = plain.input_tokens.saturating_add(read);
        self.rate.at_most(Usage { input_tokens, ..plain })
    }

    /// What a call did cost. A server that does not count tokens, though they are paid for, is taken
    /// to have used the most.
    pub(crate) fn of(&self, usage: Usage, prompt: &str) -> Spending {
        self.counted(usage, || self.most(prompt))
    }

    /// The same for a change.
    pub(crate) fn of_edit(&self, usage: Usage, prompt: &str) -> Spending {
        self.counted(usage, || self.most_of_edit(prompt))
    }

    /// The same after so many other pictures.
    pub(crate) fn of_after(&self, usage: Usage, prompt: &str, pictures: u32) -> Spending {
        self.counted(usage, || self.most_after(prompt, pictures))
    }

    fn counted(&self, usage: Usage, most: impl FnOnce() -> Spending) -> Spending {
        match (usage.tokens(), self.tokens) {
            (0, 0) if self.rate.is_by_tokens() => Spending::unpriced(usage),
            (0, 1..) => most(),
            _ => self.rate.of(usage),
        }
    }
}

/// What a model that reads words is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reads {
    /// Words; it writes some.
    Words,
    /// Pictures too.
    Pictures,
    /// Words; it writes none.
    Vectors,
}

/// The most that answers by this model cost. As for painters, what no bound needs is none of our
/// business.
pub(crate) fn words(
    prices: &Prices,
    model: &Binding,
    bounds: &Bounds,
    reads: Reads,
) -> Result<WordsQuote, AppError> {
    let line = Line { model, typed: find(prices, model).copied() };
    let (mut missing, mut whole) = (line.missing_of_words(), "{ input = …, output = … }");
    if reads == Reads::Vectors {
        (missing, whole) =
            (missing.into_iter().filter(|name| *name == "input").collect(), "{ input = … }");
    }
    if bounds.money.is_some() {
        line.check(&missing, whole, prices)?;
    }
    let (rate, tokens) = (line.rate(&missing), line.tokens_per_image());
    let counts = rate.is_by_tokens() && bounds.money.is_some() || bounds.tokens.is_some();
    if counts && reads == Reads::Pictures && tokens.is_none() {
        return Err(line.without_tokens());
    }
    Ok(WordsQuote { rate, tokens_per_image: tokens.unwrap_or(0) })
}

/// What a model that answers in words takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WordsQuote {
    rate: Rate,
    /// Tokens of a picture that is shown to it, at most.
    tokens_per_image: u64,
}

impl WordsQuote {
    /// Nothing is paid.
    pub(crate) const FREE: Self = Self { rate: Rate(Some(Price::FREE)), tokens_per_image: 0 };

    /// The most that one answer to this question costs.
    pub(crate) fn most(&self, chat: &Chat) -> Spending {
        let read = chat.most_input_tokens(self.tokens_per_image);
        self.rate.at_most(Usage::of_tokens(read, chat.max_tokens.into()))
    }

    /// What an answer did cost. A server that does not count is taken to have used the most.
    pub(crate) fn of(&self, usage: Option<Usage>, chat: &Chat) -> Spending {
        usage.map_or_else(|| self.most(chat), |usage| self.rate.of(usage))
    }

    /// The most that the vectors of these texts cost: they are read, and nothing is written.
    pub(crate) fn most_of_texts(&self, texts: &[String]) -> Spending {
        let read = |text: &String| (text.len() as u64).saturating_add(MORE_TOKENS);
        let read = texts.iter().map(read).fold(0, u64::saturating_add);
        self.rate.at_most(Usage::of_tokens(read, 0))
    }

    /// What they did cost.
    pub(crate) fn of_texts(&self, usage: Option<Usage>, texts: &[String]) -> Spending {
        usage.map_or_else(|| self.most_of_texts(texts), |usage| self.rate.of(usage))
    }
}

/// Tokens that a server may put around a prompt.
const MORE_TOKENS: u64 = 64;

#[cfg(test)]
mod tests;
