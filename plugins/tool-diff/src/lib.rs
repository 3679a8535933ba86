//! Compares two pictures: how far apart they are, how alike they look, and where they differ.
//!
//! This file reads the arguments and brings both pictures to one size; [`Comparison`] does the
//! rest.

mod comparison;
mod errors;
mod picture;
mod regions;
mod request;

use pentimento_sdk::{Argument, Artifact, Failure, Image, Tool};

pub use comparison::Comparison;
pub use errors::{Errors, changed};
pub use picture::Picture;
pub use regions::{MOST_REGIONS, regions};
pub use request::{MOST_PIXELS, Request};

/// Compares its two inputs.
#[derive(Debug)]
pub struct Diff;

impl Tool for Diff {
    fn perform(arguments: &[Argument], inputs: &[Artifact]) -> Result<String, Failure> {
        let pairs = arguments.iter().map(|one| (one.name.as_str(), one.value.as_str()));
        let request = Request::read(pairs).map_err(bad)?;
        let [first, second] = inputs else {
            let given = inputs.len();
            return Err(bad(format!("two pictures are needed as inputs, not {given}")));
        };
        let (first, second) = (opened(first, "first")?, opened(second, "second")?);
        let sizes = [&first, &second].map(|image| (image.width(), image.height()));
        let size = request.common_size(sizes).map_err(bad)?;
        let resized = sizes.iter().any(|own| *own != size);
        let (first, second) = (at(&first, size)?, at(&second, size)?);
        let comparison = Comparison::of(&first, &second, request.threshold)
            .ok_or_else(|| Failure::new("failed", "the host sent pictures of two sizes"))?;
        Ok(comparison.written(resized))
    }
}

// Native linkers do not take the names of WebAssembly exports; tests and benchmarks call
// `Comparison::of`.
#[cfg(target_family = "wasm")]
pentimento_sdk::export_tool!(Diff);

/// The picture of an input; `which` names it in the message.
fn opened(input: &Artifact, which: &str) -> Result<Image, Failure> {
    let media_type = input.media_type();
    if !media_type.starts_with("image/") {
        return Err(bad(format!("the {which} input is {media_type}, not a picture")));
    }
    input.image()
}

/// The picture at this size, laid on white.
fn at(image: &Image, (width, height): (u32, u32)) -> Result<Picture, Failure> {
    let pixels = if (image.width(), image.height()) == (width, height) {
        image.read()?
    } else {
        image.resize(width, height)?.read()?
    };
    Ok(Picture::on_white(pixels))
}

fn bad(message: impl Into<String>) -> Failure {
    Failure::new("bad-argument", message)
}
