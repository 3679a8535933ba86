//! Everything that is measured of two pictures of one size, and how it is written.
//!
//! Where the pictures come from is left to `lib`.

use std::fmt::Write;

use crate::errors::{Errors, changed, ratio};
use crate::picture::Picture;
use crate::regions::{MOST_REGIONS, regions};
use planes::{Component, ssim};

/// What two pictures of one size are to each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Width and height in pixels.
    pub size: (usize, usize),
    /// Distances between channels.
    pub errors: Errors,
    /// Mean structural similarity of their brightness; none for pictures smaller than its window.
    pub ssim: Option<f64>,
    /// What a channel may differ by before its pixel counts as changed.
    pub threshold: u8,
    /// How many pixels changed.
    pub changed: usize,
    /// Where, the largest change first.
    pub regions: Vec<Component>,
}

impl Comparison {
    /// Compares two pictures; none if their sizes differ.
    #[must_use]
    pub fn of(first: &Picture, second: &Picture, threshold: u8) -> Option<Self> {
        let size = (first.width(), first.height());
        if size != (second.width(), second.height()) {
            return None;
        }
        let ssim = ssim(&first.luma(), &second.luma(), size.0);
        let changed = changed(first.pixels(), second.pixels(), threshold);
        Some(Self {
            size,
            errors: Errors::between(first.pixels(), second.pixels()),
            ssim,
            threshold,
            changed: changed.iter().filter(|changed| **changed).count(),
            regions: regions(&changed, size.0),
        })
    }

    /// As JSON, with its keys always in the same order.
    #[must_use]
    pub fn written(&self, resized: bool) -> String {
        let (width, height) = self.size;
        let all = width as u64 * height as u64;
        let mut text = format!("{{\"size\":[{width},{height}],\"resized\":{resized}");
        let identical = self.errors.distances == 0;
        let fields = [
            ("identical", identical.to_string()),
            ("mae", number(self.errors.mean())),
            ("mse", number(self.errors.mean_square())),
            ("psnr", self.errors.psnr().map_or("null".to_owned(), number)),
            ("ssim", self.ssim.map_or("null".to_owned(), number)),
            ("threshold", self.threshold.to_string()),
            ("changed", number(ratio(self.changed as u64, all))),
        ];
        for (name, value) in fields {
            write!(text, ",\"{name}\":{value}").ok();
        }
        let told = self.regions.iter().take(MOST_REGIONS);
        let regions: Vec<String> = told.map(|region| self.region(region, all)).collect();
        let left_out = self.regions.len().saturating_sub(MOST_REGIONS);
        write!(text, ",\"regions\":[{}],\"left-out\":{left_out}}}", regions.join(",")).ok();
        text
    }

    /// One region, in fractions of the picture.
    fn region(&self, region: &Component, all: u64) -> String {
        let (width, height) = (self.size.0 as u64, self.size.1 as u64);
        let part = |pixels: usize, of: u64| number(ratio(pixels as u64, of));
        format!(
            "{{\"x\":{},\"y\":{},\"width\":{},\"height\":{},\"changed\":{}}}",
            part(region.left, width),
            part(region.top, height),
            part(region.right - region.left, width),
            part(region.bottom - region.top, height),
            part(region.pixels, all),
        )
    }
}

/// A finite number with seven significant digits, and no more of them than it needs.
fn number(value: f64) -> String {
    let rounded = format!("{value:.6e}").parse::<f64>();
    rounded.unwrap_or(value).to_string()
}

#[cfg(test)]
mod tests;
