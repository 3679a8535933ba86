//! What one call and its run may still send and receive.
//!
//! Counted while it happens, so that nobody waits for the end of an answer that is too long.

use super::failure;
use crate::{RunScope, bindings::types::Failure, limits};

/// What one call used up.
#[derive(Debug, Default)]
pub(crate) struct Spent {
    requests: u32,
    sent: usize,
    received: usize,
}

/// Counts for one call and its run.
pub(super) struct Meter<'a> {
    spent: &'a mut Spent,
    run: &'a RunScope,
}

impl<'a> Meter<'a> {
    pub(super) fn new(spent: &'a mut Spent, run: &'a RunScope) -> Self {
        Self { spent, run }
    }

    /// Counts a request that is about to go out.
    pub(super) fn start_request(&mut self) -> Result<(), Failure> {
        let most = limits::FETCH_REQUESTS;
        if self.spent.requests >= most {
            return Err(over(format!("more than {most} requests in one call")));
        }
        self.spent.requests += 1;
        self.run.spend_request().map_err(over)
    }

    /// Counts bytes that are about to go out.
    pub(super) fn send(&mut self, bytes: usize) -> Result<(), Failure> {
        let (sent, most) = (&mut self.spent.sent, limits::FETCH_SENT_BYTES);
        *sent = sent.saturating_add(bytes);
        if *sent > most {
            return Err(over(format!("more than {most} bytes sent in one call")));
        }
        self.run.spend_traffic(bytes).map_err(over)
    }

    /// Counts bytes that came in.
    pub(super) fn receive(&mut self, bytes: usize) -> Result<(), Failure> {
        let (received, most) = (&mut self.spent.received, limits::FETCH_RECEIVED_BYTES);
        *received = received.saturating_add(bytes);
        if *received > most {
            return Err(over(format!("more than {most} bytes received in one call")));
        }
        self.run.spend_traffic(bytes).map_err(over)
    }
}

fn over(message: String) -> Failure {
    failure("quota", message)
}
