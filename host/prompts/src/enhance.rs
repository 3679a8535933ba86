//! The constraint set of `NeuroPrompts`, and prompts that keep it: all words of the idea, and at least
//! one term of every cluster.
//!
//! The paper holds a language model to its constraints while it decodes; a model behind a provider is
//! held to them by its answer's form.

use pentimento_model::Contract;

use crate::{Form, Json, Thought, Unusable};

/// The clusters, the most useful first, with terms of our own choosing. The paper has one of artists
/// as well, which is left out: living people's styles are not ours to lend.
pub const CLUSTERS: [(&str, &[&str]); 5] = [
    ("booster", &["highly detailed", "sharp focus", "intricate", "masterpiece"]),
    ("style", &["oil painting", "watercolor", "pencil drawing", "photograph", "digital art"]),
    ("vibe", &["warm light", "soft light", "dramatic light", "calm", "cheerful", "moody"]),
    ("perspective", &["wide angle", "close-up", "from above", "eye level", "long shot"]),
    ("format", &["poster", "portrait", "landscape format", "studio shot", "concept art"]),
];

/// Words that carry nothing by themselves: an enhanced prompt may say them otherwise.
const SMALL: [&str; 14] =
    ["a", "an", "the", "and", "or", "of", "to", "in", "on", "at", "with", "is", "are", "it"];

/// The form of a prompt that keeps the constraints.
#[derive(Clone, Copy, Debug)]
pub struct Enhanced<'a> {
    /// Whose words it keeps.
    pub idea: &'a str,
    /// How many clusters it has terms of.
    pub clusters: usize,
}

impl Enhanced<'_> {
    /// The clusters in words.
    pub fn in_words(&self) -> Vec<String> {
        self.chosen().map(|(name, terms)| format!("{name}: {}", terms.join(", "))).collect()
    }

    /// The idea with the first term of every cluster: what is painted if nobody writes better.
    pub fn plain(&self) -> String {
        let first = self.chosen().filter_map(|(_, terms)| terms.first().copied());
        std::iter::once(self.idea.trim_end_matches(['.', ' ']))
            .chain(first)
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn chosen(&self) -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
        CLUSTERS.into_iter().take(self.clusters)
    }

    fn check(self, prompt: String) -> Result<String, Unusable> {
        let said = spelled(&prompt);
        let missing = spelled(self.idea)
            .into_iter()
            .find(|word| !SMALL.contains(&word.as_str()) && !said.contains(word));
        if let Some(word) = missing {
            return Err(Unusable::new(format!("the word `{word}` of the prompt is missing")));
        }
        let has = |term: &&str| {
            let term = spelled(term);
            said.windows(term.len()).any(|words| words == term.as_slice())
        };
        match self.chosen().find(|(_, terms)| !terms.iter().any(has)) {
            Some((name, _)) => Err(Unusable::new(format!("there is no term of `{name}` in it"))),
            None => Ok(prompt),
        }
    }
}

fn spelled(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

impl Form for Enhanced<'_> {
    type Value = String;

    fn contract(&self) -> Contract {
        Thought.contract()
    }

    fn of_json(&self, value: &Json<'_>) -> Result<String, Unusable> {
        self.check(Thought.of_json(value)?)
    }

    fn of_words(&self, text: &str) -> Result<String, Unusable> {
        self.check(Thought.of_words(text)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    #[test]
    fn a_prompt_keeps_the_idea_and_has_a_term_of_every_cluster() {
        let form = Enhanced { idea: "A cat, on the Mat.", clusters: 2 };
        let good = "<START>a cat on a mat, Highly-Detailed watercolor<END>";
        assert_eq!(read(&form, good).unwrap(), "a cat on a mat, Highly-Detailed watercolor");
        let why = |text: &str| read(&form, text).unwrap_err().reason;
        assert_eq!(
            why("<START>a cat, intricate watercolor<END>"),
            "the word `mat` of the prompt is missing"
        );
        assert_eq!(
            why("<START>a cat on a mat, intricate<END>"),
            "there is no term of `style` in it"
        );
        assert_eq!(
            why("<START>a cat on a mat, intricate water color<END>"),
            "there is no term of `style` in it"
        );
        assert_eq!(why("a cat"), "the answer holds no prompt");
        for clusters in 0..=CLUSTERS.len() {
            let form = Enhanced { clusters, ..form };
            assert_eq!(form.check(form.plain()), Ok(form.plain()), "it keeps its own rules");
        }
        assert_eq!(form.plain(), "A cat, on the Mat, highly detailed, oil painting");
        assert!(form.in_words()[1].starts_with("style: oil painting, "));
    }
}
