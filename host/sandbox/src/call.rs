//! One call into a plugin: a fresh store and instance, every limit set, and whatever goes wrong
//! turned into a fault.
//!
//! What is called is the roles' business (`assessor.rs`, `tool.rs`).

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use pentimento_model::{Fault, Seed};
use tokio::{sync::Semaphore, time::timeout};
use wasmtime::{Engine, Store, UpdateDeadline, component::ResourceTable};

use crate::{
    Limits,
    callee::Callee,
    facets::{artifacts::Decoded, clock::FixedClock, log::LogTail, random::SeededRandom},
    fault::{self, Bounds, Broken, DeadlinePassed},
    limits,
    memory_budget::{LiveMemory, MemoryBudget},
    quarantine::Wards,
};

/// What all calls of a sandbox share.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) engine: Engine,
    pub(crate) limits: Limits,
    /// The time plugins are told, since the Unix epoch.
    pub(crate) time: Duration,
    pub(crate) decoded: Arc<Decoded>,
    /// One permit a call in progress.
    pub(crate) live: Arc<Semaphore>,
    pub(crate) memory: Arc<LiveMemory>,
    /// How the plugins have been doing.
    pub(crate) wards: Arc<Wards>,
}

/// What a store holds during one call.
pub(crate) struct CallState {
    /// Who is called.
    pub(crate) callee: Callee,
    pub(crate) table: ResourceTable,
    /// Bytes of the pictures made in this call.
    pub(crate) derived_bytes: usize,
    pub(crate) decoded: Arc<Decoded>,
    pub(crate) log: LogTail,
    pub(crate) random: SeededRandom,
    pub(crate) clock: FixedClock,
    memory: MemoryBudget,
}

/// Makes a fresh store and lets `body` make an instance in it and call it; `seed` feeds the random
/// facet.
pub(crate) async fn in_fresh_store<T>(
    callee: &Callee,
    seed: Seed,
    body: impl AsyncFnOnce(&mut Store<CallState>) -> Result<T, Broken>,
) -> Result<T, Fault> {
    let shared = &callee.shared;
    // The semaphore is never closed, so the permit is always had.
    let _permit = shared.live.acquire().await.ok();
    shared.wards.check(&callee.id)?;
    let wall_time = callee.run.time_for(shared.limits.wall_time)?;
    let started = Instant::now();
    let mut store = fresh_store(callee, seed, wall_time);
    let answer = timeout(wall_time, body(&mut store)).await;
    callee.run.spend_time(started.elapsed());
    let result = answer.unwrap_or(Err(Broken::Late));
    shared.wards.note(&callee.id, result.as_ref().err());
    result.map_err(|broken| {
        let state = store.into_data();
        let was_refused_memory = state.memory.refused();
        let bounds = Bounds { limits: shared.limits, was_refused_memory };
        fault::describe(&broken, &bounds, state.log.into_lines())
    })
}

fn fresh_store(callee: &Callee, seed: Seed, wall_time: Duration) -> Store<CallState> {
    let shared = &callee.shared;
    let mut table = ResourceTable::new();
    table.set_max_capacity(limits::HANDLES);
    let state = CallState {
        callee: callee.clone(),
        table,
        derived_bytes: 0,
        decoded: Arc::clone(&shared.decoded),
        log: LogTail::default(),
        random: SeededRandom::of(seed),
        clock: FixedClock::at(shared.time),
        memory: MemoryBudget::of(shared.limits.memory, &shared.memory),
    };
    let mut store = Store::new(&shared.engine, state);
    store.limiter(|state| &mut state.memory);
    store.set_hostcall_fuel(limits::HANDED_OVER_BYTES);
    store.set_max_component_handles(limits::HANDLES);
    // A guest that runs hands the thread back at every tick, so that the timeout above can fire
    // and others get their turn. The check here ends it even if nobody polls the timeout.
    let deadline = Instant::now() + wall_time;
    store.set_epoch_deadline(1);
    store.epoch_deadline_callback(move |_| {
        if Instant::now() >= deadline {
            return Err(DeadlinePassed.into());
        }
        Ok(UpdateDeadline::Yield(1))
    });
    store
}
