//! Discs with an ink contour and a white border, drawn by hand: which are found, and where.

use super::*;

const SIDE: u32 = 160;

/// Center, radius up to the ink's outer edge, and what is inside the ink.
type Disc = ((i32, i32), i32, [u8; 3]);

/// A picture of discs, the later ones on top: 3 pixels of ink, 6 of white around.
fn picture(discs: &[Disc]) -> Pixels {
    let color = |x: i32, y: i32| {
        let over = discs.iter().rev().find_map(|((left, top), radius, inside)| {
            let apart = (x - left).pow(2) + (y - top).pow(2);
            [(radius - 3, *inside), (*radius, INK), (radius + 6, [255; 3])]
                .into_iter()
                .find_map(|(reach, color)| (apart <= reach * reach).then_some(color))
        });
        over.unwrap_or([90, 140, 90])
    };
    let side = i32::try_from(SIDE).unwrap();
    let cells = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
    let rgba = cells.flat_map(|(x, y)| {
        let [red, green, blue] = color(x, y);
        [red, green, blue, 255]
    });
    Pixels::new(SIDE, SIDE, rgba.collect()).unwrap()
}

fn check(discs: &[Disc], boxes: &[[usize; 4]]) {
    let found = silhouettes(&picture(discs));
    let found: Vec<_> =
        found.iter().map(|one| [one.left, one.top, one.width, one.height]).collect();
    assert_eq!(found, boxes, "{discs:?}");
}

#[test]
fn a_disc_is_found_whatever_its_color() {
    for inside in [[200, 30, 30], [255; 3], [0; 3], INK, [90, 140, 90]] {
        check(&[((80, 80), 30, inside)], &[[50, 50, 61, 61]]);
    }
}

#[test]
fn discs_whose_borders_touch_are_two() {
    let boxes = [[20, 50, 61, 61], [87, 50, 61, 61]];
    check(&[((50, 80), 30, [200, 30, 30]), ((117, 80), 30, [30, 30, 200])], &boxes);
}

#[test]
fn background_shut_in_between_borders_is_nothing() {
    let discs = [((45, 45), 25, [9; 3]), ((103, 45), 25, [9; 3]), ((74, 95), 25, [9; 3])];
    check(&discs, &[[20, 20, 51, 51], [78, 20, 51, 51], [49, 70, 51, 51]]);
}

#[test]
fn a_disc_that_hangs_over_the_edge_is_found() {
    check(&[((10, 80), 30, [200, 30, 30])], &[[0, 50, 41, 61]]);
}

#[test]
fn specks_are_nothing() {
    check(&[((80, 80), 4, [200, 30, 30])], &[]);
}
