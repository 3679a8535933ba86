//! Corrects an estimate of the background by what is really seen at a gap's rim.
//!
//! The estimate is compared with the picture at both ends of every line through the gap, once
//! column by column (trunks, walls, the ends of clouds run in from above or below) and once row by
//! row. What both ends have in common goes through the whole gap; the rest fades, so that no edge
//! remains.

use super::{Tint, profile::Ground};
use crate::{numbers::float, silhouette::Mask};

/// How far, in pixels of a 512-pixel picture, something that enters at one end only fades.
const FADE: f32 = 26.0;

/// How far beyond the gap, in pixels of a 512-pixel picture, background is looked for.
const FARTHEST: usize = 28;

/// Which way lines run through a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    /// From top to bottom.
    Columns,
    /// From left to right.
    Rows,
}

/// By how much an estimate is wrong at both ends of a line.
#[derive(Clone, Copy, Debug)]
struct Ends {
    /// First and last place of the gap on the line.
    first: usize,
    last: usize,
    before: Option<Tint>,
    behind: Option<Tint>,
}

/// Corrections for every line through a gap.
pub(super) struct Residue {
    lines: Lines,
    /// The first line's column or row.
    start: usize,
    ends: Vec<Option<Ends>>,
    fade: f32,
}

impl Residue {
    /// Compares `estimate` (at column, row) with the ground around the gap; `corner` is where the
    /// gap's first cell lies, `unit` the pixels of this picture for one of a 512-pixel picture.
    pub(super) fn measure(
        lines: Lines,
        ground: &Ground,
        (gone, corner): (&Mask, (usize, usize)),
        unit: f32,
        estimate: impl Fn(usize, usize) -> Tint,
    ) -> Self {
        let miss = |line: usize, mut places: Box<dyn Iterator<Item = usize>>| {
            let at = |place: usize| lines.at(line, place);
            let place = places.find(|place| ground.is_clean(at(*place).0, at(*place).1))?;
            let (x, y) = at(place);
            let mut miss = ground.mean(x.saturating_sub(1)..x + 2, y)?;
            miss.iter_mut().zip(estimate(x, y)).for_each(|(seen, guess)| *seen -= guess);
            Some(miss)
        };
        let (n_lines, length) = lines.split(gone.width, gone.height);
        let (start, shift) = lines.split(corner.0, corner.1);
        let solid = |line: usize, place: usize| {
            let (x, y) = lines.at(line, place);
            gone.is_solid(x, y)
        };
        let ends = (0..n_lines).map(|line| {
            let first = shift + (0..length).find(|place| solid(line, *place))?;
            let last = shift + (0..length).rev().find(|place| solid(line, *place))?;
            let line = start + line;
            let before = miss(line, Box::new((first.saturating_sub(FARTHEST)..first).rev()));
            let behind = miss(line, Box::new(last + 1..=last + FARTHEST));
            Some(Ends { first, last, before, behind })
        });
        Self { lines, start, ends: ends.collect(), fade: FADE * unit }
    }

    /// The mean size of all that was wrong, per channel.
    pub(super) fn size(&self) -> f32 {
        let ends = self.ends.iter().flatten().flat_map(|ends| [ends.before, ends.behind]);
        let (mut sum, mut count) = (0.0, 0.0);
        for channel in ends.flatten().flatten() {
            sum += channel.abs();
            count += 1.0;
        }
        if count > 0.0 { sum / count } else { 0.0 }
    }

    /// What has to be added to the estimate here.
    pub(super) fn correction(&self, x: usize, y: usize) -> Tint {
        let (line, place) = self.lines.split(x, y);
        let ends = line.checked_sub(self.start).and_then(|line| self.ends.get(line));
        let Some(Some(ends)) = ends else { return [0.0; 3] };
        let mut sum = [0.0; 3];
        let both = (ends.before.or(ends.behind), ends.behind.or(ends.before));
        let (Some(before), Some(behind)) = both else { return sum };
        let from_first = self.faded(float(place.saturating_sub(ends.first)));
        let from_last = self.faded(float(ends.last.saturating_sub(place)));
        for ((total, before), behind) in sum.iter_mut().zip(before).zip(behind) {
            let common = in_common(before, behind);
            *total = common + (before - common) * from_first + (behind - common) * from_last;
        }
        sum
    }

    /// 1 at an end, 0 from `fade` pixels on, smooth at both.
    fn faded(&self, distance: f32) -> f32 {
        let left = (1.0 - distance / self.fade).clamp(0.0, 1.0);
        left * left * (3.0 - 2.0 * left)
    }
}

impl Lines {
    /// The column and row of a place on a line.
    const fn at(self, line: usize, place: usize) -> (usize, usize) {
        match self {
            Self::Columns => (line, place),
            Self::Rows => (place, line),
        }
    }

    /// The line and the place on it of a column and row.
    const fn split(self, x: usize, y: usize) -> (usize, usize) {
        match self {
            Self::Columns => (x, y),
            Self::Rows => (y, x),
        }
    }
}

/// The part two values share: 0 if their signs differ, and the less, the more their sizes do.
fn in_common(one: f32, other: f32) -> f32 {
    let (least, most) = (one.abs().min(other.abs()), one.abs().max(other.abs()));
    if one * other <= 0.0 { 0.0 } else { (least * least / most).copysign(one) }
}
