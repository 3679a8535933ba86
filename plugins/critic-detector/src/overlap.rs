//! Stickers that lie partly under others: where all of them may be.
//!
//! Which of the places is right is seen by what `classify` makes of them.

use crate::grid::{float, whole};
use crate::segment::Silhouette;

/// How far a sticker reaches beyond its silhouette, as a part of the picture's longer side: its
/// white border (easel: 6 of 512), and the blur around it.
const REACH: f32 = 9.0 / 512.0;

/// How much longer than its visible part a sticker may be: the steps that are tried.
const STEPS: [f32; 3] = [0.15, 0.35, 0.6];

/// Windows tried for one silhouette, the smallest first: enough for all steps on two sides.
const MOST_WINDOWS: usize = 16;

/// Where a whole sticker may lie, in pixels, contour included.
#[derive(Clone, Debug)]
pub struct Window {
    /// Left edge.
    pub left: usize,
    /// Top edge.
    pub top: usize,
    /// Width.
    pub width: usize,
    /// Height.
    pub height: usize,
    /// Which of its pixels other stickers cover, row by row; empty if none.
    hidden: Vec<bool>,
}

impl Window {
    /// The silhouette's own box: all of it can be seen.
    pub fn of(silhouette: &Silhouette) -> Self {
        let Silhouette { left, top, width, height, .. } = *silhouette;
        Self { left, top, width, height, hidden: Vec::new() }
    }

    /// Whether another sticker covers this pixel of the picture, given as (x, y).
    pub fn hides(&self, (x, y): (usize, usize)) -> bool {
        let at = (y - self.top) * self.width + x - self.left;
        self.hidden.get(at).copied().unwrap_or(false)
    }

    /// Marks what other stickers cover.
    fn covered_by(mut self, others: &[&Silhouette], own: &Silhouette, reach: usize) -> Self {
        let mut hidden = vec![false; self.width * self.height];
        for other in others {
            for (x, y) in other.rim() {
                for row in y.saturating_sub(reach).max(self.top)..=y + reach {
                    for column in x.saturating_sub(reach).max(self.left)..=x + reach {
                        let (right, down) = (column - self.left, row - self.top);
                        if right < self.width && down < self.height {
                            hidden[down * self.width + right] = true;
                        }
                    }
                }
            }
        }
        for (at, hidden) in hidden.iter_mut().enumerate() {
            let place = (self.left + at % self.width, self.top + at / self.width);
            let above = others.iter().any(|other| other.holds(place));
            *hidden = (*hidden || above) && !own.holds(place);
        }
        self.hidden = hidden;
        self
    }
}

/// Where a silhouette's whole sticker may lie if neighbors cover part of it; none if there are no
/// such neighbors. `size` is the picture's.
pub fn windows(own: &Silhouette, all: &[Silhouette], size: (usize, usize)) -> Vec<Window> {
    let reach = whole((float(size.0.max(size.1)) * REACH).ceil());
    let others: Vec<&Silhouette> = all.iter().filter(|other| touches(own, other, reach)).collect();
    if others.is_empty() {
        return Vec::new();
    }
    let (mut left, mut right, mut top, mut bottom) = (false, false, false, false);
    for other in &others {
        left |= other.left < own.left;
        right |= other.left + other.width > own.left + own.width;
        top |= other.top < own.top;
        bottom |= other.top + other.height > own.top + own.height;
    }
    let across = spans((own.left, own.width), (left, right), size.0);
    let down = spans((own.top, own.height), (top, bottom), size.1);
    let pairs = across.iter().flat_map(|x| down.iter().map(move |y| (*x, *y)));
    let window = |((left, width), (top, height))| {
        let window = Window { left, top, width, height, hidden: Vec::new() };
        window.covered_by(&others, own, reach)
    };
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort_by_key(|((_, width), (_, height))| width * height);
    pairs.into_iter().take(MOST_WINDOWS).map(window).collect()
}

/// Whether `other`, with its border, reaches into the silhouette's box.
fn touches(own: &Silhouette, other: &Silhouette, reach: usize) -> bool {
    let along = |start: usize, length: usize, other_start: usize, other_length: usize| {
        other_start < start + length + reach && start < other_start + other_length + reach
    };
    let same = own.left == other.left && own.top == other.top;
    let columns = along(own.left, own.width, other.left, other.width);
    !same && columns && along(own.top, own.height, other.top, other.height)
}

/// The visible stretch (start, length), and longer ones to the sides on which something may be
/// hidden, within a picture of `size` pixels.
fn spans(
    (start, length): (usize, usize),
    (before, after): (bool, bool),
    size: usize,
) -> Vec<(usize, usize)> {
    let mut spans = vec![(start, length)];
    for more in STEPS.map(|step| whole(float(length) * step)) {
        if before {
            let earlier = start.saturating_sub(more);
            spans.push((earlier, start + length - earlier));
        }
        if after {
            spans.push((start, (length + more).min(size - start)));
        }
    }
    spans
}
