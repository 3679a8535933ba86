//! An idea as facts, and whether they hold in a picture.
//!
//! A fact is a sentence that the seer can read again: what it says is judged as the whole idea would
//! be. The background is no fact: the eye does not see it.

use std::collections::BTreeMap;

use pentimento_model::{Attribute, Constraints, RelationTarget, WantedObject};
use pentimento_prompts::OF_FACT;
use pentimento_world::{Unmet, judge, lookup, noun, read};
use serde_json::{Value, json};

use super::{
    glance::Glance,
    wordings::{mentioned, phrase},
};
use crate::propose;

/// How sentences of each kind begin.
const THERE_IS: &str = "there is at least one ";
const EVERY: &str = "every ";
const EXACTLY: [&str; 2] = ["there are exactly ", "there is exactly "];
const NONE: &str = "there is no ";

/// One fact of an idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fact {
    /// The kind, in DSG's words.
    pub kind: &'static str,
    /// The sentence.
    pub text: String,
}

/// Things first, then what is said of them.
pub(super) fn facts(wanted: &Constraints) -> Vec<Fact> {
    let mut by_noun: BTreeMap<usize, Vec<&WantedObject>> = BTreeMap::new();
    for object in &wanted.objects {
        let first = wanted.objects.iter().position(|other| other.noun == object.noun);
        by_noun.entry(first.unwrap_or_default()).or_default().push(object);
    }
    let mut facts: Vec<Fact> = Vec::new();
    for objects in by_noun.values() {
        let Some(first) = objects.first() else { continue };
        let fact = |kind, text| Fact { kind, text };
        facts.push(fact("entity", format!("{THERE_IS}{}", first.noun)));
        if let [only] = objects.as_slice() {
            let bare = WantedObject { attribute: None, ..(*only).clone() };
            facts.push(fact("count", exactly(&[&bare])));
            if let Some(look) = only.attribute {
                facts.push(fact("attribute", format!("{EVERY}{} is {look}", only.noun)));
            }
        } else {
            facts.push(fact("attribute", exactly(objects)));
        }
    }
    for at in 0..wanted.relations.len() {
        facts.extend(related(wanted, at));
    }
    let without = |noun: &String| Fact { kind: "entity", text: format!("{NONE}{noun}") };
    facts.extend(wanted.absent.iter().map(without));
    facts
}

/// `there are exactly two red apples and one green apple`
fn exactly(objects: &[&WantedObject]) -> String {
    let one = matches!(objects, [only] if only.count.0 == 1);
    let told: Vec<String> = objects.iter().map(|object| mentioned(object, false)).collect();
    format!("{}{}", if one { EXACTLY[1] } else { EXACTLY[0] }, told.join(" and "))
}

/// A relation with the objects at its ends.
fn related(wanted: &Constraints, at: usize) -> Option<Fact> {
    let mut relation = *wanted.relations.get(at)?;
    let mut objects = vec![wanted.objects.get(relation.subject)?.clone()];
    relation.subject = 0;
    if let RelationTarget::Object(target) = relation.target {
        objects.push(wanted.objects.get(target)?.clone());
        relation.target = RelationTarget::Object(1);
    }
    let alone = Constraints { objects, relations: vec![relation], ..Constraints::default() };
    Some(Fact { kind: "relation", text: phrase(&alone) })
}

/// The facts, as an answer.
pub(super) fn facts_in_json(wanted: &Constraints) -> Value {
    let facts = facts(wanted);
    let told = facts.iter().map(|fact| json!({ "kind": fact.kind, "fact": fact.text }));
    json!({ "facts": told.collect::<Vec<_>>() })
}

/// Which facts need which others: what is said of a thing needs the fact that it is there.
pub(super) fn parents_in_json(texts: &[String]) -> Value {
    let there: BTreeMap<&str, usize> = (1..)
        .zip(texts)
        .filter_map(|(number, text)| Some((text.strip_prefix(THERE_IS)?, number)))
        .collect();
    let parents = texts.iter().map(|text| {
        let needs = needs(text);
        needs.iter().filter_map(|noun| there.get(noun.as_str()).copied()).collect::<Vec<_>>()
    });
    json!({ "parents": parents.collect::<Vec<_>>() })
}

/// The kinds of objects that a fact speaks of, other than that they are there.
fn needs(text: &str) -> Vec<String> {
    if text.starts_with(THERE_IS) || text.starts_with(NONE) {
        return Vec::new();
    }
    if let Some((name, _)) = text.strip_prefix(EVERY).and_then(|rest| rest.split_once(" is ")) {
        return vec![name.to_owned()];
    }
    let mut nouns: Vec<String> = wanted_by(text)
        .map(|wanted| wanted.objects.into_iter().map(|object| object.noun).collect())
        .unwrap_or_default();
    nouns.dedup();
    nouns
}

/// A question for each fact.
pub(super) fn questions_in_json(texts: &[String]) -> Value {
    json!({ "questions": texts.iter().map(|text| question(text)).collect::<Vec<_>>() })
}

/// The question whose yes means that a fact holds.
pub(super) fn question(fact: &str) -> String {
    format!("{OF_FACT}{fact}?")
}

/// The fact that a question is about.
pub(super) fn asked(question: &str) -> Option<&str> {
    question.strip_prefix(OF_FACT)?.strip_suffix('?')
}

/// Whether a sentence about a picture is true; `None` if it cannot be read.
pub(super) fn holds(text: &str, glance: &Glance) -> Option<bool> {
    if let Some(name) = text.strip_prefix(THERE_IS) {
        return Some(glance.count(known(name)?) > 0);
    }
    if let Some((name, look)) = text.strip_prefix(EVERY).and_then(|rest| rest.split_once(" is ")) {
        let look = Attribute::from_word(look)?;
        return Some(glance.all_look(known(name)?, look));
    }
    if let Some(name) = text.strip_prefix(NONE)
        && let Some(name) = known(name)
    {
        return Some(glance.count(name) == 0);
    }
    Some(holds_as_idea(&wanted_by(text)?, glance))
}

/// Whether what an idea asks for is there, whatever else is: things of other kinds do not count, and of
/// two things in relation it does not count how many there are.
fn holds_as_idea(wanted: &Constraints, glance: &Glance) -> bool {
    let mut layout = glance.layout(wanted);
    let asked = |name: &String| {
        wanted.objects.iter().any(|one| one.noun == *name) || wanted.absent.contains(name)
    };
    layout.items.retain(|item| asked(&item.name.noun));
    let judgement = judge(wanted, &layout);
    let related = !wanted.relations.is_empty();
    let there = |at: usize| judgement.matches.iter().any(|found| found.object == at);
    judgement
        .unmet
        .iter()
        .all(|unmet| related && !matches!(unmet, Unmet::Violated { .. } | Unmet::Forbidden { .. }))
        && (!related || (0..wanted.objects.len()).all(there))
}

/// Whether a picture shows an idea, all of it and nothing else.
pub(super) fn shows(idea: &str, glance: &Glance) -> Option<bool> {
    let wanted = read(idea).ok()?;
    Some(propose(&wanted, &glance.layout(&wanted)).findings.is_empty())
}

/// How likely a picture shows an idea: surely if nothing is wrong with it, else half the share of its
/// facts that hold, one more than there are standing for nothing else being there; so a picture with a
/// fault is never likelier than not.
pub(super) fn likelihood(wanted: &Constraints, glance: &Glance) -> f64 {
    if propose(wanted, &glance.layout(wanted)).findings.is_empty() {
        return 1.0;
    }
    let facts = facts(wanted);
    let held = facts.iter().filter(|fact| holds(&fact.text, glance) == Some(true)).count();
    let as_float = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    as_float(held) / as_float(facts.len() + 1) / 2.0
}

/// The idea that a sentence states.
fn wanted_by(text: &str) -> Option<Constraints> {
    let plain = EXACTLY.iter().find_map(|start| text.strip_prefix(start)).unwrap_or(text);
    read(plain).ok()
}

/// The world's own name for a kind.
fn known(name: &str) -> Option<&'static str> {
    noun(name).or_else(|| lookup(name).map(|(noun, _)| noun)).map(|noun| noun.name)
}

#[cfg(test)]
mod tests;
