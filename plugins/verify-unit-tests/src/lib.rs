//! Runs a program against tests that the operator wrote down, each in an interpreter of its own.
//!
//! It executes nothing itself: the tool of the program's language does, behind the facet `tools`. Which
//! part of a text is the program is `program`'s business, what a test is `suite`'s, what is said of it
//! `verdict`'s.

mod language;
mod program;
mod run;
mod suite;
mod verdict;

use pentimento_sdk::{Artifact, Brief, Check, Failure, Verifier, settings, tools};

pub use language::Language;
pub use program::Program;
pub use run::Interpreter;
pub use verdict::verdict;

/// The settings: the tests, their language, and how many steps each may take.
const TESTS: &str = "tests";
const LANGUAGE: &str = "language";
const STEPS: &str = "steps";

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
        let language = Language::named(settings::get(LANGUAGE)?.as_deref())?;
        let program = Program::of(candidate.text(0, u32::MAX)?, language.fences());
        let steps = settings::get(STEPS)?.unwrap_or_else(|| language.usual_steps().to_owned());
        let perform = &mut |arguments: &[_]| tools::perform(language.tool(), arguments, &[]);
        verdict(&program, &tests, &steps, &mut Interpreter { language, perform })
    }
}

// Native linkers do not take the names of WebAssembly exports; tests call `verdict`.
#[cfg(target_family = "wasm")]
pentimento_sdk::export_verifier!(UnitTests);
