//! Facet `log`: lines for the plugin's author.
//!
//! The last few are kept and handed out with a fault. They never reach a terminal as they came:
//! they are cut, and control characters are taken out.

use std::collections::VecDeque;

use wasmtime::component::Linker;

use super::{Answer, Refused, Served, ToRefuse, ToServe, refused, served};
use crate::{
    bindings::log::{self, Level},
    call::CallState,
    limits,
};

/// Links the facet.
pub(super) fn link(linker: &mut Linker<CallState>, answer: Answer) -> wasmtime::Result<()> {
    match answer {
        Answer::Served => log::add_to_linker::<_, ToServe>(linker, served),
        Answer::Refused => log::add_to_linker::<_, ToRefuse>(linker, refused),
    }
}

/// The end of what one call logged.
#[derive(Default)]
pub(crate) struct LogTail {
    lines: VecDeque<String>,
    bytes: usize,
    forgotten: u64,
}

impl LogTail {
    fn push(&mut self, level: Level, line: &str) {
        let end = line.floor_char_boundary(limits::LOG_LINE_BYTES);
        let cut = line.get(..end).unwrap_or_default();
        let line = format!("{}: {}", word(level), pentimento_model::clean(cut));
        self.bytes += line.len();
        self.lines.push_back(line);
        while self.lines.len() > limits::LOG_LINES || self.bytes > limits::LOG_BYTES {
            let Some(oldest) = self.lines.pop_front() else { return };
            self.bytes -= oldest.len();
            self.forgotten += 1;
        }
    }

    /// The lines kept, oldest first, after a word on those that were not.
    pub(crate) fn into_lines(self) -> Vec<String> {
        let mut lines = Vec::with_capacity(self.lines.len() + 1);
        if self.forgotten > 0 {
            lines.push(format!("({} earlier lines are gone)", self.forgotten));
        }
        lines.extend(self.lines);
        lines
    }
}

const fn word(level: Level) -> &'static str {
    match level {
        Level::Debug => "debug",
        Level::Info => "info",
        Level::Warn => "warn",
        Level::Error => "error",
    }
}

impl log::Host for Served<'_> {
    fn write(&mut self, level: Level, line: String) -> wasmtime::Result<()> {
        self.0.log.push(level, &line);
        Ok(())
    }
}

impl log::Host for Refused<'_> {
    fn write(&mut self, _level: Level, _line: String) -> wasmtime::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
