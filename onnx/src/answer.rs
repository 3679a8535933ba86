//! The process of one question: takes its powers away, reads a question, hands over an answer. Both are
//! JSON objects of the form that docs/models.md describes for any program.

use std::{
    io::{self, Read, Write},
    panic,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use image::RgbImage;
use pentimento_local::{LocalModel, LocalModels};
use pentimento_model::Ability;
use pentimento_prompts::{sld::seen_in_json, written_in_json};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    centernet, confine::confine, error::LocalError, limits::QUESTION_BYTES, paddle, pixels,
    sentence,
};

/// Reads a question and writes its answer. `models` is the program's only argument; an error means that
/// nobody will read the answer.
pub(crate) fn answer_for_parent(
    models: &str,
    input: impl Read,
    mut output: impl Write,
) -> io::Result<()> {
    confine()?;
    // A panic of the runtime is told in the answer.
    panic::set_hook(Box::new(|_| ()));
    let unknown = || io::Error::new(io::ErrorKind::InvalidInput, "these are no models");
    let models = LocalModels::from_argument(models).ok_or_else(unknown)?;
    let mut question = Vec::new();
    input.take(QUESTION_BYTES as u64 + 1).read_to_end(&mut question)?;
    serde_json::to_writer(&mut output, &answer(&models, &question))?;
    output.flush()
}

/// What is asked; pictures are in base64.
#[derive(Deserialize)]
struct Question {
    call: String,
    model: Option<String>,
    picture: Option<Picture>,
    texts: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Picture {
    base64: String,
}

/// The answer, or why there is none and what would help.
fn answer(models: &LocalModels, question: &[u8]) -> Value {
    answered(models, question)
        .unwrap_or_else(|error| json!({ "error": error.to_string(), "hint": error.hint() }))
}

fn answered(models: &LocalModels, question: &[u8]) -> Result<Value, LocalError> {
    let wrong = |what: &str| LocalError::Question(what.to_owned());
    if question.len() > QUESTION_BYTES {
        return Err(wrong("is too long"));
    }
    let question: Question =
        serde_json::from_slice(question).map_err(|_| wrong("has not the form of one"))?;
    match question.call.as_str() {
        "models" => Ok(json!({ "models": models.0.keys().collect::<Vec<_>>() })),
        "detect" => {
            let model = named(models, &question, Ability::Detect)?;
            Ok(seen_in_json(&centernet::detect(model, &shown(question)?)?))
        }
        "read" => {
            let model = named(models, &question, Ability::ReadText)?;
            Ok(written_in_json(&paddle::read(model, &shown(question)?)?))
        }
        "embed" => {
            let model = named(models, &question, Ability::EmbedText)?;
            let texts = question.texts.ok_or_else(|| wrong("holds no texts"))?;
            let embedded = sentence::embed(model, &texts)?;
            Ok(json!({ "vectors": embedded.vectors, "usage": { "input": embedded.tokens } }))
        }
        _ => Err(wrong("asks for what no model in a file can do")),
    }
}

/// The picture that it is about.
fn shown(question: Question) -> Result<RgbImage, LocalError> {
    let wrong = |what: &str| LocalError::Question(what.to_owned());
    let picture = question.picture.ok_or_else(|| wrong("holds no picture"))?;
    let bytes = STANDARD.decode(picture.base64);
    pixels::decoded(&bytes.map_err(|_| wrong("holds a picture that is not in base64"))?)
}

/// The model that is asked, if it can do that.
fn named<'m>(
    models: &'m LocalModels,
    question: &Question,
    ability: Ability,
) -> Result<&'m LocalModel, LocalError> {
    let model = question.model.as_ref().and_then(|name| models.0.get(name));
    model.filter(|model| model.family.ability() == ability).ok_or_else(|| {
        LocalError::Question(format!("is for a model that can `{ability}`, and names none"))
    })
}

#[cfg(test)]
mod tests;
