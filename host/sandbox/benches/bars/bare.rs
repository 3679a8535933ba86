//! The trivial critic on wasmtime alone: what remains when the sandbox's own work is taken away.

use pentimento_sandbox::Allocation;
use tokio::runtime::Runtime;
use wasmtime::{
    Config, Engine, InstanceAllocationStrategy, PoolingAllocationConfig, Store,
    component::{Component, Linker, Resource, ResourceType},
};

use crate::guests::{TRIVIAL, runtime};

wasmtime::component::bindgen!({
    path: "../../wit",
    world: "critic",
    exports: { default: async },
});

use pentimento::plugin::{artifacts::Artifact, types::Brief};

/// An engine with the trivial critic linked.
pub(crate) struct Bare {
    engine: Engine,
    pre: CriticPre<()>,
    runtime: Runtime,
}

/// An instance that is there.
pub(crate) struct Started<'a> {
    store: Store<()>,
    critic: Critic,
    runtime: &'a Runtime,
}

impl Bare {
    pub(crate) fn new(allocation: Allocation) -> Self {
        let mut config = Config::new();
        config.concurrency_support(false).epoch_interruption(true).async_stack_size(1 << 20);
        if allocation == Allocation::Pooled {
            let pool = PoolingAllocationConfig::new();
            config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
        }
        let engine = Engine::new(&config).unwrap();
        let component = Component::from_binary(&engine, &TRIVIAL.component).unwrap();
        let mut linker = Linker::new(&engine);
        let mut artifacts = linker.instance("pentimento:plugin/artifacts@0.1.0").unwrap();
        for handle in ["artifact", "image"] {
            artifacts.resource(handle, ResourceType::host::<Artifact>(), |_, _| Ok(())).unwrap();
        }
        let pre = CriticPre::new(linker.instantiate_pre(&component).unwrap()).unwrap();
        Self { engine, pre, runtime: runtime() }
    }

    pub(crate) fn start(&self) -> Started<'_> {
        let mut store = Store::new(&self.engine, ());
        store.set_epoch_deadline(u64::MAX / 2);
        let critic = self.runtime.block_on(self.pre.instantiate_async(&mut store)).unwrap();
        Started { store, critic, runtime: &self.runtime }
    }
}

impl Started<'_> {
    pub(crate) fn call(&mut self) -> usize {
        let brief = Brief { idea: "x".to_owned() };
        let exports = self.critic.pentimento_plugin_critiquing();
        let answer = exports.call_assess(&mut self.store, &brief, Resource::new_borrow(0));
        self.runtime.block_on(answer).unwrap().unwrap().findings.len()
    }
}
