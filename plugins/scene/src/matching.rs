//! Which seen item stands for which wanted object: items that look right before items that do not,
//! better placed before worse, surer and larger before the rest.
//!
//! The host's rules (`world/judge.rs`); a native test holds the two against each other. What is
//! made of it is left to `judgement.rs`.

use crate::{Asked, Named, Wanted};

/// An item that stands for a wanted object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Index in [`Asked::objects`].
    pub object: usize,
    /// Index of the item.
    pub item: usize,
    /// False if the item must change its color or material.
    pub looks_right: bool,
}

/// All matches, by object, then by item.
pub(crate) fn matches(asked: &Asked, items: &[Named]) -> Vec<Match> {
    let mut found: Vec<Match> = Vec::new();
    let mut take = |object: usize, wanted: &Wanted, looks: Looks| {
        for item in ranked(asked, items, (object, wanted), looks) {
            let own = found.iter().filter(|one| one.object == object).count();
            if own >= wanted.count as usize {
                return;
            }
            if !found.iter().any(|one| one.item == item) {
                found.push(Match { object, item, looks_right: looks != Looks::Wrong });
            }
        }
    };
    let all = || asked.objects.iter().enumerate();
    let colored = || all().filter(|(_, wanted)| wanted.look.is_some());
    for (object, wanted) in colored() {
        take(object, wanted, Looks::Right);
    }
    for (object, wanted) in all().filter(|(_, wanted)| wanted.look.is_none()) {
        take(object, wanted, Looks::Bare);
        take(object, wanted, Looks::Any);
    }
    for (object, wanted) in colored() {
        take(object, wanted, Looks::Wrong);
    }
    found.sort_by_key(|one| (one.object, one.item));
    found
}

/// Which items of a noun are taken for an object.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Looks {
    /// Those named with its look.
    Right,
    /// Those without a look.
    Bare,
    /// All of them.
    Any,
    /// All of them, but they must be changed; those without a look first.
    Wrong,
}

/// The items that may stand for an object, best first.
fn ranked(
    asked: &Asked,
    items: &[Named],
    (object, wanted): (usize, &Wanted),
    looks: Looks,
) -> Vec<usize> {
    let fits = |item: &Named| {
        item.noun == wanted.noun
            && match looks {
                Looks::Right => item.look == wanted.look,
                Looks::Bare => item.look.is_none(),
                Looks::Any | Looks::Wrong => true,
            }
    };
    let fitting = items.iter().enumerate().filter(|(_, item)| fits(item));
    let mut ranked: Vec<(usize, Rank)> =
        fitting.map(|(index, own)| (index, Rank::of(asked, items, object, (index, own)))).collect();
    ranked.sort_by(|(first_index, first), (second_index, second)| {
        second.total_cmp(first).then(first_index.cmp(second_index))
    });
    ranked.into_iter().map(|(index, _)| index).collect()
}

/// How well an item may stand for an object; compared from the first field to the last.
struct Rank {
    /// Share of the object's relations that hold for it.
    placed: f32,
    /// Items without a look are changed before items of another color.
    bare: bool,
    /// In coarse steps: small differences between detections say nothing.
    sure: f32,
    /// Its area, in coarse steps.
    large: f32,
}

/// Steps in which confidence is compared; the host's.
const CONFIDENCE_STEPS: f32 = 10.0;

/// Steps in which areas are compared: half a hundredth of the picture; the host's.
const AREA_STEPS: f32 = 200.0;

impl Rank {
    fn of(asked: &Asked, items: &[Named], object: usize, (index, item): (usize, &Named)) -> Self {
        let area = item.region.width * item.region.height;
        Self {
            placed: placed(asked, items, object, (index, item)),
            bare: item.look.is_none(),
            sure: (item.confidence * CONFIDENCE_STEPS).round(),
            large: (area * AREA_STEPS).round(),
        }
    }

    fn total_cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.placed
            .total_cmp(&other.placed)
            .then(self.bare.cmp(&other.bare))
            .then(self.sure.total_cmp(&other.sure))
            .then(self.large.total_cmp(&other.large))
    }
}

/// The share of an object's relations that hold if the item stands for it, measured against all
/// items that may stand for the other end. 1 if there are none.
fn placed(asked: &Asked, items: &[Named], object: usize, (index, own): (usize, &Named)) -> f32 {
    let (mut held, mut all) = (0_u16, 0_u16);
    let mut count = |holds: bool| {
        all = all.saturating_add(1);
        held = held.saturating_add(u16::from(holds));
    };
    for relation in &asked.relations {
        match relation.target {
            None if relation.subject == object => count(relation.kind.holds_in_picture(own.region)),
            Some(target) if relation.subject == object => {
                for other in stand_ins(asked, items, target, index) {
                    count(relation.kind.holds(own.region, other.region));
                }
            }
            Some(target) if target == object => {
                for other in stand_ins(asked, items, relation.subject, index) {
                    count(relation.kind.holds(other.region, own.region));
                }
            }
            _ => {}
        }
    }
    if all == 0 { 1.0 } else { f32::from(held) / f32::from(all) }
}

/// All items but `except` that may stand for an object: those that look right, else all of its
/// noun.
fn stand_ins<'a>(
    asked: &Asked,
    items: &'a [Named],
    object: usize,
    except: usize,
) -> Vec<&'a Named> {
    let Some(wanted) = asked.objects.get(object) else { return Vec::new() };
    let others = items.iter().enumerate().filter(|(index, _)| *index != except);
    let of_noun: Vec<&Named> =
        others.map(|(_, item)| item).filter(|item| item.noun == wanted.noun).collect();
    let looks_right = |item: &&Named| wanted.look.is_none() || item.look == wanted.look;
    let right: Vec<&Named> = of_noun.iter().copied().filter(looks_right).collect();
    if right.is_empty() { of_noun } else { right }
}
