//! Whether one tint lies over the whole picture.
//!
//! The gray-world rule says that a picture's mean is gray; it fails wherever something is simply
//! green. So three things must come together, after Gasparini and Schettini, "Color balancing of
//! digital photos using simple image statistics" (2004): the mean is far from gray, all colors are
//! close to that mean, and hardly anything is neutral.

use crate::canvas::Canvas;
use crate::number::{float, share};
use crate::oklab::Oklab;

/// Pixels darker than this have too little color to tell a tint.
const DARK: f32 = 0.25;

/// Below this chroma a color looks gray.
const NEUTRAL: f32 = 0.02;

/// Colors seen through one tint.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cast {
    /// The mean color.
    pub mean: Oklab,
    /// How far the mean is from gray.
    pub distance: f32,
    /// The same in units of how far the colors spread around it (the paper's D over sigma).
    pub ratio: f32,
    /// The part of the pixels that is neutral.
    pub neutral: f32,
}

impl Cast {
    /// The tint in a word: the nearest of eight directions around gray.
    pub fn word(&self) -> &'static str {
        const WORDS: [(&str, f32); 8] = [
            ("pink", 0.0),
            ("red", 25.0),
            ("orange", 60.0),
            ("yellow", 100.0),
            ("green", 145.0),
            ("cyan", 200.0),
            ("blue", 260.0),
            ("purple", 310.0),
        ];
        let hue = self.mean.b.atan2(self.mean.a).to_degrees().rem_euclid(360.0);
        let apart = |angle: f32| {
            let turn = (hue - angle).abs();
            turn.min(360.0 - turn)
        };
        let nearest = WORDS.iter().min_by(|one, other| apart(one.1).total_cmp(&apart(other.1)));
        nearest.map_or("colored", |(word, _)| word)
    }
}

/// Measures the pixels that are light enough and not `lost` to white; none if there are too few.
pub fn cast(canvas: &Canvas, lost: &[bool]) -> Option<Cast> {
    let all = canvas.count();
    let judged: Vec<Oklab> = canvas
        .places()
        .filter(|at| !lost.get(*at).copied().unwrap_or(false))
        .map(|at| canvas.lab[at])
        .filter(|color| color.light >= DARK)
        .collect();
    if share(judged.len(), all) < 0.1 {
        return None;
    }
    let count = float(judged.len());
    let mean_of = |axis: fn(&Oklab) -> f32| judged.iter().map(axis).sum::<f32>() / count;
    let mean = Oklab {
        light: mean_of(|color| color.light),
        a: mean_of(|color| color.a),
        b: mean_of(|color| color.b),
    };
    let apart = |color: &Oklab| (color.a - mean.a).powi(2) + (color.b - mean.b).powi(2);
    let spread = (judged.iter().map(apart).sum::<f32>() / count).sqrt();
    let neutral = judged.iter().filter(|color| color.chroma() < NEUTRAL).count();
    let distance = mean.chroma();
    let ratio = distance / spread.max(0.001);
    Some(Cast { mean, distance, ratio, neutral: share(neutral, judged.len()) })
}

#[cfg(test)]
mod tests;
