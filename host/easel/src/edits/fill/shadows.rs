//! The borders and shadows of the stickers that stay, around a gap.

use image::RgbImage;

use crate::{
    edits::sheet::{Sheet, Window, scale},
    numbers::whole,
    sticker::{BORDER_WIDTH, SHADOW_DROP, shadow},
};

/// A border's soft edge reaches this far beyond it, in pixels.
const EDGE: f32 = 1.0;

/// How far the nearest other sticker is, in a window of the picture.
pub(super) struct Shadows {
    window: Window,
    apart: Vec<f32>,
    unit: f32,
}

impl Shadows {
    /// Measures all stickers but `label`.
    pub(super) fn of_others(picture: &RgbImage, sheet: &Sheet, label: u16, window: Window) -> Self {
        let others = sheet.mask(&window, label, false);
        let alone = others.cells.iter().all(|solid| !solid);
        let apart = if alone { Vec::new() } else { others.signed_distances() };
        Self { window, apart, unit: scale(picture) }
    }

    /// True on a neighbor and its white border.
    pub(super) fn is_bordered(&self, x: usize, y: usize) -> bool {
        self.apart(x, y) <= BORDER_WIDTH * self.unit + EDGE
    }

    /// How dark the neighbors' shadows are here, 0 to 1.
    pub(super) fn darkness(&self, x: usize, y: usize) -> f32 {
        let drop = whole(SHADOW_DROP * self.unit + 0.5);
        let apart = self.apart(x, y.saturating_sub(drop));
        shadow(self.unit, apart - BORDER_WIDTH * self.unit)
    }

    fn apart(&self, x: usize, y: usize) -> f32 {
        let place = (x.checked_sub(self.window.left), y.checked_sub(self.window.top));
        let (Some(x), Some(y)) = place else { return f32::MAX };
        let inside = x < self.window.width;
        let cell = self.apart.get(y * self.window.width + x).filter(|_| inside);
        cell.copied().unwrap_or(f32::MAX)
    }
}
