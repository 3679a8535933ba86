//! Runs a program against tests that the operator wrote down, each in an interpreter of its own.
//!
//! It executes nothing itself: the Python tool does, behind the facet `tools`. Which part of a text is
//! the program is `program`'s business, what a test is `suite`'s, what is said of it `verdict`'s.

mod program;
mod run;
mod suite;
mod verdict;

use pentimento_sdk::{Artifact, Brief, Check, Failure, Verifier, settings, tools};

pub use program::Program;
pub use verdict::verdict;

/// The tool that runs programs.
const TOOL: &str = "tool-python";

/// The settings: the tests, and how many steps each may take.
const TESTS: &str = "tests";
const STEPS: &str = "steps";

/// Steps of one test, if nobody says otherwise: a quarter of a second of the shortest there are.
const USUAL_STEPS: &str = "500000";

/// Bytes of the longest text and of the tests: both go to the tool, which takes 256 KiB.
const LONGEST: u64 = 128 << 10;

/// Checks programs by the tests in the settings.
#[derive(Debug)]
pub struct UnitTests;

impl Verifier for UnitTests {
    fn verify(_brief: &Brief, candidate: &Artifact) -> Result<Check, Failure> {
        let Some(tests) = settings::get(TESTS)? else {
            let proof = format!("no tests are set: the setting `{TESTS}` is not there");
            return Ok(Check::unknown(proof));
        };
        let media_type = candidate.media_type();
        if !media_type.starts_with("text/") {
            return Ok(Check::unknown(format!("programs are texts, not {media_type}")));
        }
        if candidate.size().max(tests.len() as u64) > LONGEST {
            let message = format!("a program and its tests may have {} KiB each", LONGEST >> 10);
            return Err(Failure::new("too-large", message));
        }
        let program = Program::of(candidate.text(0, u32::MAX)?);
        let steps = settings::get(STEPS)?.unwrap_or_else(|| USUAL_STEPS.to_owned());
        verdict(&program, &tests, &steps, &mut |arguments| tools::perform(TOOL, arguments, &[]))
    }
}

// Native linkers do not take the names of WebAssembly exports; tests call `verdict`.
#[cfg(target_family = "wasm")]
pentimento_sdk::export_verifier!(UnitTests);
