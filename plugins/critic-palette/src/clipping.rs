//! Where light was cut off: highlights that ran into white, shadows that ran into black.
//!
//! White paper and black ink are as white and as black. The difference is at the rim: lost light
//! fades into what is left of the picture, a drawn area ends with a step. Whether clipped light is
//! a fault is for `verdict` to say.

use pentimento_sdk::Region;

use crate::canvas::Canvas;
use crate::number::share;

/// A pixel is clipped if all of its channels are within this of the end of the scale. One step of
/// 51 (the eight-bit scale in percent) for what JPEG and scaling add to a cut-off value.
const CLIPPED: u8 = 5;

/// How far outside a clipped area its rim is looked at, in pixels: beyond the one or two that
/// scaling and smooth outlines mix.
const BEYOND: usize = 3;

/// A rim is soft where the picture, [`BEYOND`] pixels further, is still within this of the end of
/// the scale: a fifth of it.
const SOFT: u8 = 51;

/// The part of a clipped area's rim that is soft if light was lost there. A third: such areas also
/// touch objects with hard outlines.
const SOFT_PART: f32 = 0.33;

/// Areas with fewer pixels are specks, such as glints and pupils.
const SPECK: usize = 16;

/// Which end of the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Black.
    Shadows,
    /// White.
    Highlights,
}

impl End {
    /// How far the furthest channel is from the end of the scale.
    fn room([red, green, blue]: [u8; 3], end: Self) -> u8 {
        match end {
            Self::Shadows => red.max(green).max(blue),
            Self::Highlights => u8::MAX - red.min(green).min(blue),
        }
    }
}

/// Light lost at one end of the scale.
#[derive(Debug)]
pub struct Clipping {
    /// The part of the picture in which it was lost.
    pub share: f32,
    /// The box of the largest such area.
    pub largest: Option<Region>,
    /// Which pixels are such.
    pub lost: Vec<bool>,
}

/// Finds the light lost at one end.
pub fn clipping(canvas: &Canvas, end: End) -> Clipping {
    let mut open: Vec<bool> =
        canvas.rgb.iter().map(|rgb| End::room(*rgb, end) <= CLIPPED).collect();
    for (open, seen) in open.iter_mut().zip(&canvas.seen) {
        *open &= seen;
    }
    let clipped = open.clone();
    let (mut lost, mut count, mut largest) = (vec![false; open.len()], 0, Vec::new());
    for start in 0..open.len() {
        if !open[start] {
            continue;
        }
        let area = take(&mut open, canvas.width, start);
        if area.len() < SPECK || !fades(canvas, &clipped, &area, end) {
            continue;
        }
        count += area.len();
        for at in &area {
            lost[*at] = true;
        }
        if area.len() > largest.len() {
            largest = area;
        }
    }
    Clipping { share: share(count, canvas.count()), largest: enclose(canvas, &largest), lost }
}

/// The connected area around `start`, taken off the map.
fn take(open: &mut [bool], width: usize, start: usize) -> Vec<usize> {
    let mut area = vec![start];
    open[start] = false;
    let mut next = 0;
    while next < area.len() {
        let at = area[next];
        let x = at % width;
        let left = (x > 0).then(|| at - 1);
        let right = (x + 1 < width).then(|| at + 1);
        let down = (at + width < open.len()).then(|| at + width);
        for neighbor in [left, right, at.checked_sub(width), down].into_iter().flatten() {
            if open[neighbor] {
                open[neighbor] = false;
                area.push(neighbor);
            }
        }
        next += 1;
    }
    area
}

/// Whether most of an area's rim is soft. An area without a rim fills the picture: nothing tells
/// lost light from paint then.
fn fades(canvas: &Canvas, clipped: &[bool], area: &[usize], end: End) -> bool {
    let (mut rim, mut soft) = (0, 0);
    for at in area {
        let (x, y) = (at % canvas.width, at / canvas.width);
        for (step_x, step_y) in [(-1, 0), (1, 0), (0, -1), (0, 1)] {
            let place = |steps: isize| {
                let x = x.checked_add_signed(step_x * steps).filter(|x| *x < canvas.width)?;
                let y = y.checked_add_signed(step_y * steps).filter(|y| *y < canvas.height)?;
                Some(y * canvas.width + x).filter(|at| canvas.seen[*at])
            };
            let (Some(beside), Some(beyond)) = (place(1), place(BEYOND.cast_signed())) else {
                continue;
            };
            if !clipped[beside] {
                rim += 1;
                soft += usize::from(End::room(canvas.rgb[beyond], end) <= SOFT);
            }
        }
    }
    rim > 0 && share(soft, rim) >= SOFT_PART
}

fn enclose(canvas: &Canvas, area: &[usize]) -> Option<Region> {
    let columns = || area.iter().map(|at| at % canvas.width);
    let rows = || area.iter().map(|at| at / canvas.width);
    let corner = (columns().min()?, rows().min()?);
    Some(canvas.region(corner, (columns().max()?, rows().max()?)))
}

#[cfg(test)]
mod tests;
