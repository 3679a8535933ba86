//! Primitive *examine*: a critic made of questions to models, for any recipe.
//!
//! An examiner reads the idea once, by questions to the writer, and then asks the seer about each
//! candidate. Every question is paid out of the run's ledger and journaled as `ask.rs`
//! does it; what the answers come to is an assessment like any plugin's, made from them alone. An
//! examiner whose questions bring no answer of use is a missing opinion.
//!
//! What is asked is told in one file for each examiner, named after it.

mod cycle;
mod dsg;
mod lettering;
mod map;
mod rich;
mod tally;
mod textnorm;
mod tifa;
mod vqascore;

use pentimento_model::{
    Artifact, Assessment, Candidate, Critique, Fault, FaultKind, MediaType, Opinion, PluginId,
    Score, StepKey,
};
use pentimento_prompts::{self as prompts, Answers, OF_IDEA, OneWord, Query, no_or_yes};
use pentimento_recipe::{Examiner, Role};

use self::tally::{Told, tally};
pub(crate) use self::{
    map::MAP,
    rich::{INPAINT, WORD},
};
use crate::{
    RunError,
    ask::{Question, unwritten},
    assess::Said,
    run::{Run, load},
};

/// Changes whenever the same answers would come to another assessment.
const VERSION: &str = "1";

/// What is asked about every picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Exam {
    queries: Vec<Query>,
    /// For each question the others without whose right answer it makes no sense.
    parents: Vec<Vec<usize>>,
}

impl Exam {
    /// Questions that do not depend on each other.
    pub(crate) fn of(queries: Vec<Query>) -> Self {
        let parents = vec![Vec::new(); queries.len()];
        Self { queries, parents }
    }

    /// The one question that is left when an idea cannot be taken apart.
    fn of_the_whole(idea: &str) -> Self {
        Self::of(vec![no_or_yes("global", format!("{OF_IDEA}{idea}?"))])
    }
}

impl Run<'_> {
    /// What the recipe's examiner says of a candidate; `None` if there is no examiner.
    pub(crate) async fn examine(
        &mut self,
        candidate: &Candidate,
    ) -> Result<Option<Said>, RunError> {
        let Some(examiner) = self.request.recipe.examiner else { return Ok(None) };
        let assessor = self.named(examiner);
        let picture = load(&self.made, self.ports, candidate.artifact)?;
        let before = self.asked;
        let critique = if picture.media_type == MediaType::Text {
            Some(abstained("not a picture"))
        } else {
            self.ask_about(examiner, &picture).await?
        };
        let given = |critique| Assessment::Given {
            assessor: assessor.clone(),
            opinion: Opinion::Critique(critique),
        };
        let assessment = critique.map_or_else(|| without_opinion(&assessor), given);
        let key = StepKey::of([
            b"examine".as_slice(),
            assessor.name.as_bytes(),
            assessor.digest.as_bytes(),
            candidate.artifact.as_bytes(),
            &candidate.id.0.to_le_bytes(),
            &before.to_le_bytes(),
            &self.asked.to_le_bytes(),
        ]);
        self.remember(key, candidate.id, assessment).await.map(Some)
    }

    /// The examiner's score among what was said of a candidate.
    pub(crate) fn score(&self, said: &[Said]) -> Option<Score> {
        match self.examined(said)? {
            Assessment::Given { opinion: Opinion::Critique(critique), .. } => critique.score,
            Assessment::Given { .. } | Assessment::Missing { .. } => None,
        }
    }

    /// What the examiner said of a candidate.
    pub(crate) fn examined<'s>(&self, said: &'s [Said]) -> Option<&'s Assessment> {
        let assessor = self.named(self.request.recipe.examiner?);
        let by = |one: &&Said| *one.assessment.assessor() == assessor;
        said.iter().find(by).map(|one| &one.assessment)
    }

    /// The examiner as an assessor: another one as soon as somebody else answers.
    fn named(&self, examiner: Examiner) -> PluginId {
        let models = &self.ports.models;
        let identity = |role| match role {
            Role::Reader => models.reader.as_ref().map(|reader| reader.identity()),
            _ => models.of(role).map(|model| model.identity()),
        };
        let models: Vec<_> = examiner.roles().iter().map(|role| identity(*role)).collect();
        PluginId::of(examiner.name(), format!("{VERSION} {examiner:?} {models:?}").as_bytes())
    }

    async fn ask_about(
        &mut self,
        examiner: Examiner,
        picture: &Artifact,
    ) -> Result<Option<Critique>, RunError> {
        let exam = match &self.exam {
            Some(exam) => exam.clone(),
            None => self.read_idea(examiner).await?,
        };
        self.exam = Some(exam.clone());
        let together = match examiner {
            Examiner::VqaScore { samples } => return vqascore::ask(self, samples, picture).await,
            Examiner::TextNorm { samples, .. } => {
                return textnorm::ask(self, &exam, samples, picture).await;
            }
            Examiner::Cycle => return cycle::ask(self, picture).await,
            Examiner::Lettering => return lettering::ask(self, picture).await,
            Examiner::Rich => return rich::ask(self, picture).await,
            Examiner::Map { cells, trust } => return map::ask(self, cells, trust, picture).await,
            Examiner::Dsg { together, .. } | Examiner::Tifa { together, .. } => together,
        };
        let mut told = None;
        if together {
            told = ask_together(self, &exam, picture).await?;
        }
        let told = match told {
            Some(told) => told,
            None => ask_each(self, &exam, picture).await?,
        };
        Ok(tally(&exam, &told))
    }

    /// Reads the idea, once in a run.
    async fn read_idea(&mut self, examiner: Examiner) -> Result<Exam, RunError> {
        match examiner {
            Examiner::Dsg { questions, .. } => dsg::read(self, count(questions)).await,
            Examiner::Tifa { questions, .. } => tifa::read(self, count(questions)).await,
            Examiner::TextNorm { contrasts, .. } => textnorm::read(self, count(contrasts)).await,
            Examiner::VqaScore { .. }
            | Examiner::Cycle
            | Examiner::Rich
            | Examiner::Map { .. }
            | Examiner::Lettering => Ok(Exam::of(Vec::new())),
        }
    }
}

/// One question at a time, none that makes no sense any more.
async fn ask_each(
    run: &mut Run<'_>,
    exam: &Exam,
    picture: &Artifact,
) -> Result<Vec<Told>, RunError> {
    let mut told = vec![Told::Unasked; exam.queries.len()];
    for index in tally::order(&exam.parents) {
        let (Some(query), Some(parents)) = (exam.queries.get(index), exam.parents.get(index))
        else {
            continue;
        };
        let answer = if tally::is_moot(exam, &told, parents) {
            Told::Moot
        } else {
            let asked = prompts::Exam::Answer { query };
            let instead = "it counts as not shown";
            let form = OneWord { choices: &query.choices };
            let question = question(Role::Seer, &asked, std::slice::from_ref(picture), instead)?;
            run.put(question, &form).await?.map_or(Told::Unasked, Told::Answered)
        };
        if let Some(place) = told.get_mut(index) {
            *place = answer;
        }
    }
    Ok(told)
}

/// All questions in one call; `None` if that brings nothing of use.
async fn ask_together(
    run: &mut Run<'_>,
    exam: &Exam,
    picture: &Artifact,
) -> Result<Option<Vec<Told>>, RunError> {
    let asked = prompts::Exam::Answers { queries: &exam.queries };
    let instead = "each question is put alone";
    let question = question(Role::Seer, &asked, std::slice::from_ref(picture), instead)?;
    let answers = run.put(question, &Answers { queries: &exam.queries }).await?;
    Ok(answers.map(|answers| {
        let answer = |one: Option<usize>| one.map_or(Told::Unasked, Told::Answered);
        let mut told: Vec<Told> = answers.into_iter().map(answer).collect();
        tally::rule_out(exam, &mut told);
        told
    }))
}

fn without_opinion(assessor: &PluginId) -> Assessment {
    let message = "its questions brought no answer of use".to_owned();
    let fault = Fault { kind: FaultKind::Failed, message, log: Vec::new() };
    Assessment::Missing { assessor: assessor.clone(), fault }
}

fn abstained(why: &str) -> Critique {
    let abstained = Some(why.to_owned());
    Critique { score: None, confidence: Score::ONE, abstained, findings: Vec::new() }
}

/// A question of an examiner, in words.
fn question<'q>(
    role: Role,
    asked: &prompts::Exam<'_>,
    pictures: &'q [Artifact],
    instead: &'static str,
) -> Result<Question<'q>, RunError> {
    let text = asked.render().map_err(unwritten)?;
    Ok(Question { role, step: asked.step(), text, pictures, likelihood: false, instead })
}

fn count(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
