//! Pictures from words, and pictures changed by words within a mask.

use std::borrow::Cow;

use pentimento_model::{Artifact, MediaType, Usage};
use serde::Deserialize;
use serde_json::json;

use super::usage::Counts;
use crate::{
    at_most::AtMost,
    error::{Failure, ProviderError},
    limits, picture,
    question::Question,
    reply::{Painted, Painting},
    transport::{Call, Field, Transport},
};

#[derive(Deserialize)]
struct Reply<'h> {
    #[serde(default, borrow)]
    data: AtMost<Made<'h>, 1>,
    usage: Option<Counts>,
}

#[derive(Deserialize)]
struct Made<'h> {
    #[serde(borrow)]
    b64_json: Option<Data<'h>>,
    #[serde(borrow)]
    url: Option<Data<'h>>,
}

/// A long text as it stands in the answer; a copy only if something in it is escaped.
#[derive(Deserialize)]
struct Data<'h>(#[serde(borrow)] Cow<'h, str>);

pub(crate) async fn paint(
    transport: &Transport,
    model: &str,
    painting: &Painting<'_>,
) -> Result<Painted, ProviderError> {
    let shown = [painting.liked, painting.disliked].concat();
    let call = if painting.picture.is_none() && shown.is_empty() {
        generation(transport, model, painting)
    } else {
        edit(transport, model, painting, &shown)?
    };
    let heard = transport.hear(&call).await?;
    let reply: Reply<'_> = transport.read(&heard)?;
    let Some(made) = reply.data.0.into_iter().next() else {
        return Err(transport.bad("holds no picture"));
    };
    let counted = reply.usage.and_then(|counts| counts.usage()).unwrap_or(Usage::CALL);
    let usage = Usage { images: 1, ..counted };
    let data = match (made.b64_json, made.url) {
        (Some(data), _) => data.0,
        (None, Some(url)) if url.0.starts_with("data:") => url.0,
        (None, Some(_)) => {
            // A server that names an address would choose whom this machine calls.
            return Err(transport
                .bad("holds an address in place of a picture")
                .hint("set the server to send pictures as base64 (`b64_json`)"));
        }
        (None, None) => return Err(transport.bad("holds no picture")),
    };
    let made = picture::from_base64(transport.name(), data).await?;
    Ok(Painted { made, usage })
}

/// Newer models always send base64 and refuse to be told so; all others must be told.
fn is_told(model: &str) -> bool {
    !model.starts_with("gpt-image") && !model.starts_with("chatgpt-image")
}

fn size(painting: &Painting<'_>) -> Option<String> {
    painting.size.map(|(width, height)| format!("{width}x{height}"))
}

fn generation(transport: &Transport, model: &str, painting: &Painting<'_>) -> Call {
    let mut body = Question::with([
        ("model", json!(model)),
        ("prompt", json!(painting.prompt)),
        ("n", json!(1)),
    ]);
    if is_told(model) {
        body.set("response_format", "b64_json");
    }
    if let Some(size) = size(painting) {
        body.set("size", size);
    }
    if transport.settings().sends_seed {
        body.set("seed", painting.seed.0);
    }
    Call::json("images/generations", body, limits::PICTURE_BYTES)
}

fn edit(
    transport: &Transport,
    model: &str,
    painting: &Painting<'_>,
    shown: &[Artifact],
) -> Result<Call, ProviderError> {
    let mut fields = vec![
        Field::Text("model", model.to_owned()),
        Field::Text("prompt", painting.prompt.to_owned()),
        Field::Text("n", "1".to_owned()),
    ];
    if is_told(model) {
        fields.push(Field::Text("response_format", "b64_json".to_owned()));
    }
    fields.extend(size(painting).map(|size| Field::Text("size", size)));
    if transport.settings().sends_seed {
        fields.push(Field::Text("seed", painting.seed.0.to_string()));
    }
    // One picture has the older name, which all servers know.
    let name = if shown.is_empty() { "image" } else { "image[]" };
    for picture in painting.picture.into_iter().chain(shown) {
        let file = match picture.media_type {
            MediaType::Png => "picture.png",
            MediaType::Jpeg => "picture.jpg",
            MediaType::Text => {
                let message =
                    format!("provider `{}` was given a text to paint on", transport.name());
                return Err(ProviderError::new(Failure::WrongUse, message));
            }
        };
        let media_type = picture.media_type.as_str();
        fields.push(Field::File(name, file.into(), media_type, picture.bytes.clone()));
    }
    if let Some(mask) = painting.mask {
        fields.push(Field::File("mask", "mask.png".into(), "image/png", mask.bytes.clone()));
    }
    let most = limits::PICTURE_BYTES;
    Ok(Call::form("images/edits", fields, most))
}
