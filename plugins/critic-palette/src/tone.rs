//! How far a picture's lights and darks, and its colors, lie apart; and how bright it gets.
//!
//! What is too little is for `verdict` to say.

use crate::canvas::Canvas;
use crate::number::{float, whole};

/// Steps in which values are counted; finer than 8-bit pictures can tell apart.
const STEPS: usize = 1024;

/// The part of the pixels left out at either end before the spread is taken: single hot or dead
/// pixels do not count, while an object of one fiftieth of either side does.
const TAIL: f32 = 0.002;

/// The part of the pixels that is brighter than "the bright parts".
const BRIGHT_TAIL: f32 = 0.01;

/// What was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tone {
    /// From the darkest to the lightest and from the least to the most of each color axis, without
    /// the tails, as one distance in Oklab; black to white is 1.
    pub spread: f32,
    /// Root mean square distance from the mean color in Oklab (RMS contrast after Peli 1990, with
    /// color as well as light).
    pub rms: f32,
    /// The brightest channel of all but the brightest hundredth of the pixels, 0 to 255.
    pub bright: f32,
}

/// Measures the opaque pixels; there is at least one.
pub fn tone(canvas: &Canvas) -> Tone {
    let axes = [0, 1, 2].map(|axis| {
        let values = || canvas.places().map(|at| axis_of(canvas, at, axis));
        let (low, high) = (percentile(values(), TAIL), percentile(values(), 1.0 - TAIL));
        let count = float(canvas.count()).max(1.0);
        let mean = values().sum::<f32>() / count;
        let variance = values().map(|value| (value - mean).powi(2)).sum::<f32>() / count;
        (high - low, variance)
    });
    let spread = axes.iter().map(|(spread, _)| spread * spread).sum::<f32>().sqrt();
    let rms = axes.iter().map(|(_, variance)| variance).sum::<f32>().sqrt();
    let brightest = canvas.places().map(|at| {
        let [red, green, blue] = canvas.rgb[at];
        f32::from(red.max(green).max(blue)) / 255.0
    });
    Tone { spread, rms, bright: percentile(brightest, 1.0 - BRIGHT_TAIL) * 255.0 }
}

/// Light, a or b of a pixel, all brought into 0..1.
fn axis_of(canvas: &Canvas, at: usize, axis: usize) -> f32 {
    let color = canvas.lab[at];
    match axis {
        0 => color.light,
        1 => color.a + 0.5,
        _ => color.b + 0.5,
    }
}

/// The value that `part` of the values lie below. Values are within 0..1.
fn percentile(values: impl Iterator<Item = f32>, part: f32) -> f32 {
    let mut counts = vec![0_usize; STEPS + 1];
    let mut count = 0;
    for value in values {
        counts[whole(value * float(STEPS) + 0.5, STEPS)] += 1;
        count += 1;
    }
    let rank = whole(part * float(count), usize::MAX);
    let mut below = 0;
    for (step, here) in counts.iter().enumerate() {
        below += here;
        if below > rank {
            return float(step) / float(STEPS);
        }
    }
    1.0
}

#[cfg(test)]
mod tests;
