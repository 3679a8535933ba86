//! What wasmtime makes of `wit/`: generated, nothing else.
//!
//! One set of types for all three worlds. Host functions may trap, so that a guest that asks for
//! too much can be ended; those that decode or scale pictures, wait for other plugins or wait for a
//! server are async, because that work leaves the async thread.

pub(crate) mod critic {
    wasmtime::component::bindgen!({
        path: "../../wit",
        world: "critic",
        imports: {
            "pentimento:plugin/artifacts.[method]artifact.image": async | trappable,
            "pentimento:plugin/artifacts.[method]image.resize": async | trappable,
            "pentimento:plugin/models.complete": async | trappable,
            "pentimento:plugin/tools.assess": async | trappable,
            "pentimento:plugin/tools.perform": async | trappable,
            "pentimento:plugin/tools.verify": async | trappable,
            "pentimento:plugin/fetch.send": async | trappable,
            default: trappable,
        },
        exports: { default: async },
        with: {
            "pentimento:plugin/artifacts.artifact": crate::facets::artifacts::HeldArtifact,
            "pentimento:plugin/artifacts.image": crate::facets::artifacts::HeldImage,
        },
    });
}

pub(crate) mod verifier {
    wasmtime::component::bindgen!({
        path: "../../wit",
        world: "verifier",
        exports: { default: async },
        require_store_data_send: true,
        with: { "pentimento:plugin": super::critic::pentimento::plugin },
    });
}

pub(crate) mod tool {
    wasmtime::component::bindgen!({
        path: "../../wit",
        world: "tool",
        exports: { default: async },
        require_store_data_send: true,
        with: { "pentimento:plugin": super::critic::pentimento::plugin },
    });
}

pub(crate) use critic::pentimento::plugin::{
    artifacts, clock, fetch, log, memory, models, random, settings, tools, types,
};
