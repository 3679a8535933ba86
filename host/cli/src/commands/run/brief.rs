//! Briefs as they come: one JSON object a line. A line that cannot be read is told, and the next one
//! is.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
    thread,
};

use pentimento_record::{Kind, object_of_line, without_mark};
use serde_json::{Map, Value};
use tokio::sync::mpsc::{self, Receiver};

use super::told::Told;
use crate::{exit::Exit, fail::Failure};

/// Bytes of a line. The grammar refuses a much shorter idea in words.
const MOST_BYTES: u64 = 1 << 20;
/// Bytes of a line that is passed over because it is too long. What has not ended by then is no file
/// of lines: `/dev/zero` never does.
const MOST_PASSED_OVER: u64 = 64 << 20;

/// Lines of a pipe that are read before somebody wants them.
const AHEAD: usize = 16;

/// One brief.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Counted from 1.
    pub(super) number: u64,
    pub(super) id: Option<String>,
    pub(super) idea: String,
    pub(super) seed: Option<u64>,
}

/// The lines of a file or of standard input.
pub(super) struct Briefs {
    source: Box<dyn BufRead + Send>,
    number: u64,
    expected: Option<u64>,
}

/// Briefs that come. A file has them; a pipe may let one wait.
pub(super) enum Coming {
    There(Option<Briefs>),
    Later(Option<Receiver<Result<Line, Told>>>),
}

impl Coming {
    /// True once there was none any more.
    pub(super) const fn is_over(&self) -> bool {
        matches!(self, Self::There(None) | Self::Later(None))
    }

    /// The next one. Whoever goes before it comes loses none.
    pub(super) async fn next(&mut self) -> Option<Result<Line, Told>> {
        let next = match self {
            Self::There(briefs) => briefs.as_mut().and_then(Briefs::next),
            Self::Later(Some(lines)) => lines.recv().await,
            Self::Later(None) => None,
        };
        if next.is_none() {
            *self = Self::There(None);
        }
        next
    }
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
        let named = |error| Failure::unreadable(&path.display().to_string(), error);
        let (file, expected) = opened.map_err(named)?;
        Ok(Self { source: Box::new(BufReader::new(file)), number: 0, expected })
    }

    /// The same, for whoever does something else until the next one comes.
    pub(super) fn coming(self) -> Result<Coming, Failure> {
        if self.expected.is_some() {
            return Ok(Coming::There(Some(self)));
        }
        let (sender, lines) = mpsc::channel(AHEAD);
        let mut briefs = self;
        // It ends with the program: whoever writes into the pipe may take any time.
        let read = move || {
            while let Some(line) = briefs.next() {
                if sender.blocking_send(line).is_err() {
                    break;
                }
            }
        };
        match thread::Builder::new().name("briefs".to_owned()).spawn(read) {
            Ok(_) => Ok(Coming::Later(Some(lines))),
            Err(error) => Err(Failure::new(error, Exit::Broken)),
        }
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
                    if self.skip_line() {
                        let problem = "the line is longer than 1 MiB".to_owned();
                        return wrong(problem, "shorten the idea");
                    }
                    self.source = Box::new(io::empty());
                    let problem = "the line does not end within 64 MiB".to_owned();
                    return wrong(problem, "briefs are lines of JSON; name a file of those");
                }
                Ok(_) => {
                    let line = if number == 1 { without_mark(&bytes) } else { &bytes };
                    if !line.trim_ascii().is_empty() {
                        return Some(read_line(number, line));
                    }
                }
            }
        }
    }

    /// Passes over the rest of a line that is too long; false if that does not end either.
    fn skip_line(&mut self) -> bool {
        let (mut passed, mut rest) = (0, Vec::new());
        while passed < MOST_PASSED_OVER {
            rest.clear();
            match (&mut self.source).take(MOST_BYTES).read_until(b'\n', &mut rest) {
                Ok(0) | Err(_) => return true,
                Ok(_) if rest.ends_with(b"\n") => return true,
                Ok(bytes) => passed += bytes as u64,
            }
        }
        false
    }
}

/// What a line says. What else stands in it is passed over: benchmarks have fields of their own.
fn read_line(number: u64, bytes: &[u8]) -> Result<Line, Told> {
    let line = object_of_line(bytes).map_err(|error| error.to_string());
    line.and_then(|line| brief_of(number, &line)).map_err(|problem| {
        let hint = "write one object a line: {\"idea\": \"two red apples\"}";
        Told::unread(number, problem, hint)
    })
}

/// The brief in an object, or what is wrong with it. `prompt` is what some benchmarks call an idea.
fn brief_of(number: u64, line: &Map<String, Value>) -> Result<Line, String> {
    let given = |name: &str| line.get(name).filter(|value| !value.is_null());
    let wrong = |name: &str, value: &Value, wanted: &str| {
        format!("`{name}` is {}, not {wanted}", Kind::of(value))
    };
    let idea = match given("idea").or_else(|| given("prompt")) {
        Some(Value::String(idea)) => idea.clone(),
        Some(other) => return Err(wrong("idea", other, "a text")),
        None => return Err("it has no `idea`".to_owned()),
    };
    let id = match given("id") {
        None => None,
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) if number.is_u64() => Some(number.to_string()),
        Some(other) => return Err(wrong("id", other, "a text or a whole number")),
    };
    let seed = match given("seed") {
        None => None,
        Some(value) => {
            let seed = value.as_u64();
            Some(seed.ok_or_else(|| wrong("seed", value, "a whole number from 0 to 2^64-1"))?)
        }
    };
    Ok(Line { number, id, idea, seed })
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
        let rows: [(&[u8], &[&str]); 12] = [
            (b"", &[]),
            (b"\n \n", &[]),
            (b"{\"idea\":\"a cat\"}", &["1 None a cat None"]),
            (
                b"\n{\"prompt\":\"a cat\",\"id\":7,\"seed\":3,\"tag\":\"x\"}\n{\"idea\":\"b\",\"id\":\"z\"}\n",
                &["2 Some(\"7\") a cat Some(3)", "3 Some(\"z\") b None"],
            ),
            (
                b"nonsense\n{\"idea\":\"a cat\"}\n",
                &["failed   line 1: it is no JSON from column 2 on", "2 None a cat None"],
            ),
            (b"{\"idea\":\"\xff\"}\n", &["failed   line 1: byte 10 is no UTF-8"]),
            (b"\xef\xbb\xbf{\"idea\":\"a\"}\n", &["1 None a None"]),
            (b"{\"title\":\"a\"}\n", &["failed   line 1: it has no `idea`"]),
            (b"{\"idea\":7}\n", &["failed   line 1: `idea` is a number, not a text"]),
            (b"{\"idea\":\"a\",\"id\":[]}", &["failed   line 1: `id` is a list, not a text or a whole number"]),
            (
                b"{\"idea\":\"a\",\"seed\":-1}",
                &["failed   line 1: `seed` is a number, not a whole number from 0 to 2^64-1"],
            ),
            (b"{\"idea\":\"a\",\"id\":null,\"seed\":null}", &["1 None a None"]),
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
    fn a_source_that_never_ends_its_line_is_left_and_little_of_it_kept() {
        let mut briefs =
            Briefs { source: Box::new(BufReader::new(io::repeat(0))), number: 0, expected: None };
        let told = briefs.next().unwrap().unwrap_err().in_words();
        assert_eq!(told, "failed   line 1: the line does not end within 64 MiB");
        assert!(briefs.next().is_none());
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
