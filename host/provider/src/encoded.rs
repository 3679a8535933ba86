//! Base64 and data URLs, both ways.

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use pentimento_model::Artifact;

/// Padding is optional: servers disagree.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// An artifact's bytes in base64.
pub(crate) fn base64(artifact: &Artifact) -> String {
    LENIENT.encode(&artifact.bytes)
}

/// An artifact as a URL.
pub(crate) fn data_url(artifact: &Artifact) -> String {
    format!("data:{};base64,{}", artifact.media_type.as_str(), base64(artifact))
}

/// Bytes from base64, bare or in a data URL.
pub(crate) fn decode(text: &str) -> Result<Vec<u8>, base64::DecodeError> {
    let text = match text.strip_prefix("data:") {
        Some(url) => url.split_once(";base64,").map_or("", |(_, data)| data),
        None => text,
    };
    LENIENT.decode(text.trim())
}
