//! The models there are: the easel under the name of each preset, the mind, and the simulation under
//! the name of each temper.

use hyper::StatusCode;
use pentimento_easel::Preset;
use pentimento_mind::Temper;
use serde_json::{Value, json};

use crate::refusal::Refusal;

/// Who answers in words about pictures.
const MIND: &str = "mind";
/// Who answers calculations and questions of fact, and is none of anybody's models.
const SIMULATED: [(&str, Temper); 4] = [
    ("simulated/typical", Temper::Typical),
    ("simulated/careful", Temper::Careful),
    ("simulated/hasty", Temper::Hasty),
    ("simulated/vain", Temper::Vain),
];

/// Who answers in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChatModel {
    /// The mind, by rules.
    Mind,
    /// A writer of known ability.
    Simulated(Temper),
}

/// All names, painters first.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let painters = Preset::ALL.into_iter().map(Preset::as_str);
    painters.chain([MIND]).chain(SIMULATED.map(|(name, _)| name))
}

/// `GET /v1/models`.
pub(crate) fn list() -> Value {
    json!({ "object": "list", "data": names().map(card).collect::<Vec<_>>() })
}

/// `GET /v1/models/NAME`.
pub(crate) fn one(name: &str) -> Result<Value, Refusal> {
    names().find(|known| *known == name).map(card).ok_or_else(|| unknown(name))
}

/// The painter with this name; the usual one if none is named.
pub(crate) fn painter(name: Option<&str>) -> Result<Preset, Refusal> {
    match name {
        None => Ok(Preset::Dalle3Like),
        Some(name) => Preset::from_name(name).ok_or_else(|| match chat_model(name) {
            Ok(_) => Refusal::of("model", format!("`{name}` does not paint; {}", there_are())),
            Err(unknown) => unknown,
        }),
    }
}

/// The one with this name who answers in words.
pub(crate) fn chat_model(name: &str) -> Result<ChatModel, Refusal> {
    if name == MIND {
        return Ok(ChatModel::Mind);
    }
    let temper = SIMULATED.iter().find(|(known, _)| *known == name).map(|(_, temper)| *temper);
    match temper {
        Some(temper) => Ok(ChatModel::Simulated(temper)),
        None if Preset::from_name(name).is_some() => {
            Err(Refusal::of("model", format!("`{name}` only paints; `{MIND}` answers in words")))
        }
        None => Err(unknown(name)),
    }
}

fn unknown(name: &str) -> Refusal {
    let name = pentimento_model::clean(name);
    let message = format!("there is no model `{name}`; {}", there_are());
    let refusal = Refusal::new(StatusCode::NOT_FOUND, message);
    refusal.coded("model_not_found")
}

fn there_are() -> String {
    format!("there are {}", names().collect::<Vec<_>>().join(", "))
}

/// `created` stands in every card of this API; these models are as old as the program says time is.
fn card(name: &str) -> Value {
    json!({ "id": name, "object": "model", "created": 0, "owned_by": "pentimento" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_temper_is_a_model() {
        assert_eq!(SIMULATED.map(|(_, temper)| temper), Temper::ALL);
        for (name, temper) in SIMULATED {
            assert_eq!(name, format!("simulated/{}", temper.as_str()));
            assert_eq!(chat_model(name).ok(), Some(ChatModel::Simulated(temper)));
        }
        assert_eq!(chat_model(MIND).ok(), Some(ChatModel::Mind));
        for none in ["simulated/", "simulated/perfect", "typical", "careful", ""] {
            assert!(chat_model(none).is_err(), "{none}");
        }
    }
}
