//! Tests in JavaScript.
//!
//! A test is what `test(…)` or `it(…)` is called with, or a function `test…` whose declaration begins a
//! line; of a text with neither, all of it is one test. All else is run before each of them. The text
//! itself says which there are: it is run once with a `test` that only takes note (`around.js`).

use pentimento_sdk::Failure;
use percent_encoding::percent_decode_str;

use super::{Suite, Test, malformed};
use crate::{
    program::Program,
    run::{Ended, Interpreter, Raised},
};

/// A function of the chosen test and the tests' text; it stands on the first line of the text.
const AROUND: &str = include_str!("around.js");

/// The names that the text has besides those of the program.
const GIVEN: &str = "{ test, it, describe, beforeEach, afterEach, assert, console, require }";

/// The name of the one test of a text that tells none apart.
const ALL: &str = "all lines";

/// Runs the program without the tests, sees whether they can be read, and lists them.
pub(super) fn read(
    program: &Program,
    text: &str,
    steps: &str,
    interpreter: &mut Interpreter<'_>,
) -> Result<Suite, Failure> {
    // A function that nobody calls: its text is read, and nothing of it is run.
    let unrun = format!("(async ({GIVEN}) => {{ {{{text}\n}} }})");
    match interpreter.run(&program.code, Some(&unrun), "", steps)? {
        Ended::Well { .. } => {}
        Ended::Raised(Raised { words, then_line: Some(line), .. }) => {
            return Err(malformed(&format!("cannot be read: {words} (line {line})")));
        }
        broken => return Ok(Suite::Broken(broken)),
    }
    let listed = interpreter.run(&program.code, Some(&around(text, None)), "", steps)?;
    // What the text does besides may not come to its end, with this program: then that is the test.
    let names = if let Ended::Well { value, .. } = listed { named(&value)? } else { Vec::new() };
    if names.is_empty() {
        return if ["assert", "throw"].iter().any(|word| text.contains(word)) {
            Ok(Suite::Tests(vec![Test { name: ALL.to_owned(), code: around(text, None) }]))
        } else {
            Err(malformed("have no test: no `test(…)`, no function `test…`, no `assert`"))
        };
    }
    let tests = names.into_iter().enumerate();
    let tests = tests.map(|(index, name)| Test { name, code: around(text, Some(index)) });
    Ok(Suite::Tests(tests.collect()))
}

/// The text with what runs one of its tests, or lists them. Lines keep their numbers.
fn around(text: &str, chosen: Option<usize>) -> String {
    let before: Vec<_> = AROUND.lines().map(str::trim).collect();
    let (before, chosen) =
        (before.join(" "), chosen.map_or("null".to_owned(), |it| it.to_string()));
    let declared =
        declared(text).map(|name| format!("{name}: typeof {name} === 'undefined' ? null : {name}"));
    let declared = declared.collect::<Vec<_>>().join(", ");
    format!("{before}({chosen}, async ({GIVEN}) => {{ {{{text}\n; return {{ {declared} }}; }} }})")
}

/// The names of the functions `test…` whose declarations begin a line.
fn declared(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let line = line.strip_prefix("async ").unwrap_or(line);
        let name = line.strip_prefix("function ")?.trim_start();
        let end = name.find(|letter: char| !(letter.is_alphanumeric() || "_$".contains(letter)));
        name.get(..end?).filter(|name| name.starts_with("test"))
    })
}

/// The names in the value of the list: JSON with each byte that is no letter escaped, in quotes.
fn named(value: &str) -> Result<Vec<String>, Failure> {
    let names = percent_decode_str(value.trim_matches('\'')).decode_utf8().ok();
    let names = names.and_then(|names| serde_json::from_str(&names).ok());
    names.ok_or_else(|| malformed("are too many to be listed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_tests_where_their_declaration_begins_a_line() {
        let text = "function test_one() {}\n  function test_within() {}\nasync function testTwo () {}\n\
                    function helper() {}\nfunction tested(a) {}\nlet test3 = 1;\nfunction test";
        assert_eq!(declared(text).collect::<Vec<_>>(), ["test_one", "testTwo", "tested"]);
    }

    #[test]
    fn the_text_keeps_its_lines() {
        let code = around("let a = 1;\nassert(a);", Some(3));
        let lines: Vec<_> = code.lines().collect();
        assert!(lines[0].contains("(3, async ({ test, it") && lines[0].ends_with("{ {let a = 1;"));
        assert_eq!(lines[1], "assert(a);");
        assert!(!AROUND.contains("//"), "a comment would reach to the end of the one line");
    }

    #[test]
    fn names_come_back_whole_or_not_at_all() {
        assert_eq!(named("'%5B%22it%27s%20%C3%B6%22%5D'").unwrap(), ["it's ö"]);
        assert_eq!(named("'%5B%22cut%22").unwrap_err().code, "bad-setting");
        assert_eq!(named("").unwrap_err().code, "bad-setting");
    }
}
