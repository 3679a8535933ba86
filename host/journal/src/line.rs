//! One line of the journal: a record with its number, under a checksum.
//!
//! The form is fixed byte for byte: there is exactly one line for a number and a record, so that
//! no changed byte can go unnoticed. CRC-32 detects every change of up to 32 neighboring bits.

use crate::LineFault;

const BEFORE_CHECKSUM: &str = "{\"crc\":\"";
const BEFORE_NUMBER: &str = "\",\"seq\":";
const BEFORE_RECORD: &str = ",\"record\":";
const AFTER_RECORD: &str = "}";
/// Eight lower-case hexadecimal digits.
const CHECKSUM_DIGITS: usize = 8;

/// The line for a record (JSON without line breaks), with the line break.
pub(crate) fn seal(number: u64, record: &str) -> String {
    let rest = format!("{BEFORE_NUMBER}{number}{BEFORE_RECORD}{record}{AFTER_RECORD}");
    format!("{BEFORE_CHECKSUM}{}{rest}\n", checksum(&rest))
}

/// The number and record of a line without its line break.
pub(crate) fn unseal(line: &str) -> Result<(u64, &str), LineFault> {
    let sealed = line.strip_prefix(BEFORE_CHECKSUM).ok_or(LineFault::Shape)?;
    let (sum, rest) = sealed.split_at_checked(CHECKSUM_DIGITS).ok_or(LineFault::Shape)?;
    if sum != checksum(rest) {
        return Err(LineFault::Checksum);
    }
    let inner = rest.strip_prefix(BEFORE_NUMBER).and_then(|rest| rest.strip_suffix(AFTER_RECORD));
    let parts = inner.and_then(|inner| inner.split_once(BEFORE_RECORD));
    let (number, record) = parts.ok_or(LineFault::Shape)?;
    Ok((number.parse().map_err(|_| LineFault::Shape)?, record))
}

fn checksum(text: &str) -> String {
    format!("{:08x}", crc32fast::hash(text.as_bytes()))
}
