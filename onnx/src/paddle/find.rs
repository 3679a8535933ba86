//! Where lines of text are: the finder's map, cut at a threshold, and its pieces as rectangles.

use image::{GrayImage, Luma, RgbImage, imageops::FilterType};
use imageproc::{
    contours::{BorderType, Contour, find_contours},
    geometry::min_area_rect,
};

use super::{other, quad::Quad};
use crate::{
    error::LocalError,
    graph::{Graph, Input, tensor},
    pixels,
};

/// The shorter side is made at least so long for the finder (`limit_side_len`).
const SHORT_SIDE: f64 = 736.0;
/// Neither side is longer (`max_side_len` is 2000; this is a multiple of [`STEP`]).
const LONG_SIDE: f64 = 2016.0;
/// Both sides are multiples of this: the graph halves them five times.
const STEP: f64 = 32.0;
/// A pixel is part of a line from this probability on (`thresh`).
const IN_LINE: f32 = 0.3;
/// A piece is a line from this mean probability on (`box_thresh`).
const LEAST_SURE: f64 = 0.5;
/// The map shows lines shrunk: a rectangle grows on all sides by its area times this over its perimeter
/// (`unclip_ratio`).
const GROW: f64 = 1.6;
/// Pieces whose shorter side is less, in pixels of the map, are dirt (`min_size`).
const DIRT: f64 = 3.0;
/// Pieces that are looked at (`max_candidates`).
const PIECES: usize = 1000;
/// Lines whose tops differ by less, in pixels of the picture, stand beside each other.
const BESIDE: f64 = 10.0;

/// The finder's graph.
pub(super) struct Finder {
    graph: Graph,
    input: Input,
}

impl Finder {
    pub(super) fn read(bytes: Vec<u8>) -> Result<Self, LocalError> {
        let graph = Graph::read(bytes)?;
        let input = graph.only_input();
        let input =
            input.filter(|input| matches!(input.shape[..], [None | Some(1), Some(3), None, None]));
        let input = input.ok_or_else(|| {
            other("the graph in `file` does not take one picture of any size: 1 × 3 × any × any")
        })?;
        Ok(Self { graph, input })
    }

    /// All places that look like a line, in the order in which one reads.
    pub(super) fn places(&self, picture: &RgbImage) -> Result<Vec<Quad>, LocalError> {
        let (width, height) = size_of_map(picture.width(), picture.height());
        let shown = image::imageops::resize(picture, width, height, FilterType::Triangle);
        let [columns, rows] = [width, height].map(|side| usize::try_from(side).unwrap_or(0));
        let numbers = tensor(&[1, 3, rows, columns], pixels::blue_first(&shown))?;
        let outputs = self.graph.run(vec![(&self.input, numbers)])?;
        let map = outputs.into_iter().find_map(|output| {
            let (shape, numbers) = output.into_shape_vec::<f32, 4>().ok()?;
            (shape == [1, 1, rows, columns]).then_some(numbers)
        });
        let map = map.ok_or_else(|| {
            other(
                "the graph in `file` gives no map as large as its picture: 1 × 1 × rows × columns",
            )
        })?;
        if map.iter().any(|number| !number.is_finite()) {
            return Err(LocalError::Numbers("a number that is none (NaN or infinite)".to_owned()));
        }
        let scale = [
            f64::from(picture.width()) / f64::from(width),
            f64::from(picture.height()) / f64::from(height),
        ];
        let found = pieces(&map, width, height);
        Ok(in_order(found.into_iter().map(|quad| quad.scaled(scale)).collect()))
    }
}

/// How large a picture of this size is shown to the finder.
fn size_of_map(width: u32, height: u32) -> (u32, u32) {
    let sides = [f64::from(width), f64::from(height)];
    let (short, long) = (sides[0].min(sides[1]), sides[0].max(sides[1]));
    let scale = (SHORT_SIDE / short).max(1.0).min(LONG_SIDE / long);
    let [width, height] = sides.map(|side| {
        let steps = (side * scale / STEP).round().clamp(1.0, LONG_SIDE / STEP);
        pixels::whole(steps * STEP)
    });
    (width, height)
}

/// The rectangles of a map, grown to the size of the lines.
fn pieces(map: &[f32], width: u32, height: u32) -> Vec<Quad> {
    let at = |x: u32, y: u32| {
        let place = usize::try_from(u64::from(y) * u64::from(width) + u64::from(x));
        place.ok().and_then(|place| map.get(place)).copied().unwrap_or(0.0)
    };
    // With an edge around, since what reaches to the edge has no border to follow otherwise.
    let cut = GrayImage::from_fn(width + 2, height + 2, |x, y| {
        let within = (1..=width).contains(&x) && (1..=height).contains(&y);
        Luma([if within && at(x - 1, y - 1) > IN_LINE { u8::MAX } else { 0 }])
    });
    let outer = |piece: &Contour<i32>| piece.border_type == BorderType::Outer;
    let pieces = find_contours::<i32>(&cut).into_iter().filter(outer).take(PIECES);
    let line = |piece: Contour<i32>| {
        // A point or two have no rectangle.
        let corners = (piece.points.len() > 2).then(|| min_area_rect(&piece.points))?;
        let quad =
            Quad::around(corners.map(|point| [f64::from(point.x) - 1.0, f64::from(point.y) - 1.0]));
        let sides = quad.sides();
        if sides[0].min(sides[1]) < DIRT || quad.mean(at, width, height) < LEAST_SURE {
            return None;
        }
        let by = sides[0] * sides[1] * GROW / (2.0 * (sides[0] + sides[1]));
        Some(quad.grown(by))
    };
    pieces.filter_map(line).collect()
}

/// From top to bottom, and from left to right where lines stand beside each other (`sorted_boxes`).
fn in_order(mut places: Vec<Quad>) -> Vec<Quad> {
    places.sort_by(|one, other| {
        let ([left, top], [other_left, other_top]) = (one.start(), other.start());
        top.total_cmp(&other_top).then(left.total_cmp(&other_left))
    });
    for end in 1..places.len() {
        for at in (1..=end).rev() {
            let [Some(one), Some(other)] = [at - 1, at].map(|at| places.get(at).map(Quad::start))
            else {
                break;
            };
            if (one[1] - other[1]).abs() >= BESIDE || one[0] <= other[0] {
                break;
            }
            places.swap(at - 1, at);
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_is_neither_tiny_nor_huge_whatever_the_proportions() {
        for (size, wanted) in [
            ((512, 512), (736, 736)),
            ((1, 1), (736, 736)),
            ((1000, 500), (1472, 736)),
            ((16_000_000, 1), (2016, 32)),
            ((1, 16_000_000), (32, 2016)),
            ((4000, 4000), (2016, 2016)),
            ((800, 750), (800, 736)),
        ] {
            assert_eq!(size_of_map(size.0, size.1), wanted, "{size:?}");
        }
    }

    /// A map on which these rectangles (left, top, right, bottom) are this sure.
    fn map(width: u32, height: u32, lines: &[([u32; 4], f32)]) -> Vec<f32> {
        let at = |x: u32, y: u32| {
            let within = |([left, top, right, bottom], _): &&([u32; 4], f32)| {
                (*left..*right).contains(&x) && (*top..*bottom).contains(&y)
            };
            lines.iter().find(within).map_or(0.0, |(_, sure)| *sure)
        };
        (0..height).flat_map(|y| (0..width).map(move |x| at(x, y))).collect()
    }

    #[test]
    fn pieces_grow_to_lines_and_dirt_and_doubts_are_left_out() {
        let lines = [
            ([20, 20, 81, 31], 0.9),
            ([20, 60, 81, 71], 0.4),
            ([120, 20, 122, 90], 0.9),
            ([0, 0, 1, 1], 1.0),
        ];
        let found = pieces(&map(160, 96, &lines), 160, 96);
        assert_eq!(found.len(), 1, "{found:?}");
        // 60 by 10 grow by 600 · 1.6 / 140.
        let by = 600.0 * 1.6 / 140.0;
        let near = |one: [f64; 2], other: [f64; 2]| {
            (one[0] - other[0]).abs() < 1.5 && (one[1] - other[1]).abs() < 1.5
        };
        assert!(near(found[0].start(), [20.0 - by, 20.0 - by]), "{found:?}");
        assert!(near(found[0].sides(), [60.0 + 2.0 * by, 10.0 + 2.0 * by]), "{found:?}");
        assert!(pieces(&map(64, 64, &[]), 64, 64).is_empty());
        let all = pieces(&map(64, 64, &[([0, 0, 64, 64], 1.0)]), 64, 64);
        assert_eq!(all.len(), 1);
    }

    #[test]
    fn a_map_like_a_chess_board_has_a_bounded_number_of_pieces() {
        let fields = (0..64 * 64).map(|at| if (at / 64 + at % 64) % 2 == 0 { 1.0 } else { 0.0 });
        assert!(pieces(&fields.collect::<Vec<f32>>(), 64, 64).len() <= PIECES);
    }

    #[test]
    fn lines_are_read_from_top_to_bottom_and_from_left_to_right() {
        let at = |left: f64, top: f64| {
            Quad::around([
                [left, top],
                [left + 9.0, top],
                [left + 9.0, top + 5.0],
                [left, top + 5.0],
            ])
        };
        let [one, two, three, four] = [at(5.0, 8.0), at(50.0, 3.0), at(0.0, 40.0), at(30.0, 44.0)];
        assert_eq!(in_order(vec![four, three, two, one]), [one, two, three, four]);
    }
}
