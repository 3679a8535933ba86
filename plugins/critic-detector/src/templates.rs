//! What each class looks like: the tables made by the build script from the sprites.
//!
//! The bytes' layout is described in `build/template.rs`.

use crate::grid::{CELLS, GRID};

/// The nouns, one a line, in the table's order.
const NOUNS: &str = include_str!(concat!(env!("OUT_DIR"), "/nouns.txt"));

/// The templates, one after the other.
const TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/templates.bin"));

/// Bytes of one template: aspect, then six values a cell.
const STRIDE: usize = 4 + 6 * CELLS;

/// One class.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// The class, in the vocabulary's own word.
    pub noun: &'static str,
    /// Width over height of its silhouette.
    pub aspect: f32,
    /// How much of each cell is solid, 0..=255.
    pub cover: &'static [u8],
    /// How much of each solid part is bare paper, 0..=255.
    pub paper: &'static [u8],
    /// Tone of each cell's drawn part, 0..=255.
    pub tone: &'static [u8],
    natural: &'static [u8],
}

impl Template {
    /// Red, green and blue of a cell in natural colors, on white paper.
    pub fn natural(&self, cell: usize) -> [u8; 3] {
        let at = cell * 3;
        [self.natural[at], self.natural[at + 1], self.natural[at + 2]]
    }
}

/// All classes, in alphabetical order of their nouns.
pub fn templates() -> impl Iterator<Item = Template> {
    NOUNS.lines().zip(TABLE.chunks_exact(STRIDE)).map(|(noun, bytes)| {
        let (aspect, cells) = bytes.split_at(4);
        let aspect = aspect.try_into().map_or(1.0, f32::from_le_bytes);
        let part = |index: usize| &cells[index * CELLS..(index + 1) * CELLS];
        let (cover, paper, tone) = (part(0), part(1), part(2));
        Template { noun, aspect, cover, paper, tone, natural: &cells[3 * CELLS..] }
    })
}

/// The cell that a cell of a mirrored sprite shows.
pub fn mirrored(cell: usize) -> usize {
    cell - cell % GRID + (GRID - 1 - cell % GRID)
}
