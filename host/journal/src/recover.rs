//! Makes sense of a journal's bytes, also after a crash.
//!
//! A last line that was not written to its end is told apart from damage. Pure: cutting it off
//! is the log's business, and what the events mean is the engine's.

use std::fmt;

use pentimento_model::TimedEvent;
use pentimento_record::Entry;

use crate::{LineFault, line, texts::Texts};

/// The end of a journal that did not reach the disk whole: the beginning of a line, or lines of which the
/// first names a file that did not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Torn {
    /// Its first line, counted from 1.
    pub line: usize,
    /// How many bytes of it there are.
    pub bytes: u64,
    /// That line is whole; it is the picture that it names that is not there.
    pub lacks_picture: bool,
}

impl fmt::Display for Torn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, bytes, lacks_picture } = self;
        let what = if *lacks_picture {
            "names a picture that never got to the disk"
        } else {
            "was not written to its end"
        };
        write!(formatter, "line {line} of the journal {what} ({bytes} bytes); ")?;
        formatter.write_str("every event before it is whole")
    }
}

/// What a journal says.
#[derive(Debug, Default)]
pub(crate) struct Readable {
    pub events: Vec<TimedEvent>,
    /// The texts that its lines hold, each checked.
    pub texts: Texts,
    /// The bytes of all whole lines: where the next one begins.
    pub whole_bytes: u64,
    pub torn: Option<Torn>,
    /// The greatest number of a format that is newer than this program.
    pub newer: Option<u32>,
}

/// Reads all whole lines. `Err` has the first damaged line, counted from 1.
pub(crate) fn read(bytes: &[u8]) -> Result<Readable, (usize, LineFault)> {
    let mut readable = Readable::default();
    for (index, line) in bytes.split_inclusive(|&byte| byte == b'\n').enumerate() {
        if is_torn(line) {
            // Only the last line can lack its line break, and only it may hold unwritten blocks.
            let begun = bytes.len() as u64 - readable.whole_bytes;
            let is_last = begun == line.len() as u64;
            if is_last {
                readable.torn = Some(Torn { line: index + 1, bytes: begun, lacks_picture: false });
                break;
            }
        }
        let read = read_line(line, index as u64).and_then(|entry| {
            let Entry { event, text, newer } = entry;
            match text.map(|text| readable.texts.take_in(&event.event, text)) {
                // Newer programs may put texts where this one knows of none.
                Some(Err(fault)) if newer.is_none() => Err(fault),
                _ => Ok((event, newer)),
            }
        });
        let (event, newer) = read.map_err(|fault| (index + 1, fault))?;
        readable.events.push(event);
        readable.newer = readable.newer.max(newer);
        readable.whole_bytes += line.len() as u64;
    }
    Ok(readable)
}

/// A line without its break was never finished. One with a zero byte has blocks that the file
/// system made room for but never wrote: no line of ours has such a byte.
fn is_torn(line: &[u8]) -> bool {
    line.last() != Some(&b'\n') || line.contains(&0)
}

/// What a whole line says.
fn read_line(bytes: &[u8], expected: u64) -> Result<Entry, LineFault> {
    let text = std::str::from_utf8(bytes).map_err(|_| LineFault::Shape)?;
    let text = text.strip_suffix('\n').ok_or(LineFault::Shape)?;
    let (found, record) = line::unseal(text)?;
    if found != expected {
        return Err(LineFault::Sequence { found, expected });
    }
    pentimento_record::entry_from_json(record).map_err(LineFault::Record)
}
