//! Who says how alike texts are, where a recipe has use for that: a model behind a server, in a file, or a
//! program.

use std::sync::Arc;

use async_trait::async_trait;
use pentimento_engine::{
    PortError, Reservation,
    ports::{Embed, Paid, Waiting},
};
use pentimento_model::{Bounds, Spending, StepKey};
use pentimento_provider::{Kind, Provider};
use pentimento_recipe::Recipe;

use crate::{
    Settings,
    bound::identity_of,
    error::AppError,
    prices::{self, Reads, WordsQuote},
    providers::{Binding, ModelRole},
    speaker,
};

/// The model in the role `embedder`, ready to work, if somebody is bound and the recipe has use for one.
pub(crate) fn open(
    settings: &Settings,
    recipe: &Recipe,
    bounds: &Bounds,
) -> Result<Option<Arc<dyn Embed>>, AppError> {
    let Some(identity) = identity(settings, recipe)? else { return Ok(None) };
    let binding = settings.providers.binding(ModelRole::Embedder)?.clone();
    let known = settings.providers.find(&binding.provider)?;
    speaker::check_purse(settings, ModelRole::Embedder, &binding, known)?;
    // For a model in a file nobody has to type a price.
    let quote = match known.kind {
        Kind::Onnx => WordsQuote::FREE,
        _ => prices::words(&settings.prices, &binding, bounds, Reads::Vectors)?,
    };
    let lasting = settings.providers.lasting_of(&binding)?;
    let provider = settings.providers.open(&binding.provider)?;
    Ok(Some(Arc::new(Embedder { provider, binding, identity, quote, lasting })))
}

/// What its vectors depend on beside the texts, as it stands in the keys of primitives; `None` if nobody
/// is bound, or has to be.
pub(crate) fn identity(settings: &Settings, recipe: &Recipe) -> Result<Option<String>, AppError> {
    let binding = settings.providers.binding(ModelRole::Embedder).ok();
    let Some(binding) = binding.filter(|_| recipe.likens()) else { return Ok(None) };
    let known = settings.providers.find(&binding.provider)?;
    let file = match known.kind {
        Kind::Onnx => settings.providers.lasting_of(binding)?,
        _ => None,
    };
    Ok(Some(identity_of(binding, file)))
}

struct Embedder {
    provider: Provider,
    binding: Binding,
    identity: String,
    quote: WordsQuote,
    /// What its vectors depend on in any run.
    lasting: Option<StepKey>,
}

#[async_trait]
impl Embed for Embedder {
    fn identity(&self) -> String {
        self.identity.clone()
    }

    fn lasting(&self) -> Option<StepKey> {
        self.lasting
    }

    fn most(&self, texts: &[String]) -> Spending {
        self.quote.most_of_texts(texts)
    }

    fn turn(&self) -> Option<Waiting<'_>> {
        Some(Box::pin(self.provider.turn()))
    }

    async fn embed(
        &self,
        texts: &[String],
        leave: &Arc<Reservation>,
    ) -> Result<Paid<Vec<Vec<f32>>>, PortError> {
        let provider = self.provider.charged_to(leave.clone());
        let embedded = provider.embed(&self.binding.model, texts).await?;
        let cost = self.quote.of_texts(embedded.usage, texts);
        Ok(Paid { value: embedded.vectors, cost })
    }
}
