//! The guests and pictures the benchmarks call with.

use std::{io::Cursor, sync::LazyLock};

use pentimento_model::{Artifact, MediaType};

use crate::guest::{Guest, guest};

pub(crate) static TRIVIAL: LazyLock<Guest> = LazyLock::new(|| guest("critic-trivial"));
pub(crate) static WITNESS: LazyLock<Guest> = LazyLock::new(|| guest("witness"));

/// A picture with this many pixels on each side.
pub(crate) fn picture(side: u32) -> Artifact {
    let shade = |x: u32, y: u32| image::Rgb([x, y, x ^ y].map(|value| value.to_le_bytes()[0]));
    let pixels = image::RgbImage::from_fn(side, side, shade);
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    Artifact::new(MediaType::Png, bytes.into_inner())
}
