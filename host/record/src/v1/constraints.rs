//! What an idea asks for.

use pentimento_model::{Constraints, Count, Relation, RelationTarget, WantedObject};
use serde::{Deserialize, Serialize};

use super::{list, words};
use crate::RecordError;

#[derive(Serialize, Deserialize)]
struct WantedObjectV1 {
    noun: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attribute: Option<String>,
    count: u32,
}

/// `target` is the index of an object; without one, the canvas is meant.
#[derive(Serialize, Deserialize)]
struct RelationV1 {
    subject: usize,
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target: Option<usize>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct ConstraintsV1 {
    objects: Vec<WantedObjectV1>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    absent: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    relations: Vec<RelationV1>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    background: Option<String>,
}

impl ConstraintsV1 {
    pub(super) fn from_model(constraints: &Constraints) -> Self {
        let object = |object: &WantedObject| WantedObjectV1 {
            noun: object.noun.clone(),
            attribute: object.attribute.map(|noun| words::attribute_word(noun).to_owned()),
            count: object.count.0,
        };
        let relation = |relation: &Relation| RelationV1 {
            subject: relation.subject,
            kind: words::relation_word(relation.kind).to_owned(),
            target: match relation.target {
                RelationTarget::Object(index) => Some(index),
                RelationTarget::Canvas => None,
            },
        };
        Self {
            objects: constraints.objects.iter().map(object).collect(),
            absent: constraints.absent.clone(),
            relations: constraints.relations.iter().map(relation).collect(),
            background: constraints.background.clone(),
        }
    }

    pub(super) fn into_model(self) -> Result<Constraints, RecordError> {
        let n_objects = self.objects.len();
        let object = |object: WantedObjectV1| {
            let attribute = object.attribute.as_deref().map(words::attribute).transpose()?;
            Ok(WantedObject { noun: object.noun, attribute, count: Count(object.count) })
        };
        Ok(Constraints {
            objects: list(self.objects, object)?,
            absent: self.absent,
            relations: list(self.relations, |relation| read_relation(&relation, n_objects))?,
            background: self.background,
        })
    }
}

/// Relations may only name objects that are there.
fn read_relation(relation: &RelationV1, n_objects: usize) -> Result<Relation, RecordError> {
    let known = |index: usize| {
        let bad = || RecordError::bad("object index", &index);
        (index < n_objects).then_some(index).ok_or_else(bad)
    };
    let target = match relation.target {
        Some(index) => RelationTarget::Object(known(index)?),
        None => RelationTarget::Canvas,
    };
    Ok(Relation {
        subject: known(relation.subject)?,
        kind: words::relation(&relation.kind)?,
        target,
    })
}
