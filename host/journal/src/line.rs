//! One line of the journal: a record with its number, under a checksum.
//!
//! The form is fixed byte for byte: there is exactly one line for a number and a record, so that
//! no changed byte can go unnoticed. CRC-32 detects every change of up to 32 neighboring bits.

use std::io::Write as _;

use pentimento_record::RecordError;

use crate::LineFault;

const BEFORE_CHECKSUM: &str = "{\"crc\":\"";
const BEFORE_NUMBER: &str = "\",\"seq\":";
const BEFORE_RECORD: &str = ",\"record\":";
const AFTER_RECORD: &str = "}";
/// Eight lower-case hexadecimal digits.
const CHECKSUM_DIGITS: usize = 8;

/// Adds the line for a record (JSON without line breaks), with the line break. `write` adds the record to
/// what is there of the line. After an error nothing is added.
pub(crate) fn seal(
    number: u64,
    write: impl FnOnce(&mut Vec<u8>) -> Result<(), RecordError>,
    line: &mut Vec<u8>,
) -> Result<(), RecordError> {
    let line_at = line.len();
    line.extend_from_slice(BEFORE_CHECKSUM.as_bytes());
    let sum_at = line.len();
    line.resize(sum_at + CHECKSUM_DIGITS, b'0');
    let rest_at = line.len();
    // Writing to memory cannot fail.
    let _ = write!(line, "{BEFORE_NUMBER}{number}{BEFORE_RECORD}");
    if let Err(error) = write(line) {
        line.truncate(line_at);
        return Err(error);
    }
    line.extend_from_slice(AFTER_RECORD.as_bytes());
    let (before, rest) = line.split_at_mut(rest_at);
    let sum = checksum(rest);
    for (place, digit) in before.iter_mut().skip(sum_at).zip(sum.bytes()) {
        *place = digit;
    }
    line.push(b'\n');
    Ok(())
}

/// The number and record of a line without its line break.
pub(crate) fn unseal(line: &str) -> Result<(u64, &str), LineFault> {
    let sealed = line.strip_prefix(BEFORE_CHECKSUM).ok_or(LineFault::Shape)?;
    let (sum, rest) = sealed.split_at_checked(CHECKSUM_DIGITS).ok_or(LineFault::Shape)?;
    if sum != checksum(rest.as_bytes()) {
        return Err(LineFault::Checksum);
    }
    let inner = rest.strip_prefix(BEFORE_NUMBER).and_then(|rest| rest.strip_suffix(AFTER_RECORD));
    let parts = inner.and_then(|inner| inner.split_once(BEFORE_RECORD));
    let (number, record) = parts.ok_or(LineFault::Shape)?;
    Ok((number.parse().map_err(|_| LineFault::Shape)?, record))
}

fn checksum(bytes: &[u8]) -> String {
    format!("{:08x}", crc32fast::hash(bytes))
}

/// The line for a record that is there as a whole.
#[cfg(test)]
pub(crate) fn sealed(number: u64, record: &str) -> String {
    let write = |line: &mut Vec<u8>| {
        line.extend_from_slice(record.as_bytes());
        Ok(())
    };
    let mut line = b"before".to_vec();
    seal(number, write, &mut line).unwrap();
    String::from_utf8(line.split_off("before".len())).unwrap()
}
