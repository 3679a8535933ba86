//! Masks: which part of a picture is to be painted anew.
//!
//! The easel paints boxes, so a mask of another shape stands for the box around what it opens.

use pentimento_model::{Artifact, Region};

use crate::{codec, error::EaselError};

/// The box around the transparent pixels of a PNG that is as large as the picture. As in `OpenAI`'s
/// `images/edits`, only what is fully transparent is open.
pub fn opening(picture: &Artifact, mask: &Artifact) -> Result<Region, EaselError> {
    let (size, mask) = (codec::dimensions(picture)?, codec::decode_with_alpha(mask)?);
    if mask.dimensions() != size {
        return Err(EaselError::MaskSize { mask: mask.dimensions(), picture: size });
    }
    let open = mask.enumerate_pixels().filter(|(_, _, pixel)| pixel.0[3] == 0);
    let edges = open.fold(None, |edges: Option<[u32; 4]>, (x, y, _)| {
        let [left, top, right, bottom] = edges.unwrap_or([x, y, x, y]);
        Some([left.min(x), top.min(y), right.max(x), bottom.max(y)])
    });
    let [left, top, right, bottom] = edges.ok_or(EaselError::MaskClosed)?;
    let (x, y) = (fraction(left, size.0), fraction(top, size.1));
    let (right, bottom) = (fraction(right + 1, size.0), fraction(bottom + 1, size.1));
    Region::new(x, y, right - x, bottom - y).ok_or(EaselError::MaskClosed)
}

#[expect(clippy::cast_precision_loss, reason = "sides of pictures are far below 2^24 pixels")]
fn fraction(pixel: u32, all: u32) -> f32 {
    pixel as f32 / all as f32
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{ImageFormat, Rgba, RgbaImage};
    use pentimento_model::MediaType;

    use super::*;

    fn png(width: u32, height: u32, alpha: impl Fn(u32, u32) -> u8) -> Artifact {
        let image = RgbaImage::from_fn(width, height, |x, y| Rgba([9, 9, 9, alpha(x, y)]));
        let mut bytes = Vec::new();
        image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        Artifact::new(MediaType::Png, bytes)
    }

    #[test]
    fn a_mask_opens_the_box_around_what_is_transparent() {
        let picture = png(16, 8, |_, _| 255);
        for (open, region) in [
            ((|x, y| x == 4 && y == 2) as fn(u32, u32) -> bool, [4.0, 2.0, 5.0, 3.0]),
            (|x, y| (x, y) == (0, 0) || (x, y) == (15, 7), [0.0, 0.0, 16.0, 8.0]),
            (|x, _| x >= 8, [8.0, 0.0, 16.0, 8.0]),
        ] {
            let mask = png(16, 8, |x, y| u8::from(!open(x, y)));
            let found = opening(&picture, &mask).unwrap();
            let edges =
                [found.x() * 16.0, found.y() * 8.0, found.right() * 16.0, found.bottom() * 8.0];
            assert_eq!(edges.map(f32::to_bits), region.map(f32::to_bits));
        }
    }

    #[test]
    fn a_mask_that_fits_no_picture_or_opens_nothing_is_refused() {
        let picture = png(16, 8, |_, _| 255);
        let wrong = |mask: &Artifact| opening(&picture, mask).unwrap_err();
        assert!(matches!(wrong(&png(8, 16, |_, _| 0)), EaselError::MaskSize { .. }));
        assert!(matches!(wrong(&png(16, 8, |_, _| 1)), EaselError::MaskClosed));
        let torn = Artifact::new(MediaType::Png, picture.bytes[..40].to_vec());
        assert!(matches!(wrong(&torn), EaselError::Decode(_)));
        let text = Artifact::new(MediaType::Text, b"open".to_vec());
        assert!(matches!(wrong(&text), EaselError::NotAPicture { .. }));
    }
}
