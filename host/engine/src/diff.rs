//! The difference of two layouts, as operations on the picture (SLD's, made deterministic).
//!
//! Items are matched by name. What the operations do to pixels is the painter's business, and
//! whether they are wanted is the controller's.
//!
//! | the name is in | and | so it is |
//! |---|---|---|
//! | both | the boxes overlap by more than the threshold | preserved |
//! | both | they do not | moved |
//! | the goal only | an item of the same noun that the goal does not name lies there | restyled |
//! | the goal only | none does | added |
//! | the present only | it was not restyled | deleted |
//!
//! The paper's code restyles only items without an attribute (`dolphin` to `pink dolphin`) and
//! turns `blue dolphin` to `pink dolphin` into a deletion and an addition. Here both are restyled,
//! since that disturbs less of the picture. An item whose attribute shall vanish is still deleted
//! and added: there is no operation for it.

use pentimento_model::{EditOp, Layout, LayoutItem};

/// The threshold of the paper's code (`iou > 0.9`).
pub const PRESERVE_IOU: f32 = 0.9;

/// What turns `present` into `goal`: deletions, then moves, restylings and additions, each in the
/// order of the layout it comes from. An item stays if its boxes' intersection over union is
/// greater than `preserve_iou`. Two things that change places are two moves: an editor lifts all
/// before it puts any down.
pub fn diff(present: &Layout, goal: &Layout, preserve_iou: f32) -> Vec<EditOp> {
    let mut moves = Vec::new();
    let mut restylings = Vec::new();
    let mut additions = Vec::new();
    let mut claimed: Vec<&LayoutItem> = Vec::new();
    for wanted in &goal.items {
        if let Some(item) = present.find(&wanted.name) {
            if item.region.iou(&wanted.region) <= preserve_iou {
                moves.push(EditOp::Move {
                    item: item.name.clone(),
                    from: item.region,
                    to: wanted.region,
                });
            }
            continue;
        }
        let free = |item: &&LayoutItem| goal.find(&item.name).is_none() && !claimed.contains(item);
        let candidates = present.items.iter().filter(free);
        match restyling(candidates, wanted, preserve_iou) {
            Some((item, op)) => {
                claimed.push(item);
                restylings.push(op);
            }
            None => {
                additions.push(EditOp::Add { item: wanted.name.clone(), region: wanted.region });
            }
        }
    }
    let gone = |item: &&LayoutItem| goal.find(&item.name).is_none() && !claimed.contains(item);
    let deletion =
        |item: &LayoutItem| EditOp::Delete { item: item.name.clone(), region: item.region };
    let deletions = present.items.iter().filter(gone).map(deletion);
    deletions.chain(moves).chain(restylings).chain(additions).collect()
}

/// The item that becomes `wanted` by a new color or material alone: of the same noun and in the
/// same place, the one that overlaps most.
fn restyling<'a>(
    candidates: impl Iterator<Item = &'a LayoutItem>,
    wanted: &LayoutItem,
    preserve_iou: f32,
) -> Option<(&'a LayoutItem, EditOp)> {
    let attribute = wanted.name.attribute?;
    let overlap = |item: &LayoutItem| item.region.iou(&wanted.region);
    let same = candidates
        .filter(|item| item.name.noun == wanted.name.noun && overlap(item) > preserve_iou)
        .reduce(|best, item| if overlap(item) > overlap(best) { item } else { best })?;
    let op = EditOp::Restyle { item: same.name.clone(), region: same.region, attribute };
    Some((same, op))
}

#[cfg(test)]
mod tests;
