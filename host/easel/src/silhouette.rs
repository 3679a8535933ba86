//! The outline of a sprite as a signed distance field, and the morphology that makes it one piece.
//!
//! Works on plain grids of "solid or not"; what a sprite is and what is painted along its outline
//! are left to `sprites` and `sticker`.

use crate::numbers::float;

/// A grid of solid and empty cells, in rows from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    /// Cells in a row.
    pub width: usize,
    /// Number of rows.
    pub height: usize,
    /// One flag a cell; true is solid.
    pub cells: Vec<bool>,
}

impl Mask {
    /// A mask whose cell at column x, row y is `solid(x, y)`.
    pub fn from_fn(width: usize, height: usize, solid: impl Fn(usize, usize) -> bool) -> Self {
        let rows = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        Self { width, height, cells: rows.map(|(x, y)| solid(x, y)).collect() }
    }

    /// True if the cell is solid; false outside the grid.
    pub fn is_solid(&self, x: usize, y: usize) -> bool {
        self.index(x, y).and_then(|index| self.cells.get(index)).is_some_and(|solid| *solid)
    }

    /// Tight box of the solid cells as (left, top, width, height); `None` if all are empty.
    pub fn bounds(&self) -> Option<(usize, usize, usize, usize)> {
        let mut bounds: Option<(usize, usize, usize, usize)> = None;
        for (index, _) in self.cells.iter().enumerate().filter(|(_, solid)| **solid) {
            let (x, y) = (index % self.width, index / self.width);
            let (left, top, right, bottom) = bounds.unwrap_or((x, y, x, y));
            bounds = Some((left.min(x), top.min(y), right.max(x), bottom.max(y)));
        }
        bounds.map(|(left, top, right, bottom)| (left, top, right - left + 1, bottom - top + 1))
    }

    /// Closes gaps narrower than twice `radius` cells, then fills holes.
    #[must_use]
    pub fn closed(&self, radius: f32) -> Self {
        let apart = distances(self, true);
        let grown = self.same_size(apart.iter().map(|distance| *distance <= radius));
        let deep = distances(&grown, false);
        self.same_size(deep.iter().map(|distance| *distance > radius)).filled()
    }

    /// Makes every empty area that does not reach the grid's rim solid.
    #[must_use]
    pub fn filled(&self) -> Self {
        let rim =
            |x: usize, y: usize| x == 0 || y == 0 || x + 1 == self.width || y + 1 == self.height;
        let mut outside = vec![false; self.cells.len()];
        let cells = (0..self.cells.len()).map(|index| (index % self.width, index / self.width));
        let mut open: Vec<_> = cells.filter(|(x, y)| rim(*x, *y)).collect();
        while let Some((x, y)) = open.pop() {
            let empty = !self.is_solid(x, y);
            let place = self.index(x, y).and_then(|index| outside.get_mut(index));
            match place {
                Some(seen) if empty && !*seen => *seen = true,
                _ => continue,
            }
            open.extend([(x + 1, y), (x, y + 1), (x.wrapping_sub(1), y), (x, y.wrapping_sub(1))]);
        }
        self.same_size(outside.iter().map(|outside| !outside))
    }

    /// How many separate solid pieces there are (cells touching at a corner hang together).
    pub fn pieces(&self) -> usize {
        let mut seen = vec![false; self.cells.len()];
        let mut pieces = 0;
        for start in 0..self.cells.len() {
            let mut open = vec![(start % self.width, start / self.width)];
            let mut fresh = 0;
            while let Some((x, y)) = open.pop() {
                let solid = self.is_solid(x, y);
                match self.index(x, y).and_then(|index| seen.get_mut(index)) {
                    Some(seen) if solid && !*seen => *seen = true,
                    _ => continue,
                }
                fresh = 1;
                for (dx, dy) in (0..9).map(|step| (step % 3, step / 3)) {
                    open.push(((x + dx).wrapping_sub(1), (y + dy).wrapping_sub(1)));
                }
            }
            pieces += fresh;
        }
        pieces
    }

    /// Distance of every cell's center to the outline, in cells: negative inside, positive outside.
    pub fn signed_distances(&self) -> Vec<f32> {
        let outside = distances(self, true);
        let inside = distances(self, false);
        let signed = |(outside, inside): (&f32, &f32)| {
            // The outline runs half a cell off the nearest center on the other side.
            if *outside > 0.0 { outside - 0.5 } else { 0.5 - inside }
        };
        outside.iter().zip(&inside).map(signed).collect()
    }

    fn index(&self, x: usize, y: usize) -> Option<usize> {
        (x < self.width && y < self.height).then(|| y * self.width + x)
    }

    fn same_size(&self, cells: impl Iterator<Item = bool>) -> Self {
        Self { width: self.width, height: self.height, cells: cells.collect() }
    }
}

/// Euclidean distance from every cell to the nearest cell that is `target` (Felzenszwalb and
/// Huttenlocher, "Distance Transforms of Sampled Functions", 2012: rows, then columns).
fn distances(mask: &Mask, target: bool) -> Vec<f32> {
    let far = float(mask.width * mask.width + mask.height * mask.height);
    let start = mask.cells.iter().map(|solid| if *solid == target { 0.0 } else { far });
    let mut squares: Vec<f32> = start.collect();
    for row in squares.chunks_mut(mask.width.max(1)) {
        let line = lower_envelope(row);
        row.copy_from_slice(&line);
    }
    for x in 0..mask.width {
        let column: Vec<f32> = squares.iter().skip(x).step_by(mask.width).copied().collect();
        let cells = squares.iter_mut().skip(x).step_by(mask.width);
        for (cell, value) in cells.zip(lower_envelope(&column)) {
            *cell = value;
        }
    }
    squares.iter().map(|square| square.sqrt()).collect()
}

/// For every place on a line, the least of `(place - other)² + heights[other]`.
fn lower_envelope(heights: &[f32]) -> Vec<f32> {
    // Parabolas on the envelope: where each stands, how high, and from where on it is lowest.
    let mut parabolas: Vec<(f32, f32, f32)> = Vec::with_capacity(heights.len());
    for (place, height) in heights.iter().enumerate() {
        let place = float(place);
        let mut from = f32::NEG_INFINITY;
        while let Some((other, low, start)) = parabolas.last().copied() {
            from = ((height + place * place) - (low + other * other)) / (2.0 * (place - other));
            if from > start {
                break;
            }
            parabolas.pop();
            from = f32::NEG_INFINITY;
        }
        parabolas.push((place, *height, from));
    }
    let mut rest = parabolas.iter().peekable();
    let mut current = (0.0, 0.0, 0.0);
    let value = |place: usize| {
        let place = float(place);
        while let Some(next) = rest.next_if(|next| next.2 <= place) {
            current = *next;
        }
        (place - current.0).powi(2) + current.1
    };
    (0..heights.len()).map(value).collect()
}

#[cfg(test)]
mod tests;
