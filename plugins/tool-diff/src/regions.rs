//! Where two pictures differ: boxes around what changed, the largest change first.
//!
//! Which pixels belong together is `components`' business.

use planes::{Component, components};

/// Changed pixels no further apart than this part of the longer side are one region: 8 pixels of
/// 512, about the width of a contour with its blur.
const NEAR: usize = 64;

/// Boxes that are told. A person looks at ten; the rest is only counted.
pub const MOST_REGIONS: usize = 32;

/// Boxes that do not overlap, those with the most changed pixels first; all of them.
#[must_use]
pub fn regions(changed: &[bool], width: usize) -> Vec<Component> {
    let height = changed.len().checked_div(width).unwrap_or(0);
    let reach = (width.max(height) / NEAR).max(1);
    let mut regions = apart(components(changed, width, reach));
    regions.sort_by_key(|region| (std::cmp::Reverse(region.pixels), region.top, region.left));
    regions
}

/// Makes one of all boxes that overlap, until none do.
fn apart(components: Vec<Component>) -> Vec<Component> {
    let mut kept: Vec<Component> = Vec::new();
    for mut component in components {
        while let Some(place) = kept.iter().position(|other| overlap(&component, other)) {
            component = component.and(kept.swap_remove(place));
        }
        kept.push(component);
    }
    kept
}

fn overlap(one: &Component, other: &Component) -> bool {
    let across = one.left < other.right && other.left < one.right;
    across && one.top < other.bottom && other.top < one.bottom
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Changed where a map has `#`.
    fn map(rows: &[&str]) -> (Vec<bool>, usize) {
        (rows.concat().chars().map(|mark| mark == '#').collect(), rows[0].len())
    }

    #[test]
    fn the_largest_change_comes_first() {
        let (changed, width) = map(&["#....##", ".....##", ".......", "###....", "......."]);
        let regions = regions(&changed, width);
        let boxes: Vec<_> =
            regions.iter().map(|one| (one.left, one.top, one.right, one.bottom)).collect();
        assert_eq!(boxes, [(5, 0, 7, 2), (0, 3, 3, 4), (0, 0, 1, 1)]);
        assert_eq!(regions.iter().map(|one| one.pixels).sum::<usize>(), 8);
    }

    #[test]
    fn boxes_that_overlap_become_one() {
        let (changed, width) = map(&["#######", "#.....#", "#..#..#", "#.....#", "#######"]);
        let regions = regions(&changed, width);
        assert_eq!(regions.len(), 1);
        assert_eq!(regions[0].pixels, 21);
    }

    #[test]
    fn no_change_has_no_region() {
        assert_eq!(regions(&[], 0), []);
        assert_eq!(regions(&[false; 12], 4), []);
    }
}
