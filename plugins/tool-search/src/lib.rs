//! Searches the documents that the operator hands over, and answers with passages and where they
//! stand. It reads no disk and no network: the documents are a setting.
//!
//! This file reads the arguments and the settings; [`Corpus`] cuts documents into passages,
//! [`found`] ranks them, and `answer` writes what was found.

mod answer;
mod corpus;
mod passage;
mod rank;
mod request;
mod words;

use pentimento_sdk::{Argument, Artifact, Failure, Tool, settings};

pub use answer::written;
pub use corpus::{Corpus, Document, MOST_BYTES, MOST_DOCUMENTS};
pub use passage::{MOST_WORDS, Passage, passages};
pub use rank::{Hit, found};
pub use request::{MOST_COUNT, MOST_QUERY_BYTES, Request};
pub use words::{LANGUAGES, Words};

/// The setting that holds the documents.
const CORPUS: &str = "corpus";
/// The setting that names their language.
const LANGUAGE: &str = "language";

/// Searches.
#[derive(Debug)]
pub struct Search;

impl Tool for Search {
    fn perform(arguments: &[Argument], inputs: &[Artifact]) -> Result<String, Failure> {
        if !inputs.is_empty() {
            let message = "this tool takes no artifacts; the documents are the setting `corpus`";
            return Err(Failure::new("bad-argument", message));
        }
        let pairs = arguments.iter().map(|one| (one.name.as_str(), one.value.as_str()));
        let (corpus, language) = (settings::get(CORPUS)?, settings::get(LANGUAGE)?);
        search(pairs, corpus.as_deref(), language.as_deref())
    }
}

// Native linkers do not take the names of WebAssembly exports; tests call `search`.
#[cfg(target_family = "wasm")]
pentimento_sdk::export_tool!(Search);

/// The whole work: arguments as names and values, and both settings.
pub fn search<'a>(
    arguments: impl IntoIterator<Item = (&'a str, &'a str)>,
    corpus: Option<&str>,
    language: Option<&str>,
) -> Result<String, Failure> {
    let request = Request::read(arguments).map_err(|why| Failure::new("bad-argument", why))?;
    let setting = |why: String| Failure::new("bad-setting", why);
    let words = Words::of(language.unwrap_or("english")).map_err(setting)?;
    let corpus = Corpus::read(corpus.unwrap_or_default()).map_err(setting)?;
    let hits = found(&corpus, &request.query, words);
    Ok(written(&corpus, &request, &hits))
}
