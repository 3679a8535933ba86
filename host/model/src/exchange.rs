//! A question to a model and its answer, as a run remembers them.

use std::{borrow::Cow, fmt, sync::Arc};

use crate::{Chat, Finish, Part, Score, Token};

/// What was asked and answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// Whom: `writer`, `seer` or `judge`.
    pub role: Cow<'static, str>,
    /// The recipe's word for what it was asked for, such as `select`.
    pub step: Cow<'static, str>,
    /// Everything that was said to the model.
    pub asked: Asked,
    /// What it said: a stranger's text.
    pub answer: String,
    /// Why the answer ends there.
    pub finish: Finish,
    /// The model that answered, in the provider's word.
    pub model: String,
    /// The answer's first tokens with their probabilities, if those were asked for.
    pub tokens: Vec<Token>,
}

/// Everything that was said to a model: after the name of whoever spoke, the words of each message, in
/// which pictures stand by the name of their artifact.
///
/// The words are written out by whoever wants them: most of what is asked is written once, to a disk.
#[derive(Clone)]
pub struct Asked(Said);

#[derive(Clone)]
enum Said {
    /// As it was read.
    Words(String),
    /// As it was said.
    Chat(Arc<Chat>),
}

impl Asked {
    /// The words.
    pub fn words(&self) -> Cow<'_, str> {
        match &self.0 {
            Said::Words(words) => Cow::Borrowed(words),
            Said::Chat(chat) => Cow::Owned(in_words(chat)),
        }
    }
}

/// Bytes that a picture takes in what is remembered, and a speaker's name.
const PICTURE_BYTES: usize = 68;
const SPEAKER_BYTES: usize = 9;

fn in_words(chat: &Chat) -> String {
    let words = chat.messages.iter().flat_map(|message| &message.parts);
    let words = words.map(|part| match part {
        Part::Text(words) => words.len(),
        Part::Image(_) => PICTURE_BYTES,
    });
    let mut text =
        String::with_capacity(words.sum::<usize>() + SPEAKER_BYTES * chat.messages.len());
    for message in &chat.messages {
        text.push_str(message.speaker.as_str());
        text.push_str(": ");
        for part in &message.parts {
            match part {
                Part::Text(words) => text.push_str(words),
                Part::Image(picture) => {
                    text.push_str(" [");
                    text.push_str(&picture.id.to_hex());
                    text.push_str("]\n");
                }
            }
        }
        text.push('\n');
    }
    text
}

impl From<Arc<Chat>> for Asked {
    fn from(chat: Arc<Chat>) -> Self {
        Self(Said::Chat(chat))
    }
}

impl From<String> for Asked {
    fn from(words: String) -> Self {
        Self(Said::Words(words))
    }
}

impl From<&str> for Asked {
    fn from(words: &str) -> Self {
        words.to_owned().into()
    }
}

/// The same if the words are, whoever wrote them out.
impl PartialEq for Asked {
    fn eq(&self, other: &Self) -> bool {
        self.words() == other.words()
    }
}

impl fmt::Debug for Asked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.words(), formatter)
    }
}

/// What an answer says of the draft that it was asked about.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Remark {
    /// How good it is; `None` if no grade was asked for, or given.
    pub grade: Option<Score>,
    /// Where it first goes wrong; `None` if that was not asked for, or not said.
    pub located: Option<Located>,
}

/// Where a text first goes wrong, as somebody says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Located {
    /// Nowhere.
    Nowhere,
    /// In this step, counted from 0.
    Step(u32),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Artifact, MediaType, Message, Seed, Speaker};

    #[test]
    fn what_was_said_is_told_in_words_with_pictures_by_their_names() {
        let picture = Artifact::new(MediaType::Png, b"picture".as_slice());
        let mut chat = Chat::ask("which?\n", 1, Seed(1));
        let parts = vec![Part::Text("Picture 0:".to_owned()), Part::Image(picture.clone())];
        chat.messages[0].parts.extend(parts);
        chat.messages.push(Message::text(Speaker::Model, "0"));
        let asked = Asked::from(Arc::new(chat));
        let words = format!("user: which?\nPicture 0: [{}]\n\nmodel: 0\n", picture.id.to_hex());
        assert_eq!(asked.words(), words);
        assert_eq!(asked, Asked::from(words));
        assert_ne!(asked, Asked::from("user: which?\n"));
    }
}
