//! Who answers in words within the program: the simulation, about texts, and the mind by rules, about
//! pictures of the closed world.

use std::sync::Arc;

use pentimento_engine::{PortError, ports::Complete};
use pentimento_mind::{RuleSpeaker, Simulated, Temper};
use pentimento_recipe::{Medium, Recipe};

use crate::{
    Painter, Settings,
    error::AppError,
    providers::{EMBEDDED, ModelRole, SIMULATED},
    wire_up,
};

/// Whoever plays a role without being anybody's model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inside {
    /// A writer of known ability.
    Simulated(Temper),
    /// Rules.
    Rules,
}

impl Inside {
    /// Who plays this role, if that is somebody within: because it is bound, or because nobody is bound
    /// and the recipe makes a text, asks about a picture, or has the embedded painter paint.
    pub(crate) fn of(settings: &Settings, recipe: &Recipe, role: ModelRole) -> Option<Self> {
        let writes = role == ModelRole::Writer && recipe.medium() == Medium::Text;
        let looks = role == ModelRole::Seer && recipe.needs_picture();
        let speaks = matches!(role, ModelRole::Writer | ModelRole::Seer);
        let paints = matches!(settings.painter, Painter::Embedded(_));
        let temper = match settings.providers.binding(role) {
            Ok(binding) if binding.provider == SIMULATED => Temper::from_name(&binding.model),
            Ok(binding) if binding.provider == EMBEDDED => return Some(Self::Rules),
            Ok(_) => return None,
            Err(_) if writes || looks => None,
            Err(_) => return (speaks && paints).then_some(Self::Rules),
        };
        Some(Self::Simulated(temper.unwrap_or(Temper::Typical)))
    }

    /// Ready to work: whoever has to look has the bundled eye.
    pub(crate) fn open(
        self,
        settings: &Settings,
        recipe: &Recipe,
        role: ModelRole,
    ) -> Result<Arc<dyn Complete>, AppError> {
        let cannot = |who: &str| AppError::Setting {
            name: "roles",
            problem: format!("{who} cannot be the {role} of recipe `{}`", recipe.name),
            hint: format!("write `{role} = \"PROVIDER/MODEL\"` under `[roles]`"),
        };
        match self {
            Self::Simulated(_) if role == ModelRole::Seer && !recipe.needs_picture() => {
                Err(cannot("the simulation"))
            }
            Self::Simulated(temper) if role == ModelRole::Seer => {
                Ok(Arc::new(Simulated::of(temper).through(wire_up::eye(settings)?)))
            }
            Self::Rules if recipe.medium() == Medium::Text => Err(cannot("the embedded mind")),
            Self::Rules if role != ModelRole::Writer => {
                Ok(Arc::new(RuleSpeaker::through(wire_up::eye(settings)?)))
            }
            Self::Simulated(_) | Self::Rules => Ok(self.named(role)),
        }
    }

    /// As whom it answers in this role, without an eye that looks.
    pub(crate) fn named(self, role: ModelRole) -> Arc<dyn Complete> {
        match self {
            Self::Simulated(temper) if role == ModelRole::Seer => {
                Arc::new(Simulated::of(temper).seeing(&wire_up::eye_digest()))
            }
            Self::Simulated(temper) => Arc::new(Simulated::of(temper)),
            Self::Rules => Arc::new(RuleSpeaker::named(&wire_up::eye_digest())),
        }
    }
}

/// Whether ideas must be of the closed world: everyone who reads them, and whoever paints, knows no other.
pub(crate) fn is_closed(settings: &Settings) -> bool {
    let recipe = &settings.recipe;
    let embedded = matches!(settings.painter, Painter::Embedded(_));
    let writer = Inside::of(settings, recipe, ModelRole::Writer);
    embedded && recipe.medium() == Medium::Picture && writer == Some(Inside::Rules)
}

/// Says whether whoever writes, or looks at a picture, can answer this at all: a simulation knows a few
/// kinds of questions alone.
pub fn check_idea(settings: &Settings, idea: &str) -> Result<(), AppError> {
    let recipe = &settings.recipe;
    if recipe.medium() != Medium::Text {
        return Ok(());
    }
    let looks = recipe.needs_picture();
    let role = if looks { ModelRole::Seer } else { ModelRole::Writer };
    if !matches!(Inside::of(settings, recipe, role), Some(Inside::Simulated(_))) {
        return Ok(());
    }
    let binding = settings.providers.binding(role);
    let check: fn(&str) -> Result<(), PortError> =
        if looks { Simulated::check_sight } else { Simulated::check };
    check(idea).map_err(|error| match binding {
        // Where nobody is bound, what is missing is a model, or an idea that needs none.
        Err(AppError::Setting { name, problem, hint }) => {
            AppError::Setting { name, problem, hint: format!("{hint}; without one, {error}") }
        }
        Err(unbound) => unbound,
        Ok(_) => AppError::Idea(error),
    })
}
