//! Files that a user attaches to an idea. They may come from strangers: their size is bounded before
//! they are read, and a picture's before it is decoded.

use std::{
    fs::File,
    io::{self, Read as _},
    path::Path,
};

use pentimento_app::{lines_without_fact, picture_of_user};
use pentimento_model::{Artifact, MediaType};

use crate::{exit::Exit, fail::Failure};

/// Bytes of a picture that is read: a 16-megapixel PNG that does not shrink at all.
const PICTURE_BYTES: u64 = 64 << 20;

/// Bytes of facts that are read, as many as a run looks through.
const FACTS_BYTES: u64 = 4 << 20;

/// Numbers of lines that an error names.
const LINES_SHOWN: usize = 10;

/// The picture in this file.
pub(super) fn picture(path: &Path) -> Result<Artifact, Failure> {
    let bytes = whole(path, PICTURE_BYTES, "scale the picture down")?;
    Ok(picture_of_user(&path.display().to_string(), bytes)?)
}

/// The facts in this file.
pub(super) fn facts(path: &Path) -> Result<Artifact, Failure> {
    let bytes = whole(path, FACTS_BYTES, "leave out what no idea is about")?;
    let name = path.display();
    let wrong = |message: String| {
        Failure::new(message, Exit::WrongUse)
            .with_hint("write one fact a line: subject | relation | object, each at most 200 bytes")
    };
    let text =
        String::from_utf8(bytes).map_err(|_| wrong(format!("`{name}` is not UTF-8 text")))?;
    let bad: Vec<_> = lines_without_fact(&text).map(|line| line.to_string()).collect();
    if bad.is_empty() {
        return Ok(Artifact::new(MediaType::Text, text.into_bytes()));
    }
    let shown = bad.get(..LINES_SHOWN.min(bad.len())).unwrap_or_default().join(", ");
    let more = match bad.len().saturating_sub(LINES_SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Err(wrong(format!("`{name}` has lines that are no facts: {shown}{more}")))
}

/// The bytes of a file that is not too large.
fn whole(path: &Path, most: u64, otherwise: &str) -> Result<Vec<u8>, Failure> {
    let name = path.display().to_string();
    let bytes = read(path, most).map_err(|error| Failure::unreadable(&name, error))?;
    let message = || format!("`{name}` has more than {} MiB", most >> 20);
    bytes.ok_or_else(|| Failure::new(message(), Exit::WrongUse).with_hint(otherwise))
}

/// All bytes of a file; `None` if they are more than so many.
fn read(path: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}
