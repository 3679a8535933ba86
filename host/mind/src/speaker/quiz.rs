//! Questions with choices about an idea, answered from its words or from a picture.

use pentimento_model::{Attribute, Color, Constraints, Material};
use pentimento_prompts::{OF_IDEA, OF_SHOWN};
use pentimento_world::noun;
use serde_json::{Value, json};

use super::{
    asked::Query,
    facts::{self, facts},
    glance::Glance,
    wordings::number,
};

/// How questions about a number begin and end.
const HOW_MANY: (&str, &str) = ("How many of this are in the picture: ", "?");
/// How questions about looks begin and end.
const LOOKS: (&str, &str) = ("What color or material has every ", " in the picture?");
/// The choice for every other number or look: without it a seer could only claim something wrong.
const ANOTHER: &str = "something else";
/// What follows from no word of an idea.
const NOT_SAID: &str = "not said";

/// For each fact whether it holds, and for each kind of which there is one sort how many there are and
/// how they look.
pub(super) fn quiz_in_json(wanted: &Constraints) -> Value {
    let yes = |kind: &str, fact: &str| {
        let question = facts::question(fact);
        json!({ "kind": kind, "question": question, "choices": ["no", "yes"], "answer": "yes" })
    };
    let kind = |kind: &str| match kind {
        "count" => "counting",
        "attribute" => "color",
        "relation" => "spatial",
        _ => "object",
    };
    let mut questions: Vec<Value> =
        facts(wanted).iter().map(|fact| yes(kind(fact.kind), &fact.text)).collect();
    for object in &wanted.objects {
        let sorts = wanted.objects.iter().filter(|other| other.noun == object.noun).count();
        let count = usize::try_from(object.count.0).unwrap_or(usize::MAX);
        if sorts != 1 {
            continue;
        }
        if let Some(right) = number(count) {
            let near = [count.saturating_sub(1), count, count + 1];
            let choices: Vec<&str> = near.into_iter().filter_map(number).chain([ANOTHER]).collect();
            let question = format!("{}{}{}", HOW_MANY.0, object.noun, HOW_MANY.1);
            questions.push(json!({
                "kind": "counting", "question": question, "choices": choices, "answer": right,
            }));
        }
        if let Some(look) = object.attribute {
            let (kind, others) = others(look);
            let choices = [look.as_str()].into_iter().chain(others).chain([ANOTHER]);
            let question = format!("{}{}{}", LOOKS.0, object.noun, LOOKS.1);
            questions.push(json!({
                "kind": kind, "question": question, "choices": choices.collect::<Vec<_>>(),
                "answer": look.as_str(),
            }));
        }
    }
    json!({ "questions": questions })
}

/// Of which kind a look is, and two others.
fn others(look: Attribute) -> (&'static str, Vec<&'static str>) {
    let of = |all: &[Attribute]| -> Vec<&'static str> {
        let others = all.iter().filter(|other| **other != look);
        others.take(2).map(|other| other.as_str()).collect()
    };
    let colors = [Color::Red, Color::Blue, Color::Green].map(Attribute::Color);
    let materials = [Material::Wooden, Material::Metal, Material::Golden].map(Attribute::Material);
    match look {
        Attribute::Color(_) => ("color", of(&colors)),
        Attribute::Material(_) => ("material", of(&materials)),
    }
}

/// What the words of an idea say to a question.
pub(super) fn from_words(question: &str, wanted: &Constraints) -> String {
    let of_noun = |name: &str| wanted.objects.iter().find(|one| one.noun == name);
    let said = if let Some(fact) = facts::asked(question) {
        facts(wanted).iter().any(|one| one.text == fact).then(|| "yes".to_owned())
    } else if let Some(name) = between(question, HOW_MANY) {
        let count = of_noun(name).and_then(|one| usize::try_from(one.count.0).ok());
        count.and_then(number).map(str::to_owned)
    } else {
        let object = between(question, LOOKS).and_then(of_noun);
        object.and_then(|one| one.attribute).map(|look| look.as_str().to_owned())
    };
    said.unwrap_or_else(|| NOT_SAID.to_owned())
}

/// What a picture says to a question; `None` if nobody here understands it.
pub(super) fn from_picture(query: &Query, glance: &Glance) -> Option<String> {
    let question = query.question.as_str();
    if let Some(name) = between(question, HOW_MANY) {
        let count = number(glance.count(noun(name)?.name));
        let among = |word: &&str| query.choices.iter().any(|choice| choice == word);
        return Some(count.filter(among).unwrap_or(ANOTHER).to_owned());
    }
    if let Some(name) = between(question, LOOKS) {
        let looks: Vec<Attribute> =
            query.choices.iter().filter_map(|choice| Attribute::from_word(choice)).collect();
        let look = glance.common_look(noun(name)?.name, &looks);
        return Some(look.map_or(ANOTHER, Attribute::as_str).to_owned());
    }
    let shown = |start| question.strip_prefix(start)?.strip_suffix('?');
    let yes = if let Some(idea) = shown(OF_IDEA) {
        facts::shows(idea, glance)?
    } else {
        facts::holds(facts::asked(question).or_else(|| shown(OF_SHOWN))?, glance)?
    };
    Some(if yes { "yes" } else { "no" }.to_owned())
}

fn between<'t>(text: &'t str, (start, end): (&str, &str)) -> Option<&'t str> {
    text.strip_prefix(start)?.strip_suffix(end)
}
