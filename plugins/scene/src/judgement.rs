//! Does what was seen lie as asked, and what stands for what? The host's rules (`world/judge.rs`);
//! a native test holds the two against each other.
//!
//! How it is said, and what it costs, is the plugins' business.

use crate::{Asked, Item, Match, Named, Relation, layout::named, matching::matches};

/// What was seen, and what each item stands for.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// Everything that was seen, in the eye's order.
    pub items: Vec<Named>,
    /// By object, then by item. What is not here stands for nothing.
    pub matches: Vec<Match>,
}

/// What became of a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placed {
    /// One of its ends was not seen.
    Unseen,
    /// Whatever stands for its subject lies as asked.
    Holds,
    /// These do not.
    Broken(Vec<Violation>),
}

/// An item that does not lie as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Which.
    pub item: usize,
    /// The item it should lie to; `None` for the picture.
    pub target: Option<usize>,
}

impl Judgement {
    /// Judges what was seen by what was asked for.
    pub fn of(asked: &Asked, seen: &[Item]) -> Self {
        let items = named(asked, seen);
        let matches = matches(asked, &items);
        Self { items, matches }
    }

    /// The items that stand for an object.
    pub fn standing_for(&self, object: usize) -> impl Iterator<Item = usize> {
        self.matches.iter().filter(move |found| found.object == object).map(|found| found.item)
    }

    /// The items of a class that stand for nothing.
    pub fn surplus<'a>(&'a self, noun: &'a str) -> impl Iterator<Item = &'a Named> {
        let of_noun = self.items.iter().enumerate().filter(move |(_, item)| item.noun == noun);
        let stands = |item| self.matches.iter().any(|found| found.item == item);
        of_noun.filter(move |(index, _)| !stands(*index)).map(|(_, item)| item)
    }

    /// Whether a relation holds.
    pub fn placed(&self, relation: Relation) -> Placed {
        let subjects: Vec<usize> = self.standing_for(relation.subject).collect();
        let targets = relation.target.map(|object| self.standing_for(object).collect::<Vec<_>>());
        if subjects.is_empty() || targets.as_ref().is_some_and(Vec::is_empty) {
            return Placed::Unseen;
        }
        let broken = |item| self.violation(relation, item, targets.as_deref());
        let broken: Vec<Violation> = subjects.into_iter().filter_map(broken).collect();
        if broken.is_empty() { Placed::Holds } else { Placed::Broken(broken) }
    }

    /// What is wrong with the place of one item, if anything is.
    fn violation(
        &self,
        relation: Relation,
        item: usize,
        targets: Option<&[usize]>,
    ) -> Option<Violation> {
        let own = self.items.get(item)?.region;
        let Some(targets) = targets else {
            let holds = relation.kind.holds_in_picture(own);
            return (!holds).then_some(Violation { item, target: None });
        };
        let is_broken = |target: &&usize| {
            let other = self.items.get(**target);
            other.is_some_and(|other| !relation.kind.holds(own, other.region))
        };
        let broken: Vec<usize> = targets.iter().filter(is_broken).copied().collect();
        let enough = if relation.kind.needs_every_target() { 1 } else { targets.len() };
        let violated = broken.len() >= enough;
        violated.then(|| Violation { item, target: broken.first().copied() })
    }
}
