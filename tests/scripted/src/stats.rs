//! What was called.

use std::collections::BTreeMap;

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

/// All calls so far, `/stats` and `/script` not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// How many.
    pub calls: usize,
    /// The most that were on their way at a time.
    pub most_in_flight: usize,
    /// Calls whose idempotency key had been seen before.
    pub duplicates: usize,
    /// Connections that were opened.
    pub connections: usize,
    /// The first thousand calls, in order.
    pub asked: Vec<Asked>,
    #[serde(skip)]
    pub(crate) in_flight: usize,
    #[serde(skip)]
    keys: std::collections::BTreeSet<String>,
}

/// Calls that are remembered in full: a load test makes many.
const REMEMBERED: usize = 1000;

impl Stats {
    pub(crate) fn came(&mut self, asked: Asked) {
        self.calls += 1;
        self.in_flight += 1;
        self.most_in_flight = self.most_in_flight.max(self.in_flight);
        if let Some(key) = &asked.key
            && !self.keys.insert(key.clone())
        {
            self.duplicates += 1;
        }
        if self.asked.len() < REMEMBERED {
            self.asked.push(asked);
        }
    }
}
