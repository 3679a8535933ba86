//! Every bound of this crate. They guard against folders that are not ours or were tampered with.

/// Longest journal that is read: that of a million events has less than half of it.
pub(crate) const MOST_JOURNAL_BYTES: u64 = 1024 * 1024 * 1024;

/// Largest artifact that is read back.
pub(crate) const MOST_ARTIFACT_BYTES: u64 = 256 * 1024 * 1024;

/// Longest text that stands in a journal: a page of a book is a third of it. A longer one has a file.
pub(crate) const MOST_TEXT_BYTES: usize = 16 * 1024;

/// Files in an archive: a run that makes a picture a second for a day has fewer.
pub(crate) const MOST_ARCHIVE_ENTRIES: usize = 100_000;

/// Zeros behind the end of an archive, at most: tape blocks have 10 KiB.
pub(crate) const MOST_PADDING_BYTES: u64 = 64 * 1024;

/// How much of a journal is read to learn when a run began.
pub(crate) const FIRST_LINE_BYTES: u64 = 1024 * 1024;

/// How much of a lock file is read: a number and a machine's name.
pub(crate) const LOCK_BYTES: u64 = 512;
