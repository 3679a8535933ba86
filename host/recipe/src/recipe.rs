//! A checked recipe, and how it is written down again.

use pentimento_model::Budget;

use crate::{
    Algorithm, Medium, Role,
    parameter::{
        ACCEPT_SCORE, DRAFTS, PRESERVE_IOU, Parameter, ROUNDS, Range, STOP_EARLY, Setting,
    },
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
    /// The name of the assessor whose findings say what is in the picture; `None` if nobody has to.
    pub detector: Option<String>,
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

    /// True if somebody must play this role.
    pub fn needs(&self, role: Role) -> bool {
        self.algorithm.roles().contains(&role)
    }

    /// What its candidates are.
    pub const fn medium(&self) -> Medium {
        self.algorithm.medium()
    }

    /// What a run of this recipe may spend: the candidates of the first round and of all others.
    pub const fn budget(&self) -> Budget {
        let each = match self.algorithm {
            Algorithm::Sld { .. } | Algorithm::BestOfN { .. } | Algorithm::Text(_) => 1,
            Algorithm::Idea2Img { drafts, .. } => drafts,
        };
        Budget::new(self.rounds, self.rounds.saturating_add(1).saturating_mul(each))
    }

    /// Calls of models in words, as (role, how many), if every answer is of use at once. An answer
    /// that is not is asked for once more. A judge, if there is one, chooses in the seer's place.
    pub fn words(&self, judge: bool) -> Vec<(Role, u32)> {
        match self.algorithm {
            Algorithm::Sld { .. } | Algorithm::BestOfN { .. } => Vec::new(),
            Algorithm::Text(text) => text.words(self.rounds, judge),
            Algorithm::Idea2Img { .. } => {
                let all = self.rounds.saturating_add(1);
                let choices = all + u32::from(self.rounds > 0);
                let writer = (Role::Writer, all);
                if judge {
                    vec![writer, (Role::Seer, self.rounds), (Role::Judge, choices)]
                } else {
                    vec![writer, (Role::Seer, self.rounds + choices)]
                }
            }
        }
    }

    /// All parameters with their settled values.
    pub fn parameters(&self) -> Vec<Setting> {
        let setting = |parameter: Parameter, value: String| Setting { parameter, value };
        let rounds = setting(ROUNDS, self.rounds.to_string());
        let own = match self.algorithm {
            Algorithm::Sld { preserve_iou } => {
                vec![setting(PRESERVE_IOU, preserve_iou.to_string())]
            }
            Algorithm::BestOfN { stop_early } => vec![setting(STOP_EARLY, stop_early.to_string())],
            Algorithm::Idea2Img { drafts, accept_score } => vec![
                setting(DRAFTS, drafts.to_string()),
                setting(ACCEPT_SCORE, accept_score.to_string()),
            ],
            Algorithm::Text(text) => text.settings(),
        };
        [vec![rounds], own].concat()
    }

    /// The recipe as TOML with every parameter spelled out. Reading it gives the same recipe.
    pub fn to_toml(&self) -> String {
        let line = |key: &str, value: &str| format!("{key} = {}\n", toml::Value::from(value));
        let mut lines = vec![line("name", &self.name), line("title", &self.title)];
        lines.extend(self.paper.as_deref().map(|paper| line("paper", paper)));
        lines.push(line("summary", &self.summary));
        lines.push(line("algorithm", self.algorithm.name()));
        lines.extend(self.detector.as_deref().map(|name| line("detector", name)));
        lines.push("\n[parameters]\n".to_owned());
        let settings = self.parameters().into_iter();
        lines.extend(settings.map(|one| format!("{} = {}\n", one.parameter.name, one.value)));
        lines.concat()
    }
}
