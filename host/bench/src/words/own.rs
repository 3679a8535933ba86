//! Files of the user's own, read within bounds.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use pentimento_record::without_mark;

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
