//! Decodes each candidate once, whoever asks first, and keeps the last few for the other assessors, if
//! there are any.
//!
//! The header is checked before memory is taken for the pixels. Decoding happens off the async
//! thread.

use std::{
    collections::VecDeque,
    io::Cursor,
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
};

use image::{ColorType, DynamicImage, ImageDecoder, ImageFormat, ImageReader, RgbaImage};
use pentimento_model::{Artifact, ArtifactId, MediaType};
use tokio::sync::{OnceCell, Semaphore};

use super::picture;
use crate::{bindings::types::Failure, limits};

type Slot = Arc<OnceCell<Result<Arc<RgbaImage>, Failure>>>;

/// The pictures decoded last.
pub(crate) struct Decoded {
    recent: Mutex<Recent>,
    /// One for each thread that the machine has at once: more would only hold memory while they wait.
    places: Semaphore,
}

#[derive(Default)]
struct Recent {
    /// Oldest first.
    pictures: VecDeque<(ArtifactId, Slot)>,
    /// The digest of who asked first.
    asker: Option<String>,
    /// Others ask, too.
    are_several: bool,
}

impl Default for Decoded {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Self { recent: Mutex::default(), places: Semaphore::new(threads) }
    }
}

impl Decoded {
    /// The picture of an artifact, or why there is none. `asker` is the digest of the plugin that asks.
    pub(super) async fn picture(
        &self,
        artifact: Artifact,
        asker: &str,
    ) -> Result<Arc<RgbaImage>, Failure> {
        let slot = self.slot(artifact.id, asker);
        let decoding = slot.get_or_init(async || {
            let decode = move || decode(&artifact).map(Arc::new);
            let stopped = |_| undecodable("decoding was stopped".to_owned());
            // It is never closed, so nobody is refused.
            let _place = self.places.acquire().await;
            tokio::task::spawn_blocking(decode).await.map_err(stopped).flatten()
        });
        let picture = decoding.await.clone();
        self.forget_old();
        picture
    }

    fn slot(&self, id: ArtifactId, asker: &str) -> Slot {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = recent.asker.get_or_insert_with(|| asker.to_owned()) == asker;
        recent.are_several |= !is_first;
        if let Some((_, slot)) = recent.pictures.iter().find(|(known, _)| *known == id) {
            return Arc::clone(slot);
        }
        let slot = Slot::default();
        recent.pictures.push_back((id, Arc::clone(&slot)));
        slot
    }

    /// Drops the oldest until the rest fits. The newest stays even if it alone does not.
    fn forget_old(&self) {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let most =
            if recent.are_several { limits::DECODED_BYTES } else { limits::OWN_DECODED_BYTES };
        let pictures = &mut recent.pictures;
        let mut total: usize = pictures.iter().map(|(_, slot)| held(slot)).sum();
        while total > most && pictures.len() > 1 {
            let Some((_, slot)) = pictures.pop_front() else { return };
            total -= held(&slot);
        }
    }
}

/// What a slot weighs. One that is being filled, or holds a failure, still costs its place.
fn held(slot: &Slot) -> usize {
    const EMPTY: usize = 1 << 10;
    let picture = slot.get().and_then(|picture| picture.as_ref().ok());
    picture.map_or(EMPTY, |pixels| pixels.as_raw().len())
}

fn decode(artifact: &Artifact) -> Result<RgbaImage, Failure> {
    let format = match artifact.media_type {
        MediaType::Png => ImageFormat::Png,
        MediaType::Jpeg => ImageFormat::Jpeg,
        MediaType::Text => {
            let message = "this artifact is not a picture".to_owned();
            return Err(Failure { code: "unsupported-media".to_owned(), message });
        }
    };
    let mut reader = ImageReader::with_format(Cursor::new(&artifact.bytes), format);
    let mut bounds = image::Limits::no_limits();
    // Room for 16 bits a channel and the decoder's own rows.
    bounds.max_alloc = Some(limits::IMAGE_PIXELS * 4 * 3);
    reader.limits(bounds);
    let decoder = reader.into_decoder().map_err(|error| broken(&error))?;
    let (width, height) = decoder.dimensions();
    let bytes = picture::bytes(width, height);
    let bytes = bytes.ok_or_else(|| picture::too_large(width, height))?;
    if decoder.color_type() != ColorType::Rgb8 {
        let picture = DynamicImage::from_decoder(decoder).map_err(|error| broken(&error))?;
        return Ok(picture.into_rgba8());
    }
    // Most pictures; they are read to where they stay.
    let mut rgba = vec![0; bytes];
    let (_, rgb) = rgba.split_at_mut(bytes / 4);
    decoder.read_image(rgb).map_err(|error| broken(&error))?;
    spread(&mut rgba);
    RgbaImage::from_raw(width, height, rgba).ok_or_else(|| picture::too_large(width, height))
}

/// Makes pixels of four bytes, the last of them opaque, out of pixels of three that stand at the end of the
/// same memory. Front to back, nothing is written over before it is read.
fn spread(rgba: &mut [u8]) {
    /// Pixels that are read before they are written.
    const BLOCK: usize = 1024;

    let pixels = rgba.len() / 4;
    let mut block = [[0; 3]; BLOCK];
    for start in (0..pixels).step_by(BLOCK) {
        let count = BLOCK.min(pixels - start);
        let from = pixels + 3 * start;
        let (read, _) = rgba.get(from..from + 3 * count).unwrap_or_default().as_chunks();
        for (place, pixel) in block.iter_mut().zip(read) {
            *place = *pixel;
        }
        let places = rgba.get_mut(4 * start..4 * (start + count)).unwrap_or_default();
        for (place, [red, green, blue]) in places.as_chunks_mut().0.iter_mut().zip(&block) {
            *place = [*red, *green, *blue, u8::MAX];
        }
    }
}

fn broken(error: &image::ImageError) -> Failure {
    undecodable(format!("the picture cannot be decoded: {error}"))
}

fn undecodable(message: String) -> Failure {
    Failure { code: "undecodable".to_owned(), message }
}

#[cfg(test)]
mod tests;
