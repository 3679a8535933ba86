//! Matches what is seen left of a gap with what is seen right of it, so that a hill or horizon
//! that enters higher than it leaves is drawn through the gap as a slanted line.
//!
//! This is dynamic time warping (Sakoe and Chiba, 1978) between two columns of colors.

use super::Tint;
use crate::numbers::float;

/// Two colors that differ by less than this, summed over the channels, count as the same: the two
/// sides of a plain sky need not agree.
const SAME: f32 = 14.0;

/// Cost of going on along one column only. Keeps plain areas unwarped.
const STEP: f32 = 4.0;

/// Farthest rows apart that may be matched.
const BAND: usize = 64;

/// Two columns of colors and which rows of them belong together.
pub(super) struct Warp<'a> {
    left: &'a [Tint],
    right: &'a [Tint],
    /// Pairs of rows (left, right); both never decrease.
    path: Vec<(usize, usize)>,
}

impl<'a> Warp<'a> {
    /// Matches two columns of the same length.
    pub(super) fn between(left: &'a [Tint], right: &'a [Tint]) -> Self {
        let rows = left.len().min(right.len());
        let costs = costs(left, right, rows);
        let mut path = Vec::with_capacity(2 * rows);
        let mut next = rows.checked_sub(1).map(|last| (last, last));
        while let Some(place) = next {
            path.push(place);
            let (one, other) = place;
            let ways = [
                (one.checked_sub(1), other.checked_sub(1), 0.0),
                (one.checked_sub(1), Some(other), STEP),
                (Some(one), other.checked_sub(1), STEP),
            ];
            let open = ways.into_iter().filter_map(|(one, other, step)| {
                let (one, other) = (one?, other?);
                Some(((one, other), cell(&costs, one, other) + step))
            });
            next = open.min_by(|one, other| one.1.total_cmp(&other.1)).map(|(before, _)| before);
        }
        path.reverse();
        Self { left, right, path }
    }

    /// The color in row `row`, `share` (0 to 1) of the way from left to right.
    pub(super) fn color(&self, row: usize, share: f32) -> Tint {
        let height = |pair: &(usize, usize)| float(pair.0) * (1.0 - share) + float(pair.1) * share;
        let target = float(row);
        let after = self.path.partition_point(|pair| height(pair) < target);
        let before = after.saturating_sub(1);
        let (Some(low), Some(high)) =
            (self.path.get(before).or(self.path.last()), self.path.get(after).or(self.path.last()))
        else {
            return [0.0; 3];
        };
        let way = height(high) - height(low);
        let part = if way > 0.0 { ((target - height(low)) / way).clamp(0.0, 1.0) } else { 0.0 };
        let mixed = |pair: &(usize, usize)| {
            let sides = (self.left.get(pair.0), self.right.get(pair.1));
            let (Some(left), Some(right)) = sides else { return [0.0; 3] };
            blend(left, right, share)
        };
        blend(&mixed(low), &mixed(high), part)
    }
}

/// The least cost of every pair of rows, in rows of `2 · BAND + 1` cells around the diagonal.
fn costs(left: &[Tint], right: &[Tint], rows: usize) -> Vec<Vec<f32>> {
    let mut costs: Vec<Vec<f32>> = Vec::with_capacity(rows);
    for (one, color) in left.iter().enumerate().take(rows) {
        costs.push(vec![f32::MAX; 2 * BAND + 1]);
        for other in one.saturating_sub(BAND)..=(one + BAND).min(rows.saturating_sub(1)) {
            let Some(opposite) = right.get(other) else { continue };
            let above = one.checked_sub(1);
            let diagonal = above.zip(other.checked_sub(1)).map(|(a, b)| cell(&costs, a, b));
            let vertical = above.map(|above| cell(&costs, above, other) + STEP);
            let sideways = other.checked_sub(1).map(|other| cell(&costs, one, other) + STEP);
            let before =
                [diagonal, vertical, sideways].into_iter().flatten().min_by(f32::total_cmp);
            let total = before.unwrap_or(0.0) + (difference(color, opposite) - SAME).max(0.0);
            let place = other + BAND - one;
            if let Some(cost) = costs.last_mut().and_then(|row| row.get_mut(place)) {
                *cost = total;
            }
        }
    }
    costs
}

fn cell(costs: &[Vec<f32>], one: usize, other: usize) -> f32 {
    let place = (other + BAND).checked_sub(one);
    let cost = costs.get(one).zip(place).and_then(|(row, place)| row.get(place));
    cost.copied().unwrap_or(f32::MAX)
}

fn difference(one: &Tint, other: &Tint) -> f32 {
    one.iter().zip(other).map(|(one, other)| (one - other).abs()).sum()
}

fn blend(from: &Tint, to: &Tint, share: f32) -> Tint {
    let mut mixed = *from;
    for (channel, target) in mixed.iter_mut().zip(to) {
        *channel += (target - *channel) * share;
    }
    mixed
}
