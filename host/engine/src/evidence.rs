//! Evidence: passages that the recipe's search tool found, numbered once for a run, so that a number means
//! the same wherever it is told and cited.

use pentimento_model::{Argument, Fault};
use pentimento_prompts::{Found, Passage};

use crate::{RunError, run::Run};

/// The passages that a run has seen, by their numbers less 1.
#[derive(Clone, Debug, Default)]
pub(crate) struct Passages(Vec<Passage>);

impl Passages {
    /// The place of a passage; one that is known keeps its own.
    pub(crate) fn place(&mut self, passage: Passage) -> usize {
        let known = self.0.iter().position(|known| *known == passage);
        known.unwrap_or_else(|| {
            self.0.push(passage);
            self.0.len() - 1
        })
    }

    pub(crate) fn contains(&self, passage: &Passage) -> bool {
        self.0.contains(passage)
    }

    /// How many there are.
    pub(crate) const fn len(&self) -> usize {
        self.0.len()
    }

    /// Some of them as they are told and cited, each under its number.
    pub(crate) fn in_words(&self, places: impl IntoIterator<Item = usize>) -> Vec<String> {
        let told = |at: usize| Some(self.0.get(at)?.in_words(at + 1));
        places.into_iter().filter_map(told).collect()
    }
}

impl Run<'_> {
    /// Puts a query to the recipe's tool: at most `count` passages after the `skip` best, or why there
    /// are none to be had.
    pub(crate) async fn search(
        &mut self,
        query: &str,
        count: usize,
        skip: usize,
    ) -> Result<Result<Vec<Passage>, String>, RunError> {
        let (count, skip) = (count.to_string(), skip.to_string());
        let arguments = [("query", query), ("count", &count), ("skip", &skip)];
        let arguments = arguments.map(|(name, value)| Argument::new(name, value)).to_vec();
        let found = match self.perform("search", arguments).await? {
            Ok(answer) => Found::read(&answer).map_err(|wrong| wrong.reason),
            Err(Fault { kind, message, .. }) => {
                Err(format!("the tool gave no answer ({}): {message}", kind.as_str()))
            }
        };
        Ok(found.map(Found::passages))
    }
}
