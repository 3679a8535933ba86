//! Files of the user's own, read within bounds: bytes, lines, and the fields of a line.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use pentimento_record::{Kind, object_of_line, without_mark};
use serde_json::{Map, Value};

use crate::BenchError;

/// Bytes of a file: GSM8K's largest has 4 MB. What never ends (`/dev/zero`) is left there.
const MOST_BYTES: u64 = 64 << 20;

/// A file's bytes, without the mark that some editors put before them.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, BenchError> {
    let read = || {
        let mut bytes = Vec::new();
        File::open(path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(without_mark(&bytes).to_vec())
    };
    read().map_err(|source| BenchError::Data { path: path.to_owned(), source })
}

/// Reads every line that says something; `path` and `form` are for messages.
pub(super) fn rows<T>(
    of: (&Path, &'static str),
    bytes: &[u8],
    read: fn(&Map<String, Value>) -> Result<T, String>,
) -> Result<Vec<T>, BenchError> {
    Ok(numbered(of, bytes, read)?.into_iter().map(|(_, row)| row).collect())
}

/// The same with the number of each line, counted from 1.
pub(super) fn numbered<T>(
    (path, form): (&Path, &'static str),
    bytes: &[u8],
    read: fn(&Map<String, Value>) -> Result<T, String>,
) -> Result<Vec<(usize, T)>, BenchError> {
    let lines = bytes.split(|byte| *byte == b'\n').enumerate();
    let lines = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
    let row = |(number, line): (usize, &[u8])| {
        let line = object_of_line(line).map_err(|error| error.to_string());
        let read = line.and_then(|line| read(&line));
        read.map(|row| (number + 1, row)).map_err(|problem| BenchError::Row {
            path: path.to_owned(),
            line: number + 1,
            problem,
            form,
        })
    };
    let rows: Vec<(usize, T)> = lines.map(row).collect::<Result<_, _>>()?;
    if rows.is_empty() {
        return Err(BenchError::Empty { path: path.to_owned(), form });
    }
    Ok(rows)
}

/// A field that must be there.
pub(super) fn field<'l>(line: &'l Map<String, Value>, name: &str) -> Result<&'l Value, String> {
    line.get(name).ok_or_else(|| format!("it has no `{name}`"))
}

/// The complaint about a field of another kind.
pub(super) fn wrong(name: &str, value: &Value, wanted: &str) -> String {
    format!("`{name}` is {}, not {wanted}", Kind::of(value))
}

/// A field that must be a text.
pub(super) fn text(line: &Map<String, Value>, name: &str) -> Result<String, String> {
    let value = field(line, name)?;
    value.as_str().map(str::to_owned).ok_or_else(|| wrong(name, value, "a text"))
}
