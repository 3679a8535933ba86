//! Collects what the parser reads into constraints, and refuses what excludes itself.

use pentimento_model::{
    Attribute, Constraints, Count, Relation, RelationKind, RelationTarget, WantedObject,
};

use super::order;
use crate::{MAX_OBJECTS, ReadError, vocabulary::Noun};

/// The constraints under construction.
#[derive(Debug, Default)]
pub(super) struct Builder {
    constraints: Constraints,
    /// How often each object was asked for by its own count (`a cat … a cat`).
    n_mentions: Vec<usize>,
}

impl Builder {
    /// Asks for objects. A second mention with the same count is taken for the same objects; if
    /// that would lose something, [`Builder::finish`] refuses it.
    pub(super) fn want(
        &mut self,
        noun: &Noun,
        attribute: Option<Attribute>,
        count: u32,
    ) -> Result<usize, ReadError> {
        let same =
            |object: &WantedObject| object.noun == noun.name && object.attribute == attribute;
        if let Some(index) = self.constraints.objects.iter().position(same) {
            let known = self.constraints.objects.get(index).map_or(0, |object| object.count.0);
            if known != count {
                let name = described(noun.name, attribute);
                let what = format!("`{name}` is asked for twice, {known} and {count} times");
                return Err(ReadError::Contradiction { what });
            }
            if let Some(n_mentions) = self.n_mentions.get_mut(index) {
                *n_mentions += 1;
            }
            return Ok(index);
        }
        let object = WantedObject { noun: noun.name.to_owned(), attribute, count: Count(count) };
        self.constraints.objects.push(object);
        self.n_mentions.push(1);
        Ok(self.constraints.objects.len() - 1)
    }

    /// Asks for more of an object (`another cat`).
    pub(super) fn want_more(&mut self, noun: &Noun, attribute: Option<Attribute>) -> usize {
        let same =
            |object: &WantedObject| object.noun == noun.name && object.attribute == attribute;
        let found = self.constraints.objects.iter().position(same);
        let index = found.unwrap_or(self.constraints.objects.len());
        if let Some(object) = self.constraints.objects.get_mut(index) {
            object.count.0 = object.count.0.saturating_add(1);
        } else {
            let object = WantedObject { noun: noun.name.to_owned(), attribute, count: Count(1) };
            self.constraints.objects.push(object);
            self.n_mentions.push(1);
        }
        index
    }

    /// The objects that `the cat` or `the red cats` may speak of.
    pub(super) fn known(&self, noun: &Noun, attribute: Option<Attribute>) -> Vec<usize> {
        let fits = |object: &WantedObject| {
            object.noun == noun.name && (attribute.is_none() || object.attribute == attribute)
        };
        let objects = self.constraints.objects.iter().enumerate();
        objects.filter(|(_, object)| fits(object)).map(|(index, _)| index).collect()
    }

    /// How many are wanted of these objects together.
    pub(super) fn total(&self, objects: &[usize]) -> u32 {
        let counts = objects.iter().filter_map(|index| self.constraints.objects.get(*index));
        counts.fold(0, |sum: u32, object| sum.saturating_add(object.count.0))
    }

    /// Asks that a noun is absent.
    pub(super) fn forbid(&mut self, noun: &Noun) {
        if !self.constraints.absent.iter().any(|name| name == noun.name) {
            self.constraints.absent.push(noun.name.to_owned());
        }
    }

    /// Asks that every subject lies so to every target.
    pub(super) fn relate(&mut self, subjects: &[usize], kind: RelationKind, targets: &[usize]) {
        for &subject in subjects {
            for &target in targets {
                self.push(Relation { subject, kind, target: RelationTarget::Object(target) });
            }
        }
    }

    /// Asks that the subjects lie on a side of the picture.
    pub(super) fn put_on_side(&mut self, subjects: &[usize], kind: RelationKind) {
        for &subject in subjects {
            self.push(Relation { subject, kind, target: RelationTarget::Canvas });
        }
    }

    /// Asks for a background.
    pub(super) fn set_background(&mut self, name: &str) -> Result<(), ReadError> {
        let known = self.constraints.background.get_or_insert_with(|| name.to_owned());
        if known == name {
            return Ok(());
        }
        Err(ReadError::Unsupported {
            what: format!("`{known}` and `{name}` cannot be the background at once"),
            instead: "choose one background".to_owned(),
        })
    }

    /// The finished constraints, if they ask for something and do not exclude themselves.
    pub(super) fn finish(self) -> Result<Constraints, ReadError> {
        let constraints = &self.constraints;
        if *constraints == Constraints::default() {
            return Err(ReadError::Empty);
        }
        let indexes: Vec<usize> = (0..constraints.objects.len()).collect();
        let count = self.total(&indexes);
        if count > MAX_OBJECTS {
            return Err(ReadError::TooMany { count, limit: MAX_OBJECTS });
        }
        for object in &constraints.objects {
            if constraints.absent.contains(&object.noun) {
                let what = format!("`{}` is both asked for and ruled out", object.noun);
                return Err(ReadError::Contradiction { what });
            }
        }
        order::check(constraints)?;
        self.refuse_lost_mentions()?;
        Ok(self.constraints)
    }

    /// `a cat and a cat` may be one cat or two. It is the same one where every mention says where
    /// it is (`a dog left of a cat, a cat left of a bird`); elsewhere the idea must be clearer.
    fn refuse_lost_mentions(&self) -> Result<(), ReadError> {
        for (index, (object, &n_mentions)) in
            self.constraints.objects.iter().zip(&self.n_mentions).enumerate()
        {
            let speaks_of = |relation: &&Relation| {
                relation.subject == index || relation.target == RelationTarget::Object(index)
            };
            let n_relations = self.constraints.relations.iter().filter(speaks_of).count();
            if n_mentions > 1 && n_relations < n_mentions {
                let name = described(&object.noun, object.attribute);
                return Err(ReadError::Unsupported {
                    what: format!("`{name}` is asked for more than once"),
                    instead: format!(
                        "say the number once (`two …`), or write `the {name}` for the same one"
                    ),
                });
            }
        }
        Ok(())
    }

    fn push(&mut self, relation: Relation) {
        if !self.constraints.relations.contains(&relation) {
            self.constraints.relations.push(relation);
        }
    }
}

/// `red apple`, or `apple`.
pub(super) fn described(noun: &str, attribute: Option<Attribute>) -> String {
    attribute.map_or_else(|| noun.to_owned(), |attribute| format!("{attribute} {noun}"))
}
