//! Who answers in words: models behind providers, in the roles a recipe needs; where nobody is bound
//! to write a text, a simulated writer that only knows calculations.

use std::sync::Arc;

use async_trait::async_trait;
use pentimento_engine::{
    Models, PortError, Reservation,
    ports::{Complete, Paid},
};
use pentimento_mind::{Simulated, Temper};
use pentimento_model::{Answer, Bounds, Chat, Spending};
use pentimento_provider::Provider;
use pentimento_recipe::{Medium, Recipe, Role};

use crate::{
    Settings,
    error::AppError,
    prices::{self, WordsQuote},
    providers::{Binding, ModelRole, SIMULATED},
};

/// Everyone the recipe needs for words, ready to work. Nothing is sent, and everything that can be
/// wrong before is told: a role that nobody plays, a price that the budget needs, a key.
pub(crate) fn open(
    settings: &Settings,
    recipe: &Recipe,
    bounds: &Bounds,
) -> Result<Models, AppError> {
    let mut models = Models::default();
    if recipe.needs(Role::Writer) {
        models.writer = Some(match stand_in(settings, recipe) {
            Some(temper) => Arc::new(Simulated::of(temper)),
            None => speaker(settings, ModelRole::Writer, bounds)?,
        });
    }
    if recipe.needs(Role::Seer) {
        models.seer = Some(speaker(settings, ModelRole::Seer, bounds)?);
    }
    if recipe.needs(Role::Seer) || recipe.medium() == Medium::Text {
        // Who judges is the seer or the writer unless somebody else is bound.
        if settings.providers.binding(ModelRole::Judge).is_ok() {
            models.judge = Some(speaker(settings, ModelRole::Judge, bounds)?);
        }
    }
    Ok(models)
}

/// Who writes texts if nobody is bound.
fn stand_in(settings: &Settings, recipe: &Recipe) -> Option<Temper> {
    let unbound = settings.providers.binding(ModelRole::Writer).is_err();
    (unbound && recipe.medium() == Medium::Text).then_some(Temper::Typical)
}

/// Says whether whoever writes can write of this idea at all: a simulation knows calculations alone.
pub fn check_idea(settings: &Settings, idea: &str) -> Result<(), AppError> {
    if settings.recipe.medium() != Medium::Text {
        return Ok(());
    }
    match settings.providers.binding(ModelRole::Writer) {
        Ok(binding) if binding.provider == SIMULATED => {
            Simulated::check(idea).map_err(AppError::Idea)
        }
        Ok(_) => Ok(()),
        // What is missing is a model, not another idea.
        Err(unbound) => Simulated::check(idea).map_err(|_| unbound),
    }
}

fn speaker(
    settings: &Settings,
    role: ModelRole,
    bounds: &Bounds,
) -> Result<Arc<dyn Complete>, AppError> {
    let binding = settings.providers.binding(role)?.clone();
    if binding.provider == SIMULATED {
        let temper = Temper::from_name(&binding.model).unwrap_or(Temper::Typical);
        return Ok(Arc::new(Simulated::of(temper)));
    }
    let known = settings.providers.find(&binding.provider)?;
    if !known.url.is_loopback() && !settings.may_spend(role) {
        return Err(AppError::Setting {
            name: "roles",
            problem: format!("the project would spend your money at `{binding}` (role `{role}`)"),
            hint: format!(
                "if you want it, say how much with `--budget-usd`, or bind `{role}` in your own \
                 settings file"
            ),
        });
    }
    let quote = prices::words(&settings.prices, &binding, bounds, role == ModelRole::Writer)?;
    let provider = settings.providers.open(&binding.provider, None)?;
    Ok(Arc::new(Speaker { provider, binding, quote }))
}

/// A model that answers.
#[derive(Debug)]
struct Speaker {
    provider: Provider,
    binding: Binding,
    quote: WordsQuote,
}

#[async_trait]
impl Complete for Speaker {
    fn identity(&self) -> String {
        format!("model/{}", self.binding)
    }

    fn most(&self, chat: &Chat) -> Spending {
        self.quote.most(chat)
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
