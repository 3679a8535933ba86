//! Facet `random`: numbers from the run's seed.
//!
//! Each call has a stream of its own, so the order in which assessors run changes nothing.

use pentimento_model::{Capability, Seed};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use wasmtime::component::Linker;

use super::{Answer, Refused, Served, ToRefuse, ToServe, refused, served};
use crate::{
    bindings::{random, types::Failure},
    call::CallState,
};

/// Links the facet.
pub(super) fn link(linker: &mut Linker<CallState>, answer: Answer) -> wasmtime::Result<()> {
    match answer {
        Answer::Served => random::add_to_linker::<_, ToServe>(linker, served),
        Answer::Refused => random::add_to_linker::<_, ToRefuse>(linker, refused),
    }
}

/// What one call may see: its own stream of numbers.
pub(crate) struct SeededRandom {
    stream: ChaCha8Rng,
}

impl SeededRandom {
    /// The stream of this seed.
    pub(crate) fn of(seed: Seed) -> Self {
        Self { stream: ChaCha8Rng::seed_from_u64(seed.derive("random-facet", 0).0) }
    }
}

impl random::Host for Served<'_> {
    fn next(&mut self) -> wasmtime::Result<Result<u64, Failure>> {
        Ok(Ok(self.0.random.stream.next_u64()))
    }
}

impl random::Host for Refused<'_> {
    fn next(&mut self) -> wasmtime::Result<Result<u64, Failure>> {
        Ok(Err(self.refusal(Capability::Random)))
    }
}
