//! An idea's objects as a writer names them, read into constraints.

use pentimento_model::{
    Attribute, Constraints, Contract, Count, Relation, RelationKind, RelationTarget, WantedObject,
};
use serde_json::{Value, json};

use crate::{
    Form, Json, Unusable,
    form::{contract, sentence},
    query::{list, object, word},
};

/// Entries of each list that are read. A picture with more kinds of things is no idea any more.
const MOST: usize = 32;
/// The most of one kind that are counted.
const MOST_OF_A_KIND: u64 = 99;

/// The form of a parsed idea. An attribute that is neither a color nor a material is a part of the
/// noun, since no detector here tells it apart otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Parsed;

impl Form for Parsed {
    type Value = Constraints;

    fn contract(&self) -> Contract {
        let (text, number) = (json!({ "type": "string" }), json!({ "type": "integer" }));
        let kinds: Vec<&str> = RelationKind::ALL.iter().map(|kind| kind.as_str()).collect();
        let item = object(&json!({ "name": text, "attribute": text, "count": number }));
        let kind = json!({ "type": "string", "enum": kinds });
        let relation = object(&json!({ "subject": number, "relation": kind, "object": number }));
        let list = |items: &Value| json!({ "type": "array", "items": items });
        contract(
            "parsed",
            &json!({
                "reasoning": text, "objects": list(&item), "relations": list(&relation),
                "background": text, "absent": list(&text),
            }),
        )
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Constraints, Unusable> {
        let text =
            |of: &Json<'_>, key: &str| of.get(key).and_then(Json::as_str).unwrap_or("").to_owned();
        let mut read = Reader::default();
        for one in list(value, "objects")?.iter().take(MOST) {
            let count = one.get("count").and_then(Json::as_u64).unwrap_or(1);
            read.take(&text(one, "attribute"), &text(one, "name"), count);
        }
        let relations = value.get("relations").and_then(Json::as_array);
        for one in relations.into_iter().flatten().take(MOST) {
            let number = |key| one.get(key).and_then(Json::as_i64);
            read.relate(number("subject"), &text(one, "relation"), number("object"));
        }
        let absent = value.get("absent").and_then(Json::as_array);
        let absent = absent.into_iter().flatten().take(MOST).filter_map(Json::as_str);
        read.constraints.absent.extend(absent.filter_map(plain));
        read.constraints.background = sentence(&text(value, "background"));
        read.done()
    }

    fn of_words(&self, text: &str) -> Result<Constraints, Unusable> {
        let mut read = Reader::default();
        for line in text.lines() {
            let Some((count, name)) = line.split_once('|') else { continue };
            let Ok(count) = count.trim().trim_start_matches(['-', '*']).trim().parse() else {
                continue;
            };
            let words: Vec<&str> = name.split_whitespace().collect();
            match words.split_first() {
                Some((first, rest))
                    if !rest.is_empty()
                        && Attribute::from_word(&first.to_lowercase()).is_some() =>
                {
                    read.take(first, &rest.join(" "), count);
                }
                _ => read.take("", name, count),
            }
            if read.places.len() >= MOST {
                break;
            }
        }
        read.done()
    }
}

/// A noun as it is compared: lower case, clean, and short enough to be one.
fn plain(text: &str) -> Option<String> {
    word(&text.to_lowercase())
}

#[derive(Default)]
struct Reader {
    constraints: Constraints,
    /// Where each entry of the answer went; nowhere if it is no object.
    places: Vec<Option<usize>>,
}

impl Reader {
    fn take(&mut self, attribute: &str, name: &str, count: u64) {
        let Some(name) = plain(name) else {
            self.places.push(None);
            return;
        };
        if count == 0 {
            self.constraints.absent.push(name);
            self.places.push(None);
            return;
        }
        let attribute = attribute.trim().to_lowercase();
        let known = Attribute::from_word(&attribute);
        let noun = match known {
            None => plain(&format!("{attribute} {name}")).unwrap_or(name),
            Some(_) => name,
        };
        let count = u32::try_from(count.min(MOST_OF_A_KIND)).unwrap_or(u32::MAX);
        self.places.push(Some(self.constraints.objects.len()));
        self.constraints.objects.push(WantedObject { noun, attribute: known, count: Count(count) });
    }

    /// A relation between entries of the answer; one that makes no sense is left out.
    fn relate(&mut self, subject: Option<i64>, relation: &str, object: Option<i64>) {
        let place = |number: i64| {
            let index = usize::try_from(number).ok()?;
            self.places.get(index).copied().flatten()
        };
        let kind = RelationKind::ALL.into_iter().find(|kind| kind.as_str() == relation.trim());
        let target = match object {
            Some(-1) => Some(RelationTarget::Canvas),
            Some(number) => place(number).map(RelationTarget::Object),
            None => None,
        };
        if let (Some(subject), Some(kind), Some(target)) = (subject.and_then(place), kind, target)
            && target != RelationTarget::Object(subject)
        {
            self.constraints.relations.push(Relation { subject, kind, target });
        }
    }

    fn done(self) -> Result<Constraints, Unusable> {
        let Self { constraints, .. } = self;
        if constraints.objects.is_empty() && constraints.absent.is_empty() {
            return Err(Unusable::new("the answer names no object"));
        }
        Ok(constraints)
    }
}

/// Constraints as an answer of this form: what whoever stands in for a writer says.
pub fn parsed_in_json(constraints: &Constraints) -> Value {
    let objects = constraints.objects.iter().map(|object| {
        let attribute = object.attribute.map_or("", Attribute::as_str);
        json!({ "name": object.noun, "attribute": attribute, "count": object.count.0 })
    });
    let relations = constraints.relations.iter().map(|relation| {
        let object = match relation.target {
            RelationTarget::Object(index) => json!(index),
            RelationTarget::Canvas => json!(-1),
        };
        let kind = relation.kind.as_str();
        json!({ "subject": relation.subject, "relation": kind, "object": object })
    });
    json!({
        "reasoning": "by rules",
        "objects": objects.collect::<Vec<_>>(),
        "relations": relations.collect::<Vec<_>>(),
        "background": constraints.background.as_deref().unwrap_or_default(),
        "absent": constraints.absent,
    })
}

#[cfg(test)]
mod tests {
    use pentimento_model::Color;

    use super::*;
    use crate::read;

    fn wanted(attribute: Option<Attribute>, noun: &str, count: u32) -> WantedObject {
        WantedObject { noun: noun.to_owned(), attribute, count: Count(count) }
    }

    #[test]
    fn an_answer_means_what_it_says_and_comes_back_the_same() {
        let red = Some(Attribute::Color(Color::Red));
        let read_back = read(
            &Parsed,
            r#"Here: {"reasoning": "…", "objects": [
                {"name": "Apple", "attribute": "red", "count": 3}, {"name": "", "attribute": "", "count": 1},
                {"name": "dog", "attribute": "fluffy", "count": 1}, {"name": "hat", "attribute": "", "count": 0}],
               "relations": [{"subject": 0, "relation": "left of", "object": 2},
                {"subject": 2, "relation": "below", "object": -1}, {"subject": 1, "relation": "above", "object": 0},
                {"subject": 0, "relation": "inside", "object": 2}, {"subject": 0, "relation": "above", "object": 9},
                {"subject": 0, "relation": "above", "object": 0}],
               "background": "a table", "absent": ["Cat"]}"#,
        )
        .unwrap();
        let relation = |subject, kind, target| Relation { subject, kind, target };
        let expected = Constraints {
            objects: vec![wanted(red, "apple", 3), wanted(None, "fluffy dog", 1)],
            absent: vec!["hat".to_owned(), "cat".to_owned()],
            relations: vec![
                relation(0, RelationKind::LeftOf, RelationTarget::Object(1)),
                relation(1, RelationKind::Below, RelationTarget::Canvas),
            ],
            background: Some("a table".to_owned()),
        };
        assert_eq!(read_back, expected);
        assert_eq!(Parsed.of_json(&Json::from(&parsed_in_json(&expected))), Ok(expected));
    }

    #[test]
    fn lines_are_read_where_there_is_no_json_and_nothing_else_is() {
        let read_back = read(&Parsed, "Objects:\n- 3 | red apple\n1 | orange\n0 | cat").unwrap();
        let red = Some(Attribute::Color(Color::Red));
        assert_eq!(read_back.objects, [wanted(red, "apple", 3), wanted(None, "orange", 1)]);
        assert_eq!(read_back.absent, ["cat"]);
        for (answer, why) in [
            ("three apples", "the answer names no object"),
            (r#"{"objects": []}"#, "the answer names no object"),
            (r#"{"things": []}"#, "there is no list `objects` in the answer"),
        ] {
            assert_eq!(read(&Parsed, answer).unwrap_err().reason, why);
        }
        let many = vec![json!({ "name": "cup", "attribute": "", "count": 1_000_000 }); 99];
        let most = Parsed.of_json(&Json::from(&json!({ "objects": many }))).unwrap();
        assert_eq!((most.objects.len(), most.objects[0].count), (MOST, Count(99)));
    }
}
