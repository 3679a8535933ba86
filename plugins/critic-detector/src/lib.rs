//! The eye: finds the objects of the embedded world, their classes, looks and boxes, from pixels
//! alone.
//!
//! This file turns what [`detect()`] finds into a critique. Whether it is what was asked for, is
//! not the eye's business: the brief is not read.

mod classify;
mod color;
mod detect;
mod grid;
mod overlap;
mod segment;
mod shape;
mod templates;

use pentimento_sdk::{Artifact, Brief, Critic, Critique, Failure, Finding, Region, Severity, log};

pub use color::{LOOKS, Look};
pub use detect::{Detection, detect};
pub use segment::INK;
pub use shape::INK_WIDTH;

/// The classes the eye knows, in alphabetical order.
pub fn nouns() -> impl Iterator<Item = &'static str> {
    templates::templates().map(|template| template.noun)
}

/// Larger pictures are looked at in this size (longer side, in pixels), so that none takes long.
const LONGEST_SIDE: u32 = 1024;

/// Reports what it sees and grades nothing.
#[derive(Debug)]
pub struct Eye;

impl Critic for Eye {
    fn assess(_brief: &Brief, candidate: &Artifact) -> Result<Critique, Failure> {
        let media_type = candidate.media_type();
        if !media_type.starts_with("image/") {
            return Ok(Critique::abstain(format!("the eye reads pictures, not {media_type}")));
        }
        let found = detect(&candidate.image()?.at_most(LONGEST_SIDE)?);
        log::debug(format!("found {} objects", found.len()));
        Ok(Critique::sure().with_all(found.iter().map(finding)))
    }
}

// Native linkers do not take the names of WebAssembly exports; tests and benchmarks call `detect`.
#[cfg(target_family = "wasm")]
pentimento_sdk::export_critic!(Eye);

/// One object as a finding; the kinds of evidence are registered in `wit/CODES.md`.
fn finding(object: &Detection) -> Finding {
    let [x, y, width, height] = object.region;
    let look = object.attribute.map_or(String::new(), |word| format!("{word} "));
    let natural = if object.attribute.is_none() { "yes" } else { "no" };
    let mut finding =
        Finding::new("object", Severity::Note, format!("there is a {look}{}", object.noun))
            .at(Region { x, y, width, height })
            .shown("class", object.noun);
    if let Some(word) = object.attribute {
        finding = finding.shown("attribute", word);
    }
    finding.shown("natural", natural).measured("confidence", f64::from(object.confidence))
}

#[cfg(test)]
mod tests;
