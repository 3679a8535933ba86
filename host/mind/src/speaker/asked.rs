//! What a question says: the form that is wanted, the quoted blocks of its prompt, and its pictures.

use pentimento_model::{Artifact, Chat, Layout, Part, Speaker};
use pentimento_prompts::{CLUSTERS, sld::item_of_words};

use crate::blocks::blocks;

/// Where the prompt for a map shows how its first row is written, a digit for each cell.
const ROWS: &str = "{\"rows\": [\"";
/// Objects of a layout that is to be planned anew; the rules search longer the more there are. The
/// eye finds no more of them in any picture of the easel's.
const MOST_OBJECTS: usize = 64;

/// A question, read.
#[derive(Debug)]
pub(super) struct Asked<'c> {
    /// The name of the form; empty for free text.
    pub form: &'c str,
    /// Every picture, in order.
    pub pictures: Vec<&'c Artifact>,
    /// Cells in a row of the map that is wanted.
    pub cells: Option<usize>,
    /// Authors and what they are quoted with, in order.
    blocks: Vec<(String, Vec<String>)>,
}

/// A question about a picture within a question.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Query {
    /// In words.
    pub question: String,
    /// The answers to choose from.
    pub choices: Vec<String>,
}

impl<'c> Asked<'c> {
    /// Reads what the program asks; what the model said before is passed over.
    pub(super) fn read(chat: &'c Chat) -> Self {
        let form = chat.contract.as_ref().map_or("", |one| one.name.as_ref());
        let mut asked = Self { form, pictures: Vec::new(), cells: None, blocks: Vec::new() };
        let asking = chat.messages.iter().filter(|message| message.speaker == Speaker::User);
        for part in asking.flat_map(|message| &message.parts) {
            match part {
                Part::Image(picture) => asked.pictures.push(picture),
                Part::Text(text) => {
                    asked.blocks.extend(blocks(text));
                    let row = text.split_once(ROWS).and_then(|(_, rest)| rest.split_once('"'));
                    asked.cells = asked.cells.or(row.map(|(row, _)| row.len()));
                }
            }
        }
        asked
    }

    /// Every block of an author, in order.
    fn by(&self, author: &str) -> impl Iterator<Item = &[String]> {
        self.blocks.iter().filter(move |(by, _)| by == author).map(|(_, block)| block.as_slice())
    }

    /// The first block of an author.
    pub(super) fn block(&self, author: &str) -> Option<&[String]> {
        self.by(author).next()
    }

    /// The user's words: cut into lines only where they were too long for one.
    pub(super) fn idea(&self) -> Option<String> {
        self.block("user").map(<[String]>::concat)
    }

    /// The objects that a detector found; none where they are more than are planned for.
    pub(super) fn layout(&self) -> Option<Layout> {
        let lines = self.block("seer").filter(|lines| lines.len() <= MOST_OBJECTS)?;
        let items = lines.iter().map(|line| item_of_words(line));
        Some(Layout { items: items.collect::<Option<_>>()? })
    }

    /// Questions with their choices: one with a choice in each line, or several with all choices of
    /// each in one.
    pub(super) fn queries(&self) -> Option<Vec<Query>> {
        let mut blocks = self.by("writer");
        let (questions, choices) = (blocks.next()?, blocks.next()?);
        if self.form == "answer" {
            let question = questions.first()?.clone();
            return Some(vec![Query { question, choices: choices.to_vec() }]);
        }
        let listed = |line: &String| line.split(", ").map(str::to_owned).collect();
        let both = questions.iter().cloned().zip(choices.iter().map(listed));
        (questions.len() == choices.len())
            .then(|| both.map(|(question, choices)| Query { question, choices }).collect())
    }

    /// Prompts that were tried.
    pub(super) fn tried(&self) -> Vec<&str> {
        self.by("writer").flatten().map(String::as_str).collect()
    }

    /// How many clusters of terms a prompt is to have terms of.
    pub(super) fn clusters(&self) -> usize {
        self.block("clusters").map_or(0, |lines| lines.len().min(CLUSTERS.len()))
    }
}
