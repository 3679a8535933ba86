//! Words on 80 columns: wrapping, sheets of named lines, sizes.
//!
//! What is said is the commands' business, and printing that of `output`.

use std::fmt::Write;

/// Columns of a screen.
pub(crate) const COLUMNS: usize = 80;

/// Columns for the names at a sheet's left.
const NAMES: usize = 9;

/// Breaks a text into lines of at most `room` columns; words longer than that are broken too.
pub(crate) fn wrap(text: &str, room: usize) -> Vec<String> {
    let room = room.max(1);
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let mut letters = word.chars().peekable();
        let mut begins = true;
        while letters.peek().is_some() {
            let piece: String = letters.by_ref().take(room).collect();
            let Some(line) = lines.last_mut() else { break };
            let space = usize::from(begins && !line.is_empty());
            if begins && line.chars().count() + space + piece.chars().count() <= room {
                line.push_str(if space == 1 { " " } else { "" });
                line.push_str(&piece);
            } else {
                lines.push(piece);
            }
            begins = false;
        }
    }
    lines
}

/// A size for people.
pub(crate) fn bytes(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    let unit = UNITS.iter().find(|(size, _)| bytes >= *size);
    unit.map_or_else(
        || format!("{bytes} bytes"),
        |(size, name)| {
            let tenths = bytes.saturating_mul(10) / size;
            match (tenths / 10, tenths % 10) {
                (whole, 0) => format!("{whole} {name}"),
                (whole, tenth) => format!("{whole}.{tenth} {name}"),
            }
        },
    )
}

/// A heading and named lines under it.
pub(crate) struct Sheet {
    text: String,
}

impl Sheet {
    pub(crate) fn new(heading: impl AsRef<str>) -> Self {
        Self { text: format!("{}\n", heading.as_ref()) }
    }

    /// One value, on as many lines as it needs.
    pub(crate) fn line(&mut self, name: &str, value: &str) {
        let mut name = name;
        for line in wrap(value, COLUMNS - NAMES - 2) {
            let _ = writeln!(self.text, "  {name:NAMES$}{line}");
            name = "";
        }
    }

    /// Several values under one name; nothing if there are none. What does not fit on one line
    /// goes on a little further to the right.
    pub(crate) fn lines(&mut self, name: &str, values: impl Iterator<Item = String>) {
        let mut name = name;
        for value in values {
            let mut indent = "";
            for line in wrap(&value, COLUMNS - NAMES - 4) {
                let _ = writeln!(self.text, "  {name:NAMES$}{indent}{line}");
                (name, indent) = ("", "  ");
            }
        }
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_wrapped_and_long_ones_broken() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij k", 4), ["abcd", "efgh", "ij k"]);
        assert_eq!(wrap("", 4), [""]);
    }

    #[test]
    fn sizes_are_rounded_down_to_a_tenth() {
        let table = [
            (0, "0 bytes"),
            (1023, "1023 bytes"),
            (1024, "1 KiB"),
            (1600, "1.5 KiB"),
            (3 << 20, "3 MiB"),
        ];
        for (size, text) in table {
            assert_eq!(bytes(size), text);
        }
    }

    #[test]
    fn a_sheet_fits_on_the_screen() {
        let mut sheet = Sheet::new("head");
        sheet.line("digest", &"f".repeat(64));
        sheet.lines("imports", ["word ".repeat(40), "x".repeat(200)].into_iter());
        let text = sheet.into_text();
        assert!(text.lines().all(|line| line.chars().count() <= COLUMNS), "{text}");
    }
}
