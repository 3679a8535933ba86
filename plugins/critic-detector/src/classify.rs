//! Which class and look explain a silhouette best: every likely pair is drawn on the grid and
//! compared with what was seen.
//!
//! Shape alone picks the likely classes; shape and colors together decide.

use crate::color::{Palette, Tint, tint_of};
use crate::grid::CELLS;
use crate::shape::Shape;
use crate::templates::{Template, mirrored, templates};

/// How many classes, mirrored or not, are compared in color.
const FINALISTS: usize = 14;

/// What a mismatch of the whole silhouette costs, against a color difference of full scale.
const SHAPE_WEIGHT: f32 = 1.0;

/// What a factor of e between the aspects costs.
const ASPECT_WEIGHT: f32 = 0.5;

/// What a color difference of full scale costs.
const COLOR_WEIGHT: f32 = 1.6;

/// Differences of luma count less than those of color: light and shade vary, hues do not.
const LUMA_WEIGHT: f32 = 0.5;

/// A cell's difference counts up to here, so that a few wrong cells do not decide.
const WORST_CELL: f32 = 90.0;

/// A class whose shape alone costs this many times the leader's whole cost cannot win any more.
const BEYOND_DOUBT: f32 = 2.0;

/// ... and this much more: where the leader fits perfectly, the next in line are still looked at.
const CLEAR_MARGIN: f32 = 0.05;

/// Paper is white.
const PAPER: f32 = 255.0;

/// Above this cost, a silhouette shows nothing known. Thin things of 64 pixels cost up to 0.6.
const KNOWN: f32 = 0.65;

/// A class and look, and how sure that is.
#[derive(Clone, Debug)]
pub struct Guess {
    /// The class.
    pub noun: &'static str,
    /// The attribute's word; none for natural colors.
    pub attribute: Option<&'static str>,
    /// Mirrored left to right.
    pub mirrored: bool,
    /// How little it explains: 0 is a perfect match.
    pub cost: f32,
    /// The least cost of any other class.
    pub rival: f32,
}

/// A template one way round.
struct Pose {
    template: Template,
    mirrored: bool,
    cost: f32,
}

impl Pose {
    /// The template's cell that stands at a cell of the picture.
    fn cell(&self, cell: usize) -> usize {
        if self.mirrored { mirrored(cell) } else { cell }
    }
}

/// The best explanation; none if nothing known looks like it.
pub fn classify(shape: &Shape, palettes: &[Palette]) -> Option<Guess> {
    let mut guesses: Vec<Guess> = Vec::new();
    let mut rival = f32::INFINITY;
    let mut least = f32::INFINITY;
    for pose in finalists(shape) {
        if pose.cost > BEYOND_DOUBT * least + CLEAR_MARGIN {
            rival = pose.cost;
            break;
        }
        let (attribute, color) = best_look(shape, &pose, palettes);
        let cost = pose.cost + COLOR_WEIGHT * color;
        least = least.min(cost);
        let Pose { template: Template { noun, .. }, mirrored, .. } = pose;
        guesses.push(Guess { noun, attribute, mirrored, cost, rival });
    }
    guesses.sort_by(|one, other| one.cost.total_cmp(&other.cost));
    let best = guesses.first().filter(|best| best.cost <= KNOWN)?;
    let other = guesses.iter().find(|other| other.noun != best.noun);
    let rival = other.map_or(rival, |other| other.cost.min(rival));
    Some(Guess { rival, ..best.clone() })
}

/// The classes whose silhouettes are closest, best first.
fn finalists(shape: &Shape) -> Vec<Pose> {
    let mut poses = Vec::new();
    for template in templates() {
        let stretch = (shape.aspect / template.aspect).ln().abs();
        for flipped in [false, true] {
            let mut pose = Pose { template, mirrored: flipped, cost: 0.0 };
            pose.cost = SHAPE_WEIGHT * mismatch(shape, &pose) + ASPECT_WEIGHT * stretch;
            poses.push(pose);
        }
    }
    poses.sort_by(|one, other| one.cost.total_cmp(&other.cost));
    poses.truncate(FINALISTS);
    poses
}

/// The part of both silhouettes together that only one of them covers, 0 to 1.
fn mismatch(shape: &Shape, pose: &Pose) -> f32 {
    let (mut shared, mut either) = (0_u32, 0_u32);
    for (cell, (seen, known)) in shape.cover.iter().zip(&shape.known).enumerate() {
        let drawn = pose.template.cover[pose.cell(cell)];
        shared += u32::from(*seen.min(&drawn)) * u32::from(*known);
        either += u32::from(*seen.max(&drawn)) * u32::from(*known);
    }
    let part = f64::from(shared) / f64::from(either.max(1));
    #[expect(clippy::cast_possible_truncation, reason = "a part between 0 and 1")]
    let part = part as f32;
    1.0 - part
}

/// The look that comes closest, and its mean difference as a part of full scale.
fn best_look(shape: &Shape, pose: &Pose, palettes: &[Palette]) -> (Option<&'static str>, f32) {
    let natural = |cell: usize| tint_of(pose.template.natural(pose.cell(cell)).map(f32::from));
    let mut best = (None, difference(shape, natural));
    for palette in palettes {
        let drawn = |cell: usize| {
            let here = pose.cell(cell);
            let paper = f32::from(pose.template.paper[here]) / 255.0;
            let [light, warm, cold] = palette.at(pose.template.tone[here], cell);
            [light + (PAPER - light) * paper, warm * (1.0 - paper), cold * (1.0 - paper)]
        };
        let difference = difference(shape, drawn);
        if difference < best.1 {
            best = (Some(palette.word), difference);
        }
    }
    best
}

/// Mean difference between the colors seen and those `drawn` gives, as a part of full scale.
fn difference(shape: &Shape, drawn: impl Fn(usize) -> Tint) -> f32 {
    let (mut sum, mut weight) = (0.0, f32::MIN_POSITIVE);
    for cell in 0..CELLS {
        let (seen, clear) = shape.colors[cell];
        if clear > 0.0 {
            let drawn = drawn(cell);
            let light = LUMA_WEIGHT * (seen[0] - drawn[0]).abs();
            let (warm, cold) = (seen[1] - drawn[1], seen[2] - drawn[2]);
            // Not `hypot`: WebAssembly has an instruction for the root alone.
            let hue = (warm * warm + cold * cold).sqrt();
            sum += clear * (light + hue).min(WORST_CELL);
            weight += clear;
        }
    }
    sum / weight / WORST_CELL
}

#[cfg(test)]
mod tests;
