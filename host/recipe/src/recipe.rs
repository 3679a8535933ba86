//! A checked recipe, and how it is written down again.

use pentimento_model::{Ability, Budget};

use crate::{
    Algorithm, Examiner, Medium, Role, TextAlgorithm, Trial, Until,
    parameter::{CELLS, CONTRASTS, QUESTIONS, ROUNDS, Range, SAMPLES, Setting, TOGETHER, TRUST},
    problem::{RecipeError, advice},
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
    /// The name of the assessor whose findings say what is in the picture, or the role (`seer`,
    /// `detector`) of the model that says it; `None` if nobody has to.
    pub detector: Option<String>,
    /// The name of the tool that the algorithm has work; `None` if there is none.
    pub tool: Option<String>,
    /// Who asks questions about pictures; `None` if nobody does.
    pub examiner: Option<Examiner>,
    /// The name of an assessor, or the role `auditor`, that is asked and not heard: a run whose judge
    /// rises while this one falls is stopped. `None` if nobody watches.
    pub held_out: Option<String>,
    /// When it stops, in place of the algorithm's own rules; `None` if they count.
    pub until: Option<Until>,
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

    /// The most rounds that [`Self::with_rounds`] accepts.
    pub const fn most_rounds() -> u32 {
        match ROUNDS.range {
            Range::Whole { most, .. } => most,
            Range::Number { .. } | Range::Flag { .. } => 0,
        }
    }

    /// The number of rounds [`Self::with_rounds`] accepts.
    pub const fn rounds_range() -> Range {
        ROUNDS.range
    }

    /// The same recipe with another examiner, who has its usual settings.
    pub fn with_examiner(&self, name: &str) -> Result<Self, RecipeError> {
        if self.examiner.is_some_and(|known| known.name() == name) {
            return Ok(self.clone());
        }
        let examiner = Examiner::usual(name).ok_or_else(|| RecipeError::UnknownExaminer {
            name: name.to_owned(),
            hint: advice(name, &Examiner::NAMES),
        })?;
        Ok(Self { examiner: Some(examiner), ..self.clone() })
    }

    /// The same recipe with somebody else to say what is in the pictures: an assessor, or a model in
    /// the role `seer` or `detector`.
    pub fn with_detector(&self, name: &str) -> Result<Self, RecipeError> {
        let (recipe, name) = (self.name.clone(), name.to_owned());
        if self.detector.is_none() {
            return Err(RecipeError::NoDetector { recipe });
        }
        if self.held_out.as_ref() == Some(&name) {
            return Err(RecipeError::HeldOutDetector { recipe, name });
        }
        Ok(Self { detector: Some(name), ..self.clone() })
    }

    /// The same recipe with an assessor that is asked and not heard.
    pub fn with_held_out(&self, name: &str) -> Result<Self, RecipeError> {
        if self.detector.as_deref() == Some(name) {
            let (recipe, name) = (self.name.clone(), name.to_owned());
            return Err(RecipeError::HeldOutDetector { recipe, name });
        }
        if name == Role::Auditor.as_str() && self.medium() == Medium::Picture {
            return Err(RecipeError::AuditsTexts { recipe: self.name.clone() });
        }
        Ok(Self { held_out: Some(name.to_owned()), ..self.clone() })
    }

    /// True if somebody must play this role.
    pub fn needs(&self, role: Role) -> bool {
        let asked = self.examiner.map(|examiner| examiner.roles()).unwrap_or_default();
        self.algorithm.roles().contains(&role)
            || asked.contains(&role)
            || self.detecting_role() == Some(role)
            || (role == Role::Auditor && self.is_audited())
    }

    /// True if a model grades every text beside the run.
    pub fn is_audited(&self) -> bool {
        self.held_out.as_deref() == Some(Role::Auditor.as_str())
    }

    /// The role of the model that finds the objects; `None` if a plugin does, or nobody.
    pub fn detecting_role(&self) -> Option<Role> {
        let name = self.detector.as_deref()?;
        [Role::Seer, Role::Detector].into_iter().find(|role| role.as_str() == name)
    }

    /// The plugin that says what is in the pictures; `None` if a model does, or nobody.
    pub fn detecting_plugin(&self) -> Option<&str> {
        self.detector.as_deref().filter(|_| self.detecting_role().is_none())
    }

    /// The plugin that is asked and not heard; `None` if a model is, or nobody.
    pub fn held_out_plugin(&self) -> Option<&str> {
        self.held_out.as_deref().filter(|_| !self.is_audited())
    }

    /// When it stops, budgets aside; `None` where no draft is carried on by these rules.
    pub fn stops_once(&self) -> Option<Until> {
        let Algorithm::Text(text) = &self.algorithm else { return None };
        text.usual_until().map(|usual| self.until.clone().unwrap_or(usual))
    }

    /// True if it can begin with a picture of the user's.
    pub const fn takes_picture(&self) -> bool {
        matches!(
            self.algorithm,
            Algorithm::Sld { .. }
                | Algorithm::TextMatch { edits: true, .. }
                | Algorithm::RichFeedback { .. }
                | Algorithm::IterativeInpaint
        ) || self.needs_picture()
    }

    /// True if it asks about a picture of the user's, and can do nothing without.
    pub const fn needs_picture(&self) -> bool {
        matches!(self.algorithm, Algorithm::Text(TextAlgorithm::Sight(_)))
    }

    /// True if it has use for facts of the user's.
    pub const fn takes_facts(&self) -> bool {
        matches!(self.algorithm, Algorithm::ContextCanvas { .. })
    }

    /// What its painter must be able to do beside painting from words.
    pub const fn paints_by(&self) -> &'static [Ability] {
        match self.algorithm {
            Algorithm::Sld { .. }
            | Algorithm::RichFeedback { .. }
            | Algorithm::IterativeInpaint => &[Ability::Inpaint],
            Algorithm::TextMatch { edits: true, .. } => &[Ability::Edit],
            Algorithm::InitNo { .. } => &[Ability::Seeded],
            Algorithm::Fabric { .. } => &[Ability::References],
            _ => &[],
        }
    }

    /// True if somebody chooses among pictures.
    pub const fn chooses(&self) -> bool {
        matches!(self.algorithm, Algorithm::Idea2Img { .. })
    }

    /// What its tool is asked for once before a run: one that lacks what the operator hands it, or that
    /// does something else than the recipe needs, says so then. `None` without a tool.
    pub const fn tool_trial(&self) -> Option<Trial> {
        match self.algorithm {
            Algorithm::Text(text) => text.trial(),
            _ => None,
        }
    }

    /// Pictures that one question shows, at most.
    pub fn most_shown(&self) -> u32 {
        match self.algorithm {
            // The pictures of a round, and in the end the best of each.
            Algorithm::Idea2Img { drafts, .. } => drafts.max(self.rounds.saturating_add(1)),
            _ => 1,
        }
    }

    /// Pictures that its painter is shown as feedback for one of its own, at most.
    pub const fn most_references(&self) -> u32 {
        match self.algorithm {
            Algorithm::Fabric { shown, .. } => shown.saturating_mul(2),
            _ => 0,
        }
    }

    /// True if it has use for somebody who says how alike texts are.
    pub const fn likens(&self) -> bool {
        self.most_likened() > 0
    }

    /// Texts that are compared at once, at most.
    pub const fn most_likened(&self) -> u32 {
        match self.algorithm {
            Algorithm::Text(text) => text.compared(),
            _ => 0,
        }
    }

    /// What its candidates are.
    pub const fn medium(&self) -> Medium {
        self.algorithm.medium()
    }

    /// What a run of this recipe may spend: the candidates of the first round and of all others.
    pub const fn budget(&self) -> Budget {
        let (first, each) = match self.algorithm {
            Algorithm::Sld { .. }
            | Algorithm::BestOfN { .. }
            | Algorithm::TextMatch { .. }
            | Algorithm::Rank { .. }
            | Algorithm::CyclePrompt { .. }
            | Algorithm::RichFeedback { .. }
            | Algorithm::IterativeInpaint
            | Algorithm::NeuroPrompts { .. }
            | Algorithm::ContextCanvas { .. } => (1, 1),
            Algorithm::InitNo { seeds, .. } => (seeds, 1),
            Algorithm::Text(text) => text.texts(),
            Algorithm::BlackBox { start, .. } => (start.saturating_add(1), 1),
            Algorithm::Idea2Img { drafts, .. } | Algorithm::Fabric { drafts, .. } => {
                (drafts, drafts)
            }
            // Round 0 paints the idea alone.
            Algorithm::Opt2I { prompts, pictures, .. } => {
                (pictures, prompts.saturating_mul(pictures))
            }
        };
        Budget::new(self.rounds, self.rounds.saturating_mul(each).saturating_add(first))
    }

    /// Calls of models in words, as (role, how many), if every answer is of use at once; at most so
    /// many, where there is an examiner. An answer that is not of use is asked for once more. A
    /// judge, if there is one, chooses in the seer's place.
    pub fn words(&self, judge: bool) -> Vec<(Role, u32)> {
        let mut all: Vec<(Role, u32)> = Vec::new();
        let mut asked = [self.own_words(judge), self.examiner_words()].concat();
        if self.detecting_role() == Some(Role::Seer) {
            asked.push((Role::Seer, self.budget().images));
        }
        if self.is_audited() {
            asked.push((Role::Auditor, self.budget().images));
        }
        for (role, calls) in asked.into_iter().filter(|(_, calls)| *calls > 0) {
            match all.iter_mut().find(|(known, _)| *known == role) {
                Some((_, sum)) => *sum = sum.saturating_add(calls),
                None => all.push((role, calls)),
            }
        }
        all
    }

    /// Those of the examiner, at most.
    fn examiner_words(&self) -> Vec<(Role, u32)> {
        let Some(examiner) = self.examiner else { return Vec::new() };
        let pictures = match self.algorithm {
            // Only the best of each round that another one follows is assessed.
            Algorithm::Idea2Img { .. } => self.rounds,
            _ => self.budget().images,
        };
        let looks = pictures.saturating_mul(examiner.looks());
        let compared = pictures.saturating_mul(examiner.comparisons());
        let read = examiner.readings().saturating_add(compared);
        vec![(Role::Writer, read), (Role::Seer, looks)]
    }

    /// Those of the algorithm.
    fn own_words(&self, judge: bool) -> Vec<(Role, u32)> {
        match self.algorithm {
            // The idea once, and every picture.
            Algorithm::Sld { asks_writer: true, .. } => {
                vec![(Role::Writer, self.budget().images.saturating_add(1))]
            }
            Algorithm::Sld { .. }
            | Algorithm::BestOfN { .. }
            | Algorithm::Rank { .. }
            | Algorithm::CyclePrompt { .. }
            | Algorithm::IterativeInpaint
            | Algorithm::Fabric { .. } => Vec::new(),
            Algorithm::BlackBox { start, .. } => {
                vec![(Role::Writer, self.rounds.saturating_add(start.min(1)))]
            }
            Algorithm::Opt2I { .. }
            | Algorithm::TextMatch { .. }
            | Algorithm::RichFeedback { .. }
            | Algorithm::NeuroPrompts { .. }
            | Algorithm::InitNo { .. } => vec![(Role::Writer, self.rounds)],
            Algorithm::ContextCanvas { .. } => vec![(Role::Writer, self.rounds.saturating_add(1))],
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
        let asked = match self.examiner {
            None | Some(Examiner::Cycle | Examiner::Rich | Examiner::Lettering) => Vec::new(),
            Some(Examiner::Map { cells, trust }) => vec![CELLS.whole(cells), TRUST.whole(trust)],
            Some(
                Examiner::Dsg { questions, together } | Examiner::Tifa { questions, together },
            ) => vec![QUESTIONS.whole(questions), TOGETHER.flag(together)],
            Some(Examiner::TextNorm { contrasts, samples }) => {
                vec![CONTRASTS.whole(contrasts), SAMPLES.whole(samples)]
            }
            Some(Examiner::VqaScore { samples }) => vec![SAMPLES.whole(samples)],
        };
        let (rounds, own) = (ROUNDS.whole(self.rounds), self.algorithm.settings());
        [vec![rounds], own, asked].concat()
    }

    /// The recipe as TOML with every parameter spelled out. Reading it gives the same recipe.
    pub fn to_toml(&self) -> String {
        let line = |key: &str, value: &str| format!("{key} = {}\n", toml::Value::from(value));
        let mut lines = vec![line("name", &self.name), line("title", &self.title)];
        lines.extend(self.paper.as_deref().map(|paper| line("paper", paper)));
        lines.push(line("summary", &self.summary));
        lines.push(line("algorithm", self.algorithm.name()));
        lines.extend(self.detector.as_deref().map(|name| line("detector", name)));
        lines.extend(self.tool.as_deref().map(|name| line("tool", name)));
        lines.extend(self.examiner.map(|examiner| line("examiner", examiner.name())));
        lines.extend(self.held_out.as_deref().map(|name| line("held-out", name)));
        lines.extend(self.until.as_ref().map(|until| format!("until = {}\n", until.to_toml())));
        lines.push("\n[parameters]\n".to_owned());
        let settings = self.parameters().into_iter();
        lines.extend(settings.map(|one| format!("{} = {}\n", one.parameter.name, one.value)));
        lines.concat()
    }
}
