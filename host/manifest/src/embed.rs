//! The request inside the component: one custom section at its top level, so that whoever has the
//! bytes has the request, and the component's digest covers both.

use std::ops::Range;

use wasm_encoder::{ComponentSection, CustomSection};
use wasmparser::{Encoding, Parser, Payload};

use crate::{ManifestError, bounds, error::broken};

/// The section's name.
pub const SECTION: &str = "pentimento:plugin.toml";

/// The component with this request and no other. Nested components keep theirs, which mean
/// nothing.
pub fn embed(component: &[u8], manifest: &str) -> Result<Vec<u8>, ManifestError> {
    if manifest.len() > bounds::MANIFEST_BYTES {
        let (bytes, most) = (manifest.len(), bounds::MANIFEST_BYTES);
        return Err(broken(format!("it has {bytes} bytes; at most {most} are read")));
    }
    let mut bytes = Vec::with_capacity(component.len() + manifest.len());
    let mut copied = 0;
    for (_, section) in sections(component)? {
        bytes.extend(component.get(copied..section.start).unwrap_or_default());
        copied = section.end;
    }
    bytes.extend(component.get(copied..).unwrap_or_default());
    let section = CustomSection { name: SECTION.into(), data: manifest.as_bytes().into() };
    section.append_to_component(&mut bytes);
    Ok(bytes)
}

/// The text of the request a component carries. Nothing of the component is run or compiled.
pub fn extract(component: &[u8]) -> Result<String, ManifestError> {
    let found = sections(component)?;
    let [(text, _)] = found.as_slice() else {
        return Err(match found.len() {
            0 => ManifestError::NotEmbedded,
            several => ManifestError::Several(several),
        });
    };
    std::str::from_utf8(text).map(str::to_owned).map_err(|_| ManifestError::NotText)
}

/// The contents of one of our sections, and where it lies.
type Found<'a> = (&'a [u8], Range<usize>);

/// The contents of our sections at the top level, and the bytes they take up with their headers.
fn sections(component: &[u8]) -> Result<Vec<Found<'_>>, ManifestError> {
    let damaged = |error| ManifestError::Damaged(Box::new(error));
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut end_of_previous = 0;
    for payload in Parser::new(0).parse_all(component) {
        let payload = payload.map_err(damaged)?;
        match &payload {
            Payload::Version { encoding: Encoding::Module, .. } if depth == 0 => {
                return Err(ManifestError::CoreModule);
            }
            Payload::Version { range, .. } => {
                depth += 1;
                end_of_previous = range.end;
            }
            Payload::End(_) => depth = depth.saturating_sub(1),
            Payload::CustomSection(custom) if depth == 1 && custom.name() == SECTION => {
                // A section is an id, a length and its contents, and follows the previous one.
                found.push((custom.data(), end_of_previous..custom.range().end));
            }
            _ => {}
        }
        if let Some((_, range)) = payload.as_section() {
            end_of_previous = range.end;
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn component() -> Vec<u8> {
        wat::parse_str("(component (core module (func)) (component))").unwrap()
    }

    #[test]
    fn what_is_embedded_comes_out_and_the_rest_stays() {
        let plain = component();
        let once = embed(&plain, "name = \"a\"").unwrap();
        assert_eq!(extract(&once).unwrap(), "name = \"a\"");
        assert!(once.starts_with(&plain));
        let again = embed(&once, "name = \"bb\"").unwrap();
        assert_eq!(extract(&again).unwrap(), "name = \"bb\"");
        assert_eq!(again, embed(&plain, "name = \"bb\"").unwrap(), "replaced, not added");
    }

    #[test]
    fn only_the_top_level_counts() {
        let hidden = format!(
            "(component (component (@custom \"{SECTION}\" \"a\")) (core module (@custom \
             \"{SECTION}\" \"b\")))"
        );
        let hidden = wat::parse_str(hidden).unwrap();
        assert!(matches!(extract(&hidden), Err(ManifestError::NotEmbedded)));
        let embedded = embed(&hidden, "mine").unwrap();
        assert_eq!(extract(&embedded).unwrap(), "mine");
    }

    #[test]
    fn doubts_are_refusals() {
        let section = format!("(@custom \"{SECTION}\" \"a\")");
        let twice = wat::parse_str(format!("(component {section} {section})")).unwrap();
        assert!(matches!(extract(&twice), Err(ManifestError::Several(2))));
        assert_eq!(extract(&embed(&twice, "one").unwrap()).unwrap(), "one");
        let raw = wat::parse_str(format!("(component (@custom \"{SECTION}\" \"\\ff\"))")).unwrap();
        assert!(matches!(extract(&raw), Err(ManifestError::NotText)));
        assert!(matches!(extract(b"\0asm\x01\0\0\0"), Err(ManifestError::CoreModule)));
        assert!(matches!(extract(b"hello"), Err(ManifestError::Damaged(_))));
        assert!(embed(&component(), &"x".repeat(1 << 17)).is_err());
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(cut in 0_usize..400, flipped in 0_usize..400, with: u8) {
            let mut bytes = embed(&component(), &"name = 1\n".repeat(20)).unwrap();
            bytes.truncate(cut);
            if let Some(byte) = bytes.get_mut(flipped) {
                *byte ^= with;
            }
            if let Ok(text) = extract(&bytes) {
                prop_assert_eq!(extract(&embed(&bytes, &text).unwrap()).unwrap(), text);
            }
        }
    }
}
