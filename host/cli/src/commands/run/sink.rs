//! Where the results of a batch go: to the screen or a file, a line each, as soon as they are there.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use super::told::Told;
use crate::{
    args::{Format, GlobalFlags},
    exit::Exit,
    fail::Failure,
    output::{self, Reader},
};

/// Where results are written.
pub(super) enum Sink {
    Screen(Format),
    File(BufWriter<File>, PathBuf),
}

impl Sink {
    pub(super) fn open(
        path: Option<PathBuf>,
        briefs: &Path,
        global: GlobalFlags,
    ) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self::Screen(global.format)) };
        let name = path.display().to_string();
        // Whoever opens a file for writing empties it.
        if path.canonicalize().is_ok_and(|path| briefs.canonicalize().is_ok_and(|it| it == path)) {
            let message = format!("`{name}` holds the briefs, and the results would replace them");
            return Err(Failure::new(message, Exit::WrongUse)
                .with_hint("choose another file for the results"));
        }
        match File::create(&path) {
            Ok(file) => Ok(Self::File(BufWriter::new(file), path)),
            Err(error) => Err(Failure::unwritable(&name, error, Exit::WrongUse)
                .with_hint("choose a place that exists and may be written")),
        }
    }

    /// Writes one result, at once: whoever reads along need not wait for the next. Says whether anybody
    /// still does.
    pub(super) fn write(&mut self, told: &Told) -> Result<Reader, Failure> {
        match self {
            Self::Screen(Format::Text) => output::line(&told.in_words()),
            Self::Screen(Format::Json) => output::line(&told.to_json()),
            Self::File(file, path) => {
                let written = writeln!(file, "{}", told.to_json()).and_then(|()| file.flush());
                written.map(|()| Reader::There).map_err(|error| {
                    let hint = "make room for it, then type the same command again: what is done \
                                is not repeated";
                    let name = path.display().to_string();
                    Failure::unwritable(&name, error, Exit::Broken).with_hint(hint)
                })
            }
        }
    }
}
