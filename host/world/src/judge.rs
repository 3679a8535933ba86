//! Does a layout show what was asked for? Item by item, what is unmet.
//!
//! Every seen item is first matched with an entry of the constraints: items that look right before
//! items that do not, better placed before worse, surer and larger before the rest. What to do
//! about it and how to say it is the mind's business.

use pentimento_model::{
    Constraints, Layout, LayoutItem, Relation, RelationKind, RelationTarget, WantedObject,
};

use crate::geometry::{Strictness, holds, holds_on_canvas};

/// An item that stands for a wanted object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Index in [`Constraints::objects`].
    pub object: usize,
    /// Index in [`Layout::items`].
    pub item: usize,
    /// False if the item must change its color or material.
    pub looks_right: bool,
}

/// One thing that is not as asked. Items are indexes in [`Layout::items`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmet {
    /// A wanted object is there less often than asked.
    Missing {
        /// Index in [`Constraints::objects`].
        object: usize,
        /// How many were asked for.
        wanted: u32,
        /// How many items stand for it.
        seen: u32,
    },
    /// An item has another color or material than the object it stands for.
    WrongLook {
        /// Index in [`Constraints::objects`].
        object: usize,
        /// Which item.
        item: usize,
    },
    /// An item that stands for nothing.
    Surplus {
        /// Which item.
        item: usize,
        /// How many of its noun were asked for.
        wanted: u32,
        /// How many of its noun were seen.
        seen: u32,
    },
    /// An item that was ruled out.
    Forbidden {
        /// Which item.
        item: usize,
    },
    /// An item does not lie as asked.
    Violated {
        /// Which relation.
        relation: Relation,
        /// The item that stands for its subject.
        item: usize,
        /// The item it should lie to; `None` for the picture.
        target: Option<usize>,
    },
}

/// What stands for what, and what is unmet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    /// In the order of the constraints.
    pub matches: Vec<Match>,
    /// First what must not be there, then what is missing or looks wrong, then where things lie.
    pub unmet: Vec<Unmet>,
}

/// Judges a layout.
pub fn judge(constraints: &Constraints, layout: &Layout) -> Judgement {
    let matches = matches(constraints, layout);
    let mut unmet = unwanted(constraints, layout, &matches);
    for (object, wanted) in constraints.objects.iter().enumerate() {
        let own = matches.iter().filter(|found| found.object == object);
        unmet.extend(
            own.clone()
                .filter(|found| !found.looks_right)
                .map(|found| Unmet::WrongLook { object, item: found.item }),
        );
        let (wanted, seen) = (wanted.count.0, as_count(own.count()));
        if seen < wanted {
            unmet.push(Unmet::Missing { object, wanted, seen });
        }
    }
    unmet.extend(violations(constraints, layout, &matches));
    Judgement { matches, unmet }
}

/// Whether the relation must hold to every item of the target, or to one of them. Nothing can lie
/// on top of two things, or near to many.
pub(crate) fn needs_every_target(kind: RelationKind) -> bool {
    !matches!(kind, RelationKind::OnTopOf | RelationKind::NextTo)
}

/// Items that stand for nothing.
fn unwanted(constraints: &Constraints, layout: &Layout, matches: &[Match]) -> Vec<Unmet> {
    let is_matched = |item: usize| matches.iter().any(|found| found.item == item);
    let items = layout.items.iter().enumerate().filter(|(item, _)| !is_matched(*item));
    let unwanted = items.map(|(item, seen)| {
        let noun = &seen.name.noun;
        if constraints.absent.contains(noun) {
            return Unmet::Forbidden { item };
        }
        let wanted = constraints.objects.iter().filter(|object| object.noun == *noun);
        let n_seen = layout.items.iter().filter(|other| other.name.noun == *noun).count();
        Unmet::Surplus {
            item,
            wanted: wanted.map(|object| object.count.0).sum(),
            seen: as_count(n_seen),
        }
    });
    unwanted.collect()
}

/// Which item stands for which object.
fn matches(constraints: &Constraints, layout: &Layout) -> Vec<Match> {
    let mut matches: Vec<Match> = Vec::new();
    let is_natural = |object: &&(usize, &WantedObject)| object.1.attribute.is_none();
    let objects: Vec<(usize, &WantedObject)> = constraints.objects.iter().enumerate().collect();
    let take = |object: usize, looks: Looks, matches: &mut Vec<Match>| {
        let best = ranked(constraints, layout, object, looks);
        for item in best {
            let n_matched = matches.iter().filter(|found| found.object == object).count();
            let wanted = constraints.objects.get(object).map_or(0, |wanted| wanted.count.0);
            if as_count(n_matched) >= wanted {
                return;
            }
            if !matches.iter().any(|found| found.item == item) {
                matches.push(Match { object, item, looks_right: looks != Looks::Wrong });
            }
        }
    };
    for (object, _) in objects.iter().filter(|object| !is_natural(object)) {
        take(*object, Looks::Right, &mut matches);
    }
    for (object, _) in objects.iter().filter(is_natural) {
        take(*object, Looks::Bare, &mut matches);
        take(*object, Looks::Any, &mut matches);
    }
    for (object, _) in objects.iter().filter(|object| !is_natural(object)) {
        take(*object, Looks::Wrong, &mut matches);
    }
    matches.sort_by_key(|found| (found.object, found.item));
    matches
}

/// Which items of a noun are taken for an object.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Looks {
    /// Those named with its attribute.
    Right,
    /// Those without attribute.
    Bare,
    /// All of them.
    Any,
    /// All of them, but they must be changed; those without attribute first.
    Wrong,
}

/// The items that may stand for an object, best first.
fn ranked(constraints: &Constraints, layout: &Layout, object: usize, looks: Looks) -> Vec<usize> {
    let Some(wanted) = constraints.objects.get(object) else { return Vec::new() };
    let fits = |item: &LayoutItem| {
        item.name.noun == wanted.noun
            && match looks {
                Looks::Right => item.name.attribute == wanted.attribute,
                Looks::Bare => item.name.attribute.is_none(),
                Looks::Any | Looks::Wrong => true,
            }
    };
    let mut ranked: Vec<(usize, Rank)> = layout
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| fits(item))
        .map(|(index, item)| (index, Rank::of(constraints, layout, object, (index, item))))
        .collect();
    ranked.sort_by(|(first_index, first), (second_index, second)| {
        second.total_cmp(first).then(first_index.cmp(second_index))
    });
    ranked.into_iter().map(|(index, _)| index).collect()
}

/// How well an item may stand for an object; compared from the first field to the last.
struct Rank {
    /// Share of the object's relations that hold for it.
    placed: f32,
    /// Bare items are changed before items of another color.
    bare: f32,
    /// In coarse steps: small differences between detections say nothing.
    sure: f32,
    /// Its area, in coarse steps.
    large: f32,
}

/// Steps in which confidence is compared.
const CONFIDENCE_STEPS: f32 = 10.0;

/// Steps in which areas are compared: half a hundredth of the picture.
const AREA_STEPS: f32 = 200.0;

impl Rank {
    fn of(
        constraints: &Constraints,
        layout: &Layout,
        object: usize,
        (index, item): (usize, &LayoutItem),
    ) -> Self {
        Self {
            placed: placed(constraints, layout, object, index),
            bare: if item.name.attribute.is_none() { 1.0 } else { 0.0 },
            sure: (item.confidence.value() * CONFIDENCE_STEPS).round(),
            large: (item.region.area() * AREA_STEPS).round(),
        }
    }

    fn total_cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.placed
            .total_cmp(&other.placed)
            .then(self.bare.total_cmp(&other.bare))
            .then(self.sure.total_cmp(&other.sure))
            .then(self.large.total_cmp(&other.large))
    }
}

/// The share of an object's relations that hold if `item` stands for it, measured against all items
/// that may stand for the other end. 1 if there are none.
fn placed(constraints: &Constraints, layout: &Layout, object: usize, item: usize) -> f32 {
    let Some(own) = layout.items.get(item) else { return 0.0 };
    let (mut n_held, mut n_all) = (0_u16, 0_u16);
    let mut count = |held: bool| {
        n_all = n_all.saturating_add(1);
        n_held = n_held.saturating_add(u16::from(held));
    };
    for relation in &constraints.relations {
        match relation.target {
            RelationTarget::Canvas if relation.subject == object => {
                count(holds_on_canvas(relation.kind, &own.region, Strictness::Seen));
            }
            RelationTarget::Object(target) if relation.subject == object => {
                for other in stand_ins(constraints, layout, target, item) {
                    count(holds(relation.kind, &own.region, &other.region, Strictness::Seen));
                }
            }
            RelationTarget::Object(target) if target == object => {
                for other in stand_ins(constraints, layout, relation.subject, item) {
                    count(holds(relation.kind, &other.region, &own.region, Strictness::Seen));
                }
            }
            _ => {}
        }
    }
    if n_all == 0 { 1.0 } else { f32::from(n_held) / f32::from(n_all) }
}

/// All items but `except` that may stand for an object: those that look right, else all of its
/// noun.
fn stand_ins<'a>(
    constraints: &Constraints,
    layout: &'a Layout,
    object: usize,
    except: usize,
) -> Vec<&'a LayoutItem> {
    let Some(wanted) = constraints.objects.get(object) else { return Vec::new() };
    let others = layout.items.iter().enumerate().filter(|(index, _)| *index != except);
    let of_noun: Vec<&LayoutItem> =
        others.map(|(_, item)| item).filter(|item| item.name.noun == wanted.noun).collect();
    let looks_right =
        |item: &&LayoutItem| wanted.attribute.is_none() || item.name.attribute == wanted.attribute;
    let right: Vec<&LayoutItem> = of_noun.iter().copied().filter(looks_right).collect();
    if right.is_empty() { of_noun } else { right }
}

/// Relations that do not hold among the matched items. A relation without both ends is left out:
/// what is missing is reported as missing.
fn violations(constraints: &Constraints, layout: &Layout, matches: &[Match]) -> Vec<Unmet> {
    let mut violations = Vec::new();
    for &relation in &constraints.relations {
        for item in items_of(matches, relation.subject) {
            let violation = |target| Unmet::Violated { relation, item, target };
            let region = |item: usize| layout.items.get(item).map(|item| item.region);
            let Some(own) = region(item) else { continue };
            let RelationTarget::Object(object) = relation.target else {
                if !holds_on_canvas(relation.kind, &own, Strictness::Seen) {
                    violations.push(violation(None));
                }
                continue;
            };
            let targets: Vec<usize> = items_of(matches, object).collect();
            let broken = |target: &usize| {
                region(*target)
                    .is_some_and(|other| !holds(relation.kind, &own, &other, Strictness::Seen))
            };
            let n_broken = targets.iter().filter(|target| broken(target)).count();
            let violated = if needs_every_target(relation.kind) {
                n_broken > 0
            } else {
                n_broken > 0 && n_broken == targets.len()
            };
            if violated {
                violations.push(violation(targets.into_iter().find(broken)));
            }
        }
    }
    violations
}

/// The items that stand for an object.
fn items_of(matches: &[Match], object: usize) -> impl Iterator<Item = usize> {
    matches.iter().filter(move |found| found.object == object).map(|found| found.item)
}

/// Scenes hold a few dozen items at most.
fn as_count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
