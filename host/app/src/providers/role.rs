//! Roles that models play, and who plays them.

use std::{collections::BTreeMap, fmt};

use pentimento_mind::Temper;
use pentimento_model::Ability;

use super::known::Known;
use crate::error::AppError;

/// A role that a model can play.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ModelRole {
    /// Makes and changes pictures.
    Painter,
    /// Answers in words.
    Writer,
    /// Answers questions about pictures.
    Seer,
    /// Compares candidates.
    Judge,
    /// Finds objects in pictures.
    Detector,
    /// Grades texts beside a run.
    Auditor,
    /// Turns texts into vectors.
    Embedder,
    /// Reads what is written in pictures.
    Reader,
}

impl ModelRole {
    /// All there are.
    pub const ALL: [Self; 8] = [
        Self::Painter,
        Self::Writer,
        Self::Seer,
        Self::Judge,
        Self::Auditor,
        Self::Detector,
        Self::Embedder,
        Self::Reader,
    ];

    /// The word used in settings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Painter => "painter",
            Self::Writer => "writer",
            Self::Seer => "seer",
            Self::Judge => "judge",
            Self::Auditor => "auditor",
            Self::Detector => "detector",
            Self::Embedder => "embedder",
            Self::Reader => "reader",
        }
    }

    /// The role with this word.
    pub fn from_name(word: &str) -> Result<Self, AppError> {
        Self::ALL.into_iter().find(|role| role.as_str() == word).ok_or_else(|| {
            let words: Vec<_> = Self::ALL.iter().map(|role| role.as_str()).collect();
            AppError::Setting {
                name: "roles",
                problem: format!("there is no role `{}`", pentimento_model::clean(word)),
                hint: format!("there are {}", words.join(", ")),
            }
        })
    }

    /// What whoever plays it must be able to do.
    pub const fn needs(self) -> Ability {
        match self {
            Self::Painter => Ability::Generate,
            Self::Writer | Self::Auditor => Ability::Chat,
            Self::Seer | Self::Judge => Ability::ImagesIn,
            Self::Detector => Ability::Detect,
            Self::Embedder => Ability::EmbedText,
            Self::Reader => Ability::ReadText,
        }
    }
}

impl fmt::Display for ModelRole {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The word for the embedded simulation in place of a provider; its models are tempers.
pub(crate) const SIMULATED: &str = "simulated";

/// The word for the embedded world in place of a provider; what answers in words there is `mind`.
pub(crate) const EMBEDDED: &str = "embedded";
/// Its only model.
pub(super) const MIND: &str = "mind";

/// Who plays a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The name of the provider.
    pub provider: String,
    /// The model, in the provider's word.
    pub model: String,
}

impl Binding {
    /// Reads `PROVIDER/MODEL`; a model's name may have slashes.
    pub fn read(text: &str) -> Option<Self> {
        let (provider, model) = text.split_once('/').filter(|(_, model)| !model.is_empty())?;
        (!model.chars().any(char::is_control))
            .then(|| Self { provider: provider.to_owned(), model: model.to_owned() })
    }
}

impl fmt::Display for Binding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.provider, self.model)
    }
}

/// One line of `[roles]`, if there are such a role and such a provider, and it can play it.
pub(super) fn read(
    role: &str,
    bound: &str,
    known: &BTreeMap<String, Known>,
) -> Result<(ModelRole, Binding), AppError> {
    let role = ModelRole::from_name(role)?;
    let wrong = |problem: String, hint: String| AppError::Setting { name: "roles", problem, hint };
    let shown = pentimento_model::clean(bound);
    let parts = bound.split_once('/').filter(|(_, model)| !model.is_empty());
    let Some((provider, model)) = parts else {
        let problem = format!("`{role}` is bound to `{shown}`, which names no provider and model");
        return Err(wrong(problem, format!("write `{role} = \"PROVIDER/MODEL\"`")));
    };
    if model.chars().any(char::is_control) {
        let problem = format!("`{role}` is bound to `{shown}`, which is no name of a model");
        return Err(wrong(problem, format!("write `{role} = \"PROVIDER/MODEL\"`")));
    }
    if provider == SIMULATED {
        return simulated(role, model);
    }
    if provider == EMBEDDED {
        return embedded(role, model);
    }
    let names = || known.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
    let Some(found) = known.get(provider) else {
        let problem = format!("`{role}` is bound to `{shown}`, and there is no such provider");
        return Err(wrong(problem, format!("there are {}", names())));
    };
    let Some(abilities) = found.of_model(model) else {
        let problem = format!("`{role}` is bound to `{shown}`, and there is no such model");
        let models: Vec<_> = found.files().map(|(name, _)| name).collect();
        return Err(wrong(problem, format!("`{provider}` has {}", models.join(", "))));
    };
    if !abilities.has(role.needs()) {
        let kind = found.kind;
        let problem = format!("provider `{provider}` (`{kind}`) cannot play the role `{role}`");
        let hint = format!("it can: {abilities}; the role needs: {}", role.needs());
        return Err(wrong(problem, hint));
    }
    Ok((role, Binding { provider: provider.to_owned(), model: model.to_owned() }))
}

/// The embedded simulation writes and judges texts, counts things in pictures, and nothing else.
fn simulated(role: ModelRole, temper: &str) -> Result<(ModelRole, Binding), AppError> {
    let shown = pentimento_model::clean(temper);
    let wrong = |problem: String, hint: String| AppError::Setting { name: "roles", problem, hint };
    if !matches!(role, ModelRole::Writer | ModelRole::Judge | ModelRole::Auditor | ModelRole::Seer)
    {
        let problem = format!("the simulation cannot play the role `{role}`");
        return Err(wrong(
            problem,
            "it can be `writer`, `judge` and `auditor` of texts, and `seer` of things to be counted"
                .to_owned(),
        ));
    }
    if Temper::from_name(temper).is_none() {
        let problem = format!("`{role}` is bound to `{SIMULATED}/{shown}`, which is none of them");
        let words: Vec<_> = Temper::ALL.iter().map(|one| one.as_str()).collect();
        return Err(wrong(problem, format!("there are {}", words.join(", "))));
    }
    Ok((role, Binding { provider: SIMULATED.to_owned(), model: temper.to_owned() }))
}

/// The embedded mind writes and sees by rules, where pictures of the closed world are made.
fn embedded(role: ModelRole, model: &str) -> Result<(ModelRole, Binding), AppError> {
    let shown = pentimento_model::clean(model);
    let wrong = |problem: String, hint: String| AppError::Setting { name: "roles", problem, hint };
    if !matches!(role, ModelRole::Writer | ModelRole::Seer | ModelRole::Judge) {
        let problem = format!("the embedded mind cannot play the role `{role}`");
        let hint = "it can be `writer`, `seer` and `judge`; `painter = \"embedded\"` has the \
                    embedded painter paint, and `preset` says how well";
        return Err(wrong(problem, hint.to_owned()));
    }
    if model != MIND {
        let problem = format!("`{role}` is bound to `{EMBEDDED}/{shown}`, which does not exist");
        return Err(wrong(problem, format!("write `{role} = \"{EMBEDDED}/{MIND}\"`")));
    }
    Ok((role, Binding { provider: EMBEDDED.to_owned(), model: MIND.to_owned() }))
}
