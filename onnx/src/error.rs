//! Why a model in a file could not be used, and what would help.
//!
//! Names and reasons out of the file are a stranger's: they are cleaned and cut before they get here.

use pentimento_local::FileError;
use thiserror::Error;

use crate::limits;

/// A model could not be used.
#[derive(Debug, Error)]
pub(crate) enum LocalError {
    /// Its file cannot be read.
    #[error("{0}")]
    File(#[from] FileError),
    /// The runtime cannot read it.
    #[error("it is no ONNX graph that can be carried out: {0}")]
    Graph(String),
    /// A graph, but not of the family that settings say.
    #[error("its graph is not that of `{family}`: {why}")]
    OtherFamily {
        /// What settings say.
        family: &'static str,
        /// What is wrong.
        why: String,
    },
    /// Its tokenizer cannot be used.
    #[error("its `tokenizer` cannot be used: {0}")]
    Tokenizer(String),
    /// The table of its characters cannot be used.
    #[error("{0}")]
    Characters(String),
    /// The runtime gave up while it worked.
    #[error("the graph could not be carried out: {0}")]
    Run(String),
    /// What the graph computed makes no sense.
    #[error("the graph computed {0}")]
    Numbers(String),
    /// The picture cannot be used.
    #[error("the picture {0}")]
    Picture(String),
    /// The question cannot be understood: it does not come from this program.
    #[error("the question {0}")]
    Question(String),
}

impl LocalError {
    /// What to do.
    pub(crate) fn hint(&self) -> &'static str {
        match self {
            Self::File(error) => error.hint(),
            Self::Graph(_) => {
                "see that the file is whole and ends in `.onnx`; docs/models.md tells where to get one"
            }
            Self::Tokenizer(_) => {
                "use the `tokenizer.json` that comes with the model; docs/models.md tells which are read"
            }
            Self::Characters(_) => {
                "use the table that comes with the `recognizer`: a text file, a character a line"
            }
            Self::OtherFamily { .. } => {
                "set `family` to the one that the model is of; docs/models.md tells what each looks like"
            }
            Self::Run(_) | Self::Numbers(_) => {
                "try the file that the model's maker hands out, and not one that was changed since"
            }
            Self::Picture(_) => "use a PNG or JPEG with at most 16 megapixels",
            Self::Question(_) => "docs/models.md tells how a program is asked",
        }
    }
}

/// A stranger's words, safe to show.
pub(crate) fn shown(words: &str) -> String {
    pentimento_model::clean(words).chars().take(limits::SHOWN_CHARS).collect()
}
