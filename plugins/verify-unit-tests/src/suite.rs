//! The tests in a text: which there are, and what is run for each.
//!
//! A test is a statement with an `assert` in it, a call on its own line, a function `test…`, or a
//! method `test…` of a `TestCase`. All else is run before each of them. Python itself reads the text,
//! in the tool (`split.py`).

use std::ops::RangeInclusive;

use pentimento_sdk::Failure;
use serde_json::Value;

use crate::run::{Ended, Perform, run};

/// Tests that are run; more would not end in a call's time. The tool is called twice besides.
pub const MOST_TESTS: usize = 32;

/// Reads tests.
const SPLIT: &str = include_str!("split.py");

/// Steps for reading them.
const STEPS: &str = "2000000";

/// Tests.
#[derive(Clone, Debug)]
pub struct Suite<'a> {
    text: &'a str,
    /// Lines that are run for one test only, or for none.
    apart: Vec<RangeInclusive<usize>>,
    /// In the order in which they are written.
    pub tests: Vec<Test>,
}

/// One test.
#[derive(Clone, Debug)]
pub struct Test {
    /// Its name, or the statement itself.
    pub name: String,
    /// The lines that are run for it alone.
    lines: Option<RangeInclusive<usize>>,
    /// What is run after all other lines.
    call: String,
}

impl<'a> Suite<'a> {
    /// Reads the tests in a text, or says what is wrong with it.
    pub fn read(text: &'a str, perform: Perform<'_>) -> Result<Self, Failure> {
        let listed = match run(SPLIT, None, text, STEPS, perform)? {
            Ended::Well(listed) => listed,
            Ended::Raised(raised) => {
                let end = raised.traceback.lines().rev().take(4).collect::<Vec<_>>();
                let end: Vec<_> = end.into_iter().rev().collect();
                return Err(malformed(&format!("cannot be read: {}", end.join("\n"))));
            }
            _ => return Err(malformed("take too long to read")),
        };
        let listed: Vec<Value> =
            serde_json::from_str(&listed).map_err(|_| malformed("are too many to be listed"))?;
        let mut suite = Self { text, apart: Vec::new(), tests: Vec::new() };
        for one in &listed {
            suite.add(one);
        }
        match suite.tests.len() {
            0 => Err(malformed("have no test: no `assert`, no function `test…`")),
            many if many > MOST_TESTS => {
                Err(malformed(&format!("are {many}; at most {MOST_TESTS} are run")))
            }
            _ => Ok(suite),
        }
    }

    fn add(&mut self, listed: &Value) {
        let text = |key| listed.get(key).and_then(Value::as_str);
        let number = |key| listed.get(key).and_then(Value::as_u64);
        let number = |key| number(key).and_then(|number| usize::try_from(number).ok());
        let lines = number("first").zip(number("last")).map(|(first, last)| first..=last);
        self.apart.extend(lines.clone());
        let Some(name) = text("name") else { return };
        // Two statements on one line are one test.
        let same = |test: &&mut Test| lines.is_some() && test.lines == lines;
        if let Some(before) = self.tests.last_mut().filter(same) {
            before.name = format!("{}; {name}", before.name);
            return;
        }
        let call = text("call").unwrap_or_default().to_owned();
        self.tests.push(Test { name: name.to_owned(), lines, call });
    }

    /// What is run after the program for one test. Lines keep their numbers.
    pub fn code(&self, test: &Test) -> String {
        let mut code = String::with_capacity(self.text.len() + test.call.len());
        for (index, line) in self.text.lines().enumerate() {
            let number = index + 1;
            let is_its = test.lines.as_ref().is_some_and(|lines| lines.contains(&number));
            if is_its || !self.apart.iter().any(|lines| lines.contains(&number)) {
                code.push_str(line);
            }
            code.push('\n');
        }
        code + &test.call
    }
}

fn malformed(what: &str) -> Failure {
    Failure::new("bad-setting", format!("the tests in the setting `tests` {what}"))
}
