//! A checked recipe, and how it is written down again.

use pentimento_model::Budget;

use crate::{
    Algorithm,
    parameter::{PRESERVE_IOU, Parameter, ROUNDS, Range, STOP_EARLY, Setting},
};

/// A written procedure, checked: who is needed and how often what is done.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipe {
    /// Its name, as in `--recipe sld`.
    pub name: String,
    /// Its title in words.
    pub title: String,
    /// Where it comes from, such as `arXiv:2311.16090`.
    pub paper: Option<String>,
    /// What it does, in a few sentences.
    pub summary: String,
    /// The name of the assessor whose findings say what is in the picture.
    pub detector: String,
    /// Corrections or further pictures after the first candidate.
    pub rounds: u32,
    /// What is done, with the settings only this algorithm has.
    pub algorithm: Algorithm,
}

impl Recipe {
    /// The same recipe with another number of rounds; `None` if that is out of range.
    pub fn with_rounds(&self, rounds: u32) -> Option<Self> {
        let Range::Whole { least, most, .. } = ROUNDS.range else { return None };
        (least..=most).contains(&rounds).then(|| Self { rounds, ..self.clone() })
    }

    /// The number of rounds [`Self::with_rounds`] accepts.
    pub const fn rounds_range() -> Range {
        ROUNDS.range
    }

    /// What a run of this recipe may spend: the first picture, and one for each round.
    pub const fn budget(&self) -> Budget {
        Budget::new(self.rounds, self.rounds.saturating_add(1))
    }

    /// All parameters with their settled values.
    pub fn parameters(&self) -> Vec<Setting> {
        let setting = |parameter: Parameter, value: String| Setting { parameter, value };
        let rounds = setting(ROUNDS, self.rounds.to_string());
        let own = match self.algorithm {
            Algorithm::Sld { preserve_iou } => setting(PRESERVE_IOU, preserve_iou.to_string()),
            Algorithm::BestOfN { stop_early } => setting(STOP_EARLY, stop_early.to_string()),
        };
        vec![rounds, own]
    }

    /// The recipe as TOML with every parameter spelled out. Reading it gives the same recipe.
    pub fn to_toml(&self) -> String {
        let line = |key: &str, value: &str| format!("{key} = {}\n", toml::Value::from(value));
        let mut lines = vec![line("name", &self.name), line("title", &self.title)];
        lines.extend(self.paper.as_deref().map(|paper| line("paper", paper)));
        lines.push(line("summary", &self.summary));
        lines.push(line("algorithm", self.algorithm.name()));
        lines.push(line("detector", &self.detector));
        lines.push("\n[parameters]\n".to_owned());
        let settings = self.parameters().into_iter();
        lines.extend(settings.map(|one| format!("{} = {}\n", one.parameter.name, one.value)));
        lines.concat()
    }
}
