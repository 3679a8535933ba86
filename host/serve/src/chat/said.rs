//! The messages of a call: words, and pictures within bounds.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pentimento_model::{Artifact, Message, Part, Speaker};
use serde::Deserialize;

use crate::{edits::recognized, limits, refusal::Refusal};

/// One message of a chat.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Said {
    role: String,
    /// None, or nothing but a refusal, in what the model said before.
    content: Option<Content>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    Parts(Vec<Piece>),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Piece {
    Text { text: String },
    ImageUrl { image_url: ImageUrl },
}

#[derive(Clone, Debug, Deserialize)]
struct ImageUrl {
    url: String,
}

/// Every message, piece by piece. Who is neither the user nor the model gives rules.
pub(super) fn messages(messages: &[Said]) -> Result<Vec<Message>, Refusal> {
    let (mut pictures, mut pieces) = (0, messages.len());
    check(pieces, limits::PIECES, "messages and parts of them")?;
    let mut all = Vec::with_capacity(messages.len());
    for message in messages {
        let mut parts = Vec::new();
        match &message.content {
            None => {}
            Some(Content::Text(words)) => parts.push(Part::Text(words.clone())),
            Some(Content::Parts(content)) => {
                pieces = pieces.saturating_add(content.len());
                check(pieces, limits::PIECES, "messages and parts of them")?;
                for piece in content {
                    parts.push(match piece {
                        Piece::Text { text } => Part::Text(text.clone()),
                        Piece::ImageUrl { image_url } => {
                            pictures += 1;
                            check(pictures, limits::PICTURES_SHOWN, "pictures")?;
                            Part::Image(picture(&image_url.url)?)
                        }
                    });
                }
            }
        }
        let speaker = match message.role.as_str() {
            "user" => Speaker::User,
            "assistant" => Speaker::Model,
            _ => Speaker::System,
        };
        all.push(Message { speaker, parts: parts.into() });
    }
    Ok(all)
}

fn check(there_are: usize, most: usize, what: &str) -> Result<(), Refusal> {
    if there_are <= most {
        return Ok(());
    }
    Err(Refusal::of("messages", format!("at most {most} {what} are read")))
}

/// A picture within the call. An address elsewhere is not called.
fn picture(url: &str) -> Result<Artifact, Refusal> {
    let wrong = || Refusal::of("messages", "a picture must be PNG or JPEG, as a base64 data URL");
    let data = url.strip_prefix("data:").and_then(|url| url.split_once(";base64,"));
    let (_, data) = data.ok_or_else(wrong)?;
    let bytes = STANDARD.decode(data).map_err(|_| wrong())?;
    recognized(bytes).ok_or_else(wrong)
}
