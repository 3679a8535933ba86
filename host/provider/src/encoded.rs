//! Base64 and data URLs, both ways.

use std::sync::{Arc, LazyLock};

use base64::{
    DecodeSliceError, Engine as _,
    engine::{DecodePaddingMode, GeneralPurposeConfig},
};
use pentimento_model::{Artifact, ArtifactId};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::transport::{Collected, Pieces};

/// Many bytes at a time where the processor can, which is four times as quick.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
type Quick = base64::engine::Simd;
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
type Quick = base64::engine::GeneralPurpose;

/// Padding is optional: servers disagree.
static LENIENT: LazyLock<Quick> = LazyLock::new(|| {
    let lenient =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    return Quick::standard(lenient);
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    return Quick::new(&base64::alphabet::STANDARD, lenient);
});

/// Bytes of most questions in words, at most.
const USUAL_BYTES: usize = 2048;

/// The names of the only field of an object that stands for a picture in a question. No text of a
/// stranger becomes a name with this first character.
const BARE: &str = "\0base64";
const URL: &str = "\0data-url";

/// An artifact's bytes in base64, once they are written.
pub(crate) fn base64(artifact: &Artifact) -> Value {
    json!({ BARE: artifact.id.to_hex() })
}

/// An artifact as a URL, once that is written.
pub(crate) fn data_url(artifact: &Artifact) -> Value {
    json!({ URL: artifact.id.to_hex() })
}

/// JSON with these pictures in place of what stands for them. Each goes into the text straight from its
/// bytes, when it is sent: base64 has no character that JSON would have otherwise.
pub(crate) fn write(fields: &Map<String, Value>, pictures: &[Artifact]) -> Pieces {
    let mut collected = Collected::default();
    collected.text.reserve(USUAL_BYTES);
    if pictures.is_empty() {
        write_plain(fields, &mut collected);
    } else {
        write_map(fields, pictures, &mut collected);
    }
    collected.pieces()
}

fn write_map(fields: &Map<String, Value>, pictures: &[Artifact], to: &mut Collected) {
    if let Some((picture, is_url)) = shown(fields, pictures) {
        return write_picture(picture, is_url, to);
    }
    to.text.push(b'{');
    for (number, (name, value)) in fields.iter().enumerate() {
        if number > 0 {
            to.text.push(b',');
        }
        write_plain(name, to);
        to.text.push(b':');
        write_value(value, pictures, to);
    }
    to.text.push(b'}');
}

fn write_value(value: &Value, pictures: &[Artifact], to: &mut Collected) {
    match value {
        Value::Object(fields) => write_map(fields, pictures, to),
        Value::Array(values) => {
            to.text.push(b'[');
            for (number, value) in values.iter().enumerate() {
                if number > 0 {
                    to.text.push(b',');
                }
                write_value(value, pictures, to);
            }
            to.text.push(b']');
        }
        plain => write_plain(plain, to),
    }
}

/// What has no picture in it. Its keys are texts, so writing it to memory cannot fail.
fn write_plain(plain: &(impl Serialize + ?Sized), to: &mut Collected) {
    let written = serde_json::to_writer(&mut to.text, plain);
    debug_assert!(written.is_ok(), "{written:?}");
}

/// The picture that an object stands for, if it stands for one, and whether as a URL.
fn shown<'p>(
    fields: &Map<String, Value>,
    pictures: &'p [Artifact],
) -> Option<(&'p Artifact, bool)> {
    let (name, id) = fields.iter().next().filter(|_| fields.len() == 1)?;
    let is_url = name == URL;
    let id = ArtifactId::from_hex(id.as_str().filter(|_| is_url || name == BARE)?)?;
    pictures.iter().find(|picture| picture.id == id).map(|picture| (picture, is_url))
}

fn write_picture(picture: &Artifact, is_url: bool, to: &mut Collected) {
    to.text.push(b'"');
    if is_url {
        to.text.extend_from_slice(b"data:");
        to.text.extend_from_slice(picture.media_type.as_str().as_bytes());
        to.text.extend_from_slice(b";base64,");
    }
    to.push_picture(picture);
    to.text.push(b'"');
}

/// Adds bytes in base64.
pub(crate) fn append(bytes: &[u8], text: &mut Vec<u8>) {
    let start = text.len();
    text.resize(start + len(bytes), 0);
    let place = text.get_mut(start..).unwrap_or_default();
    let written = LENIENT.encode_slice(bytes, place).unwrap_or_default();
    text.truncate(start + written);
}

/// Characters of bytes in base64, with padding: four for every three bytes that were begun.
pub(crate) const fn len(bytes: &[u8]) -> usize {
    bytes.len().div_ceil(3) * 4
}

/// Bytes from base64, bare or in a data URL, in the place where they stay.
pub(crate) fn decode(text: &str) -> Result<Arc<[u8]>, DecodeSliceError> {
    let text = match text.strip_prefix("data:") {
        Some(url) => url.split_once(";base64,").map_or("", |(_, data)| data),
        None => text,
    };
    let text = text.trim();
    // Every character but those of the padding stands for six bits.
    let bytes = text.trim_end_matches('=').len() * 3 / 4;
    let mut decoded: Arc<[u8]> = std::iter::repeat_n(0, bytes).collect();
    let place = Arc::get_mut(&mut decoded).unwrap_or_default();
    match LENIENT.decode_slice(text, place) {
        Ok(_) => Ok(decoded),
        Err(error) => plainly_written(text).map_or(Err(error), |text| decode(&text)),
    }
}

/// The same in lines (RFC 2045, section 6.8) or in the alphabet of URLs (RFC 4648, section 5), written as
/// it usually is; `None` if it is neither.
fn plainly_written(text: &str) -> Option<String> {
    let is_other = |character: char| matches!(character, '\r' | '\n' | '-' | '_');
    let plain = |character: char| match character {
        '-' => '+',
        '_' => '/',
        character => character,
    };
    let lines = |character: &char| !matches!(character, '\r' | '\n');
    text.contains(is_other).then(|| text.chars().filter(lines).map(plain).collect())
}

#[cfg(test)]
mod tests {
    use pentimento_model::MediaType;

    use super::*;

    #[test]
    fn a_picture_is_written_where_it_stands_and_nothing_passes_for_one() {
        let picture = |bytes: &[u8]| Artifact::new(MediaType::Png, bytes);
        let shown = [picture(b"1"), picture(b"22"), picture(b"333"), picture(b"")];
        let text = data_url(&shown[0]).to_string();
        let fields = json!({
            "plain": [1.5, null, "\u{0}\"<", text, { "list": [] }],
            "urls": shown.each_ref().map(data_url),
            "bare": { "image": base64(&shown[2]), "twice": base64(&shown[2]) },
            "unknown": data_url(&picture(b"4")),
            "more": { URL: shown[0].id.to_hex(), "name": 1 },
        });
        let written = write(fields.as_object().unwrap(), &shown).whole();
        let read: Value = serde_json::from_slice(&written).unwrap();
        assert_eq!(read["plain"], fields["plain"]);
        let urls = ["MQ==", "MjI=", "MzMz", ""].map(|data| format!("data:image/png;base64,{data}"));
        assert_eq!(read["urls"], json!(urls));
        assert_eq!(read["bare"], json!({ "image": "MzMz", "twice": "MzMz" }));
        for plain in ["unknown", "more"] {
            assert_eq!(read[plain], fields[plain]);
        }
        assert_eq!(write(&Map::new(), &[]).whole(), b"{}");
    }

    #[test]
    fn what_is_written_reads_back_with_padding_and_without() {
        for bytes in [b"".as_slice(), b"1", b"22", b"333", b"4444"] {
            let mut text = Vec::new();
            append(bytes, &mut text);
            let text = String::from_utf8(text).unwrap();
            let bare = text.trim_end_matches('=');
            for text in [&text, bare, &format!("data:image/png;base64,{text}\n")] {
                assert_eq!(&*decode(text).unwrap(), bytes, "{text}");
            }
        }
        for (text, bytes) in [
            ("MTIz\r\nNDU2\r\n", b"123456".as_slice()),
            ("data:image/png;base64,MTIz\nNDU=", b"12345"),
            ("-_-_", &[0xfb, 0xff, 0xbf]),
            ("-_-\n_Pg", &[0xfb, 0xff, 0xbf, 0x3e]),
        ] {
            assert_eq!(&*decode(text).unwrap(), bytes, "{text}");
        }
        for bad in ["a", "MQ=", "M===", "====", "MQ==MQ==", "M Q=", "é"] {
            let read = decode(bad).map(|bytes| bytes.to_vec()).ok();
            assert_eq!(read, LENIENT.decode(bad).ok(), "{bad}");
        }
    }
}
