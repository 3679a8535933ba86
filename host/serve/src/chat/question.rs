//! Which of the recipes' questions a chat is, and the idea and the pictures it is about.
//!
//! The idea stands in the block in which every prompt of this program quotes its user. Chats of
//! others have none, and are no question.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pentimento_model::{Artifact, Layout};
use pentimento_prompts::sld::item_of_words;
use serde::Deserialize;

use super::unknown;
use crate::{edits::recognized, limits, refusal::Refusal};

/// How a block of quoted words ends (`model::quote`).
const END: &str = "</findings>";

/// One message of a chat.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Message {
    role: String,
    content: Content,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    Parts(Vec<Part>),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Part {
    Text { text: String },
    ImageUrl { image_url: ImageUrl },
}

#[derive(Clone, Debug, Deserialize)]
struct ImageUrl {
    url: String,
}

/// A question, with everything it is about.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Question {
    /// Prompts for an idea.
    Prompts { idea: String },
    /// Which of several pictures shows it best; at least one.
    Choice { idea: String, pictures: Vec<Artifact> },
    /// What is wrong with a picture.
    Reason { idea: String, picture: Artifact },
    /// What an idea asks for.
    Parsed { idea: String },
    /// What is in a picture.
    Seen { picture: Artifact },
    /// What a layout should be.
    Plan { idea: String, seen: Layout },
    /// Where a picture is wrong.
    Rich { idea: String, picture: Artifact },
    /// What a layout shall become.
    Edited { idea: String, seen: Layout },
}

impl Question {
    /// The idea it is about.
    pub(super) fn idea(&self) -> &str {
        match self {
            Self::Prompts { idea }
            | Self::Choice { idea, .. }
            | Self::Reason { idea, .. }
            | Self::Parsed { idea }
            | Self::Plan { idea, .. }
            | Self::Edited { idea, .. }
            | Self::Rich { idea, .. } => idea,
            Self::Seen { .. } => "",
        }
    }

    /// The question that wants an answer of this form.
    pub(super) fn read(form: Option<&str>, messages: &[Message]) -> Result<Self, Refusal> {
        let asked = messages.iter().filter(|message| message.role == "user");
        let (mut text, mut pictures, mut pieces) = (String::new(), Vec::new(), messages.len());
        for message in asked {
            match &message.content {
                Content::Text(words) => text.push_str(words),
                Content::Parts(parts) => {
                    pieces = pieces.saturating_add(parts.len());
                    check(pieces, limits::PIECES, "messages and parts of them")?;
                    for part in parts {
                        match part {
                            Part::Text { text: words } => text.push_str(words),
                            Part::ImageUrl { image_url } => pictures.push(picture(&image_url.url)?),
                        }
                        check(pictures.len(), limits::PICTURES_SHOWN, "pictures")?;
                    }
                }
            }
        }
        check(pieces, limits::PIECES, "messages and parts of them")?;
        if let (Some("seen"), [picture]) = (form, pictures.as_slice()) {
            return Ok(Self::Seen { picture: picture.clone() });
        }
        let idea = idea(&text).ok_or_else(unknown)?;
        match (form, pictures.as_slice()) {
            (Some("parsed"), []) => Ok(Self::Parsed { idea }),
            (Some("plan"), []) => {
                let seen = layout(&text).ok_or_else(unknown)?;
                Ok(Self::Plan { idea, seen })
            }
            (Some("edited"), []) => {
                let seen = layout(&text).ok_or_else(unknown)?;
                Ok(Self::Edited { idea, seen })
            }
            (Some("prompts"), _) => Ok(Self::Prompts { idea }),
            (Some("choice"), [_, ..]) => Ok(Self::Choice { idea, pictures }),
            (Some("rich"), [picture]) => Ok(Self::Rich { idea, picture: picture.clone() }),
            (Some("reason"), [picture]) => Ok(Self::Reason { idea, picture: picture.clone() }),
            _ => Err(unknown()),
        }
    }
}

fn check(there_are: usize, most: usize, what: &str) -> Result<(), Refusal> {
    if there_are <= most {
        return Ok(());
    }
    Err(Refusal::of("messages", format!("at most {most} {what} are read")))
}

/// The user's words: lines of JSON strings, cut only where they were too long for one.
fn idea(text: &str) -> Option<String> {
    lines_by("user", text).map(|lines| lines.concat())
}

/// The objects that a detector found; none where they are more than are planned for.
fn layout(text: &str) -> Option<Layout> {
    let lines = lines_by("seer", text).filter(|lines| lines.len() <= limits::OBJECTS)?;
    let items = lines.iter().map(|line| item_of_words(line));
    Some(Layout { items: items.collect::<Option<_>>()? })
}

/// The lines of an author's block.
fn lines_by(author: &str, text: &str) -> Option<Vec<String>> {
    let (_, rest) = text.split_once(&format!("<findings author=\"{author}\">\n"))?;
    let end = rest.find(END)?;
    rest.get(..end)?.lines().map(|line| serde_json::from_str(line).ok()).collect()
}

/// A picture within the call. An address elsewhere is not called.
fn picture(url: &str) -> Result<Artifact, Refusal> {
    let wrong = || Refusal::of("messages", "a picture must be PNG or JPEG, as a base64 data URL");
    let data = url.strip_prefix("data:").and_then(|url| url.split_once(";base64,"));
    let (_, data) = data.ok_or_else(wrong)?;
    let bytes = STANDARD.decode(data).map_err(|_| wrong())?;
    recognized(bytes).ok_or_else(wrong)
}
