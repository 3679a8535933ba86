//! `chat/completions`: the mind and the eye as writer and seer, by rules.
//!
//! They know the questions of the recipes `idea2img`, `sld-models` and `rich-feedback`, told apart by the
//! form that the answer must have, about ideas of the closed world. As a writer of prompts the mind knows one wording
//! only: it hands the idea on; as a parser and controller it answers by the rules that `sld` goes by.
//! As a seer it says what the eye sees, or scores a picture by what the eye finds wrong with it.
//! Everything else is declined: nobody here understands free text.

mod question;

use hyper::StatusCode;
use pentimento_engine::{
    diff::{PRESERVE_IOU, diff},
    ports::Proposal,
};
use pentimento_mind::{edited, propose};
use pentimento_model::{Artifact, Constraints, EditOp, Finding, Layout, Region, StepKey};
use pentimento_prompts::{
    Flaw, Marked, rich_in_json,
    sld::{parsed_in_json, seen_in_json},
};
use pentimento_world::instruction::instruction;
use serde::Deserialize;
use serde_json::{Value, json};

use self::question::{Message, Question};
use crate::{eye, models, refusal::Refusal, world::World};

/// The scale of scores (`Idea2Img`, section 3).
const BEST_SCORE: usize = 10;

/// What a caller asks. Fields that change nothing here, such as `temperature` and `seed`, are
/// passed over: rules have no chance in them.
#[derive(Debug, Deserialize)]
pub(crate) struct Ask {
    model: String,
    messages: Vec<Message>,
    response_format: Option<ResponseFormat>,
    n: Option<u32>,
    stream: Option<bool>,
    logprobs: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct ResponseFormat {
    json_schema: Option<JsonSchema>,
}

#[derive(Debug, Deserialize)]
struct JsonSchema {
    name: String,
}

/// What the mind says.
#[derive(Debug, PartialEq)]
enum Said {
    /// An answer in the form that was asked for.
    Answer(Value),
    /// Why there is none: the idea is not of this world, or the picture cannot be looked at.
    Declined(String),
}

/// Answers a question.
pub(crate) async fn complete(world: &World, ask: Ask) -> Result<Value, Refusal> {
    models::check_speaker(&ask.model)?;
    for (field, wrong) in [
        ("stream", ask.stream == Some(true)),
        ("logprobs", ask.logprobs == Some(true)),
        ("n", ask.n.is_some_and(|n| n != 1)),
    ] {
        if wrong {
            let mind = models::MIND;
            return Err(Refusal::of(field, format!("`{mind}` gives one answer, whole, by rules")));
        }
    }
    let schema = ask.response_format.and_then(|format| format.json_schema);
    let form = schema.map(|schema| schema.name);
    let read = move || Question::read(form.as_deref(), &ask.messages);
    let question = crate::ask::elsewhere(read).await?;
    let said = answer(world, &question).await?;
    Ok(shown(world, &question, &said))
}

async fn answer(world: &World, question: &Question) -> Result<Said, Refusal> {
    if let Question::Seen { picture } = question {
        let seen = eye::sightings(world, picture).await;
        return Ok(seen.map_or_else(blind, |seen| Said::Answer(seen_in_json(&seen))));
    }
    let idea = question.idea();
    if let Question::Edited { seen, .. } = question {
        return Ok(match instruction(idea) {
            Ok(steps) => Said::Answer(planned(edited(&steps, seen))),
            Err(error) => Said::Declined(format!("{error}; {}", error.hint())),
        });
    }
    let wanted = match pentimento_world::read(idea) {
        Ok(wanted) => wanted,
        Err(error) => return Ok(Said::Declined(format!("{error}; {}", error.hint()))),
    };
    let value = match question {
        Question::Seen { .. } | Question::Edited { .. } => return Ok(blind()),
        Question::Parsed { .. } => parsed_in_json(&wanted),
        Question::Rich { picture, .. } => match eye::layout(world, idea, &wanted, picture).await {
            Some(seen) => rich_in_json(&marked(&wanted, &seen)),
            None => return Ok(blind()),
        },
        Question::Plan { seen, .. } => planned(propose(&wanted, seen)),
        Question::Prompts { idea } => json!({ "prompts": [idea] }),
        Question::Choice { pictures, .. } => {
            let mut found = Vec::with_capacity(pictures.len());
            for picture in pictures {
                match look(world, idea, &wanted, picture).await? {
                    Ok(findings) => found.push(findings),
                    Err(declined) => return Ok(declined),
                }
            }
            choice(&found)
        }
        Question::Reason { picture, .. } => match look(world, idea, &wanted, picture).await? {
            Ok(findings) => json!({ "reason": reason(&findings) }),
            Err(declined) => return Ok(declined),
        },
    };
    Ok(Said::Answer(value))
}

/// What is wrong with a picture, or that it cannot be looked at.
async fn look(
    world: &World,
    idea: &str,
    wanted: &Constraints,
    picture: &Artifact,
) -> Result<Result<Vec<Finding>, Said>, Refusal> {
    let findings = eye::findings(world, idea, wanted, picture).await;
    Ok(findings.ok_or_else(blind))
}

fn blind() -> Said {
    Said::Declined("the eye cannot look at a picture of it".to_owned())
}

/// What the rules would change, as marks; one point less for each.
fn marked(wanted: &Constraints, seen: &Layout) -> Marked {
    let ops = diff(seen, &propose(wanted, seen).layout, PRESERVE_IOU);
    let flaw = |region: Region, instead: String| Flaw { region, problem: String::new(), instead };
    let flaws = ops.iter().flat_map(|op| match op {
        EditOp::Delete { region, .. } => vec![flaw(*region, String::new())],
        EditOp::Add { item, region } => vec![flaw(*region, format!("a {}", item.kind()))],
        EditOp::Move { item, from, to } => {
            vec![flaw(*from, String::new()), flaw(*to, format!("a {}", item.kind()))]
        }
        EditOp::Restyle { item, region, attribute } => {
            vec![flaw(*region, format!("a {attribute} {}", item.noun))]
        }
        EditOp::Inpaint { region, prompt } => vec![flaw(*region, prompt.clone())],
    });
    let score = u8::try_from(BEST_SCORE.saturating_sub(ops.len())).unwrap_or_default();
    Marked { scores: [None, None, None, Some(score)], flaws: flaws.collect(), words: Vec::new() }
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
    let lines = found.iter().enumerate().map(|(at, findings)| format!("{at}: {}", told(findings)));
    let check = lines.collect::<Vec<_>>().join(" | ");
    json!({ "check": check, "scores": scores, "best": best.unwrap_or_default() })
}

/// The first thing that is wrong.
fn reason(findings: &[Finding]) -> String {
    findings.first().map_or_else(|| "nothing is wrong".to_owned(), |first| first.message.clone())
}

fn told(findings: &[Finding]) -> String {
    if findings.is_empty() {
        return "nothing is wrong".to_owned();
    }
    findings.iter().map(|finding| finding.message.as_str()).collect::<Vec<_>>().join("; ")
}

/// Rules read no tokens and write none, so nothing is counted.
fn shown(world: &World, question: &Question, said: &Said) -> Value {
    let (content, refusal) = match said {
        Said::Answer(value) => (Some(value.to_string()), None),
        Said::Declined(why) => (None, Some(why)),
    };
    let id = StepKey::of([b"chat".as_slice(), question.idea().as_bytes()]).to_hex();
    let short = id.get(..24).unwrap_or_default();
    json!({
        "id": format!("chatcmpl-{short}"),
        "object": "chat.completion",
        "created": world.now(),
        "model": models::MIND,
        "choices": [{
            "index": 0,
            "message": { "role": "assistant", "content": content, "refusal": refusal },
            "finish_reason": "stop",
        }],
        "usage": { "prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0 },
    })
}

/// A question nobody here knows.
fn unknown() -> Refusal {
    let message = format!(
        "`{}` answers by rules, and only what the recipes `idea2img`, `sld-models` and \
         `rich-feedback` ask, with the form of the answer as `response_format`",
        models::MIND
    );
    Refusal::new(StatusCode::BAD_REQUEST, message).coded("unknown_question")
}

#[cfg(test)]
mod tests;
