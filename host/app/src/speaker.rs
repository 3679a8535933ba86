//! Who answers in words: models behind providers, in the roles a recipe needs, and whoever `inside` plays
//! one.

use std::sync::Arc;

use async_trait::async_trait;
use pentimento_engine::{
    Models, PortError, Reservation,
    ports::{Complete, Manner, Paid, Waiting},
};
use pentimento_model::{Answer, Bounds, Chat, Spending, StepKey};
use pentimento_provider::Provider;
use pentimento_recipe::{Medium, Recipe, Role};

use crate::{
    Settings, detector, embedder,
    error::AppError,
    inside::Inside,
    prices::{self, Reads, WordsQuote},
    providers::{Binding, Known, ModelRole},
    reader,
};

/// Everyone the recipe needs for words, ready to work. Nothing is sent, and everything that can be
/// wrong before is told: a role that nobody plays, a price that the budget needs, a key.
pub(crate) fn open(
    settings: &Settings,
    recipe: &Recipe,
    bounds: &Bounds,
) -> Result<Models, AppError> {
    let models = cast(settings, recipe, |role| match Inside::of(settings, recipe, role) {
        Some(inside) => inside.open(settings, recipe, role),
        None => speaker(settings, role, bounds),
    })?;
    let detector = recipe.needs(Role::Detector).then(|| detector::open(settings)).transpose()?;
    let reader = recipe.needs(Role::Reader).then(|| reader::open(settings)).transpose()?;
    Ok(Models { reader, detector, embedder: embedder::open(settings, recipe, bounds)?, ..models })
}

/// Whoever is handed in for each role in words that the recipe needs.
pub(crate) fn cast(
    settings: &Settings,
    recipe: &Recipe,
    who: impl Fn(ModelRole) -> Result<Arc<dyn Complete>, AppError>,
) -> Result<Models, AppError> {
    let mut models = Models::default();
    if recipe.needs(Role::Writer) {
        models.writer = Some(who(ModelRole::Writer)?);
    }
    if recipe.needs(Role::Seer) {
        models.seer = Some(who(ModelRole::Seer)?);
    }
    if recipe.needs(Role::Auditor) {
        models.auditor = Some(who(ModelRole::Auditor)?);
    }
    if recipe.chooses() || recipe.medium() == Medium::Text {
        // Who judges is the seer or the writer unless somebody else is bound.
        if settings.providers.binding(ModelRole::Judge).is_ok() {
            models.judge = Some(who(ModelRole::Judge)?);
        }
    }
    Ok(models)
}

/// What answers depend on beside the question, as it stands in the keys of primitives.
pub(crate) fn identity(
    settings: &Settings,
    recipe: &Recipe,
    role: ModelRole,
) -> Result<String, AppError> {
    match Inside::of(settings, recipe, role) {
        Some(inside) => Ok(inside.named(role).identity()),
        None => Ok(identity_of(settings.providers.binding(role)?)),
    }
}

/// Whether whoever plays this role can say how likely the words of an answer were, which decides what
/// is asked.
pub(crate) fn knows_likelihoods(settings: &Settings, recipe: &Recipe, role: ModelRole) -> bool {
    if let Some(inside) = Inside::of(settings, recipe, role) {
        return inside.named(role).knows_likelihoods();
    }
    let binding = settings.providers.binding(role);
    let known = binding.and_then(|binding| settings.providers.find(&binding.provider));
    known.is_ok_and(|known| known.likelihoods)
}

/// How whoever plays this role wants to be asked, which decides what is asked.
pub(crate) fn manner(settings: &Settings, recipe: &Recipe, role: ModelRole) -> Manner {
    if Inside::of(settings, recipe, role).is_some() {
        return Manner::default();
    }
    let binding = settings.providers.binding(role);
    let known = binding.and_then(|binding| settings.providers.find(&binding.provider));
    known.map(|known| known.manner).unwrap_or_default()
}

fn identity_of(binding: &Binding) -> String {
    format!("model/{binding}")
}

fn speaker(
    settings: &Settings,
    role: ModelRole,
    bounds: &Bounds,
) -> Result<Arc<dyn Complete>, AppError> {
    let binding = settings.providers.binding(role)?.clone();
    let known = settings.providers.find(&binding.provider)?;
    check_purse(settings, role, &binding, known)?;
    let blind = matches!(role, ModelRole::Writer | ModelRole::Auditor);
    let reads = if blind { Reads::Words } else { Reads::Pictures };
    let quote = prices::words(&settings.prices, &binding, bounds, reads)?;
    let (likelihoods, manner) = (known.likelihoods, known.manner);
    let provider = settings.providers.open(&binding.provider)?;
    let lasting = settings.providers.lasting(&binding.provider)?;
    Ok(Arc::new(Speaker { provider, binding, quote, likelihoods, manner, lasting }))
}

/// Refuses what a project's file alone would have the user pay.
pub(crate) fn check_purse(
    settings: &Settings,
    role: ModelRole,
    binding: &Binding,
    known: &Known,
) -> Result<(), AppError> {
    if known.reach.is_at_home() || settings.may_spend(role) {
        return Ok(());
    }
    Err(AppError::Setting {
        name: "roles",
        problem: format!("the project would spend your money at `{binding}` (role `{role}`)"),
        hint: format!(
            "if you want it, say how much with `--budget-usd`, or bind `{role}` in your own \
             settings file"
        ),
    })
}

/// A model that answers.
#[derive(Debug)]
struct Speaker {
    provider: Provider,
    binding: Binding,
    quote: WordsQuote,
    likelihoods: bool,
    manner: Manner,
    /// What its answers depend on in any run.
    lasting: Option<StepKey>,
}

#[async_trait]
impl Complete for Speaker {
    fn identity(&self) -> String {
        identity_of(&self.binding)
    }

    fn lasting(&self) -> Option<StepKey> {
        self.lasting
    }

    fn most(&self, chat: &Chat) -> Spending {
        self.quote.most(chat)
    }

    fn knows_likelihoods(&self) -> bool {
        self.likelihoods
    }

    fn manner(&self) -> Manner {
        self.manner
    }

    fn turn(&self) -> Option<Waiting<'_>> {
        Some(Box::pin(self.provider.turn()))
    }

    async fn complete(
        &self,
        chat: &Chat,
        leave: &Arc<Reservation>,
    ) -> Result<Paid<Answer>, PortError> {
        let provider = self.provider.charged_to(leave.clone());
        let answered = provider.complete(&self.binding.model, chat).await?;
        let cost = self.quote.of(answered.usage, chat);
        Ok(Paid { value: answered.answer, cost })
    }
}
