//! The fault model: what the painter gets wrong, as a pure function of constraints, rates and seed.
//!
//! Most faults are misreadings: they turn the constraints into others, which are then planned and
//! drawn faithfully, so that a wrong picture is as well composed as a right one. Colors go wrong
//! item by item, after planning. Nothing here knows any benchmark.

use pentimento_model::{
    Attribute, Constraints, Count, Relation, RelationKind, RelationTarget, WantedObject,
};
use pentimento_world::noun;

use crate::{dice::Dice, preset::Rates, scene::SceneItem};

/// Share of miscounts that are off by one; the others are off by two.
const OFF_BY_ONE: f64 = 0.8;
/// Share of miscounts upwards, where both ways are open.
const UPWARDS: f64 = 0.5;
/// Share of wrong attributes that are simply ignored, where that shows.
const IGNORED: f64 = 0.5;
/// An overlooked "without" shows one to this many of the forbidden objects.
const MOST_FORBIDDEN: usize = 3;

/// The constraints as the painter understood them. Each fault is drawn on its own, so faults
/// compose; with all rates at 0 the constraints come back unchanged but for their absences, which
/// a painter meets by drawing nothing.
pub(crate) fn misread(constraints: &Constraints, rates: &Rates, dice: &mut Dice) -> Constraints {
    let mut read = constraints.clone();
    turn_sides(&mut read.relations, rates, dice);
    swap_attributes(&mut read.objects, rates, dice);
    let n_kinds = read.objects.len();
    for object in &mut read.objects {
        let dropped = n_kinds > 1 && dice.happens(rates.drop);
        let miscounted = miscount(object.count, rates, dice);
        object.count = if dropped { Count(0) } else { miscounted };
    }
    for noun in std::mem::take(&mut read.absent) {
        if dice.happens(rates.ignored_absence) {
            let count = u32::try_from(1 + dice.below(MOST_FORBIDDEN)).unwrap_or(1);
            read.objects.push(WantedObject { noun, attribute: None, count: Count(count) });
        }
    }
    without_dropped(read)
}

/// Gives some items another attribute than they should have.
pub(crate) fn miscolor(items: &mut [SceneItem], rates: &Rates, dice: &mut Dice) {
    for item in items {
        let Some(wanted) = item.attribute else { continue };
        if dice.happens(rates.wrong_attribute) {
            item.attribute = wrong_attribute(wanted, is_usual(&item.noun, wanted), dice);
        }
    }
}

/// True if the noun's natural look already counts as having this attribute.
pub(crate) fn is_usual(name: &str, attribute: Attribute) -> bool {
    let Attribute::Color(color) = attribute else { return false };
    noun(name).is_some_and(|noun| noun.is_usually(color))
}

/// Another attribute than the wanted one. Natural colors only if they cannot be mistaken for it.
pub(crate) fn wrong_attribute(
    wanted: Attribute,
    usual: bool,
    dice: &mut Dice,
) -> Option<Attribute> {
    if dice.happens(IGNORED) && !usual {
        return None;
    }
    let others: Vec<_> = Attribute::all().filter(|other| *other != wanted).collect();
    dice.pick(&others).copied()
}

/// How many are drawn instead. One is at least drawn: leaving a kind out is another fault.
fn miscount(wanted: Count, rates: &Rates, dice: &mut Dice) -> Count {
    if !dice.happens(rates.miscount_of(wanted.0)) {
        return wanted;
    }
    let off = if dice.happens(OFF_BY_ONE) { 1 } else { 2 };
    let upwards = dice.happens(UPWARDS) || wanted.0 <= off;
    Count(if upwards { wanted.0.saturating_add(off) } else { wanted.0 - off })
}

/// Turns relations round. Relations to the canvas along the same axis are one fault: who draws
/// "A on the left and B on the right" the wrong way round gets both wrong.
fn turn_sides(relations: &mut [Relation], rates: &Rates, dice: &mut Dice) {
    let canvas = [dice.happens(rates.wrong_side), dice.happens(rates.wrong_side)];
    for relation in relations {
        let turned = match relation.target {
            RelationTarget::Object(_) => dice.happens(rates.wrong_side),
            RelationTarget::Canvas if is_sideways(relation.kind) => canvas[0],
            RelationTarget::Canvas => canvas[1],
        };
        if turned {
            relation.kind = opposite(relation.kind);
        }
    }
}

const fn is_sideways(kind: RelationKind) -> bool {
    matches!(kind, RelationKind::LeftOf | RelationKind::RightOf)
}

const fn opposite(kind: RelationKind) -> RelationKind {
    match kind {
        RelationKind::LeftOf => RelationKind::RightOf,
        RelationKind::RightOf => RelationKind::LeftOf,
        RelationKind::Above | RelationKind::OnTopOf => RelationKind::Below,
        // Beside has no opposite: over one another is as wrong as it gets.
        RelationKind::Below | RelationKind::NextTo => RelationKind::Above,
    }
}

/// Exchanges the attributes of two kinds of objects, where that makes a difference.
fn swap_attributes(objects: &mut [WantedObject], rates: &Rates, dice: &mut Dice) {
    if !dice.happens(rates.swapped_attributes) {
        return;
    }
    let differ = |one: &WantedObject, other: &WantedObject| {
        let attributed = one.attribute.is_some() && other.attribute.is_some();
        attributed && one.attribute != other.attribute && one.noun != other.noun
    };
    let mut pairs = Vec::new();
    for (index, one) in objects.iter().enumerate() {
        let later = objects.iter().enumerate().skip(index + 1);
        pairs
            .extend(later.filter(|(_, other)| differ(one, other)).map(|(other, _)| (index, other)));
    }
    let Some(&(first, second)) = dice.pick(&pairs) else { return };
    if let Ok([one, other]) = objects.get_disjoint_mut([first, second]) {
        std::mem::swap(&mut one.attribute, &mut other.attribute);
    }
}

/// Takes objects with a count of 0 out, together with the relations that need them.
fn without_dropped(read: Constraints) -> Constraints {
    let mut moved_to = Vec::with_capacity(read.objects.len());
    let mut objects = Vec::with_capacity(read.objects.len());
    for object in read.objects {
        let kept = object.count.0 > 0;
        moved_to.push(kept.then_some(objects.len()));
        if kept {
            objects.push(object);
        }
    }
    let place = |index: usize| moved_to.get(index).copied().flatten();
    let relations = read.relations.into_iter().filter_map(|relation| {
        let subject = place(relation.subject)?;
        let target = match relation.target {
            RelationTarget::Object(index) => RelationTarget::Object(place(index)?),
            RelationTarget::Canvas => RelationTarget::Canvas,
        };
        Some(Relation { subject, target, ..relation })
    });
    Constraints { objects, relations: relations.collect(), ..read }
}

#[cfg(test)]
mod tests;
