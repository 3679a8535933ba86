//! How far a picture is from a layout that was settled before: SLD's editing mode, after the first
//! look. Pure.
//!
//! The goal was planned once, from the picture as it was given; to plan again from a picture that was
//! already changed would do the instruction twice. Detectors number what they see anew each time, and
//! painters put things near their boxes, not into them. So what was seen gets the goal's names, and a
//! thing has arrived if its middle lies in its box and it is not much larger or smaller.

use pentimento_model::{ItemName, Layout, LayoutItem};

/// A thing has arrived if its area is at most so many times its box's, or that many times less.
/// Boxes that are planned are rough: painters keep a thing's own proportions.
const TIMES: f32 = 4.0;

/// What was seen under the goal's names, and the goal with what has arrived where it is: their
/// difference is what is left to do.
pub(crate) fn held_against(seen: &Layout, goal: &Layout) -> (Layout, Layout) {
    let (mut seen, mut goal) = (seen.clone(), goal.clone());
    let mut taken: Vec<Option<ItemName>> = vec![None; seen.items.len()];
    // Things that look right are taken first, then those that must be changed.
    for looks_right in [true, false] {
        for wanted in &mut goal.items {
            if taken.iter().flatten().any(|name| *name == wanted.name) {
                continue;
            }
            let Some(index) = nearest(&seen, &taken, wanted, looks_right) else { continue };
            let Some(item) = seen.items.get_mut(index) else { continue };
            if let Some(place) = taken.get_mut(index) {
                *place = Some(wanted.name.clone());
            }
            if has_arrived(item, wanted) {
                wanted.region = item.region;
            }
            if looks_right {
                item.name = wanted.name.clone();
            }
        }
    }
    rename_others(&mut seen, &goal, &taken);
    (seen, goal)
}

/// The thing that may stand for a wanted one: one that has arrived before others, then the nearest.
fn nearest(
    seen: &Layout,
    taken: &[Option<ItemName>],
    wanted: &LayoutItem,
    looks_right: bool,
) -> Option<usize> {
    let fits = |item: &LayoutItem| {
        item.name.noun == wanted.name.noun
            && (!looks_right || item.name.attribute == wanted.name.attribute)
    };
    let far = |item: &LayoutItem| {
        let ((x, y), (to_x, to_y)) = (item.region.center(), wanted.region.center());
        let away = if has_arrived(item, wanted) { 0.0 } else { 2.0 };
        away + (x - to_x).hypot(y - to_y)
    };
    let free = seen
        .items
        .iter()
        .enumerate()
        .filter(|(index, item)| fits(item) && taken.get(*index).is_some_and(Option::is_none));
    free.min_by(|(_, one), (_, other)| far(one).total_cmp(&far(other))).map(|(index, _)| index)
}

fn has_arrived(item: &LayoutItem, wanted: &LayoutItem) -> bool {
    let times = item.region.area() / wanted.region.area();
    wanted.region.contains(item.region.center()) && (1.0 / TIMES..=TIMES).contains(&times)
}

/// Gives everything else names that the goal does not have.
fn rename_others(seen: &mut Layout, goal: &Layout, taken: &[Option<ItemName>]) {
    let is_named = |index: usize, name: &ItemName| {
        taken.get(index).and_then(Option::as_ref).is_some_and(|own| own == name)
    };
    for index in 0..seen.items.len() {
        let Some(name) = seen.items.get(index).map(|item| item.name.clone()) else { continue };
        if is_named(index, &name) {
            continue;
        }
        let others = seen.items.iter().enumerate().filter(|(other, _)| *other != index);
        let known = goal.items.iter().chain(others.map(|(_, item)| item)).map(|item| &item.name);
        let same = known.filter(|one| one.noun == name.noun && one.attribute == name.attribute);
        let number = same.map(|one| one.number).max().unwrap_or(0).saturating_add(1);
        if let Some(item) = seen.items.get_mut(index) {
            item.name.number = number;
        }
    }
}

#[cfg(test)]
mod tests {
    use pentimento_model::{EditOp, Region, Score};

    use super::*;
    use crate::diff::{PRESERVE_IOU, diff};

    fn layout(items: &[(&str, [f32; 4])]) -> Layout {
        let item = |(name, region): &(&str, [f32; 4])| LayoutItem {
            name: ItemName::read(name).unwrap(),
            region: Region::read(*region).unwrap(),
            confidence: Score::ONE,
        };
        Layout { items: items.iter().map(item).collect() }
    }

    fn check(seen: &[(&str, [f32; 4])], expected: &[&str]) {
        let goal = layout(&[
            ("apple #1", [0.1, 0.1, 0.2, 0.2]),
            ("apple #2", [0.6, 0.1, 0.2, 0.2]),
            ("blue cup #1", [0.1, 0.6, 0.2, 0.2]),
        ]);
        let (seen_then, goal_then) = held_against(&layout(seen), &goal);
        let ops = diff(&seen_then, &goal_then, PRESERVE_IOU);
        let words = |op: &EditOp| match op {
            EditOp::Delete { item, .. } | EditOp::Add { item, .. } | EditOp::Move { item, .. } => {
                format!("{} {}", op.code(), item.kind())
            }
            EditOp::Restyle { item, attribute, .. } => {
                format!("restyle {} {attribute}", item.kind())
            }
            EditOp::Inpaint { .. } => op.code().to_owned(),
        };
        assert_eq!(ops.iter().map(words).collect::<Vec<_>>(), expected, "{seen:?}");
    }

    #[test]
    fn what_has_arrived_is_done_whatever_its_number() {
        let (left, right) =
            (("apple #2", [0.12, 0.1, 0.2, 0.2]), ("apple #1", [0.6, 0.12, 0.15, 0.2]));
        let cup = ("blue cup #1", [0.1, 0.6, 0.2, 0.2]);
        check(&[left, right, cup], &[]);
        check(&[left, cup], &["add apple"]);
        check(&[left, right, ("cup #1", [0.1, 0.6, 0.2, 0.2])], &["restyle cup blue"]);
        check(&[left, right, ("blue cup #1", [0.7, 0.6, 0.2, 0.2])], &["move blue cup"]);
        check(&[left, right, cup, ("cat #1", [0.5, 0.5, 0.1, 0.1])], &["delete cat"]);
        check(&[left, right, cup, ("apple #3", [0.5, 0.5, 0.1, 0.1])], &["delete apple"]);
        check(&[left, right, ("blue cup #1", [0.19, 0.69, 0.02, 0.02])], &["move blue cup"]);
    }
}
