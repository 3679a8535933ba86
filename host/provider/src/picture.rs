//! Pictures of strangers, checked by their headers before anyone decodes them; and masks.

use std::{borrow::Cow, io::Cursor, sync::Arc};

use image::{ImageFormat, ImageReader, Rgba, RgbaImage};
use pentimento_engine::ports::Made;
use pentimento_model::{Artifact, MediaType, Region};

use crate::{
    encoded,
    error::{Because, Failure, ProviderError},
    limits,
};

/// Bytes of base64 that are read where they come in: that takes less than a millisecond.
const QUICK_BYTES: usize = 1 << 20;

/// A picture from base64 or a data URL, if it is one: PNG or JPEG, not too large, and whole.
pub(crate) async fn from_base64(provider: &str, text: Cow<'_, str>) -> Result<Made, ProviderError> {
    let of = format!("of provider `{provider}`");
    if text.len() <= QUICK_BYTES {
        return read(&of, &text);
    }
    let text = text.into_owned();
    elsewhere(move || read(&of, &text)).await
}

/// A picture that the user brings along, by the rules that hold for those of strangers. `of` says
/// where it is from, such as `in FILE`.
pub fn of_user(of: &str, bytes: Vec<u8>) -> Result<Artifact, ProviderError> {
    let Made { media_type, bytes } = checked(of, bytes.into()).map_err(|error| {
        let error = ProviderError { failure: Failure::WrongUse, ..error };
        error.hint("save it anew as PNG or JPEG, with at most 16 megapixels")
    })?;
    Ok(Artifact::new(media_type, bytes))
}

/// The same from its bytes.
pub(crate) async fn from_bytes(provider: &str, bytes: Vec<u8>) -> Result<Made, ProviderError> {
    let provider = provider.to_owned();
    elsewhere(move || checked(&provider, bytes.into())).await
}

/// Work that takes a thread longer than others should wait for it.
async fn elsewhere<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ProviderError> + Send + 'static,
) -> Result<T, ProviderError> {
    let lost = |error: tokio::task::JoinError| {
        ProviderError::new(Failure::BadAnswer, "a picture could not be read")
            .because(Because::of(&error, None))
    };
    tokio::task::spawn_blocking(work).await.map_err(lost)?
}

fn read(of: &str, text: &str) -> Result<Made, ProviderError> {
    let bytes = encoded::decode(text)
        .map_err(|error| bad(of, "is not valid base64").because(Because::of(&error, None)))?;
    checked(of, bytes)
}

fn checked(of: &str, bytes: Arc<[u8]>) -> Result<Made, ProviderError> {
    if bytes.is_empty() {
        return Err(bad(of, "is empty"));
    }
    let (media_type, format) = match image::guess_format(&bytes) {
        Ok(ImageFormat::Png) => (MediaType::Png, ImageFormat::Png),
        Ok(ImageFormat::Jpeg) => (MediaType::Jpeg, ImageFormat::Jpeg),
        _ => return Err(bad(of, "is neither PNG nor JPEG")),
    };
    let (width, height) =
        ImageReader::with_format(Cursor::new(&bytes), format).into_dimensions().map_err(
            |error| bad(of, "has no readable header").because(Because::of(&error, None)),
        )?;
    if u64::from(width) * u64::from(height) > limits::PIXELS {
        let most = limits::PIXELS / 1_000_000;
        let message = format!("the picture {of} is said to be {width}×{height} pixels");
        return Err(ProviderError::new(Failure::TooLarge, message)
            .hint(format!("at most {most} megapixels are decoded; ask for a smaller picture")));
    }
    if width == 0 || height == 0 {
        return Err(bad(of, "has no pixels"));
    }
    match end(media_type, &bytes) {
        End::Near => Ok(Made { media_type, bytes }),
        End::Missing => Err(bad(of, "breaks off before its end")),
        End::FarBefore => Err(bad(of, "has something else behind its end")),
    }
}

/// Where a picture's own end is.
enum End {
    /// Where its bytes end, or a few before: some encoders write a little more.
    Near,
    /// Long before.
    FarBefore,
    Missing,
}

/// Both formats end with a mark. In a JPEG it may stand in its midst, too.
fn end(media_type: MediaType, bytes: &[u8]) -> End {
    let mark: &[u8] = match media_type {
        MediaType::Png => b"IEND",
        _ => &[0xFF, 0xD9],
    };
    let has_mark = |bytes: &[u8]| bytes.windows(mark.len()).any(|window| window == mark);
    let tail = bytes.get(bytes.len().saturating_sub(64)..).unwrap_or_default();
    if has_mark(tail) {
        End::Near
    } else if media_type == MediaType::Png && has_mark(bytes) {
        End::FarBefore
    } else {
        End::Missing
    }
}

fn bad(of: &str, what: &str) -> ProviderError {
    let message = format!("the picture {of} {what}");
    ProviderError::new(Failure::BadAnswer, message)
        .hint("see whether the server is meant for this API, and what its own log says")
}

/// A PNG in which these regions are transparent, the rest opaque black.
pub fn mask(width: u32, height: u32, regions: &[Region]) -> Result<Artifact, ProviderError> {
    if u64::from(width) * u64::from(height) > limits::PIXELS {
        let message = format!("a mask of {width}×{height} pixels");
        return Err(ProviderError::new(Failure::TooLarge, message));
    }
    let inside = |x: u32, y: u32| {
        let point = (middle(x, width), middle(y, height));
        regions.iter().any(|region| region.contains(point))
    };
    let image = RgbaImage::from_fn(width, height, |x, y| {
        Rgba([0, 0, 0, if inside(x, y) { 0 } else { u8::MAX }])
    });
    png(&image)
}

/// Width and height of a picture, and a mask as large as it in which these regions are transparent.
/// The picture's header alone is read.
pub async fn opened(
    picture: &Artifact,
    regions: Vec<Region>,
) -> Result<((u32, u32), Artifact), ProviderError> {
    let picture = picture.clone();
    elsewhere(move || {
        let (width, height) = size(&picture)?;
        Ok(((width, height), mask(width, height, &regions)?))
    })
    .await
}

fn size(picture: &Artifact) -> Result<(u32, u32), ProviderError> {
    let wrong = |what: &str| ProviderError::new(Failure::WrongUse, format!("the picture {what}"));
    let format = match picture.media_type {
        MediaType::Png => ImageFormat::Png,
        MediaType::Jpeg => ImageFormat::Jpeg,
        MediaType::Text => return Err(wrong("is a text")),
    };
    let reader = ImageReader::with_format(Cursor::new(&*picture.bytes), format);
    reader
        .into_dimensions()
        .map_err(|error| wrong("has no readable header").because(Because::of(&error, None)))
}

/// A pixel's middle as a fraction of all.
#[expect(clippy::cast_precision_loss, reason = "sides of pictures are far below 2^24 pixels")]
fn middle(pixel: u32, all: u32) -> f32 {
    (pixel as f32 + 0.5) / all as f32
}

/// The same mask as painters want it that take white for what is painted anew.
pub(crate) async fn white_where_transparent(mask: Artifact) -> Result<Artifact, ProviderError> {
    elsewhere(move || turned_white(&mask)).await
}

fn turned_white(mask: &Artifact) -> Result<Artifact, ProviderError> {
    let unreadable = |error: image::ImageError| {
        ProviderError::new(Failure::WrongUse, "the mask cannot be read")
            .because(Because::of(&error, None))
    };
    let mut reader = ImageReader::with_format(Cursor::new(&mask.bytes), ImageFormat::Png);
    let mut bounds = image::Limits::default();
    bounds.max_alloc = Some(limits::PIXELS * 8);
    reader.limits(bounds);
    let mask = reader.decode().map_err(unreadable)?.into_rgba8();
    let image = RgbaImage::from_fn(mask.width(), mask.height(), |x, y| {
        let level = u8::MAX - mask.get_pixel(x, y).0[3];
        Rgba([level, level, level, u8::MAX])
    });
    png(&image)
}

fn png(image: &RgbaImage) -> Result<Artifact, ProviderError> {
    let mut bytes = Vec::new();
    image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).map_err(|error| {
        ProviderError::new(Failure::WrongUse, "the mask cannot be written")
            .because(Because::of(&error, None))
    })?;
    Ok(Artifact::new(MediaType::Png, bytes))
}

#[cfg(test)]
mod tests;
