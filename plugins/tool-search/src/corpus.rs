//! The documents: read from the setting, each cut into passages.

use serde::Deserialize;

use crate::{Passage, passages};

/// Bytes of all documents. Every call reads and ranks all of them anew: an instance is there for one call.
pub const MOST_BYTES: usize = 2 << 20;
/// Documents; the names of so many fill what a person can look through.
pub const MOST_DOCUMENTS: usize = 10_000;
/// Bytes of a document's name or title.
const MOST_NAME_BYTES: usize = 256;
/// The name of a corpus that is one text.
const ONE: &str = "corpus";

/// U+FEFF, the byte-order mark.
const MARK: char = '\u{feff}';

/// One document as the operator handed it over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its name: a path, or whatever it was called.
    pub name: String,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// Its text.
    pub text: String,
}

/// One line of JSON.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    document: String,
    #[serde(default)]
    title: Option<String>,
    text: String,
}

/// All documents and their passages, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corpus {
    /// The documents.
    pub documents: Vec<Document>,
    /// Their passages.
    pub passages: Vec<Passage>,
}

impl Corpus {
    /// Reads JSON lines, or else one plain text, or says which line is wrong.
    pub fn read(setting: &str) -> Result<Self, String> {
        if setting.len() > MOST_BYTES {
            let (bytes, most) = (setting.len(), MOST_BYTES);
            return Err(format!("`corpus` has {bytes} bytes; at most {most} are searched"));
        }
        if setting.trim().is_empty() {
            return Err("`corpus` is missing: the documents, one a line, as JSON".to_owned());
        }
        // Some editors begin a file with a mark that says nothing.
        let setting = setting.trim_start_matches(MARK);
        let documents = if setting.trim_start().starts_with('{') {
            lines(setting)?
        } else {
            let (name, text) = (ONE.to_owned(), setting.to_owned());
            vec![Document { name, title: None, text }]
        };
        let numbered = documents.iter().enumerate();
        let passages = numbered.flat_map(|(at, document)| passages(at, &document.text)).collect();
        Ok(Self { documents, passages })
    }
}

fn lines(setting: &str) -> Result<Vec<Document>, String> {
    let mut documents: Vec<Document> = Vec::new();
    let mut names = std::collections::BTreeSet::new();
    for (at, line) in setting.lines().enumerate() {
        // Files that were put together have one at each beginning.
        let line = line.trim_start_matches(MARK);
        if line.trim().is_empty() {
            continue;
        }
        let number = at + 1;
        let line: Line = serde_json::from_str(line).map_err(|error| {
            format!(
                "`corpus` line {number} is no document ({error}): \
                     {{\"document\": \"…\", \"text\": \"…\"}} is needed"
            )
        })?;
        let too_long = |text: &str| text.len() > MOST_NAME_BYTES;
        if line.document.trim().is_empty()
            || too_long(&line.document)
            || line.title.as_deref().is_some_and(too_long)
        {
            return Err(format!(
                "`corpus` line {number} has a name or title that is empty or too long"
            ));
        }
        // A citation must lead to one document.
        if !names.insert(line.document.clone()) {
            let name = line.document.escape_debug();
            return Err(format!("`corpus` line {number} names the document `{name}` again"));
        }
        if documents.len() == MOST_DOCUMENTS {
            return Err(format!("`corpus` has more than {MOST_DOCUMENTS} documents"));
        }
        let Line { document: name, title, text } = line;
        documents.push(Document { name, title, text });
    }
    Ok(documents)
}
