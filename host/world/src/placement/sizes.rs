//! How large boxes are: one alone is large, many are small, and what is large stays larger.

use pentimento_model::{Constraints, Region, RelationKind, RelationTarget};

use super::{EDGE, GAP, Wish};
use crate::vocabulary::Noun;

/// The longer side of a box for a noun that is not in the vocabulary.
pub(super) const UNKNOWN: f32 = 0.3;

/// The share of the picture that boxes and the gaps around them may fill. Random placing gets
/// stuck above about a half.
const FILL: f32 = 0.46;

/// How much larger than usual an object may become when there is room.
const LARGEST_SCALE: f32 = 1.75;

/// The longest side of any box.
const LONGEST: f32 = 0.62;

/// The longer side of the smallest box: 60 pixels of 512, the least that the eye is made for.
const SHORTEST: f32 = 0.118;

/// The longer side below which shrinking stops.
const SMALLEST: f32 = 0.098;

/// The widest box that carries others, and all such boxes together if there are several: a random
/// search needs some room to put them side by side.
const WIDEST_CARRIER: f32 = 0.9;
const WIDEST_CARRIERS: f32 = 0.76;

/// What a carried box takes beside its own width.
const SLOT_GAP: f32 = GAP + 0.01;

/// Width and height of a noun in a scene of a few objects.
pub(super) fn box_of(noun: &Noun) -> (f32, f32) {
    with_longer_side(noun.aspect, noun.size)
}

/// Width and height that suit a noun in a scene of `n_items` objects like it.
pub fn natural_size(noun: &Noun, n_items: u32) -> (f32, f32) {
    let n_items = n_items.clamp(1, crate::MAX_OBJECTS);
    let mut wishes: Vec<Wish> =
        (0..n_items).map(|_| Wish { object: 0, size: box_of(noun) }).collect();
    share_out(&mut wishes);
    wishes.first().map_or_else(|| box_of(noun), |wish| wish.size)
}

/// Scales all wishes alike so that together they fill the picture well.
pub(super) fn share_out(wishes: &mut [Wish]) {
    let mut scale = LARGEST_SCALE;
    let filled = |wishes: &[Wish], scale: f32| -> f32 {
        let area = |wish: &Wish| (wish.size.0 * scale + GAP) * (wish.size.1 * scale + GAP);
        wishes.iter().map(area).sum()
    };
    while filled(wishes, scale) > FILL && scale > 0.1 {
        scale *= 0.97;
    }
    for wish in wishes {
        let (width, height) = (wish.size.0 * scale, wish.size.1 * scale);
        let longer = width.max(height).clamp(SHORTEST, LONGEST);
        wish.size = with_longer_side(width / height, longer);
    }
}

/// Where several things lie on top of one, makes it wide and them narrow enough to lie in a row.
pub(super) fn make_carriers_wide(constraints: &Constraints, wishes: &mut [Wish]) {
    for relation in &constraints.relations {
        let (RelationKind::OnTopOf, RelationTarget::Object(carrier)) =
            (relation.kind, relation.target)
        else {
            continue;
        };
        let n_slots = carried_by_each(constraints, carrier);
        let own = |object: usize| wishes.iter().find(|wish| wish.object == object);
        let (Some(above), Some(below)) = (own(relation.subject), own(carrier)) else { continue };
        if n_slots < 2.0 {
            continue;
        }
        let n_carriers = count(constraints, carrier);
        let widest = if n_carriers > 1.0 { WIDEST_CARRIERS / n_carriers } else { WIDEST_CARRIER };
        let (width, height) = above.size;
        let shortest = |longer: f32| width * (longer / width.max(height)).min(1.0);
        let roomy = (below.size.0 / n_slots - SLOT_GAP).clamp(shortest(SHORTEST), width);
        let width_above = roomy.min((widest / n_slots - SLOT_GAP).max(shortest(SMALLEST)));
        let needed = n_slots * (width_above + SLOT_GAP);
        let width_below = below.size.0.max(needed).min(widest);
        resize(wishes, relation.subject, width_above);
        resize(wishes, carrier, width_below);
    }
}

/// How many things lie on each carrier, whatever they are.
pub(super) fn carried_by_each(constraints: &Constraints, carrier: usize) -> f32 {
    let loads = constraints.relations.iter().filter(|relation| {
        relation.kind == RelationKind::OnTopOf && relation.target == RelationTarget::Object(carrier)
    });
    let n_carried: f32 = loads.map(|relation| count(constraints, relation.subject)).sum();
    (n_carried / count(constraints, carrier)).ceil()
}

/// How many of an object are wanted, at least 1.
fn count(constraints: &Constraints, object: usize) -> f32 {
    let wanted = constraints.objects.get(object).map_or(1, |object| object.count.0);
    f32::from(u16::try_from(wanted).unwrap_or(u16::MAX)).max(1.0)
}

/// Gives all wishes of an object a new width and keeps their ratio.
fn resize(wishes: &mut [Wish], object: usize, width: f32) {
    for wish in wishes.iter_mut().filter(|wish| wish.object == object) {
        wish.size = (width, wish.size.1 * width / wish.size.0);
    }
}

/// A wish at another size, but not below the smallest.
pub(super) fn scaled(wish: &Wish, scale: f32) -> Wish {
    let (width, height) = wish.size;
    let own = width.max(height);
    let longer = (own * scale).max(SMALLEST.min(own));
    Wish { object: wish.object, size: with_longer_side(width / height, longer) }
}

/// Boxes in rows and columns, where nothing else is possible.
pub(super) fn grid(n_boxes: usize) -> Vec<Region> {
    let columns = (1..=n_boxes).find(|columns| columns * columns >= n_boxes).unwrap_or(1);
    #[expect(clippy::cast_precision_loss, reason = "a scene has a few dozen boxes at most")]
    let cell = (1.0 - 2.0 * EDGE) / columns as f32;
    let region = |index: usize| {
        #[expect(clippy::cast_precision_loss, reason = "a scene has a few dozen boxes at most")]
        let (column, row) = ((index % columns) as f32, (index / columns) as f32);
        let center = (EDGE + (column + 0.5) * cell, EDGE + (row + 0.5) * cell);
        let side = (cell - GAP).max(cell / 2.0);
        Region::around(center, side, side).unwrap_or(Region::WHOLE)
    };
    (0..n_boxes).map(region).collect()
}

/// Width and height with the given ratio and longer side.
fn with_longer_side(aspect: f32, longer: f32) -> (f32, f32) {
    if aspect >= 1.0 { (longer, longer / aspect) } else { (longer * aspect, longer) }
}
