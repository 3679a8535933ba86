//! Errors on the screen: what went wrong, what lies behind it, what to do.

use std::{error::Error as Cause, io};

use pentimento_app::{AppError, Blame};
use pentimento_bench::BenchError;
use pentimento_serve::ServeError;
use thiserror::Error;

use crate::{exit::Exit, output};

/// A file that the user named cannot be used.
#[derive(Debug, Error)]
#[error("could not {action} `{name}`")]
struct Unusable {
    action: &'static str,
    name: String,
    source: io::Error,
}

/// Why a command failed.
#[derive(Debug)]
pub(crate) struct Failure {
    error: Box<dyn Cause>,
    hint: Option<String>,
    exit: Exit,
}

impl Failure {
    /// A failure of the command itself.
    pub(crate) fn new(error: impl Into<Box<dyn Cause>>, exit: Exit) -> Self {
        Self { error: error.into(), hint: None, exit }
    }

    /// A file that was named cannot be read.
    pub(crate) fn unreadable(name: &str, error: io::Error) -> Self {
        let error = Unusable { action: "read", name: name.to_owned(), source: error };
        let hint = "check the name, and that the file may be read";
        Self::new(error, Exit::WrongUse).with_hint(hint)
    }

    /// A file that was named cannot be written.
    pub(crate) fn unwritable(name: &str, error: io::Error, exit: Exit) -> Self {
        Self::new(Unusable { action: "write", name: name.to_owned(), source: error }, exit)
    }

    /// The same, with advice.
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// How the program ends with it.
    pub(crate) const fn exit(&self) -> Exit {
        self.exit
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        let exit = match error.blame() {
            Blame::WrongUse => Exit::WrongUse,
            Blame::Missing => Exit::Missing,
            Blame::Budget => Exit::Budget,
            Blame::Interrupted => Exit::Interrupted,
            Blame::Broken => Exit::Broken,
        };
        let hint = error.hint();
        Self { error: Box::new(error), hint, exit }
    }
}

impl From<BenchError> for Failure {
    fn from(error: BenchError) -> Self {
        let hint = error.hint();
        match error {
            BenchError::App(error) => Self::from(error),
            error => {
                let exit = match &error {
                    BenchError::Interrupted => Exit::Interrupted,
                    error if error.is_wrong_use() => Exit::WrongUse,
                    _ => Exit::Broken,
                };
                Self { error: Box::new(error), hint, exit }
            }
        }
    }
}

impl From<ServeError> for Failure {
    fn from(error: ServeError) -> Self {
        let hint = error.hint();
        match error {
            ServeError::App(error) => Self::from(error),
            error @ ServeError::Listen { .. } => {
                Self { error: Box::new(error), hint, exit: Exit::WrongUse }
            }
        }
    }
}

/// Prints the failure to standard error and returns how the program ends.
pub(crate) fn tell(failure: &Failure) -> Exit {
    output::complaint(&text(failure));
    failure.exit
}

fn text(failure: &Failure) -> String {
    let mut lines = vec![format!("error: {}", failure.error)];
    let mut cause = failure.error.source();
    while let Some(error) = cause {
        // A toml error spans several lines; the following ones are indented like the first.
        lines
            .push(format!("  caused by: {}", error.to_string().trim_end().replace('\n', "\n    ")));
        cause = error.source();
    }
    if let Some(hint) = &failure.hint {
        lines.push(format!("hint: {hint}"));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An error that something else lies behind.
    #[derive(Debug, Error)]
    #[error("could not write the report")]
    struct Outer(#[source] std::fmt::Error);

    #[test]
    fn an_error_is_message_causes_and_hint() {
        let failure =
            Failure::new(Outer(std::fmt::Error), Exit::Broken).with_hint("free some space");
        assert_eq!(
            text(&failure),
            "error: could not write the report\n  caused by: an error occurred when formatting an \
             argument\nhint: free some space"
        );
    }
}
