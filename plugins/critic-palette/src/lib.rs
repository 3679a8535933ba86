//! Judges light, contrast, sharpness and color of a picture, and names its palette.
//!
//! It measures a small copy: whether the picture shows what was asked for is for others to say. The
//! idea is read only for words that make a fault right, such as "night" or "foggy".

mod canvas;
mod cast;
mod clipping;
mod dominant;
mod focus;
mod number;
mod oklab;
mod tone;
mod verdict;
mod wishes;

use pentimento_sdk::{Artifact, Brief, Critic, Critique, Failure, Pixels};

use crate::canvas::Canvas;

/// Longer side of the working copy, in pixels: blur is seen at this size, and everything takes some
/// milliseconds. Smaller pictures are measured as they are.
pub const WORKING_SIDE: u32 = 512;

/// A picture with fewer opaque pixels is too small for an opinion: less than 32 by 32.
const FEWEST: usize = 32 * 32;

/// Measures the candidate.
#[derive(Debug)]
pub struct Colorist;

impl Critic for Colorist {
    fn assess(brief: &Brief, candidate: &Artifact) -> Result<Critique, Failure> {
        let media_type = candidate.media_type();
        if !media_type.starts_with("image/") {
            return Ok(Critique::abstain(format!("only pictures have colors, not {media_type}")));
        }
        Ok(judge(&brief.idea, &candidate.image()?.at_most(WORKING_SIDE)?))
    }
}

/// Judges a picture that is already of working size.
#[must_use]
pub fn judge(idea: &str, pixels: &Pixels) -> Critique {
    let canvas = Canvas::new(pixels);
    let count = canvas.count();
    if count < FEWEST {
        return Critique::abstain(format!(
            "{count} opaque pixels are too few to measure; it takes {FEWEST}"
        ));
    }
    verdict::verdict(idea, &canvas)
}

// Native linkers do not take the names of WebAssembly exports; tests call `judge`.
#[cfg(target_family = "wasm")]
pentimento_sdk::export_critic!(Colorist);
