//! Tests in Python.
//!
//! A test is a statement with an `assert` in it, a call on its own line, a function `test…`, or a
//! method `test…` of a `TestCase`. All else is run before each of them. Python itself reads the text,
//! in the tool (`split.py`).

use std::ops::RangeInclusive;

use pentimento_sdk::Failure;
use serde_json::Value;

use super::{Suite, Test, malformed};
use crate::{
    program::Program,
    run::{Ended, Interpreter},
};

/// Reads tests.
const SPLIT: &str = include_str!("split.py");

/// Steps for reading them.
const STEPS: &str = "2000000";

/// A text with tests in it.
#[derive(Clone, Debug)]
struct Split<'a> {
    text: &'a str,
    /// Lines that are run for one test only, or for none.
    apart: Vec<RangeInclusive<usize>>,
    parts: Vec<Part>,
}

/// One test in the text.
#[derive(Clone, Debug)]
struct Part {
    name: String,
    /// The lines that are run for it alone.
    lines: Option<RangeInclusive<usize>>,
    /// What is run after all other lines.
    call: String,
}

/// Reads the tests, and runs the program without them.
pub(super) fn read(
    program: &Program,
    text: &str,
    steps: &str,
    interpreter: &mut Interpreter<'_>,
) -> Result<Suite, Failure> {
    let split = Split::of(text, interpreter)?;
    if split.parts.is_empty() {
        return Err(malformed("have no test: no `assert`, no function `test…`"));
    }
    match interpreter.run(&program.code, None, "", steps)? {
        Ended::Well { .. } => Ok(Suite::Tests(split.tests())),
        broken => Ok(Suite::Broken(broken)),
    }
}

impl<'a> Split<'a> {
    fn of(text: &'a str, interpreter: &mut Interpreter<'_>) -> Result<Self, Failure> {
        let listed = match interpreter.run(SPLIT, None, text, STEPS)? {
            Ended::Well { printed, .. } => printed,
            Ended::Raised(raised) => {
                let end = raised.traceback.lines().rev().take(4).collect::<Vec<_>>();
                let end: Vec<_> = end.into_iter().rev().collect();
                return Err(malformed(&format!("cannot be read: {}", end.join("\n"))));
            }
            _ => return Err(malformed("take too long to read")),
        };
        let listed: Vec<Value> =
            serde_json::from_str(&listed).map_err(|_| malformed("are too many to be listed"))?;
        let mut split = Self { text, apart: Vec::new(), parts: Vec::new() };
        for one in &listed {
            split.add(one);
        }
        Ok(split)
    }

    fn add(&mut self, listed: &Value) {
        let text = |key| listed.get(key).and_then(Value::as_str);
        let number = |key| listed.get(key).and_then(Value::as_u64);
        let number = |key| number(key).and_then(|number| usize::try_from(number).ok());
        let lines = number("first").zip(number("last")).map(|(first, last)| first..=last);
        self.apart.extend(lines.clone());
        let Some(name) = text("name") else { return };
        // Two statements on one line are one test.
        let same = |part: &&mut Part| lines.is_some() && part.lines == lines;
        if let Some(before) = self.parts.last_mut().filter(same) {
            before.name = format!("{}; {name}", before.name);
            return;
        }
        let call = text("call").unwrap_or_default().to_owned();
        self.parts.push(Part { name: name.to_owned(), lines, call });
    }

    fn tests(&self) -> Vec<Test> {
        let of = |part: &Part| Test { name: part.name.clone(), code: self.code(part) };
        self.parts.iter().map(of).collect()
    }

    /// What is run after the program for one test. Lines keep their numbers.
    fn code(&self, part: &Part) -> String {
        let mut code = String::with_capacity(self.text.len() + part.call.len());
        for (index, line) in self.text.lines().enumerate() {
            let number = index + 1;
            let is_its = part.lines.as_ref().is_some_and(|lines| lines.contains(&number));
            if is_its || !self.apart.iter().any(|lines| lines.contains(&number)) {
                code.push_str(line);
            }
            code.push('\n');
        }
        code + &part.call
    }
}
