//! Families of models: what a graph of each takes, and what it gives.

use pentimento_model::Ability;
use serde::{Deserialize, Serialize};

/// A file beside a graph. Its word is the setting that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Companion {
    /// How texts are cut into tokens: a `tokenizer.json` of Hugging Face's tokenizers.
    Tokenizer,
    /// The graph that reads a line of text that another one found.
    Recognizer,
    /// What that graph's numbers stand for: a text file, a character a line.
    Characters,
}

impl Companion {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Tokenizer, Self::Recognizer, Self::Characters];

    /// The word used in settings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tokenizer => "tokenizer",
            Self::Recognizer => "recognizer",
            Self::Characters => "characters",
        }
    }
}

/// What becomes of the vectors of a text's tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pooling {
    /// Their mean.
    #[default]
    Mean,
    /// That of the first token, `[CLS]`.
    Cls,
}

impl Pooling {
    /// The one with this word.
    pub fn from_name(word: &str) -> Option<Self> {
        match word {
            "mean" => Some(Self::Mean),
            "cls" => Some(Self::Cls),
            _ => None,
        }
    }
}

/// How a graph is fed and read. It is named in settings: nothing in a file says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// A detector by the middles of objects (arXiv:1904.07850).
    Centernet,
    /// A BERT that turns texts into vectors (Sentence-BERT, arXiv:1908.10084).
    SentenceBert,
    /// Two graphs that find and read lines of text (PP-OCR, arXiv:2009.09941).
    PaddleOcr,
}

impl Family {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Centernet, Self::SentenceBert, Self::PaddleOcr];

    /// The word used in settings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Centernet => "centernet",
            Self::SentenceBert => "sentence-bert",
            Self::PaddleOcr => "paddle-ocr",
        }
    }

    /// The family with this word.
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.as_str() == word)
    }

    /// What its models can do.
    pub const fn ability(self) -> Ability {
        match self {
            Self::Centernet => Ability::Detect,
            Self::SentenceBert => Ability::EmbedText,
            Self::PaddleOcr => Ability::ReadText,
        }
    }

    /// The files that a model needs beside its graph.
    pub const fn companions(self) -> &'static [Companion] {
        match self {
            Self::Centernet => &[],
            Self::SentenceBert => &[Companion::Tokenizer],
            Self::PaddleOcr => &[Companion::Recognizer, Companion::Characters],
        }
    }
}
