//! What wit-bindgen makes of `wit/`: generated, nothing else.
//!
//! One set of types for all three worlds. What authors use of it is re-exported by `lib.rs`.
#![expect(missing_docs, clippy::pedantic, reason = "generated code")]

pub mod critic {
    wit_bindgen::generate!({
        path: "../../wit",
        world: "critic",
        pub_export_macro: true,
        export_macro_name: "export_critic_bindings",
        default_bindings_module: "pentimento_sdk::bindings::critic",
    });
}

pub mod verifier {
    wit_bindgen::generate!({
        path: "../../wit",
        world: "verifier",
        pub_export_macro: true,
        export_macro_name: "export_verifier_bindings",
        default_bindings_module: "pentimento_sdk::bindings::verifier",
        with: {
            "pentimento:plugin/types@0.1.0": crate::bindings::critic::pentimento::plugin::types,
            "pentimento:plugin/artifacts@0.1.0": crate::bindings::critic::pentimento::plugin::artifacts,
            "pentimento:plugin/log@0.1.0": crate::bindings::critic::pentimento::plugin::log,
            "pentimento:plugin/random@0.1.0": crate::bindings::critic::pentimento::plugin::random,
            "pentimento:plugin/clock@0.1.0": crate::bindings::critic::pentimento::plugin::clock,
            "pentimento:plugin/settings@0.1.0": crate::bindings::critic::pentimento::plugin::settings,
            "pentimento:plugin/memory@0.1.0": crate::bindings::critic::pentimento::plugin::memory,
            "pentimento:plugin/tools@0.1.0": crate::bindings::critic::pentimento::plugin::tools,
            "pentimento:plugin/models@0.1.0": crate::bindings::critic::pentimento::plugin::models,
            "pentimento:plugin/fetch@0.1.0": crate::bindings::critic::pentimento::plugin::fetch,
        },
    });
}

pub mod tool {
    wit_bindgen::generate!({
        path: "../../wit",
        world: "tool",
        pub_export_macro: true,
        export_macro_name: "export_tool_bindings",
        default_bindings_module: "pentimento_sdk::bindings::tool",
        with: {
            "pentimento:plugin/types@0.1.0": crate::bindings::critic::pentimento::plugin::types,
            "pentimento:plugin/artifacts@0.1.0": crate::bindings::critic::pentimento::plugin::artifacts,
            "pentimento:plugin/log@0.1.0": crate::bindings::critic::pentimento::plugin::log,
            "pentimento:plugin/random@0.1.0": crate::bindings::critic::pentimento::plugin::random,
            "pentimento:plugin/clock@0.1.0": crate::bindings::critic::pentimento::plugin::clock,
            "pentimento:plugin/settings@0.1.0": crate::bindings::critic::pentimento::plugin::settings,
            "pentimento:plugin/memory@0.1.0": crate::bindings::critic::pentimento::plugin::memory,
            "pentimento:plugin/tools@0.1.0": crate::bindings::critic::pentimento::plugin::tools,
            "pentimento:plugin/models@0.1.0": crate::bindings::critic::pentimento::plugin::models,
            "pentimento:plugin/fetch@0.1.0": crate::bindings::critic::pentimento::plugin::fetch,
        },
    });
}
