//! What was called.

use std::{
    collections::{BTreeMap, HashSet},
    hash::BuildHasher as _,
    time::Instant,
};

use foldhash::quality::FixedState;
use serde::Serialize;

/// One call as it came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// Method and path.
    pub call: String,
    /// The idempotency key it came with.
    pub key: Option<String>,
    /// Headers by name.
    pub headers: BTreeMap<String, String>,
    /// The body, as far as it is text.
    pub body: String,
}

impl Asked {
    /// What is asked, without the headers: the same for the same question. Questions have megabytes of
    /// pictures in them, and nobody picks them so that two have one number.
    pub(crate) fn digest(&self) -> u64 {
        FixedState::default().hash_one((&self.call, &self.body))
    }
}

/// What was seen, by its digest: load tests make tens of thousands of calls a second.
type Seen = HashSet<u64, FixedState>;

/// All calls so far, `/stats` and `/script` not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// How many.
    pub calls: usize,
    /// The most that were on their way at a time.
    pub most_in_flight: usize,
    /// Calls whose idempotency key had been seen before.
    pub duplicates: usize,
    /// Calls that had been answered before, word for word.
    pub repeated: usize,
    /// Milliseconds from the first call that came in to the last answer that went out.
    pub span_ms: u64,
    /// Connections that were opened.
    pub connections: usize,
    /// The first thousand calls, in order, as far as their bodies come to 16 MiB.
    pub asked: Vec<Asked>,
    #[serde(skip)]
    remembered: usize,
    #[serde(skip)]
    pub(crate) in_flight: usize,
    #[serde(skip)]
    began: Option<Instant>,
    #[serde(skip)]
    keys: Seen,
    /// What was answered: call and body, as [`Asked::digest`].
    #[serde(skip)]
    answered: Seen,
}

/// Calls that are remembered in full: a load test makes many.
const REMEMBERED: usize = 1000;
/// Bytes of their bodies: some have pictures in them.
const REMEMBERED_BYTES: usize = 16 << 20;

impl Stats {
    /// Counts a call that came in, by the number that [`Stats::went`] is told of, too.
    pub(crate) fn came(&mut self, asked: Asked, digest: u64) {
        self.calls += 1;
        self.began.get_or_insert_with(Instant::now);
        self.repeated += usize::from(self.answered.contains(&digest));
        self.in_flight += 1;
        self.most_in_flight = self.most_in_flight.max(self.in_flight);
        if let Some(key) = &asked.key
            && !self.keys.insert(FixedState::default().hash_one(key))
        {
            self.duplicates += 1;
        }
        self.remembered += asked.body.len();
        if self.remembers() {
            self.asked.push(asked);
        }
    }

    /// There is still room for a call in full.
    pub(crate) const fn remembers(&self) -> bool {
        self.asked.len() < REMEMBERED && self.remembered <= REMEMBERED_BYTES
    }

    /// A call is over; its answer went out as a whole or not.
    pub(crate) fn went(&mut self, digest: u64, whole: bool) {
        self.in_flight -= 1;
        let span = self.began.map_or(0, |began| began.elapsed().as_millis());
        self.span_ms = span.try_into().unwrap_or(u64::MAX);
        if whole {
            self.answered.insert(digest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(body: &str) -> Asked {
        let call = "POST /v1/responses".to_owned();
        Asked { call, key: None, headers: BTreeMap::new(), body: body.to_owned() }
    }

    #[test]
    fn only_what_was_answered_as_a_whole_counts_as_repeated() {
        let mut stats = Stats::default();
        let came = |stats: &mut Stats, words| {
            let asked = asked(words);
            let digest = asked.digest();
            stats.came(asked, digest);
            digest
        };
        let first = came(&mut stats, "one");
        stats.went(first, false);
        let second = came(&mut stats, "one");
        assert_eq!(stats.repeated, 0);
        stats.went(second, true);
        assert_ne!(came(&mut stats, "one"), came(&mut stats, "two"));
        assert_eq!((stats.calls, stats.repeated, stats.in_flight), (4, 1, 2));
    }
}
