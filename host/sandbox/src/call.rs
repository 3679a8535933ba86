//! One call into a plugin: a fresh store and instance, every limit set, and whatever goes wrong
//! turned into a fault.
//!
//! What is called is the roles' business (`assessor.rs`, `tool.rs`).

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use pentimento_model::{Fault, FaultKind, Seed};
use tokio::{sync::Semaphore, time::timeout};
use wasmtime::{Engine, Store, UpdateDeadline, component::ResourceTable};

use crate::{
    Limits,
    callee::Callee,
    facets::{
        artifacts::Decoded,
        clock::FixedClock,
        fetch::{Network, Spent},
        log::LogTail,
        random::SeededRandom,
    },
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
    /// One more for each of those that only compute.
    pub(crate) computing: Arc<Semaphore>,
    pub(crate) memory: Arc<LiveMemory>,
    /// Where fetching plugins get to.
    pub(crate) network: Network,
    /// How the plugins have been doing.
    pub(crate) wards: Arc<Wards>,
    /// What all calls have executed, if that is counted.
    pub(crate) work: Option<Arc<AtomicU64>>,
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
    /// Feeds the random facet, and those of plugins it calls.
    pub(crate) seed: Seed,
    /// When the call ends.
    pub(crate) deadline: Instant,
    /// Calls of other plugins so far.
    pub(crate) tool_calls: u32,
    /// Questions to models so far.
    pub(crate) model_calls: u32,
    /// Requests and bytes of this call.
    pub(crate) fetched: Spent,
    memory: MemoryBudget,
}

/// How long a call may take.
struct Time {
    wall_time: Duration,
    /// For people; completes "it did not answer …".
    words: String,
}

impl Time {
    /// As much as its limits, its run and its caller leave it.
    fn of(callee: &Callee) -> Result<Self, Fault> {
        let own = callee.shared.limits.wall_time;
        let wall_time = callee.run.time_for(own)?;
        let left = callee.caller.as_ref().map(|caller| {
            let left = caller.deadline.saturating_duration_since(Instant::now());
            left * limits::LENT_TENTHS / 10
        });
        Ok(match left {
            Some(left) if left < wall_time => {
                Self { wall_time: left, words: "in the time its caller had left".to_owned() }
            }
            _ => Self { wall_time, words: format!("within {own:?}") },
        })
    }
}

/// Makes a fresh store and lets `body` make an instance in it and call it; `seed` feeds the random
/// facet. A helper that is cut short is noted: its caller goes on, and may answer as if that belonged
/// to the matter.
pub(crate) async fn in_fresh_store<T>(
    callee: &Callee,
    seed: Seed,
    body: impl AsyncFnOnce(&mut Store<CallState>) -> Result<T, Broken>,
) -> Result<T, Fault> {
    let result = carried_out(callee, seed, body).await;
    let is_cut_short = result.as_ref().is_err_and(|fault| fault.kind != FaultKind::Failed);
    if callee.caller.is_some() && is_cut_short {
        callee.run.note_mishap();
    }
    result
}

async fn carried_out<T>(
    callee: &Callee,
    seed: Seed,
    body: impl AsyncFnOnce(&mut Store<CallState>) -> Result<T, Broken>,
) -> Result<T, Fault> {
    let shared = &callee.shared;
    let outermost = callee.caller.is_none();
    // A nested call goes with its caller's permit, or calls that wait for each other could hold
    // them all. The semaphores are never closed, so the permits are always had; that to compute first,
    // so that nobody who could wait for others is kept from it by those who wait to compute.
    let computes = outermost && !callee.powers.waits();
    let _computing = if computes { shared.computing.acquire().await.ok() } else { None };
    let _permit = if outermost { shared.live.acquire().await.ok() } else { None };
    callee.wards().check(&callee.id)?;
    let time = Time::of(callee)?;
    let started = Instant::now();
    let mut store = fresh_store(callee, seed, started + time.wall_time);
    let answer = timeout(time.wall_time, body(&mut store)).await;
    let result = answer.unwrap_or(Err(Broken::Late));
    if store.data().memory.crowded_out() {
        callee.run.note_mishap();
    }
    if let (Some(work), Ok(left)) = (&shared.work, store.get_fuel()) {
        work.fetch_add(u64::MAX - left, Ordering::Relaxed);
    }
    if outermost {
        callee.run.spend_time(started.elapsed());
        // Nested calls are not noted: a hostile caller could get its neighbor quarantined.
        callee.wards().note(&callee.id, result.as_ref().err());
    }
    result.map_err(|broken| {
        let state = store.into_data();
        let was_refused_memory = state.memory.refused();
        let bounds = Bounds { limits: shared.limits, time: time.words, was_refused_memory };
        fault::describe(&broken, &bounds, state.log.into_lines())
    })
}

fn fresh_store(callee: &Callee, seed: Seed, deadline: Instant) -> Store<CallState> {
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
        seed,
        deadline,
        tool_calls: 0,
        model_calls: 0,
        fetched: Spent::default(),
        memory: MemoryBudget::of(shared.limits.memory, &shared.memory),
    };
    let mut store = Store::new(&shared.engine, state);
    store.limiter(|state| &mut state.memory);
    store.set_hostcall_fuel(limits::HANDED_OVER_BYTES);
    store.set_max_component_handles(limits::HANDLES);
    if shared.work.is_some() {
        // As good as endless; the engine counts, so this does not fail.
        let _ = store.set_fuel(u64::MAX);
    }
    // A guest that runs hands the thread back at every tick, so that the timeout above can fire
    // and others get their turn. The check here ends it even if nobody polls the timeout.
    store.set_epoch_deadline(1);
    store.epoch_deadline_callback(move |_| {
        if Instant::now() >= deadline {
            return Err(DeadlinePassed.into());
        }
        // Not merely to whoever is ready: whose answer has come in meanwhile is looked for, too.
        Ok(UpdateDeadline::YieldCustom(1, Box::pin(tokio::task::yield_now())))
    });
    store
}
