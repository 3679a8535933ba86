//! The table behind the cache. Every result stands under a hash over all of it, and the least recently
//! used go first.
//!
//! Written ahead (`WAL`) and without a sync at every result: a machine that loses its power may forget
//! the latest ones, and `SQLite` keeps what is left whole. Sizes are those of the results; the file takes
//! some more.

use std::path::Path;

use pentimento_model::StepKey;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, Transaction, params};

use crate::{error::is_busy, limits::BUSY};

/// Marks the file as ours: `pent`, as `SQLite`'s application id.
const APPLICATION: i32 = i32::from_be_bytes(*b"pent");
/// The number of the table's form.
const VERSION: i32 = 1;

/// `used` counts uses, so that no clock is needed; `sum` is the hash over the rest.
const TABLES: &str = "
    CREATE TABLE results (
        name BLOB PRIMARY KEY,
        kind TEXT NOT NULL,
        event TEXT NOT NULL,
        media TEXT NOT NULL,
        artifact BLOB NOT NULL,
        sum BLOB NOT NULL,
        size INTEGER NOT NULL,
        cost INTEGER NOT NULL,
        hits INTEGER NOT NULL,
        used INTEGER NOT NULL
    );
    CREATE INDEX results_by_use ON results (used, size);
    CREATE TABLE held (bytes INTEGER NOT NULL);
    INSERT INTO held VALUES (0);
    CREATE TRIGGER came AFTER INSERT ON results
        BEGIN UPDATE held SET bytes = bytes + new.size; END;
    CREATE TRIGGER went AFTER DELETE ON results
        BEGIN UPDATE held SET bytes = bytes - old.size; END;
";

/// One result as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) kind: &'static str,
    /// The event, as JSON.
    pub(crate) event: String,
    /// The artifact's media type; empty if there is none.
    pub(crate) media: String,
    pub(crate) artifact: Vec<u8>,
    /// What it cost, in nano-dollars.
    pub(crate) cost: u64,
}

/// What was found under a name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Nothing,
    /// Event, media type and artifact.
    Whole(String, String, Vec<u8>),
    /// It was not what was put in, and is gone.
    Damaged,
}

/// One kind of result.
#[derive(Debug)]
pub(crate) struct Tally {
    /// Its word.
    pub(crate) kind: String,
    pub(crate) count: u64,
    pub(crate) bytes: u64,
    /// Nano-dollars when they were made, as far as that is known.
    pub(crate) cost: u64,
    pub(crate) hits: u64,
    /// Nano-dollars that those saved, as far as that is known.
    pub(crate) saved: u64,
    /// Results of which nobody knows what they cost, and uses of those.
    pub(crate) unpriced: u64,
    pub(crate) unpriced_hits: u64,
}

/// The open file.
#[derive(Debug)]
pub(crate) struct Store(Connection);

impl Store {
    /// Opens the file, or makes it. `None` if it is not ours.
    pub(crate) fn open(path: &Path) -> rusqlite::Result<Option<Self>> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY)?;
        // Of two who make it at once, the second waits here, and finds it made.
        let transaction =
            Transaction::new(&mut connection, rusqlite::TransactionBehavior::Immediate)?;
        let number = |name| transaction.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
        let known = (number("application_id")?, number("user_version")?);
        let tables: i64 =
            transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        match known {
            (APPLICATION, VERSION) => {}
            (0, 0) if tables == 0 => {
                transaction.execute_batch(TABLES)?;
                transaction.pragma_update(None, "application_id", APPLICATION)?;
                transaction.pragma_update(None, "user_version", VERSION)?;
            }
            _ => return Ok(None),
        }
        transaction.commit()?;
        match connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())) {
            // Somebody else is at it.
            Err(error) if is_busy(&error) => {}
            set => set?,
        }
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        Ok(Some(Self(connection)))
    }

    /// Looks up a result, and remembers that it was of use.
    pub(crate) fn find(&mut self, name: StepKey) -> rusqlite::Result<Found> {
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        let query = "SELECT event, media, artifact, sum FROM results WHERE name = ?1";
        let found: Option<(String, String, Vec<u8>, Vec<u8>)> =
            self.0.prepare_cached(query)?.query_row([name.as_bytes()], read).optional()?;
        let Some((event, media, artifact, sum)) = found else { return Ok(Found::Nothing) };
        if sum != sum_of(name, &event, &media, &artifact) {
            self.0.execute("DELETE FROM results WHERE name = ?1", [name.as_bytes()])?;
            return Ok(Found::Damaged);
        }
        let used = "UPDATE results SET hits = hits + 1, \
                    used = (SELECT max(used) + 1 FROM results) WHERE name = ?1";
        self.0.prepare_cached(used)?.execute([name.as_bytes()])?;
        Ok(Found::Whole(event, media, artifact))
    }

    /// Puts a result in, unless somebody was quicker. Says how many bytes all results have now.
    pub(crate) fn put(&mut self, name: StepKey, entry: &Entry) -> rusqlite::Result<u64> {
        let Entry { kind, event, media, artifact, cost } = entry;
        let sum = sum_of(name, event, media, artifact);
        let size = (event.len() + artifact.len()) as u64;
        let put = "INSERT INTO results VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, \
                   (SELECT coalesce(max(used), 0) + 1 FROM results)) ON CONFLICT DO NOTHING";
        let row = params![name.as_bytes(), kind, event, media, artifact, sum, size, cost];
        self.0.prepare_cached(put)?.execute(row)?;
        self.bytes()
    }

    /// Bytes of all results.
    pub(crate) fn bytes(&self) -> rusqlite::Result<u64> {
        self.0.query_row("SELECT bytes FROM held", [], |row| row.get(0))
    }

    /// Removes the least recently used results until the others have so many bytes at most. Says how
    /// many went.
    pub(crate) fn shrink(&mut self, most: u64) -> rusqlite::Result<usize> {
        let oldest = "DELETE FROM results WHERE name IN (SELECT name FROM (SELECT name, \
                      sum(size) OVER (ORDER BY used DESC, name) AS upto FROM results) \
                      WHERE upto > ?1)";
        self.0.execute(oldest, [most])
    }

    /// Removes every result that is not what was put in. Says how many.
    pub(crate) fn weed(&mut self) -> rusqlite::Result<usize> {
        let mut damaged: Vec<Vec<u8>> = Vec::new();
        let mut all = self.0.prepare("SELECT name, event, media, artifact, sum FROM results")?;
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            let name: Vec<u8> = row.get(0)?;
            let sum: Vec<u8> = row.get(4)?;
            let texts: (String, String, Vec<u8>) = (row.get(1)?, row.get(2)?, row.get(3)?);
            let key = <[u8; 32]>::try_from(name.as_slice()).ok().map(StepKey::new);
            let (event, media, artifact) = texts;
            if key.is_none_or(|key| sum != sum_of(key, &event, &media, &artifact)) {
                damaged.push(name);
            }
        }
        drop(rows);
        drop(all);
        for name in &damaged {
            self.0.execute("DELETE FROM results WHERE name = ?1", [name])?;
        }
        Ok(damaged.len())
    }

    /// Gives what is not needed any more back to the disk, unless others are at work: then it is left
    /// for new results.
    pub(crate) fn settle(&mut self) -> rusqlite::Result<()> {
        let settled = self
            .0
            .execute_batch("VACUUM")
            .and_then(|()| self.0.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())));
        match settled {
            Err(error) if is_busy(&error) => Ok(()),
            settled => settled,
        }
    }

    /// What there is, by kind.
    pub(crate) fn tallies(&self) -> rusqlite::Result<Vec<Tally>> {
        // Of what has a price, the event says nothing of that: and within one of its texts, this would be
        // written otherwise.
        let query = "SELECT kind, count(*), total(size), total(cost), total(hits), \
                     total(hits * cost), total(unpriced), total(hits * unpriced) FROM \
                     (SELECT *, instr(event, '\"unpriced\":') > 0 AS unpriced FROM results) \
                     GROUP BY kind ORDER BY kind";
        let mut all = self.0.prepare(query)?;
        // `total` counts in floating point, and is exact up to 2^53.
        let sum = |row: &Row<'_>, at: usize| row.get::<_, f64>(at).map(whole);
        let read = |row: &Row<'_>| {
            Ok(Tally {
                kind: row.get(0)?,
                count: row.get(1)?,
                bytes: sum(row, 2)?,
                cost: sum(row, 3)?,
                hits: sum(row, 4)?,
                saved: sum(row, 5)?,
                unpriced: sum(row, 6)?,
                unpriced_hits: sum(row, 7)?,
            })
        };
        all.query_map([], read)?.collect()
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sums of whole numbers that are not negative; a larger one ends at the greatest"
)]
const fn whole(sum: f64) -> u64 {
    sum as u64
}

/// The hash under which a result stands.
fn sum_of(name: StepKey, event: &str, media: &str, artifact: &[u8]) -> Vec<u8> {
    let parts = [name.as_bytes().as_slice(), event.as_bytes(), media.as_bytes(), artifact];
    StepKey::of(parts).as_bytes().to_vec()
}
