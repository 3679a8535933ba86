//! Facet `artifacts`: pictures and texts by handle.
//!
//! A plugin gets rows and tiles of pixels that the host decoded, cropped or scaled; it never gets
//! the encoded bytes, and nothing is ever base64. Decoding itself is `artifacts/decoded.rs`,
//! cutting and scaling `artifacts/picture.rs`.

mod decoded;
mod picture;
mod refusals;

use std::sync::Arc;

use image::RgbaImage;
use pentimento_model::{Artifact, MediaType};
use wasmtime::component::{Linker, Resource, ResourceType};

pub(crate) use decoded::Decoded;

use super::{Answer, Served, ToRefuse, ToServe, refused, served};
use crate::{
    bindings::{
        artifacts::{self, Host, HostArtifact, HostImage},
        types::Failure,
    },
    call::CallState,
    fault::Exceeded,
    limits,
};

type Answered<T> = wasmtime::Result<Result<T, Failure>>;

/// Links the facet.
pub(super) fn link(linker: &mut Linker<CallState>, answer: Answer) -> wasmtime::Result<()> {
    match answer {
        Answer::Served => artifacts::add_to_linker::<_, ToServe>(linker, served),
        Answer::Refused => artifacts::add_to_linker::<_, ToRefuse>(linker, refused),
    }
}

/// Links the handles without their functions: every assessor is handed a candidate, even one that
/// does not want to look at it.
pub(super) fn link_handles(linker: &mut Linker<CallState>) -> wasmtime::Result<()> {
    let interface = crate::load::interface_name("artifacts");
    let mut instance = linker.instance(&interface)?;
    instance.resource("artifact", ResourceType::host::<HeldArtifact>(), |mut store, handle| {
        drop_artifact(store.data_mut(), Resource::new_own(handle))
    })?;
    instance.resource("image", ResourceType::host::<HeldImage>(), |mut store, handle| {
        drop_image(store.data_mut(), Resource::new_own(handle))
    })
}

/// What one call may see: the artifacts it was handed, by the handles in its table.
#[expect(unreachable_pub, reason = "named by generated code, which re-exports it")]
pub struct HeldArtifact(pub(crate) Artifact);

/// A picture a call made or asked for.
#[expect(unreachable_pub, reason = "named by generated code, which re-exports it")]
pub struct HeldImage {
    pixels: Arc<RgbaImage>,
    /// Bytes counted against [`limits::DERIVED_BYTES`]; 0 for the artifact's own picture.
    derived: usize,
}

/// Puts an artifact into the call's table.
pub(crate) fn hold(
    state: &mut CallState,
    artifact: &Artifact,
) -> wasmtime::Result<Resource<HeldArtifact>> {
    Ok(state.table.push(HeldArtifact(artifact.clone()))?)
}

fn drop_artifact(state: &mut CallState, handle: Resource<HeldArtifact>) -> wasmtime::Result<()> {
    state.table.delete(handle)?;
    Ok(())
}

fn drop_image(state: &mut CallState, handle: Resource<HeldImage>) -> wasmtime::Result<()> {
    let image = state.table.delete(handle)?;
    state.derived_bytes -= image.derived;
    Ok(())
}

impl Served<'_> {
    fn artifact(&self, handle: &Resource<HeldArtifact>) -> wasmtime::Result<&Artifact> {
        Ok(&self.0.table.get(handle)?.0)
    }

    fn pixels(&self, handle: &Resource<HeldImage>) -> wasmtime::Result<Arc<RgbaImage>> {
        Ok(Arc::clone(&self.0.table.get(handle)?.pixels))
    }

    fn hold_image(&mut self, image: HeldImage) -> Answered<Resource<HeldImage>> {
        match self.0.table.push(image) {
            Ok(handle) => Ok(Ok(handle)),
            Err(_) => Err(Exceeded::handles().into()),
        }
    }

    /// Counts a picture that is about to be made, so that nobody makes it if it is one too many.
    fn reserve(&mut self, width: u32, height: u32) -> Result<usize, Failure> {
        let bytes = picture::bytes(width, height);
        let total = bytes.and_then(|bytes| bytes.checked_add(self.0.derived_bytes));
        match (bytes, total) {
            (Some(bytes), Some(total)) if total <= limits::DERIVED_BYTES => {
                self.0.derived_bytes = total;
                Ok(bytes)
            }
            _ => Err(picture::too_large(width, height)),
        }
    }
}

impl Host for Served<'_> {}

impl HostArtifact for Served<'_> {
    fn media_type(&mut self, handle: Resource<HeldArtifact>) -> wasmtime::Result<String> {
        Ok(self.artifact(&handle)?.media_type.as_str().to_owned())
    }

    fn size(&mut self, handle: Resource<HeldArtifact>) -> wasmtime::Result<u64> {
        Ok(self.artifact(&handle)?.bytes.len() as u64)
    }

    fn text(
        &mut self,
        handle: Resource<HeldArtifact>,
        offset: u64,
        length: u32,
    ) -> Answered<String> {
        let artifact = self.artifact(&handle)?;
        if artifact.media_type != MediaType::Text {
            let message = "this artifact is not a text".to_owned();
            return Ok(Err(Failure { code: "unsupported-media".to_owned(), message }));
        }
        let Ok(text) = std::str::from_utf8(&artifact.bytes) else {
            let message = "this text is not valid UTF-8".to_owned();
            return Ok(Err(Failure { code: "undecodable".to_owned(), message }));
        };
        let start = usize::try_from(offset).unwrap_or(usize::MAX).min(text.len());
        let length = (length as usize).min(limits::VIEW_BYTES);
        let start = text.floor_char_boundary(start);
        let end = text.floor_char_boundary(start.saturating_add(length));
        Ok(Ok(text.get(start..end).unwrap_or_default().to_owned()))
    }

    async fn image(&mut self, handle: Resource<HeldArtifact>) -> Answered<Resource<HeldImage>> {
        let artifact = self.artifact(&handle)?.clone();
        let decoded = Arc::clone(&self.0.decoded);
        match decoded.picture(artifact, &self.0.callee.id.digest).await {
            Ok(pixels) => self.hold_image(HeldImage { pixels, derived: 0 }),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    fn drop(&mut self, handle: Resource<HeldArtifact>) -> wasmtime::Result<()> {
        drop_artifact(self.0, handle)
    }
}

impl HostImage for Served<'_> {
    fn width(&mut self, handle: Resource<HeldImage>) -> wasmtime::Result<u32> {
        Ok(self.pixels(&handle)?.width())
    }

    fn height(&mut self, handle: Resource<HeldImage>) -> wasmtime::Result<u32> {
        Ok(self.pixels(&handle)?.height())
    }

    fn rows(&mut self, handle: Resource<HeldImage>, top: u32, count: u32) -> Answered<Vec<u8>> {
        let pixels = self.pixels(&handle)?;
        Ok(picture::tile(&pixels, (0, top), (pixels.width(), count)))
    }

    fn tile(
        &mut self,
        handle: Resource<HeldImage>,
        x: u32,
        y: u32,
        width: u32,
        height: u32,
    ) -> Answered<Vec<u8>> {
        Ok(picture::tile(&*self.pixels(&handle)?, (x, y), (width, height)))
    }

    fn crop(
        &mut self,
        handle: Resource<HeldImage>,
        x: u32,
        y: u32,
        width: u32,
        height: u32,
    ) -> Answered<Resource<HeldImage>> {
        let pixels = self.pixels(&handle)?;
        if let Err(refusal) = picture::check_inside(&pixels, (x, y), (width, height)) {
            return Ok(Err(refusal));
        }
        let derived = match self.reserve(width, height) {
            Ok(derived) => derived,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let part = image::imageops::crop_imm(&*pixels, x, y, width, height).to_image();
        self.hold_image(HeldImage { pixels: Arc::new(part), derived })
    }

    async fn resize(
        &mut self,
        handle: Resource<HeldImage>,
        width: u32,
        height: u32,
    ) -> Answered<Resource<HeldImage>> {
        let pixels = self.pixels(&handle)?;
        let derived = match self.reserve(width, height) {
            Ok(derived) => derived,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let scaled = picture::scaled(pixels, width, height).await?;
        self.hold_image(HeldImage { pixels: Arc::new(scaled), derived })
    }

    fn drop(&mut self, handle: Resource<HeldImage>) -> wasmtime::Result<()> {
        drop_image(self.0, handle)
    }
}
