//! Where labels go: near their box, inside the picture, off one another.
//!
//! Lengths are in drawing units; a figure is 512 units wide. Text cannot be measured here, so
//! widths are estimated on the wide side.

use serde::Serialize;

/// The width of every figure, in drawing units.
pub(super) const WIDTH: f64 = 512.0;

/// Size of the letters; readable when a figure is shown 300 pixels wide.
const FONT: f64 = 20.0;
/// A label's height.
const HEIGHT: f64 = 28.0;
/// Space left and right of the text.
const PADDING: f64 = 7.0;
/// Estimated width of a letter of a narrow script (of the widest usual font), and of a wide one.
const NARROW: f64 = 0.62 * FONT;
const WIDE: f64 = 1.05 * FONT;
/// How far below a label's top its text stands.
const BASELINE: f64 = 20.5;
/// The longest label, in characters.
const LIMIT: usize = 28;

/// A rectangle in drawing units.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(super) struct Frame {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Frame {
    fn overlap(&self, other: &Self) -> f64 {
        let width = (self.x + self.width).min(other.x + other.width) - self.x.max(other.x);
        let height = (self.y + self.height).min(other.y + other.height) - self.y.max(other.y);
        width.max(0.0) * height.max(0.0)
    }
}

/// A text on a colored ground.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Label {
    pub(super) frame: Frame,
    /// The middle of the text, and the line it stands on.
    pub(super) text_x: f64,
    pub(super) text_y: f64,
    pub(super) text: String,
}

/// Finds places for labels, one after the other.
#[derive(Debug)]
pub(super) struct Labels {
    height: f64,
    taken: Vec<Frame>,
}

impl Labels {
    /// For a picture of this height.
    pub(super) const fn on(height: f64) -> Self {
        Self { height, taken: Vec::new() }
    }

    /// A label for a box: above it, below it, or inside at its top or bottom, wherever it covers
    /// least of the labels already there; never over the picture's edge.
    pub(super) fn place(&mut self, text: &str, on: &Frame) -> Label {
        let text = shortened(text);
        let width = width_of(&text).min(WIDTH);
        let bottom = on.y + on.height;
        let tops = [on.y - HEIGHT, bottom, on.y, bottom - HEIGHT];
        let lefts = [on.x, on.x + on.width - width];
        let spots = tops.iter().flat_map(|top| lefts.iter().map(|left| (*left, *top)));
        let frames = spots.map(|(x, y)| Frame {
            x: x.clamp(0.0, WIDTH - width),
            y: y.clamp(0.0, (self.height - HEIGHT).max(0.0)),
            width,
            height: HEIGHT,
        });
        let covered = |frame: &Frame| self.taken.iter().map(|taken| frame.overlap(taken)).sum();
        let ranked = frames.map(|frame| (covered(&frame), frame));
        // The first of equals is taken: spots are listed from the best to the worst.
        let best =
            ranked.reduce(|best: (f64, Frame), next| if next.0 < best.0 { next } else { best });
        let frame = best.map_or(*on, |(_, frame)| frame);
        self.taken.push(frame);
        Label { frame, text_x: frame.x + frame.width / 2.0, text_y: frame.y + BASELINE, text }
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LIMIT {
        return text.to_owned();
    }
    let head: String = text.chars().take(LIMIT - 1).collect();
    format!("{head}…")
}

fn width_of(text: &str) -> f64 {
    /// Scripts from Hangul Jamo on are about as wide as high, or rare.
    const FIRST_WIDE: char = '\u{1100}';
    let letter = |c: char| if c < FIRST_WIDE || c == '…' { NARROW } else { WIDE };
    2.0 * PADDING + text.chars().map(letter).sum::<f64>()
}

#[cfg(test)]
mod tests;
