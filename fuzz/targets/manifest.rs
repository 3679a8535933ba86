//! A plugin's request: any text is refused, or survives being embedded and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pentimento_manifest::{Manifest, embed, extract};

/// A component with nothing in it.
const EMPTY: &[u8] = b"\0asm\x0d\0\x01\0";

fuzz_target!(|text: &str| {
    let Ok(manifest) = Manifest::parse(text) else { return };
    let component = embed(EMPTY, text).unwrap();
    let again = Manifest::parse(&extract(&component).unwrap()).unwrap();
    assert_eq!(again.request(), manifest.request());
    assert_eq!(again.powers().len(), manifest.powers().len());
});
