//! One call into a plugin: a fresh store and instance, every limit set, and whatever goes wrong
//! turned into a fault.
//!
//! What is called is the roles' business (`assessor.rs`, `tool.rs`).

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use pentimento_model::{Fault, Seed};
use tokio::{sync::Semaphore, time::timeout};
use wasmtime::{Engine, ResourceLimiter, Store, UpdateDeadline, component::ResourceTable};

use crate::{
    Limits,
    callee::Callee,
    facets::{
        artifacts::Decoded, clock::FixedClock, log::LogTail, random::SeededRandom,
        settings::PluginSettings,
    },
    fault::{self, Bounds, Broken, DeadlinePassed, Exceeded},
    limits,
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
    /// The most bytes of linear memory any call has had.
    pub(crate) peak_memory: Arc<AtomicUsize>,
}

/// What a store holds during one call.
pub(crate) struct CallState {
    /// The plugin's name, for refusals.
    pub(crate) plugin: Arc<str>,
    pub(crate) table: ResourceTable,
    /// Bytes of the pictures made in this call.
    pub(crate) derived_bytes: usize,
    pub(crate) decoded: Arc<Decoded>,
    pub(crate) log: LogTail,
    pub(crate) random: SeededRandom,
    pub(crate) clock: FixedClock,
    pub(crate) settings: PluginSettings,
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
    let mut store = fresh_store(callee, seed);
    let answer = timeout(shared.limits.wall_time, body(&mut store)).await;
    let result = answer.unwrap_or(Err(Broken::Late));
    result.map_err(|broken| {
        let state = store.into_data();
        let was_refused_memory = state.memory.refused;
        let bounds = Bounds { limits: shared.limits, was_refused_memory };
        fault::describe(&broken, &bounds, state.log.into_lines())
    })
}

fn fresh_store(callee: &Callee, seed: Seed) -> Store<CallState> {
    let Callee { shared, name, settings, .. } = callee;
    let mut table = ResourceTable::new();
    table.set_max_capacity(limits::HANDLES);
    let state = CallState {
        plugin: Arc::clone(name),
        table,
        derived_bytes: 0,
        decoded: Arc::clone(&shared.decoded),
        log: LogTail::default(),
        random: SeededRandom::of(seed),
        clock: FixedClock::at(shared.time),
        settings: Arc::clone(settings),
        memory: MemoryBudget {
            used: 0,
            most: shared.limits.memory,
            refused: false,
            peak: Arc::clone(&shared.peak_memory),
        },
    };
    let mut store = Store::new(&shared.engine, state);
    store.limiter(|state| &mut state.memory);
    store.set_hostcall_fuel(limits::HANDED_OVER_BYTES);
    store.set_max_component_handles(limits::HANDLES);
    // A guest that runs hands the thread back at every tick, so that the timeout above can fire
    // and others get their turn. The check here ends it even if nobody polls the timeout.
    let deadline = Instant::now() + shared.limits.wall_time;
    store.set_epoch_deadline(1);
    store.epoch_deadline_callback(move |_| {
        if Instant::now() >= deadline {
            return Err(DeadlinePassed.into());
        }
        Ok(UpdateDeadline::Yield(1))
    });
    store
}

/// Counts all linear memories of a call together. Growth beyond the budget is refused rather than
/// trapped: a guest may deal with that, and if it aborts instead, the fault says why.
struct MemoryBudget {
    used: usize,
    most: usize,
    refused: bool,
    /// The most that any call of the sandbox has used.
    peak: Arc<AtomicUsize>,
}

impl ResourceLimiter for MemoryBudget {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let growth = desired.saturating_sub(current);
        if growth > self.most.saturating_sub(self.used) {
            self.refused = true;
            return Ok(false);
        }
        self.used += growth;
        self.peak.fetch_max(self.used, Ordering::Relaxed);
        Ok(true)
    }

    fn table_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        if desired > limits::TABLE_ELEMENTS {
            let most = limits::TABLE_ELEMENTS;
            return Err(
                Exceeded::new(format!("it needs a table of more than {most} elements")).into()
            );
        }
        Ok(true)
    }

    fn instances(&self) -> usize {
        limits::CORE_INSTANCES as usize
    }

    fn tables(&self) -> usize {
        limits::TABLES as usize
    }

    fn memories(&self) -> usize {
        limits::MEMORIES as usize
    }
}
