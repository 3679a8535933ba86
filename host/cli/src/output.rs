//! The one file that prints. Results go to standard output, everything else to standard error.
//!
//! A reader that closed its end of the pipe has read enough: that is no error.

use std::{
    fmt::Write as _,
    io::{self, IsTerminal, Write as _},
    path::Path,
};

use anstyle::{AnsiColor, Style};
use pentimento_app::{Line, Style as Meaning};
use serde::Serialize;

use crate::{args::Format, exit::Exit, fail::Failure};

/// Writes a result: the text, or the value as JSON.
pub(crate) fn result(format: Format, text: &str, value: &impl Serialize) -> Result<(), Failure> {
    let written = match format {
        Format::Text => writeln!(anstream::stdout().lock(), "{}", text.trim_end()),
        Format::Json => {
            let json = serde_json::to_string_pretty(value)
                .map_err(|error| Failure::new(error, Exit::Broken))?;
            writeln!(io::stdout().lock(), "{json}")
        }
    };
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(error, Exit::Broken).with_hint("check where the output goes"))
        }
        _ => Ok(()),
    }
}

/// A path in JSON, which knows no bytes but those of texts: what is none is shown as well as it can be.
pub(crate) fn path(path: &Path) -> String {
    path.display().to_string()
}

/// Standard output for what is no text; `None` where it is a terminal.
pub(crate) fn bytes() -> Option<io::StdoutLock<'static>> {
    let out = io::stdout().lock();
    (!out.is_terminal()).then_some(out)
}

/// Whether anybody reads what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    /// As far as one can tell.
    There,
    /// It has closed its end of the pipe.
    Gone,
}

/// Writes one of many results, as a line. Whoever makes more of them need not if nobody reads them.
pub(crate) fn line(text: &str) -> Result<Reader, Failure> {
    match writeln!(anstream::stdout().lock(), "{text}") {
        Ok(()) => Ok(Reader::There),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Reader::Gone),
        Err(error) => {
            Err(Failure::new(error, Exit::Broken).with_hint("check where the output goes"))
        }
    }
}

/// A run's story in color. Where no colors can be shown, printing takes them out again.
pub(crate) fn painted(lines: &[Line]) -> String {
    let mut text = String::new();
    for line in lines {
        for span in &line.spans {
            let style = look(span.style);
            let _ = write!(text, "{style}{}{style:#}", span.text);
        }
        text.push('\n');
    }
    text
}

fn look(meaning: Meaning) -> Style {
    let colored = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
    match meaning {
        Meaning::Plain => Style::new(),
        Meaning::Heading => Style::new().bold(),
        Meaning::Good => colored(AnsiColor::Green),
        Meaning::Warning => colored(AnsiColor::Yellow),
        Meaning::Bad => colored(AnsiColor::Red),
        Meaning::Dim => Style::new().dimmed(),
    }
}

/// Says something beside the result.
pub(crate) fn note(text: &str) {
    // Nobody can be told that standard error is closed.
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// Says what went wrong, with the first word and the hint in color.
pub(crate) fn complaint(text: &str) {
    let red = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    let cyan = Style::new().bold().fg_color(Some(AnsiColor::Cyan.into()));
    let mut colored = String::new();
    for line in text.lines() {
        let (style, rest) = if let Some(rest) = line.strip_prefix("error:") {
            (Some((red, "error:")), rest)
        } else if let Some(rest) = line.strip_prefix("hint:") {
            (Some((cyan, "hint:")), rest)
        } else {
            (None, line)
        };
        if let Some((style, word)) = style {
            let _ = write!(colored, "{style}{word}{style:#}");
        }
        colored.push_str(rest);
        colored.push('\n');
    }
    note(colored.trim_end());
}

/// True if a person is likely to see what is written to standard error.
pub(crate) fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// True if results are read by a person, who sees pictures and lines of so many columns: standard output
/// is a terminal.
pub(crate) fn is_read() -> bool {
    io::stdout().is_terminal()
}
