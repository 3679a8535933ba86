//! How large boxes are: one alone is large, many are small, and what is large stays larger.

use pentimento_model::Region;

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
