//! What was asked, line by line, and what of it a layout shows: the rows of the constraints table.
//!
//! Judging is the world's business; this only puts its judgement into words, row by row.

use pentimento_model::{Constraints, ItemName, Layout, Relation, RelationTarget, WantedObject};
use pentimento_world::{Judgement, Unmet, judge};

use crate::shown;

/// One thing that was asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Asked<'a> {
    /// So many of an object; its index in the constraints.
    Object(usize, &'a WantedObject),
    /// None of a noun.
    Absent(&'a str),
    /// A relation between objects.
    Relation(&'a Relation),
    /// A background.
    Background(&'a str),
    /// Nothing that was not asked for.
    NothingElse,
}

/// What a layout shows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    /// In words.
    pub(crate) text: String,
    /// Whether that is what was asked; `None` if nobody looked.
    pub(crate) met: Option<bool>,
}

/// Everything that was asked, in the order of the constraints.
pub(crate) fn rows(constraints: &Constraints) -> impl Iterator<Item = Asked<'_>> {
    let objects = constraints.objects.iter().enumerate();
    let objects = objects.map(|(index, object)| Asked::Object(index, object));
    let absent = constraints.absent.iter().map(|noun| Asked::Absent(noun));
    let relations = constraints.relations.iter().map(Asked::Relation);
    let background = constraints.background.as_deref().map(Asked::Background);
    objects.chain(absent).chain(relations).chain(background).chain([Asked::NothingElse])
}

impl Asked<'_> {
    /// The kind of constraint, as a code.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Object(..) => "object",
            Self::Absent(_) => "absent",
            Self::Relation(_) => "relation",
            Self::Background(_) => "background",
            Self::NothingElse => "nothing-else",
        }
    }

    /// In words.
    pub(crate) fn text(self, constraints: &Constraints) -> String {
        match self {
            Self::Object(_, object) => format!("{} × {}", object.count.0, shown::wanted(object)),
            Self::Absent(noun) => format!("no {}", shown::line(noun, shown::LINE_LIMIT)),
            Self::Relation(relation) => shown::relation(relation, &constraints.objects),
            Self::Background(name) => {
                format!("background: {}", shown::line(name, shown::LINE_LIMIT))
            }
            Self::NothingElse => "nothing else".to_owned(),
        }
    }
}

/// A layout, judged once for all rows.
pub(crate) struct Look<'a> {
    constraints: &'a Constraints,
    layout: &'a Layout,
    judgement: Judgement,
}

impl<'a> Look<'a> {
    /// Judges a layout.
    pub(crate) fn at(layout: &'a Layout, constraints: &'a Constraints) -> Self {
        Self { constraints, layout, judgement: judge(constraints, layout) }
    }

    /// What the layout shows of one thing that was asked for.
    pub(crate) fn sees(&self, asked: Asked<'_>) -> Seen {
        match asked {
            Asked::Object(index, object) => self.object(index, object),
            Asked::Absent(noun) => self.absent(noun),
            Asked::Relation(relation) => self.relation(relation),
            Asked::Background(_) => Seen { text: "not looked at".to_owned(), met: None },
            Asked::NothingElse => self.others(),
        }
    }

    fn object(&self, index: usize, object: &WantedObject) -> Seen {
        let own = || self.judgement.matches.iter().filter(move |found| found.object == index);
        let right = own().filter(|found| found.looks_right).count();
        let wrong = own().count() - right;
        // Surplus items of a noun that was asked for twice belong to the entry they look like.
        let same_noun = |other: &&WantedObject| other.noun == object.noun;
        let only = self.constraints.objects.iter().filter(same_noun).count() == 1;
        let surplus = self.items_of(|unmet| match unmet {
            Unmet::Surplus { item, .. } => Some(*item),
            _ => None,
        });
        let surplus = surplus.filter(|item| item.noun == object.noun);
        let surplus = surplus.filter(|item| only || item.attribute == object.attribute).count();
        let mut text = right.to_string();
        if let (Some(attribute), true) = (object.attribute, wrong > 0) {
            text = format!("{text}, and {wrong} not {attribute}");
        }
        if surplus > 0 {
            text = format!("{text}, and {surplus} too many");
        }
        let enough = usize::try_from(object.count.0).is_ok_and(|count| count == right);
        Seen { text, met: Some(enough && wrong == 0 && surplus == 0) }
    }

    fn absent(&self, noun: &str) -> Seen {
        let count = self.layout.items.iter().filter(|item| item.name.noun == noun).count();
        let text = if count == 0 { "none".to_owned() } else { count.to_string() };
        Seen { text, met: Some(count == 0) }
    }

    fn relation(&self, relation: &Relation) -> Seen {
        let stands = |object| self.judgement.matches.iter().any(|found| found.object == object);
        let target = match relation.target {
            RelationTarget::Object(object) => stands(object),
            RelationTarget::Canvas => true,
        };
        if !(stands(relation.subject) && target) {
            return Seen { text: "not all seen".to_owned(), met: Some(false) };
        }
        let broken = |unmet: &Unmet| matches!(unmet, Unmet::Violated { relation: violated, .. } if violated == relation);
        let met = !self.judgement.unmet.iter().any(broken);
        Seen { text: if met { "yes" } else { "no" }.to_owned(), met: Some(met) }
    }

    fn others(&self) -> Seen {
        let surplus = self.items_of(|unmet| match unmet {
            Unmet::Surplus { item, .. } => Some(*item),
            _ => None,
        });
        let asked = |noun: &str| self.constraints.objects.iter().any(|object| object.noun == noun);
        let others: Vec<_> = surplus.filter(|item| !asked(&item.noun)).map(shown::item).collect();
        if others.is_empty() {
            return Seen { text: "nothing".to_owned(), met: Some(true) };
        }
        Seen { text: shown::line(&others.join(", "), shown::LINE_LIMIT), met: Some(false) }
    }

    /// The names of the items of some kind of unmet things.
    fn items_of(&self, pick: impl Fn(&Unmet) -> Option<usize>) -> impl Iterator<Item = &ItemName> {
        let items = self.judgement.unmet.iter().filter_map(pick);
        items.filter_map(|item| self.layout.items.get(item)).map(|item| &item.name)
    }
}

#[cfg(test)]
mod tests;
