//! The wasmtime engine: which WebAssembly we accept, how instances get their memory, and the
//! thread whose ticks end calls that take too long.
//!
//! Nothing here knows what a plugin is for.

use std::thread;

use wasmtime::{
    Config, Enabled, Engine, InstanceAllocationStrategy, PoolingAllocationConfig, Strategy,
};

use crate::{SandboxError, heap, limits};

/// How instances get their memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allocation {
    /// From a pool reserved at the start: the quick way (`docs/decisions/0001-pooling.md`).
    Pooled,
    /// Mapped call by call, with small reservations, where address space is short.
    OnDemand,
}

/// Bytes of a pooled memory that stay mapped after a call, where the kernel can say which pages
/// were touched, so that only those are cleared: a picture of 512×512 with a working copy. Where
/// it cannot, all of these bytes would be cleared, which costs more than mapping them anew.
const KEPT_RESIDENT: usize = 2 << 20;

/// The same for a pooled table: 8,192 functions, which is what Python has.
const KEPT_OF_TABLES: usize = 64 << 10;

/// Bytes of a pooled stack that stay mapped and are cleared after a call: what most calls touch.
const KEPT_OF_STACKS: usize = 32 << 10;

/// Slots of the pool that wait with their last plugin's memory, so that its next call is quick: one
/// each for as many plugins as a run usually has. Times [`KEPT_RESIDENT`] it is what calls that
/// touch all their memory leave behind, 16 MiB.
const WARM_SLOTS: u32 = 8;

/// Makes an engine and starts its ticker. Without a preference the pool is tried first. `counts`
/// has guests count what they execute.
pub(crate) fn start(
    wanted: Option<Allocation>,
    counts: bool,
) -> Result<(Engine, Allocation), SandboxError> {
    let make = |allocation| make(allocation, counts);
    let (engine, allocation) = match wanted {
        Some(allocation) => (make(allocation), allocation),
        None => match make(Allocation::Pooled) {
            Ok(engine) => (Ok(engine), Allocation::Pooled),
            // The pool reserves 1.5 terabytes of addresses, which `ulimit -v`, a container or
            // a 39-bit processor may refuse.
            Err(_) => (make(Allocation::OnDemand), Allocation::OnDemand),
        },
    };
    let engine = engine.map_err(|error| SandboxError::Engine { source: error.into() })?;
    start_ticker(&engine)?;
    heap::return_large_blocks();
    Ok((engine, allocation))
}

impl Allocation {
    /// The word for it, for another process.
    pub(crate) const fn as_word(self) -> &'static str {
        match self {
            Self::Pooled => "pooled",
            Self::OnDemand => "on-demand",
        }
    }

    /// What a word stands for.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        [Self::Pooled, Self::OnDemand].into_iter().find(|one| one.as_word() == word)
    }
}

/// An engine that compiles for engines with this allocation and runs nothing: it reserves no pool.
pub(crate) fn for_compiling(allocation: Allocation) -> wasmtime::Result<Engine> {
    Engine::new(&code_config(allocation))
}

fn make(allocation: Allocation, counts: bool) -> wasmtime::Result<Engine> {
    let mut config = code_config(allocation);
    config.consume_fuel(counts);
    if allocation == Allocation::Pooled {
        config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool()));
    }
    Engine::new(&config)
}

/// Everything that decides what code is made.
fn code_config(allocation: Allocation) -> Config {
    let mut config = Config::new();
    config
        .strategy(Strategy::Cranelift)
        .wasm_component_model(true)
        .concurrency_support(false)
        .wasm_memory64(false)
        .max_wasm_stack(limits::WASM_STACK)
        .async_stack_size(limits::NATIVE_STACK)
        // Of a stack, what a deep recursion touched is given back, and nothing is left to be seen.
        .async_stack_zeroing(true)
        .epoch_interruption(true)
        // What a NaN looks like inside differs between families of processors, and making them
        // alike would cost three quarters of all work on pixels (`docs/decisions/0007-nans.md`).
        .cranelift_nan_canonicalization(false)
        .relaxed_simd_deterministic(true);
    // Not left to the default, which is the pool where wasmtime is built with it.
    config.allocation_strategy(InstanceAllocationStrategy::OnDemand);
    if allocation == Allocation::OnDemand {
        // Reserving 4 GiB a memory saves bounds checks, and is what we cannot afford here.
        config.memory_reservation(0).memory_guard_size(0).memory_reservation_for_growth(1 << 20);
    }
    config
}

fn pool() -> PoolingAllocationConfig {
    /// Every call in progress may have others waiting above it.
    const AT_ONCE: u32 = limits::LIVE_CALLS * limits::CALL_DEPTH;

    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(AT_ONCE)
        .total_core_instances(AT_ONCE * limits::CORE_INSTANCES)
        .total_memories(AT_ONCE * limits::MEMORIES)
        .total_tables(AT_ONCE * limits::TABLES)
        .total_stacks(AT_ONCE)
        .max_core_instances_per_component(limits::CORE_INSTANCES)
        .max_memories_per_component(limits::MEMORIES)
        .max_tables_per_component(limits::TABLES)
        // How its author spread them over modules is nobody's business.
        .max_memories_per_module(limits::MEMORIES)
        .max_tables_per_module(limits::TABLES)
        .table_elements(limits::TABLE_ELEMENTS)
        .async_stack_keep_resident(KEPT_OF_STACKS)
        .max_unused_warm_slots(WARM_SLOTS);
    if PoolingAllocationConfig::is_pagemap_scan_available() {
        pool.pagemap_scan(Enabled::Yes)
            .linear_memory_keep_resident(KEPT_RESIDENT)
            .table_keep_resident(KEPT_OF_TABLES);
    }
    pool
}

/// Ticks on a thread of its own, so that no guest can starve it. It holds the engine weakly and
/// ends soon after the last owner.
fn start_ticker(engine: &Engine) -> Result<(), SandboxError> {
    let engine = engine.weak();
    let tick = move || {
        while let Some(engine) = engine.upgrade() {
            engine.increment_epoch();
            drop(engine);
            thread::sleep(limits::EPOCH_TICK);
        }
    };
    let ticker = thread::Builder::new().name("plugin-deadlines".to_owned());
    ticker.spawn(tick).map(drop).map_err(SandboxError::Ticker)
}
