//! The facet `artifacts` for plugins that want it and were not granted it.
//!
//! Type and size of the candidate tell nothing of its content and are always told.

use pentimento_model::Capability;
use wasmtime::component::Resource;

use super::{Answered, HeldArtifact, HeldImage, drop_artifact, drop_image};
use crate::{
    bindings::{
        artifacts::{Host, HostArtifact, HostImage},
        types::Failure,
    },
    facets::{Refused, Served},
};

impl Refused<'_> {
    fn no(&self) -> Failure {
        self.refusal(Capability::Artifacts)
    }
}

impl Host for Refused<'_> {}

impl HostArtifact for Refused<'_> {
    fn media_type(&mut self, handle: Resource<HeldArtifact>) -> wasmtime::Result<String> {
        Served(self.0).media_type(handle)
    }

    fn size(&mut self, handle: Resource<HeldArtifact>) -> wasmtime::Result<u64> {
        Served(self.0).size(handle)
    }

    fn text(
        &mut self,
        _handle: Resource<HeldArtifact>,
        _offset: u64,
        _length: u32,
    ) -> Answered<String> {
        Ok(Err(self.no()))
    }

    async fn image(&mut self, _handle: Resource<HeldArtifact>) -> Answered<Resource<HeldImage>> {
        Ok(Err(self.no()))
    }

    fn drop(&mut self, handle: Resource<HeldArtifact>) -> wasmtime::Result<()> {
        drop_artifact(self.0, handle)
    }
}

/// Nobody gets a picture without the facet, so these are never called.
impl HostImage for Refused<'_> {
    fn width(&mut self, _handle: Resource<HeldImage>) -> wasmtime::Result<u32> {
        Ok(0)
    }

    fn height(&mut self, _handle: Resource<HeldImage>) -> wasmtime::Result<u32> {
        Ok(0)
    }

    fn rows(&mut self, _handle: Resource<HeldImage>, _top: u32, _count: u32) -> Answered<Vec<u8>> {
        Ok(Err(self.no()))
    }

    fn tile(
        &mut self,
        _handle: Resource<HeldImage>,
        _x: u32,
        _y: u32,
        _width: u32,
        _height: u32,
    ) -> Answered<Vec<u8>> {
        Ok(Err(self.no()))
    }

    fn crop(
        &mut self,
        _handle: Resource<HeldImage>,
        _x: u32,
        _y: u32,
        _width: u32,
        _height: u32,
    ) -> Answered<Resource<HeldImage>> {
        Ok(Err(self.no()))
    }

    async fn resize(
        &mut self,
        _handle: Resource<HeldImage>,
        _width: u32,
        _height: u32,
    ) -> Answered<Resource<HeldImage>> {
        Ok(Err(self.no()))
    }

    fn drop(&mut self, handle: Resource<HeldImage>) -> wasmtime::Result<()> {
        drop_image(self.0, handle)
    }
}
