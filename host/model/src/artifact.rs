//! Immutable bytes with a media type, named by their hash.
//!
//! Where the bytes are kept is the journal's business.

use std::{fmt, sync::Arc};

use sha2::{Digest, Sha256};

use crate::ArtifactId;

/// What an artifact's bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MediaType {
    /// `image/png`
    Png,
    /// `image/jpeg`
    Jpeg,
    /// `text/plain; charset=utf-8`
    Text,
}

impl MediaType {
    /// Every media type.
    pub const ALL: [Self; 3] = [Self::Png, Self::Jpeg, Self::Text];

    /// The registered name, without parameters.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Text => "text/plain",
        }
    }

    /// The usual ending of a file of this type, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Text => "txt",
        }
    }

    /// The type with this registered name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|media_type| media_type.as_str() == name)
    }

    /// True for pictures.
    pub const fn is_image(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg)
    }
}

/// Immutable bytes. Cheap to clone.
#[derive(Clone, PartialEq, Eq)]
pub struct Artifact {
    /// The hash of media type and bytes.
    pub id: ArtifactId,
    /// What the bytes are.
    pub media_type: MediaType,
    /// The bytes.
    pub bytes: Arc<[u8]>,
}

impl Artifact {
    /// Wraps bytes and names them: SHA-256 over the media type's name, a zero byte and the bytes.
    pub fn new(media_type: MediaType, bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        let mut hash = Sha256::new();
        hash.update(media_type.as_str());
        hash.update([0]);
        hash.update(&bytes);
        Self { id: ArtifactId::new(hash.finalize().into()), media_type, bytes }
    }
}

impl fmt::Debug for Artifact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, size) = (self.media_type.as_str(), self.bytes.len());
        write!(formatter, "Artifact({} {name} {size} bytes)", self.id.short())
    }
}
