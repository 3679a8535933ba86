//! The front door: one engine, its cache of compiled components, and the plugins let in.

use std::{
    collections::BTreeSet,
    fmt,
    path::PathBuf,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use pentimento_manifest::Manifest;
use pentimento_model::{Grant, PluginId};
use tokio::sync::Semaphore;

use crate::{
    Allocation, FetchSettings, Limits, LoadedPlugin, Quarantine, SandboxError,
    cache::{Cache, CacheState},
    call::Shared,
    compile::{Compiler, Workplace},
    engine,
    facets::fetch::Network,
    limits, load,
    quarantine::Wards,
};

/// What a program decides about its sandbox.
#[derive(Clone, Debug, Default)]
pub struct SandboxSettings {
    /// The folder for compiled components; `None` compiles every time (some 50 ms for a plugin in
    /// Rust). It must be private to the user, and is created if it is not there.
    pub cache_dir: Option<PathBuf>,
    /// What one call may use.
    pub limits: Limits,
    /// The time that plugins with the clock facet are told, since the Unix epoch.
    pub time: Duration,
    /// How instances get their memory; `None` takes the pool where address space allows it.
    pub allocation: Option<Allocation>,
    /// When a plugin that keeps breaking is no longer called.
    pub quarantine: Quarantine,
    /// The program that compiles what is neither in the cache nor trusted; `None` compiles
    /// everything in this process, which a component made for it can keep busy for minutes.
    pub compiler: Option<Compiler>,
    /// Digests of components that this process compiles itself: those that came with the program.
    pub trusted: BTreeSet<String>,
    /// How plugins with the fetch facet reach the network.
    pub fetch: FetchSettings,
    /// Counts what guests execute, for measurements that are the same on every machine. They are
    /// slower then, and compiled in this process.
    pub count_work: bool,
}

/// What calls in progress hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InUse {
    /// Calls that have their turn.
    pub calls: usize,
    /// Bytes of linear memory.
    pub memory: usize,
    /// Slots of the pool: instances, memories, tables and stacks. None where there is no pool.
    pub slots: u64,
}

/// Lets plugins in and runs them with no power but what they were granted.
///
/// Calls need a tokio runtime with its timer enabled, and those of fetching plugins its IO too. Loading compiles, so it may block for some
/// 50 ms for a plugin that is not in the cache.
pub struct Sandbox {
    shared: Shared,
    cache: Cache,
    workplace: Workplace,
}

impl Sandbox {
    /// Starts an engine. A cache folder that cannot be used is no error: see
    /// [`Self::cache_state`].
    pub fn new(settings: SandboxSettings) -> Result<Self, SandboxError> {
        let SandboxSettings { cache_dir, limits, time, allocation, quarantine, .. } = settings;
        let SandboxSettings { compiler, trusted, fetch, count_work, .. } = settings;
        let (engine, allocation) = engine::start(allocation, count_work)?;
        let network = Network::new(fetch);
        let network = network.map_err(|error| SandboxError::Network(Box::new(error)))?;
        let live = Arc::new(Semaphore::new(limits::LIVE_CALLS as usize));
        let computing = Arc::new(Semaphore::new(limits::computing_calls()));
        let wards = Arc::new(Wards::new(quarantine));
        let decoded = Arc::default();
        let memory = Arc::default();
        let work = count_work.then(Arc::default);
        let shared =
            Shared { engine, limits, time, decoded, live, computing, memory, network, wards, work };
        // Another process compiles for engines that do not count.
        let compiler = compiler.filter(|_| !count_work);
        let workplace = Workplace { compiler, trusted, allocation };
        Ok(Self { cache: Cache::open(cache_dir), shared, workplace })
    }

    /// Lets a plugin in: `manifest` is the text of its `plugin.toml`, `component` its bytes,
    /// `grant` what the operator gives it. If the component carries a request, it must be this one.
    pub fn load(
        &self,
        manifest: &str,
        component: &[u8],
        grant: &Grant,
    ) -> Result<LoadedPlugin, SandboxError> {
        let parsed = Manifest::parse(manifest)?;
        load::check_bytes(&parsed.name, component)?;
        match pentimento_manifest::extract(component) {
            Ok(embedded) if embedded != manifest => {
                Err(SandboxError::RequestDiffers { plugin: parsed.name })
            }
            // A damaged component is told of by those who read all of it.
            _ => self.link(parsed, component, grant),
        }
    }

    /// Lets a plugin in that carries its request, as `pentimento plugin build` makes them.
    pub fn admit(&self, component: &[u8], grant: &Grant) -> Result<LoadedPlugin, SandboxError> {
        load::check_bytes("newcomer", component)?;
        let manifest = Manifest::parse(&pentimento_manifest::extract(component)?)?;
        self.link(manifest, component, grant)
    }

    fn link(
        &self,
        manifest: Manifest,
        component: &[u8],
        grant: &Grant,
    ) -> Result<LoadedPlugin, SandboxError> {
        let id = PluginId::of(manifest.name.clone(), component);
        let engine = &self.shared.engine;
        let component = self.workplace.component(engine, &self.cache, &id, component)?;
        load::link(&self.shared, manifest, id, &component, grant)
    }

    /// Whether compiled components are kept, and if not, why.
    pub fn cache_state(&self) -> &CacheState {
        self.cache.state()
    }

    /// The most bytes of linear memory that any call has had so far.
    pub fn peak_memory(&self) -> usize {
        self.shared.memory.peak()
    }

    /// What calls in progress hold by now. Nothing if nobody is called: a call that ended, however
    /// it did, leaves nothing behind that the next one would have to wait for.
    pub fn in_use(&self) -> InUse {
        let Shared { engine, live, memory, .. } = &self.shared;
        let pool = engine.pooling_allocator_metrics();
        let slots = pool.map_or(0, |pool| {
            let instances = pool.component_instances() + pool.core_instances();
            instances + (pool.memories() + pool.tables() + pool.stacks()) as u64
        });
        let calls = limits::LIVE_CALLS as usize - live.available_permits();
        InUse { calls, memory: memory.held(), slots }
    }

    /// What all calls so far have executed, in wasmtime's unit (about one a WebAssembly
    /// instruction); `None` unless the settings have it counted.
    pub fn work(&self) -> Option<u64> {
        self.shared.work.as_ref().map(|work| work.load(Ordering::Relaxed))
    }

    /// How instances get their memory.
    pub fn allocation(&self) -> Allocation {
        self.workplace.allocation
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.cache.state();
        write!(formatter, "Sandbox({:?}, cache {state:?})", self.workplace.allocation)
    }
}
