//! Why an idea could not be read. Every refusal names the words and has a hint.

use pentimento_model::{Color, Material};
use thiserror::Error;

use crate::{BACKGROUNDS, NOUNS};

/// The longest idea in bytes: the longest prompt DALL·E 3 takes.
pub const MAX_IDEA_BYTES: usize = 4000;

/// The most objects one scene can hold so that each is still seen well.
pub const MAX_OBJECTS: u32 = 12;

/// The most unknown words that a message lists.
const MOST_WORDS_SHOWN: usize = 8;

/// An idea that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// Nothing was asked for.
    #[error("the idea asks for nothing")]
    Empty,
    /// It is longer than [`MAX_IDEA_BYTES`].
    #[error("the idea is {bytes} bytes long, more than {limit}")]
    TooLong {
        /// Its length in bytes.
        bytes: usize,
        /// The most there may be.
        limit: usize,
    },
    /// Words the closed world does not know.
    #[error("the closed world does not know {}", quoted(words))]
    UnknownWords {
        /// The words, in lower case, in the order of the idea.
        words: Vec<String>,
        /// What may have been meant; fewer than words, or none.
        suggestions: Vec<String>,
    },
    /// Known words in a place where they make no sense.
    #[error("could not make sense of `{words}`{}", after.as_ref().map_or_else(String::new, |word| format!(" after `{word}`")))]
    Unplaced {
        /// The words.
        words: String,
        /// The word before them, if there is one.
        after: Option<String>,
    },
    /// A plural without a number.
    #[error("`{words}` does not say how many")]
    HowMany {
        /// The words.
        words: String,
    },
    /// More objects than a scene can hold.
    #[error("the idea asks for {count} objects, more than {limit}")]
    TooMany {
        /// All objects together.
        count: u32,
        /// The most there may be.
        limit: u32,
    },
    /// Two parts of the idea exclude each other.
    #[error("the idea contradicts itself: {what}")]
    Contradiction {
        /// The parts.
        what: String,
    },
    /// Understood, but more than the closed world can say.
    #[error("{what}")]
    Unsupported {
        /// What.
        what: String,
        /// What to write instead, as a full sentence without a full stop.
        instead: String,
    },
}

impl ReadError {
    /// What the user can do about it, as a full sentence without a full stop.
    pub fn hint(&self) -> String {
        match self {
            Self::Empty => {
                "name at least one object, such as `three red apples to the left of a blue cup`"
                    .to_owned()
            }
            Self::TooLong { .. } => {
                "say what shall be in the picture in a sentence or two".to_owned()
            }
            Self::UnknownWords { suggestions, .. } if suggestions.is_empty() => {
                let (objects, places) = (NOUNS.len(), BACKGROUNDS.len());
                let (colors, materials) = (Color::ALL.len(), Material::ALL.len());
                format!(
                    "leave these words out: the embedded painter knows {objects} objects, {colors} \
                     colors, {materials} materials, {places} backgrounds, and where things are"
                )
            }
            Self::UnknownWords { suggestions, .. } => {
                format!("did you mean {}?", quoted(suggestions))
            }
            Self::Unplaced { .. } => {
                "write short parts joined by commas and `and`, such as `two cats on a beach, a red \
                 kite above the cats, and no dogs`"
                    .to_owned()
            }
            Self::HowMany { .. } => "say the number, such as `three apples`".to_owned(),
            Self::TooMany { limit, .. } => format!("ask for at most {limit} objects in all"),
            Self::Contradiction { .. } => "leave one of the two out".to_owned(),
            Self::Unsupported { instead, .. } => instead.clone(),
        }
    }
}

/// Words in backticks, joined by commas, shortened when there are many.
fn quoted(words: &[String]) -> String {
    let shown: Vec<String> =
        words.iter().take(MOST_WORDS_SHOWN).map(|word| format!("`{word}`")).collect();
    let more = words.len().saturating_sub(MOST_WORDS_SHOWN);
    let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
    shown.join(", ") + &tail
}
