//! The few colors that a picture mostly consists of.
//!
//! Colors are counted in bins of sRGB, and the bins grouped by k-means in Oklab. The first centers
//! are chosen by size and distance, not by chance: the same picture always has the same palette.

use crate::canvas::Canvas;
use crate::number::{byte, float, share};
use crate::oklab::Oklab;

/// Colors of a palette at most.
pub const MOST: usize = 6;

/// Bits of a channel that tell bins apart: 32 steps, about as fine as one sees in a small patch.
const BITS: u32 = 5;

/// Rounds of k-means; six centers are settled earlier.
const ROUNDS: usize = 12;

/// Groups closer than this in Oklab are one color to the eye at a glance.
const SAME: f32 = 0.06;

/// A smaller part of the picture is no color of its palette.
const LEAST: f32 = 0.01;

/// How many exact colors a flat drawing consists of, soft outlines aside.
const FLAT_COLORS: usize = 16;

/// The part of a flat drawing they cover.
const FLAT_PART: f32 = 0.8;

/// One color of the palette.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swatch {
    /// A color that is really in the picture, not a mixture.
    pub rgb: [u8; 3],
    /// The part of the picture that is more like it than like the others.
    pub share: f32,
}

impl Swatch {
    /// Such as `#ff8800`.
    pub fn hex(self) -> String {
        let [red, green, blue] = self.rgb;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}

/// What a picture is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// The colors with the largest parts, largest first.
    pub swatches: Vec<Swatch>,
    /// Whether a few exact colors cover nearly all of it, as in a flat drawing.
    pub flat: bool,
}

#[derive(Clone, Copy)]
struct Bin {
    color: Oklab,
    rgb: [f32; 3],
    count: usize,
}

#[derive(Clone, Copy)]
struct Group {
    center: Oklab,
    count: usize,
}

/// Finds the palette of the opaque pixels.
pub fn palette(canvas: &Canvas) -> Palette {
    let bins = bins(canvas);
    let mut groups = first_groups(&bins);
    for _ in 0..ROUNDS {
        settle(&bins, &mut groups);
    }
    merge(&mut groups);
    settle(&bins, &mut groups);
    let all = canvas.count();
    groups.sort_by_key(|group| std::cmp::Reverse(group.count));
    let large = groups.iter().filter(|group| share(group.count, all) >= LEAST);
    let swatches = large.map(|group| swatch(group, &groups, &bins, all)).collect();
    Palette { swatches, flat: is_flat(canvas) }
}

fn bins(canvas: &Canvas) -> Vec<Bin> {
    let index = |[red, green, blue]: [u8; 3]| {
        let step = |value: u8| usize::from(value >> (8 - BITS));
        (step(red) << (2 * BITS)) | (step(green) << BITS) | step(blue)
    };
    let empty = Bin { color: Oklab::default(), rgb: [0.0; 3], count: 0 };
    let mut bins = vec![empty; 1 << (3 * BITS)];
    for at in canvas.places() {
        let (bin, color) = (&mut bins[index(canvas.rgb[at])], canvas.lab[at]);
        bin.color.light += color.light;
        bin.color.a += color.a;
        bin.color.b += color.b;
        for (sum, value) in bin.rgb.iter_mut().zip(canvas.rgb[at]) {
            *sum += f32::from(value);
        }
        bin.count += 1;
    }
    bins.retain(|bin| bin.count > 0);
    for bin in &mut bins {
        let count = float(bin.count);
        bin.color = Oklab {
            light: bin.color.light / count,
            a: bin.color.a / count,
            b: bin.color.b / count,
        };
        bin.rgb = bin.rgb.map(|sum| sum / count);
    }
    bins
}

/// The largest bin, then again and again the one that is large and far from all chosen.
fn first_groups(bins: &[Bin]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    while groups.len() < MOST {
        let weight = |bin: &Bin| {
            let apart = groups.iter().map(|group| group.center.distance(bin.color).powi(2));
            float(bin.count) * apart.min_by(f32::total_cmp).unwrap_or(1.0)
        };
        let best = bins.iter().max_by(|one, other| weight(one).total_cmp(&weight(other)));
        let Some(bin) = best.filter(|bin| weight(bin) > 0.0) else { break };
        groups.push(Group { center: bin.color, count: bin.count });
    }
    groups
}

/// One round of k-means: every bin joins the nearest group, every group moves to its bins' mean.
fn settle(bins: &[Bin], groups: &mut [Group]) {
    let mut sums = vec![(Oklab::default(), 0_usize); groups.len()];
    for bin in bins {
        let Some(nearest) = nearest(groups, bin.color) else { continue };
        let (sum, count) = &mut sums[nearest];
        let weight = float(bin.count);
        sum.light += bin.color.light * weight;
        sum.a += bin.color.a * weight;
        sum.b += bin.color.b * weight;
        *count += bin.count;
    }
    for (group, (sum, count)) in groups.iter_mut().zip(sums) {
        group.count = count;
        if count > 0 {
            let weight = float(count);
            group.center =
                Oklab { light: sum.light / weight, a: sum.a / weight, b: sum.b / weight };
        }
    }
}

fn nearest(groups: &[Group], color: Oklab) -> Option<usize> {
    let apart = |index: &usize| groups[*index].center.distance(color);
    (0..groups.len()).min_by(|one, other| apart(one).total_cmp(&apart(other)))
}

/// Makes one group of two that look the same, the larger one's center staying.
fn merge(groups: &mut Vec<Group>) {
    groups.sort_by_key(|group| std::cmp::Reverse(group.count));
    let mut kept: Vec<Group> = Vec::new();
    for group in groups.drain(..) {
        if kept.iter().all(|other| other.center.distance(group.center) >= SAME) {
            kept.push(group);
        }
    }
    *groups = kept;
}

/// The most frequent color near the group's center that belongs to no other group; without one, the
/// nearest there is.
fn swatch(group: &Group, groups: &[Group], bins: &[Bin], all: usize) -> Swatch {
    let apart = |bin: &Bin| bin.color.distance(group.center);
    let own = |bin: &&Bin| {
        let nearest = nearest(groups, bin.color).and_then(|index| groups.get(index));
        apart(bin) < SAME && nearest.is_some_and(|nearest| nearest.center == group.center)
    };
    let frequent = bins.iter().filter(own).max_by_key(|bin| bin.count);
    let nearest = || bins.iter().min_by(|one, other| apart(one).total_cmp(&apart(other)));
    let rgb = frequent.or_else(nearest).map_or([0.0; 3], |bin| bin.rgb);
    Swatch { rgb: rgb.map(byte), share: share(group.count, all) }
}

fn is_flat(canvas: &Canvas) -> bool {
    let mut colors: Vec<[u8; 3]> = canvas.places().map(|at| canvas.rgb[at]).collect();
    colors.sort_unstable();
    let mut counts: Vec<usize> =
        colors.chunk_by(|one, other| one == other).map(<[_]>::len).collect();
    counts.sort_unstable_by(|one, other| other.cmp(one));
    let covered: usize = counts.iter().take(FLAT_COLORS).sum();
    share(covered, canvas.count()) >= FLAT_PART
}

#[cfg(test)]
mod tests;
