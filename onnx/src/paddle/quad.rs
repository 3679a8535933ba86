//! A rectangle that may lean: from the map to the picture, and what is in it, laid level.

use image::{RgbImage, imageops};
use imageproc::geometric_transformations::{Border, Interpolation, Projection, warp_into};
use pentimento_model::Region;

use crate::{limits::LINE_SIDE, pixels::whole};

/// A line that is so many times as high as wide runs from top to bottom, and is laid on its side
/// (`get_rotate_crop_image`).
const UPRIGHT: f64 = 1.5;

/// The corners, in pixels, from the top left one on, clockwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Quad([[f64; 2]; 4]);

impl Quad {
    /// The one with these corners, in whatever order they come: of the two left ones the upper comes
    /// first, of the two right ones the lower comes third (`get_mini_boxes`).
    pub(super) fn around(mut corners: [[f64; 2]; 4]) -> Self {
        corners.sort_by(|one, other| one[0].total_cmp(&other[0]));
        let [mut a, mut b, mut c, mut d] = corners;
        if a[1] > b[1] {
            (a, b) = (b, a);
        }
        if c[1] > d[1] {
            (c, d) = (d, c);
        }
        Self([a, c, d, b])
    }

    /// The first corner.
    pub(super) const fn start(&self) -> [f64; 2] {
        self.0[0]
    }

    /// Along the line, and across.
    pub(super) fn sides(&self) -> [f64; 2] {
        let [a, b, c, d] = self.0;
        [length(a, b).max(length(d, c)), length(a, d).max(length(b, c))]
    }

    /// The same on a picture so many times as large.
    pub(super) fn scaled(self, by: [f64; 2]) -> Self {
        Self(self.0.map(|[x, y]| [x * by[0], y * by[1]]))
    }

    /// The same with all sides so much further out.
    pub(super) fn grown(self, by: f64) -> Self {
        let [a, b, _, d] = self.0;
        let [along, across] = [towards(a, b), towards(a, d)];
        let signs = [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]];
        let mut corners = self.0;
        for (corner, sign) in corners.iter_mut().zip(signs) {
            corner[0] += by * (sign[0] * along[0] + sign[1] * across[0]);
            corner[1] += by * (sign[0] * along[1] + sign[1] * across[1]);
        }
        Self(corners)
    }

    /// The mean of a map's numbers within it; 0 of none.
    pub(super) fn mean(&self, at: impl Fn(u32, u32) -> f32, width: u32, height: u32) -> f64 {
        let [left, top, right, bottom] = self.edges();
        let most = |side: u32| f64::from(side.saturating_sub(1));
        let columns = whole(left.clamp(0.0, most(width)))..=whole(right.clamp(0.0, most(width)));
        let rows = whole(top.clamp(0.0, most(height)))..=whole(bottom.clamp(0.0, most(height)));
        let (mut sum, mut count) = (0.0, 0.0);
        for y in rows {
            for x in columns.clone().filter(|x| self.holds([f64::from(*x), f64::from(y)])) {
                sum += f64::from(at(x, y));
                count += 1.0;
            }
        }
        if count > 0.0 { sum / count } else { 0.0 }
    }

    /// True of a point that lies right of every side, or on one.
    fn holds(&self, [x, y]: [f64; 2]) -> bool {
        let next = self.0.iter().cycle().skip(1);
        self.0
            .iter()
            .zip(next)
            .all(|([x0, y0], [x1, y1])| (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0) >= -1e-6)
    }

    /// Left, top, right and bottom of the level rectangle around it.
    fn edges(&self) -> [f64; 4] {
        let (across, down) = (self.0.map(|[x, _]| x), self.0.map(|[_, y]| y));
        let least = |all: [f64; 4]| all.into_iter().fold(f64::INFINITY, f64::min);
        let most = |all: [f64; 4]| all.into_iter().fold(f64::NEG_INFINITY, f64::max);
        [least(across), least(down), most(across), most(down)]
    }

    /// The level rectangle around it, as a part of a picture; `None` outside of it.
    pub(super) fn region(&self, picture: &RgbImage) -> Option<Region> {
        let [left, top, right, bottom] = self.edges();
        let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
        #[expect(clippy::cast_possible_truncation, reason = "boxes are kept in 32 bits")]
        let [left, top, right, bottom] =
            [left / width, top / height, right / width, bottom / height]
                .map(|edge| edge.clamp(0.0, 1.0) as f32);
        Region::new(left, top, right - left, bottom - top)
    }

    /// What is in it, laid level; a line from top to bottom is laid on its side.
    pub(super) fn cut_out(&self, picture: &RgbImage) -> RgbImage {
        let sides = self.sides().map(|side| side.round().clamp(1.0, LINE_SIDE));
        let [width, height] = sides.map(whole);
        let mut level = RgbImage::new(width, height);
        let to = [[0.0, 0.0], [sides[0], 0.0], [sides[0], sides[1]], [0.0, sides[1]]];
        #[expect(clippy::cast_possible_truncation, reason = "pixels are found in 32 bits")]
        let pair = |[x, y]: [f64; 2]| (x as f32, y as f32);
        if let Some(lay) = Projection::from_control_points(self.0.map(pair), to.map(pair)) {
            warp_into(picture, lay, Interpolation::Bilinear, Border::Replicate, &mut level);
        }
        if sides[1] / sides[0] >= UPRIGHT { imageops::rotate270(&level) } else { level }
    }
}

fn length(one: [f64; 2], other: [f64; 2]) -> f64 {
    (other[0] - one[0]).hypot(other[1] - one[1])
}

/// The direction from one point to another, of length 1; level between equal ones.
fn towards(one: [f64; 2], other: [f64; 2]) -> [f64; 2] {
    let length = length(one, other);
    if length > 0.0 {
        [(other[0] - one[0]) / length, (other[1] - one[1]) / length]
    } else {
        [1.0, 0.0]
    }
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    #[test]
    fn corners_are_put_in_order_however_a_line_leans() {
        let level = Quad::around([[9.0, 5.0], [1.0, 1.0], [9.0, 1.0], [1.0, 5.0]]);
        assert_eq!(level.0, [[1.0, 1.0], [9.0, 1.0], [9.0, 5.0], [1.0, 5.0]]);
        assert_eq!(format!("{:?}", level.sides()), "[8.0, 4.0]");
        assert_eq!(level.grown(1.0).0, [[0.0, 0.0], [10.0, 0.0], [10.0, 6.0], [0.0, 6.0]]);
        assert_eq!(format!("{:?}", level.scaled([2.0, 3.0]).start()), "[2.0, 3.0]");
        let leaning = Quad::around([[0.0, 2.0], [2.0, 0.0], [8.0, 6.0], [6.0, 8.0]]);
        assert_eq!(leaning.0, [[2.0, 0.0], [8.0, 6.0], [6.0, 8.0], [0.0, 2.0]]);
        let grown = leaning.grown(2.0_f64.sqrt());
        assert!(
            (grown.0[0][0] - 2.0).abs() < 1e-9 && (grown.0[0][1] + 2.0).abs() < 1e-9,
            "{grown:?}"
        );
        let point = Quad::around([[3.0, 3.0]; 4]);
        assert!(point.grown(1.0).sides().iter().all(|side| side.is_finite()));
    }

    #[test]
    fn the_mean_is_that_of_what_lies_within() {
        let quad = Quad::around([[0.0, 5.0], [5.0, 0.0], [10.0, 5.0], [5.0, 10.0]]);
        let inside = |x: u32, y: u32| if x.abs_diff(5) + y.abs_diff(5) <= 5 { 1.0 } else { 0.0 };
        assert!((quad.mean(inside, 11, 11) - 1.0).abs() < 1e-9);
        let outside = Quad::around([[-9.0, -9.0], [-5.0, -9.0], [-5.0, -5.0], [-9.0, -5.0]]);
        assert!(outside.mean(|_, _| 1.0, 11, 11).abs() < 1e-9);
    }

    #[test]
    fn what_is_cut_out_stands_level_and_reads_from_left_to_right() {
        // Red on the left half, blue on the right.
        let picture =
            RgbImage::from_fn(40, 20, |x, _| Rgb(if x < 20 { [255, 0, 0] } else { [0, 0, 255] }));
        let level = Quad::around([[4.0, 4.0], [36.0, 4.0], [36.0, 12.0], [4.0, 12.0]]);
        let cut = level.cut_out(&picture);
        assert_eq!(cut.dimensions(), (32, 8));
        assert_eq!((cut.get_pixel(2, 4).0, cut.get_pixel(29, 4).0), ([255, 0, 0], [0, 0, 255]));
        let region = level.region(&picture).unwrap();
        assert!((region.x() - 0.1).abs() < 1e-6 && (region.width() - 0.8).abs() < 1e-6);
        // From top to bottom: its top comes to lie where one reads last, as it is when a head is laid on
        // the left shoulder.
        let tall = imageops::rotate90(&picture);
        let quad = Quad::around([[4.0, 4.0], [12.0, 4.0], [12.0, 36.0], [4.0, 36.0]]);
        let cut = quad.cut_out(&tall);
        assert_eq!(cut.dimensions(), (32, 8));
        let ends = (cut.get_pixel(2, 4).0, cut.get_pixel(29, 4).0);
        assert_eq!(ends, ([255, 0, 0], [0, 0, 255]));
        // Outside of the picture there is more of its edge, and no region.
        let off = Quad::around([[50.0, 4.0], [60.0, 4.0], [60.0, 8.0], [50.0, 8.0]]);
        assert_eq!(off.cut_out(&picture).get_pixel(3, 3).0, [0, 0, 255]);
        assert!(off.region(&picture).is_none());
    }
}
