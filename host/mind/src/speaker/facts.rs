//! An idea as facts, and whether they hold in a picture.
//!
//! A fact is a sentence that the seer can read again: what it says is judged as the whole idea would
//! be. The background is no fact: the eye does not see it.

use std::collections::BTreeMap;

use pentimento_model::{
    Attribute, Constraints, Count, Relation, RelationKind, RelationTarget, WantedObject,
};
use pentimento_prompts::OF_FACT;
use pentimento_world::{Unmet, judge, lookup, noun, read};
use serde_json::{Value, json};

use super::{glance::Glance, wordings::mentioned};
use crate::{propose, wording::side};

/// How sentences of each kind begin.
const THERE_IS: &str = "there is at least one ";
const EVERY: &str = "every ";
const IS: &str = " is ";
const ONE: &str = "one ";
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
                facts.push(fact("attribute", format!("{EVERY}{}{IS}{look}", only.noun)));
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

/// `every red apple is left of every blue cup`: however many there are, which is another fact.
fn related(wanted: &Constraints, at: usize) -> Option<Fact> {
    let relation = wanted.relations.get(at)?;
    let named = |at: usize| wanted.objects.get(at).map(sort);
    let place = match relation.target {
        RelationTarget::Canvas => side(relation.kind).to_owned(),
        RelationTarget::Object(target) => {
            format!("{}{}", beside(relation.kind), named(target)?)
        }
    };
    Some(Fact { kind: "relation", text: format!("{EVERY}{}{IS}{place}", named(relation.subject)?) })
}

/// What stands before the other end of a relation. Nothing lies on top of two things, or next to many.
fn beside(kind: RelationKind) -> String {
    let target =
        if kind == RelationKind::OnTopOf || kind == RelationKind::NextTo { ONE } else { EVERY };
    format!("{} {target}", kind.as_str())
}

/// `red apple`
fn sort(object: &WantedObject) -> String {
    let look = object.attribute.map(|look| format!("{look} ")).unwrap_or_default();
    format!("{look}{}", object.noun)
}

/// The objects and the relation that a fact speaks of.
fn relation_in(text: &str) -> Option<Constraints> {
    let (subject, place) = text.strip_prefix(EVERY)?.split_once(IS)?;
    let object = |sort: &str| read(&format!("{ONE}{sort}")).ok()?.objects.into_iter().next();
    let mut objects = vec![object(subject)?];
    let relation = RelationKind::ALL.into_iter().find_map(|kind| {
        if place == side(kind) && kind != RelationKind::NextTo && kind != RelationKind::OnTopOf {
            return Some(Relation { subject: 0, kind, target: RelationTarget::Canvas });
        }
        objects.push(object(place.strip_prefix(&beside(kind))?)?);
        Some(Relation { subject: 0, kind, target: RelationTarget::Object(1) })
    })?;
    Some(Constraints { objects, relations: vec![relation], ..Constraints::default() })
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
    if let Some((name, look)) = text.strip_prefix(EVERY).and_then(|rest| rest.split_once(IS))
        && Attribute::from_word(look).is_some()
    {
        return vec![name.to_owned()];
    }
    let mut nouns: Vec<String> = relation_in(text)
        .or_else(|| wanted_by(text))
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
    if let Some((name, look)) = text.strip_prefix(EVERY).and_then(|rest| rest.split_once(IS))
        && let Some(look) = Attribute::from_word(look)
    {
        return Some(glance.all_look(known(name)?, look));
    }
    if let Some(wanted) = relation_in(text) {
        return Some(lies_so(wanted, glance));
    }
    if let Some(name) = text.strip_prefix(NONE)
        && let Some(name) = known(name)
    {
        return Some(glance.count(name) == 0);
    }
    Some(holds_as_idea(&wanted_by(text)?, glance))
}

/// Whether what an idea asks for is there, as often as it says; things of other kinds do not count.
fn holds_as_idea(wanted: &Constraints, glance: &Glance) -> bool {
    let mut layout = glance.layout(wanted);
    let asked = |name: &String| {
        wanted.objects.iter().any(|one| one.noun == *name) || wanted.absent.contains(name)
    };
    layout.items.retain(|item| asked(&item.name.noun));
    judge(wanted, &layout).unmet.is_empty()
}

/// Whether all things of two sorts lie so, if there are any of both.
fn lies_so(mut wanted: Constraints, glance: &Glance) -> bool {
    for object in &mut wanted.objects {
        object.count = Count(u32::try_from(glance.count(&object.noun)).unwrap_or(u32::MAX));
    }
    let judgement = judge(&wanted, &glance.layout(&wanted));
    let right =
        |at: usize| judgement.matches.iter().any(|found| found.object == at && found.looks_right);
    let looks_right =
        |item: usize| judgement.matches.iter().any(|found| found.item == item && found.looks_right);
    // Where one of a pair has another look, the pair is none that is spoken of.
    let broken = |unmet: &Unmet| match unmet {
        Unmet::Violated { item, target, .. } => {
            looks_right(*item) && target.is_none_or(looks_right)
        }
        _ => false,
    };
    (0..wanted.objects.len()).all(right) && !judgement.unmet.iter().any(broken)
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
