//! Roles `writer` and `seer` by rules: what recipes for pictures ask, about ideas of the closed world.
//!
//! Which question it is, is told by the form that the answer must have and by the blocks in which every
//! prompt of this program quotes whoever it speaks of. As a writer it takes an idea apart into facts,
//! words it otherwise, or contradicts it; as a seer it says what the eye sees, and whether that is what
//! was asked. Everything else is declined: nobody here understands free text.

mod asked;
mod facts;
mod glance;
mod marks;
mod quiz;
mod scene;
mod wordings;

use std::sync::Arc;

use async_trait::async_trait;
use pentimento_engine::{
    PortError, Reservation,
    ports::{Assess, Complete, Paid, Proposal},
};
use pentimento_model::{Answer, Artifact, Chat, Constraints, Finding, Finish, Spending};
use pentimento_prompts::{
    rich_in_json,
    sld::{parsed_in_json, seen_in_json},
};
use pentimento_world::instruction::instruction;
use serde_json::{Value, json};

use self::{asked::Asked, glance::Glance};
use crate::{edited, eye::Eye, likely::yes_or_no, propose};

/// The scale of scores (`Idea2Img`, section 3).
const BEST_SCORE: usize = 10;
/// Its name, as that of a model.
const NAME: &str = "mind";

/// A writer and seer by rules. Rules have no chance in them: same question, same answer.
#[derive(Clone, Debug, Default)]
pub struct RuleSpeaker {
    eye: Option<Eye>,
}

/// What it says.
#[derive(Debug, PartialEq)]
enum Said {
    /// An answer in the form that was asked for.
    Answer(Value),
    /// One that may say how likely it is to be yes.
    Likely(f64),
    /// Why there is none: the idea is not of this world, or the picture cannot be looked at.
    Declined(String),
}

impl RuleSpeaker {
    /// One that writes, and looks through an assessor that finds objects in pictures.
    pub fn through(eye: Arc<dyn Assess>) -> Self {
        Self { eye: Some(Eye::through(eye)) }
    }

    /// The same where nobody looks: the eye has this digest.
    pub fn named(digest: &str) -> Self {
        Self { eye: Some(Eye::named(digest)) }
    }

    /// Answers a question; an error if it is none that it knows.
    pub async fn answer(&self, chat: &Chat) -> Result<Answer, PortError> {
        let asked = Asked::read(chat);
        let said = self.say(&asked).await.ok_or_else(unknown)?;
        let (text, finish, tokens) = match said {
            Said::Answer(value) => (value.to_string(), Finish::Stop, Vec::new()),
            Said::Likely(likely) => {
                let (word, tokens) = yes_or_no(likely);
                if chat.alternatives > 0 {
                    (word, Finish::Stop, tokens)
                } else {
                    (json!({ "answer": word }).to_string(), Finish::Stop, Vec::new())
                }
            }
            Said::Declined(why) => (why, Finish::Refusal, Vec::new()),
        };
        Ok(Answer { text, finish, model: NAME.to_owned(), tokens })
    }

    /// `None` if the question is unknown.
    async fn say(&self, asked: &Asked<'_>) -> Option<Said> {
        let form = asked.form;
        match (form, asked.pictures.as_slice()) {
            ("parents", []) => Some(Said::Answer(facts::parents_in_json(asked.block("writer")?))),
            ("questions", []) => {
                Some(Said::Answer(facts::questions_in_json(asked.block("writer")?)))
            }
            ("edited", []) => {
                let (idea, seen) = (asked.idea()?, asked.layout()?);
                Some(match instruction(&idea) {
                    Ok(steps) => Said::Answer(planned(edited(&steps, &seen))),
                    Err(error) => Said::Declined(format!("{error}; {}", error.hint())),
                })
            }
            ("seen" | "caption" | "answer" | "answers", [picture]) if asked.idea().is_none() => {
                let Some(glance) = self.glance("", picture).await else { return Some(blind()) };
                match form {
                    "seen" => Some(Said::Answer(seen_in_json(&glance.sightings()))),
                    "caption" => Some(Said::Answer(json!({ "caption": scene::caption(&glance) }))),
                    _ => asked.queries().map(|queries| told(form, &queries, &glance)),
                }
            }
            _ => {
                let idea = asked.idea()?;
                match pentimento_world::read(&idea) {
                    Ok(wanted) => self.say_of_idea(asked, &idea, &wanted).await,
                    Err(error) => Some(Said::Declined(format!("{error}; {}", error.hint()))),
                }
            }
        }
    }

    async fn say_of_idea(
        &self,
        asked: &Asked<'_>,
        idea: &str,
        wanted: &Constraints,
    ) -> Option<Said> {
        if !asked.pictures.is_empty() && asked.form != "prompts" {
            return self.say_of_pictures(asked, idea, wanted).await;
        }
        Some(Said::Answer(match asked.form {
            "parsed" => parsed_in_json(wanted),
            "plan" => planned(propose(wanted, &asked.layout()?)),
            "facts" => facts::facts_in_json(wanted),
            "quiz" => quiz::quiz_in_json(wanted),
            "answers" => {
                let known = asked.queries()?;
                let answers = known.iter().map(|query| quiz::from_words(&query.question, wanted));
                json!({ "answers": answers.collect::<Vec<_>>() })
            }
            "prompts" => json!({ "prompts": wordings::others(idea, wanted, &asked.tried()) }),
            "contraries" => json!({ "prompts": wordings::contraries(wanted) }),
            "thought" => match asked.block("examiner") {
                // An instruction for who changes pictures is no wording of the idea.
                Some(_) if asked.block("writer").is_none() => return None,
                _ => {
                    let prompt = wordings::another(idea, wanted, &asked.tried(), asked.clusters());
                    json!({ "thoughts": "by rules", "prompt": prompt })
                }
            },
            "comparison" => scene::compared(wanted, asked.block("seer")?.first()?)?,
            _ => return None,
        }))
    }

    async fn say_of_pictures(
        &self,
        asked: &Asked<'_>,
        idea: &str,
        wanted: &Constraints,
    ) -> Option<Said> {
        let of_one = ["reason", "rich", "map", "answer", ""].contains(&asked.form);
        if asked.form != "choice" && !(of_one && asked.pictures.len() == 1) {
            return None;
        }
        let mut glances = Vec::with_capacity(asked.pictures.len());
        for picture in &asked.pictures {
            match self.glance(idea, picture).await {
                Some(glance) => glances.push(glance),
                None => return Some(blind()),
            }
        }
        let wrong = |glance: &Glance| propose(wanted, &glance.layout(wanted)).findings;
        match (asked.form, glances.as_slice()) {
            ("choice", all) => {
                Some(Said::Answer(choice(&all.iter().map(wrong).collect::<Vec<_>>())))
            }
            ("reason", [glance]) => Some(Said::Answer(json!({ "reason": reason(&wrong(glance)) }))),
            ("rich", [glance]) => {
                Some(Said::Answer(rich_in_json(&marks::marked(wanted, &glance.layout(wanted)))))
            }
            ("map", [glance]) => {
                let rows = marks::map(wanted, &glance.layout(wanted), asked.cells?);
                Some(Said::Answer(json!({ "rows": rows })))
            }
            ("" | "answer", [glance]) => Some(Said::Likely(facts::likelihood(wanted, glance))),
            _ => None,
        }
    }

    /// What the eye sees; `None` if it cannot look.
    async fn glance(&self, idea: &str, picture: &Artifact) -> Option<Glance> {
        Glance::of(self.eye.as_ref()?.look(idea, picture).await?)
    }
}

#[async_trait]
impl Complete for RuleSpeaker {
    fn identity(&self) -> String {
        let eye = self.eye.as_ref().map(|eye| format!("/{}", eye.digest)).unwrap_or_default();
        format!("embedded/{NAME}/{}{eye}", env!("CARGO_PKG_VERSION"))
    }

    fn most(&self, _chat: &Chat) -> Spending {
        Spending::NONE
    }

    fn knows_likelihoods(&self) -> bool {
        true
    }

    async fn complete(
        &self,
        chat: &Chat,
        _leave: &Arc<Reservation>,
    ) -> Result<Paid<Answer>, PortError> {
        self.answer(chat).await.map(Paid::free)
    }
}

/// A question nobody here knows.
fn unknown() -> PortError {
    PortError::wrong_use(
        format!(
            "`{NAME}` answers by rules, and only what this program's recipes for pictures ask, with the \
             form of the answer and the idea quoted as they do"
        ),
        "bind a model that understands more: write `writer = \"PROVIDER/MODEL\"` under `[roles]`",
    )
}

fn blind() -> Said {
    Said::Declined("the eye cannot look at a picture of it".to_owned())
}

/// Answers to questions about a picture, in their order.
fn told(form: &str, queries: &[asked::Query], glance: &Glance) -> Said {
    let mut answers = Vec::with_capacity(queries.len());
    for query in queries {
        let Some(answer) = quiz::from_picture(query, glance) else {
            let question = pentimento_model::clean(&query.question);
            return Said::Declined(format!("nobody here understands `{question}`"));
        };
        answers.push(answer);
    }
    Said::Answer(match (form, answers.as_slice()) {
        ("answer", [answer]) => json!({ "answer": answer }),
        _ => json!({ "answers": answers }),
    })
}

/// The layout that the rules want, and what they find wrong with the one that was seen.
fn planned(proposal: Proposal) -> Value {
    let Proposal { layout, findings } = proposal;
    let problems = findings.iter().map(|finding| {
        let item = finding.evidence_text("item").unwrap_or_default();
        json!({ "problem": finding.message, "item": item })
    });
    let items = layout.items.iter().map(|item| {
        let region = &item.region;
        let region = [region.x(), region.y(), region.width(), region.height()];
        json!({ "name": item.name.to_string(), "box": region })
    });
    json!({
        "reasoning": "by rules",
        "problems": problems.collect::<Vec<_>>(),
        "objects": items.collect::<Vec<_>>(),
    })
}

/// Ten points, less one for each thing that is wrong, and never less than one. The earliest of
/// equals is best.
fn choice(found: &[Vec<Finding>]) -> Value {
    let score = |findings: &Vec<Finding>| BEST_SCORE.saturating_sub(findings.len()).max(1);
    let scores: Vec<usize> = found.iter().map(score).collect();
    let best = (0..found.len()).min_by_key(|at| found.get(*at).map_or(usize::MAX, Vec::len));
    let wrong = |findings: &[Finding]| match findings {
        [] => "nothing is wrong".to_owned(),
        some => some.iter().map(|one| one.message.as_str()).collect::<Vec<_>>().join("; "),
    };
    let lines = found.iter().enumerate().map(|(at, findings)| format!("{at}: {}", wrong(findings)));
    let check = lines.collect::<Vec<_>>().join(" | ");
    json!({ "check": check, "scores": scores, "best": best.unwrap_or_default() })
}

/// The first thing that is wrong.
fn reason(findings: &[Finding]) -> String {
    findings.first().map_or_else(|| "nothing is wrong".to_owned(), |first| first.message.clone())
}

#[cfg(test)]
mod tests;
