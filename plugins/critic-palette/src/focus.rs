//! How far a picture's edges are spread out, in pixels of the working copy.
//!
//! The variance of the Laplacian alone (Pech-Pacheco et al. 2000) counts how many edges there are
//! as much as how sharp they are, so that a plain drawing passes for a blurred photograph. Divided
//! by the variance of the gradient only the sharpness is left: for an edge blurred by a Gaussian of
//! standard deviation s, the ratio is 1 / 2s². It is taken block by block where there are edges.

use crate::canvas::Canvas;
use crate::number::{float, share, whole};

/// Side of a block in pixels: holds the whole of an edge that is blurred by a fifth of it. Of a
/// wider one a block may see the flank only, which looks sharper than the whole.
const BLOCK: usize = 32;

/// A block has an edge if its luma differs by at least this, of 255.
const EDGE: f32 = 24.0;

/// Blocks with edges that are needed for an opinion.
const ENOUGH: usize = 4;

/// Which blocks decide: the sharpest fifth. Most of a good portrait may be out of focus.
const SHARPEST: f32 = 0.2;

/// Which blocks tell the noise: the smoothest tenth.
const SMOOTHEST: f32 = 0.1;

/// The most noise taken off, as a mean squared Laplacian: that of grain with a standard deviation
/// of 5 of 255 (of which the smoothing leaves 0.41 · 5²). More is texture.
const MOST_NOISE: f32 = 10.0;

/// What the smoothing before the measuring adds to the squared spread of an edge.
const SMOOTHING: f32 = 0.5;

/// The largest spread told apart: half a block's side. Beyond it an edge is a slow change.
const MOST_SPREAD: f32 = 16.0;

/// What was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Focus {
    /// Standard deviation of the blur of the sharpest edges, in pixels of the working copy.
    pub spread: f32,
    /// Variance of the Laplacian over the whole picture, for comparison with other programs.
    pub variance: f32,
}

/// One block's sums.
#[derive(Clone, Copy)]
struct Block {
    gradient: f32,
    laplacian: f32,
    darkest: f32,
    lightest: f32,
    pixels: usize,
}

impl Block {
    const EMPTY: Self = Self {
        gradient: 0.0,
        laplacian: 0.0,
        darkest: f32::INFINITY,
        lightest: f32::NEG_INFINITY,
        pixels: 0,
    };

    fn mean_laplacian(&self) -> f32 {
        self.laplacian / float(self.pixels.max(1))
    }
}

/// Measures the edges; none if there are too few to say anything.
pub fn focus(canvas: &Canvas) -> Option<Focus> {
    let lumas = smoothed(canvas);
    let (blocks, variance) = measured(canvas, &lumas);
    let mut noises: Vec<f32> = blocks.iter().map(Block::mean_laplacian).collect();
    noises.sort_by(f32::total_cmp);
    let noise = noises.get(rank(noises.len(), SMOOTHEST)).copied()?.min(MOST_NOISE);
    let edged = blocks.iter().filter(|block| block.lightest - block.darkest >= EDGE);
    let mut spreads: Vec<f32> = edged.map(|block| spread(block, noise)).collect();
    if spreads.len() < ENOUGH {
        return None;
    }
    spreads.sort_by(f32::total_cmp);
    let spread = spreads.get(rank(spreads.len(), SHARPEST)).copied()?;
    Some(Focus { spread, variance })
}

fn rank(count: usize, part: f32) -> usize {
    whole(float(count) * part, count.saturating_sub(1))
}

fn spread(block: &Block, noise: f32) -> f32 {
    let laplacian = block.laplacian - noise * float(block.pixels);
    if laplacian <= 0.0 {
        return MOST_SPREAD;
    }
    (block.gradient / (2.0 * laplacian) - SMOOTHING).clamp(0.0, MOST_SPREAD * MOST_SPREAD).sqrt()
}

/// Luma (Rec. 709) weighted 1-2-1 in both directions, against grain and dithering. Transparent
/// pixels are gray.
fn smoothed(canvas: &Canvas) -> Vec<f32> {
    let pixels = canvas.rgb.iter().zip(&canvas.seen);
    let lumas: Vec<f32> = pixels
        .map(|([red, green, blue], seen)| {
            let [red, green, blue] = [*red, *green, *blue].map(f32::from);
            if *seen { 0.2126 * red + 0.7152 * green + 0.0722 * blue } else { 128.0 }
        })
        .collect();
    let across = weighted(&lumas, canvas.width, (1, 0));
    weighted(&across, canvas.width, (0, 1))
}

fn weighted(values: &[f32], width: usize, (step_x, step_y): (usize, usize)) -> Vec<f32> {
    let step = step_x + step_y * width;
    let at_edge = |at: usize| {
        let x = at % width;
        (step_x > 0 && (x == 0 || x + 1 == width)) || at < step || at + step >= values.len()
    };
    let blend = |at: usize| {
        if at_edge(at) {
            values[at]
        } else {
            (values[at - step] + 2.0 * values[at] + values[at + step]) / 4.0
        }
    };
    (0..values.len()).map(blend).collect()
}

/// The sums of all blocks that are opaque throughout, and the variance of the Laplacian.
fn measured(canvas: &Canvas, lumas: &[f32]) -> (Vec<Block>, f32) {
    let (width, height) = (canvas.width, canvas.height);
    let across = width.div_ceil(BLOCK);
    let mut blocks = vec![Block::EMPTY; across * height.div_ceil(BLOCK)];
    let mut torn = vec![false; blocks.len()];
    let (mut sum, mut squares, mut count) = (0.0_f64, 0.0_f64, 0_usize);
    for y in 1..height.saturating_sub(1) {
        for x in 1..width.saturating_sub(1) {
            let (at, cell) = (y * width + x, y / BLOCK * across + x / BLOCK);
            let around = [at - 1, at + 1, at - width, at + width];
            if !canvas.seen[at] || around.iter().any(|near| !canvas.seen[*near]) {
                torn[cell] = true;
                continue;
            }
            let [left, right, up, down] = around.map(|near| lumas[near]);
            let here = lumas[at];
            let laplacian = left + right + up + down - 4.0 * here;
            let gradient = ((right - left) / 2.0).powi(2) + ((down - up) / 2.0).powi(2);
            let block = &mut blocks[cell];
            block.gradient += gradient;
            block.laplacian += laplacian * laplacian;
            block.darkest = block.darkest.min(here);
            block.lightest = block.lightest.max(here);
            block.pixels += 1;
            sum += f64::from(laplacian);
            squares += f64::from(laplacian * laplacian);
            count += 1;
        }
    }
    let whole = blocks
        .into_iter()
        .zip(torn)
        .filter(|(block, torn)| !torn && share(block.pixels, BLOCK * BLOCK) > 0.5);
    (whole.map(|(block, _)| block).collect(), variance(sum, squares, count))
}

#[expect(clippy::cast_possible_truncation, reason = "a measure is rounded, never cut off")]
fn variance(sum: f64, squares: f64, count: usize) -> f32 {
    let count = f64::from(float(count.max(1)));
    ((squares / count) - (sum / count).powi(2)).max(0.0) as f32
}

#[cfg(test)]
mod tests;
