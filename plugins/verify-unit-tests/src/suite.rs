//! The tests in a text: which there are, and what is run for each.
//!
//! Each language has its own idea of a test: `python` and `javascript` know it.

mod javascript;
mod python;

use pentimento_sdk::Failure;

use crate::{
    language::Language,
    program::Program,
    run::{Ended, Interpreter},
};

/// Tests that are run; more would not end in a call's time. The tool is called twice besides.
pub const MOST_TESTS: usize = 32;

/// What there is to be said of a program before any test is run.
#[derive(Clone, Debug)]
pub enum Suite {
    /// The program alone does not come to its end.
    Broken(Ended),
    /// In the order in which they are written; there is one, and there are not too many.
    Tests(Vec<Test>),
}

/// One test.
#[derive(Clone, Debug)]
pub struct Test {
    /// Its name, or the statement itself.
    pub name: String,
    /// What is run after the program. Lines are those of the tests.
    pub code: String,
}

impl Suite {
    /// Reads the tests in a text and tries the program alone, or says what is wrong with the text.
    pub fn read(
        program: &Program,
        text: &str,
        steps: &str,
        interpreter: &mut Interpreter<'_>,
    ) -> Result<Self, Failure> {
        let read = match interpreter.language {
            Language::Python => python::read(program, text, steps, interpreter)?,
            Language::JavaScript => javascript::read(program, text, steps, interpreter)?,
        };
        match &read {
            Self::Tests(tests) if tests.len() > MOST_TESTS => {
                let many = tests.len();
                Err(malformed(&format!("are {many}; at most {MOST_TESTS} are run")))
            }
            _ => Ok(read),
        }
    }
}

fn malformed(what: &str) -> Failure {
    Failure::new("bad-setting", format!("the tests in the setting `tests` {what}"))
}
