//! One run of a program in the tool of its language, and how it ended.

use pentimento_sdk::{Argument, Failure};
use serde_json::Value;

use crate::language::Language;

/// Has the tool do its work.
pub type Perform<'a> = &'a mut dyn FnMut(&[Argument]) -> Result<String, Failure>;

/// What runs programs in one language.
pub struct Interpreter<'a> {
    /// The language.
    pub language: Language,
    /// Its tool.
    pub perform: Perform<'a>,
}

/// How a run ended.
#[derive(Clone, Debug)]
pub enum Ended {
    /// It came to its end; with what it printed, and its last value in words.
    Well { printed: String, value: String },
    /// It left by itself, with this number.
    Left(i64),
    /// An exception ended it.
    Raised(Raised),
    /// It ran into a limit of the tool: `steps`, `memory` or `output`.
    Stopped(String, Raised),
    /// The tool itself was ended: what the host said of it.
    Lost(String),
}

/// An exception.
#[derive(Clone, Debug, Default)]
pub struct Raised {
    /// Its type and message, as the language prints them.
    pub words: String,
    /// The line of the program, counted from 1, if it was raised there.
    pub program_line: Option<u64>,
    /// The line of what was run after the program, if it was raised there.
    pub then_line: Option<u64>,
    /// As the language prints it.
    pub traceback: String,
}

impl Interpreter<'_> {
    /// Runs `code`, and then `then`, which sees its names.
    pub fn run(
        &mut self,
        code: &str,
        then: Option<&str>,
        stdin: &str,
        steps: &str,
    ) -> Result<Ended, Failure> {
        let named =
            |name: &str, value: &str| Argument { name: name.to_owned(), value: value.to_owned() };
        let mut arguments = vec![named("code", code), named("steps", steps)];
        arguments.extend(then.map(|then| named("then", then)));
        arguments.push(named("stdin", stdin));
        match (self.perform)(&arguments) {
            Ok(answer) => self.ended(&answer),
            // A program can end the tool; that it was asked wrongly is not the program's doing.
            Err(failure)
                if failure.code == "callee-failed"
                    && !failure.message.ends_with("(bad-argument)") =>
            {
                Ok(Ended::Lost(failure.message))
            }
            Err(failure) => Err(failure),
        }
    }

    fn ended(&self, answer: &str) -> Result<Ended, Failure> {
        let read: Value = serde_json::from_str(answer).map_err(|error| {
            Failure::new("failed", format!("the tool's answer is no JSON: {error}"))
        })?;
        let text = |place: &str| read.pointer(place).and_then(Value::as_str).unwrap_or_default();
        let raised = || {
            let (kind, message) = (text("/error/type"), text("/error/message"));
            let words =
                if message.is_empty() { kind.to_owned() } else { format!("{kind}: {message}") };
            let line = read.pointer("/error/line").and_then(Value::as_u64);
            let is_program = text("/error/file") == self.language.file();
            Raised {
                words,
                program_line: line.filter(|_| is_program),
                then_line: line.filter(|_| !is_program),
                traceback: text("/error/traceback").to_owned(),
            }
        };
        match text("/outcome") {
            "ok" => Ok(Ended::Well {
                printed: text("/stdout").to_owned(),
                value: text("/value").to_owned(),
            }),
            "exit" => {
                let status = read.pointer("/status").and_then(Value::as_i64);
                Ok(Ended::Left(status.unwrap_or_default()))
            }
            "error" => Ok(Ended::Raised(raised())),
            "stopped" => Ok(Ended::Stopped(text("/limit").to_owned(), raised())),
            other => Err(Failure::new("failed", format!("the tool's outcome is `{other}`"))),
        }
    }
}
