//! Briefs as they come: one JSON object a line. A line that cannot be read is told, and the next one
//! is.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use serde::Deserialize;

use super::told::Told;
use crate::{exit::Exit, fail::Failure};

/// Bytes of a line. The grammar refuses a much shorter idea in words.
const MOST_BYTES: u64 = 1 << 20;

/// One brief.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Counted from 1.
    pub(super) number: u64,
    pub(super) id: Option<String>,
    pub(super) idea: String,
    pub(super) seed: Option<u64>,
}

/// What a line may say. What else stands in it is passed over: benchmarks have fields of their own.
#[derive(Deserialize)]
struct Record {
    #[serde(alias = "prompt")]
    idea: String,
    #[serde(default)]
    id: Option<Id>,
    #[serde(default)]
    seed: Option<u64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(u64),
}

/// The lines of a file or of standard input.
pub(super) struct Briefs {
    source: Box<dyn BufRead>,
    number: u64,
    expected: Option<u64>,
}

impl Briefs {
    /// Opens a file, or standard input for `-`.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        if path == Path::new("-") {
            let source = Box::new(BufReader::new(io::stdin()));
            return Ok(Self { source, number: 0, expected: None });
        }
        let opened = File::open(path).and_then(|file| {
            let kind = file.metadata()?.file_type();
            if kind.is_dir() {
                return Err(io::ErrorKind::IsADirectory.into());
            }
            let expected = if kind.is_file() { Some(lines(path)?) } else { None };
            Ok((file, expected))
        });
        let (file, expected) = opened.map_err(|error| {
            let hint = format!("check that `{}` can be read", path.display());
            Failure::new(error, Exit::WrongUse).with_hint(hint)
        })?;
        Ok(Self { source: Box::new(BufReader::new(file)), number: 0, expected })
    }

    /// How many there are, if that is known.
    pub(super) const fn expected(&self) -> Option<u64> {
        self.expected
    }

    /// The next brief, or what is wrong with its line; empty lines are passed over.
    pub(super) fn next(&mut self) -> Option<Result<Line, Told>> {
        loop {
            let mut bytes = Vec::new();
            let read = (&mut self.source).take(MOST_BYTES + 1).read_until(b'\n', &mut bytes);
            self.number += 1;
            let number = self.number;
            let wrong =
                |problem: String, hint: &str| Some(Err(Told::unread(number, problem, hint)));
            match read {
                // A source that fails once fails again: nothing more comes from it.
                Err(error) => {
                    self.source = Box::new(io::empty());
                    return wrong(error.to_string(), "check where the briefs come from");
                }
                Ok(0) => return None,
                Ok(_) if bytes.len() as u64 > MOST_BYTES => {
                    self.skip_line();
                    return wrong("the line is longer than 1 MiB".to_owned(), "shorten the idea");
                }
                Ok(_) if bytes.trim_ascii().is_empty() => {}
                Ok(_) => return Some(read_line(number, &bytes)),
            }
        }
    }

    /// Passes over the rest of a line that is too long.
    fn skip_line(&mut self) {
        loop {
            let mut rest = Vec::new();
            match (&mut self.source).take(MOST_BYTES).read_until(b'\n', &mut rest) {
                Ok(0) | Err(_) => return,
                Ok(_) if rest.ends_with(b"\n") => return,
                Ok(_) => {}
            }
        }
    }
}

fn read_line(number: u64, bytes: &[u8]) -> Result<Line, Told> {
    match serde_json::from_slice::<Record>(bytes) {
        Ok(Record { idea, id, seed }) => {
            let id = id.map(|id| match id {
                Id::Text(text) => text,
                Id::Number(number) => number.to_string(),
            });
            Ok(Line { number, id, idea, seed })
        }
        Err(error) => {
            let hint = "write one object a line: {\"idea\": \"two red apples\"}";
            Err(Told::unread(number, error.to_string(), hint))
        }
    }
}

/// How many lines of a file say anything.
fn lines(path: &Path) -> io::Result<u64> {
    let (mut file, mut count, mut says_something) = (BufReader::new(File::open(path)?), 0, false);
    loop {
        let bytes = file.fill_buf()?;
        if bytes.is_empty() {
            return Ok(count + u64::from(says_something));
        }
        for byte in bytes {
            if *byte == b'\n' {
                count += u64::from(says_something);
                says_something = false;
            } else {
                says_something |= !byte.is_ascii_whitespace();
            }
        }
        let length = bytes.len();
        file.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is made of a text, a line each.
    fn read(text: &[u8]) -> Vec<String> {
        let mut briefs = Briefs {
            source: Box::new(io::Cursor::new(text.to_owned())),
            number: 0,
            expected: None,
        };
        let in_words = |line: Result<Line, Told>| match line {
            Ok(Line { number, id, idea, seed }) => format!("{number} {id:?} {idea} {seed:?}"),
            Err(told) => told.in_words(),
        };
        std::iter::from_fn(|| briefs.next()).map(in_words).collect()
    }

    #[test]
    fn every_line_is_a_brief_or_a_complaint() {
        let rows: [(&[u8], &[&str]); 6] = [
            (b"", &[]),
            (b"\n \n", &[]),
            (b"{\"idea\":\"a cat\"}", &["1 None a cat None"]),
            (
                b"\n{\"prompt\":\"a cat\",\"id\":7,\"seed\":3,\"tag\":\"x\"}\n{\"idea\":\"b\",\"id\":\"z\"}\n",
                &["2 Some(\"7\") a cat Some(3)", "3 Some(\"z\") b None"],
            ),
            (
                b"nonsense\n{\"idea\":\"a cat\"}\n",
                &["failed   line 1: expected ident at line 1 column 2", "2 None a cat None"],
            ),
            (b"{\"idea\":\"\xff\"}\n", &["failed   line 1: invalid unicode code point at line 1 column 10"]),
        ];
        for (text, expected) in rows {
            assert_eq!(read(text), expected, "{:?}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn a_line_without_end_is_refused_and_the_next_one_read() {
        let mut text = vec![b'a'; 5 << 20];
        text.extend(b"\n{\"idea\":\"a cat\"}\n");
        let read = read(&text);
        assert_eq!(read, ["failed   line 1: the line is longer than 1 MiB", "2 None a cat None"]);
    }

    #[test]
    fn lines_that_say_something_are_counted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("briefs");
        for (text, expected) in [("", 0), ("\n\n", 0), ("a", 1), ("a\n\n b\n", 2), ("a\nb", 2)] {
            std::fs::write(&path, text).unwrap();
            assert_eq!(lines(&path).unwrap(), expected, "{text:?}");
        }
    }
}
