//! Facet `clock`: the time, standing still.
//!
//! What time it is is settled by whoever sets up the sandbox, never read from the system.

use std::time::Duration;

use pentimento_model::Capability;
use wasmtime::component::Linker;

use super::{Answer, Refused, Served, ToRefuse, ToServe, refused, served};
use crate::{
    bindings::{clock, types::Failure},
    call::CallState,
};

/// Links the facet.
pub(super) fn link(linker: &mut Linker<CallState>, answer: Answer) -> wasmtime::Result<()> {
    match answer {
        Answer::Served => clock::add_to_linker::<_, ToServe>(linker, served),
        Answer::Refused => clock::add_to_linker::<_, ToRefuse>(linker, refused),
    }
}

/// What one call may see: the moment the run started.
pub(crate) struct FixedClock {
    millis: u64,
}

impl FixedClock {
    /// Stands still at `since_epoch`.
    pub(crate) fn at(since_epoch: Duration) -> Self {
        Self { millis: u64::try_from(since_epoch.as_millis()).unwrap_or(u64::MAX) }
    }
}

impl clock::Host for Served<'_> {
    fn now(&mut self) -> wasmtime::Result<Result<u64, Failure>> {
        Ok(Ok(self.0.clock.millis))
    }
}

impl clock::Host for Refused<'_> {
    fn now(&mut self) -> wasmtime::Result<Result<u64, Failure>> {
        Ok(Err(self.refusal(Capability::Clock)))
    }
}
