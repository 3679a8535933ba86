//! What a question to the simulated writer says: the quoted blocks of its prompt, by their authors.

use pentimento_model::Chat;

use crate::blocks::blocks;

/// A question, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// The name of the form that is wanted.
    pub form: String,
    /// What the user asked.
    pub question: String,
    /// The text it is about, line by line; none yet if it is to be written.
    pub draft: Option<Vec<String>>,
    /// Another text that it is compared with.
    pub other: Option<Vec<String>>,
    /// Steps that are kept, and the one after them that is not, if a text is to be gone on with.
    pub kept: Vec<String>,
    /// See above.
    pub dropped: Option<String>,
    /// What critics said of that text last.
    pub said: Vec<String>,
    /// What verifiers found in it.
    pub found: Vec<String>,
    /// Blocks of other authors, in order.
    pub others: Vec<(String, Vec<String>)>,
    /// Something may be searched for before the answer.
    pub may_search: bool,
    /// How likely the answer is, is wanted too.
    pub likelihood: bool,
    /// It is asked in plain words, by nobody of ours.
    pub is_plain: bool,
    /// Bytes of the whole question.
    pub bytes: u64,
}

impl Asked {
    /// Reads all that was said.
    pub(super) fn read(chat: &Chat) -> Self {
        let form = chat.contract.as_ref().map(|one| one.name.to_string()).unwrap_or_default();
        let likelihood = chat.alternatives > 0;
        let may_search = chat.contract.as_ref().is_some_and(|one| one.schema.contains("\"query\""));
        let mut asked = Self { form, may_search, likelihood, ..Self::default() };
        for text in chat.texts() {
            asked.bytes += text.len() as u64;
            for (author, block) in blocks(text) {
                asked.take(author, block);
            }
        }
        // Whoever is no recipe of ours asks in plain words.
        if asked.question.is_empty() && asked.form.is_empty() {
            chat.texts().last().unwrap_or_default().clone_into(&mut asked.question);
            asked.is_plain = true;
        }
        asked
    }

    /// The last block of an author counts; the one before it is of an earlier round.
    fn take(&mut self, author: String, block: Vec<String>) {
        match author.as_str() {
            "user" => self.question = block.join("\n"),
            // What was said of an earlier text is not said of this one.
            "writer" => (self.draft, self.said) = (Some(block), Vec::new()),
            "critic" => self.said = block,
            "verifiers" => self.found = block,
            "other" => self.other = Some(block),
            "kept" => self.kept = block,
            "dropped" => self.dropped = block.into_iter().next(),
            _ => self.others.push((author, block)),
        }
    }

    /// The blocks of another author, in order.
    pub(super) fn blocks(&self, author: &str) -> impl Iterator<Item = &[String]> {
        self.others.iter().filter(move |(by, _)| by == author).map(|(_, block)| block.as_slice())
    }

    /// The last block of another author; empty if there is none.
    pub(super) fn block(&self, author: &str) -> &[String] {
        self.blocks(author).last().unwrap_or_default()
    }
}
