//! The models there are: the easel under the name of each preset, and the mind.

use hyper::StatusCode;
use pentimento_easel::Preset;
use serde_json::{Value, json};

use crate::refusal::Refusal;

/// Who answers in words.
pub(crate) const MIND: &str = "mind";

/// All names, painters first.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    Preset::ALL.into_iter().map(Preset::as_str).chain([MIND])
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
        Some(MIND) => {
            Err(Refusal::of("model", format!("`{MIND}` does not paint; {}", there_are())))
        }
        Some(name) => Preset::from_name(name).ok_or_else(|| unknown(name)),
    }
}

/// Whether this model answers in words.
pub(crate) fn check_speaker(name: &str) -> Result<(), Refusal> {
    match name {
        MIND => Ok(()),
        name if Preset::from_name(name).is_some() => {
            Err(Refusal::of("model", format!("`{name}` only paints; `{MIND}` answers in words")))
        }
        name => Err(unknown(name)),
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
