//! A verifier that works on pixels as often as it is told.
//!
//! The guest of the sandbox's benchmark: the same functions run here and natively, so that the two
//! can be compared. The brief's idea names the work; the report is its result, so that none of it
//! can be left out.

mod work;

use pentimento_sdk::{Artifact, Brief, Check, Failure, Verifier};

pub use work::{Work, sum};

/// Works, and passes with what came of it.
#[derive(Debug)]
pub struct Kernels;

impl Verifier for Kernels {
    fn verify(brief: &Brief, candidate: &Artifact) -> Result<Check, Failure> {
        let bad = || Failure::new("bad-argument", &*brief.idea);
        let (what, number) = brief.idea.split_once(' ').ok_or_else(bad)?;
        let number: u32 = number.parse().map_err(|_| bad())?;
        let result = match what {
            "rows" => by_rows(candidate, number)?.to_string(),
            "walk" => walked(candidate)?.to_string(),
            _ => Work::named(what).ok_or_else(bad)?.done(number),
        };
        Ok(Check::pass(result))
    }
}

/// The sum of all pixels of a picture that is read so many rows at a time.
fn by_rows(candidate: &Artifact, at_once: u32) -> Result<u32, Failure> {
    let image = candidate.image()?;
    let mut total = 0_u32;
    let mut top = 0;
    while top < image.height() {
        let count = at_once.clamp(1, image.height() - top);
        total = total.wrapping_add(sum(&image.rows(top, count)?));
        top += count;
    }
    Ok(total)
}

/// The same, read as the SDK reads rows.
fn walked(candidate: &Artifact) -> Result<u32, Failure> {
    let mut total = 0_u32;
    let add = |_, row: &[[u8; 4]]| total = total.wrapping_add(sum(row.as_flattened()));
    candidate.image()?.for_each_row(add)?;
    Ok(total)
}

// Native linkers do not take the names of WebAssembly exports; the benchmark calls `Work::done`.
#[cfg(target_family = "wasm")]
pentimento_sdk::export_verifier!(Kernels);
