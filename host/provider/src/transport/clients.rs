//! A client for each runtime that calls a server which takes a crowd.
//!
//! A connection is carried by the runtime that opened it. Where runs go in lanes of their own, one that used
//! another lane's connection would have both woken for each answer, and would wait while the other one computes.
//! Each client keeps connections, though, and a server that takes few calls at once may take few connections,
//! so all share one there.

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

use reqwest::Client;
use tokio::runtime::{Handle, Id};

use super::client;
use crate::{error::ProviderError, settings::ProviderSettings};

/// Calls at once, from which on a server is taken to mind a few connections more as little.
const CROWD: usize = 128;

/// Clients of one provider, made when they are asked for.
#[derive(Debug)]
pub(super) struct Clients {
    first: Client,
    /// By runtime.
    made: RwLock<HashMap<Id, Client>>,
}

impl Clients {
    /// Makes the first one, so that what is wrong with the settings is known at once.
    pub(super) fn open(settings: &ProviderSettings) -> Result<Self, ProviderError> {
        Ok(Self { first: client::build(settings)?, made: RwLock::default() })
    }

    /// The one for whoever asks.
    pub(super) fn here(&self, settings: &ProviderSettings) -> Client {
        let runtime = Handle::try_current().ok().filter(|_| settings.limits.in_flight >= CROWD);
        let Some(runtime) = runtime.map(|one| one.id()) else { return self.first.clone() };
        let made = self.made.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = made.get(&runtime) {
            return client.clone();
        }
        drop(made);
        let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
        let first = made.is_empty().then(|| self.first.clone());
        // Where one could be made, the next one can, unless the machine is at its end.
        let another = || client::build(settings).unwrap_or_else(|_| self.first.clone());
        made.entry(runtime).or_insert_with(|| first.unwrap_or_else(another)).clone()
    }
}

#[cfg(test)]
mod tests {
    use tokio::runtime::Runtime;

    use super::*;
    use crate::{Address, Kind, Limits, Reach, Variables};

    /// How many clients there are after calls from two runtimes, twice each.
    fn made(calls_at_once: usize) -> usize {
        let address = Address::new("http://127.0.0.1:1").unwrap();
        let settings = ProviderSettings {
            name: "p".to_owned(),
            kind: Kind::OpenAi,
            reach: Reach::Server(address),
            environment: Variables::default(),
            key: None,
            limits: Limits { in_flight: calls_at_once, ..Limits::default() },
            extra_roots: None,
            proxy: None,
            sends_seed: false,
            effort: None,
            workflows: None,
        };
        let clients = Clients::open(&settings).unwrap();
        let lanes = [Runtime::new().unwrap(), Runtime::new().unwrap()];
        for lane in lanes.iter().chain(&lanes) {
            lane.block_on(async { clients.here(&settings) });
        }
        clients.here(&settings);
        clients.made.into_inner().unwrap().len()
    }

    #[test]
    fn runtimes_share_a_client_unless_the_server_takes_a_crowd() {
        assert_eq!([made(1), made(CROWD - 1), made(CROWD)], [0, 0, 2]);
    }
}
