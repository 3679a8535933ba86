//! How good a position is: not crowded, not at the very edge, and a little below the middle, where
//! things stand.

use pentimento_model::Region;

use super::Spot;
use crate::geometry::gap;

/// Gaps wider than this are no better.
const WIDE_GAP: f32 = 0.14;

/// How much a gap counts.
const GAP_WEIGHT: f32 = 2.0;

/// How much the distance from [`FOCUS`] counts.
const FOCUS_WEIGHT: f32 = 0.4;

/// Where an object looks best.
const FOCUS: (f32, f32) = (0.5, 0.55);

/// The score of a position among the boxes that are placed; larger is better.
pub(super) fn of(region: &Region, spots: &[Spot]) -> f32 {
    let gaps = spots.iter().map(|spot| gap(region, &spot.region));
    let room = gaps.fold(WIDE_GAP, f32::min);
    let (x, y) = region.center();
    let (across, down) = (x - FOCUS.0, y - FOCUS.1);
    GAP_WEIGHT * room - FOCUS_WEIGHT * (across * across + down * down).sqrt()
}
