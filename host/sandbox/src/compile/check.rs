//! What a component must be before a compiler sees it: valid, with no features but those we run,
//! and not larger in any respect than components of whole language runtimes are.

use wasmparser::{Parser, Payload, Validator, WasmFeatures};

use crate::{SandboxError, limits};

/// What the engine accepts: all that wasmtime accepts of itself, as it is built here (no threads,
/// no garbage collection, no exceptions), and 32-bit memories only.
pub(crate) fn features() -> WasmFeatures {
    let absent = WasmFeatures::MEMORY64
        | WasmFeatures::THREADS
        | WasmFeatures::GC_TYPES
        | WasmFeatures::EXCEPTIONS;
    (WasmFeatures::WASM3 | WasmFeatures::COMPONENT_MODEL) & !absent
}

/// Refuses what is not worth compiling, or would cost too much.
pub(crate) fn before_compiling(plugin: &str, bytes: &[u8]) -> Result<(), SandboxError> {
    let invalid = |error: wasmparser::BinaryReaderError| SandboxError::Invalid {
        plugin: plugin.to_owned(),
        source: pentimento_model::clean(&error.to_string()).into(),
    };
    let sizes = sizes(bytes).map_err(invalid)?;
    sizes.check(plugin)?;
    Validator::new_with_features(features()).validate_all(bytes).map_err(invalid)?;
    Ok(())
}

/// What decides how much work a component is.
#[derive(Debug, Default)]
struct Sizes {
    functions: usize,
    largest_function: usize,
    depth: usize,
}

/// Counts, without looking into functions. Stops at the first level too many.
fn sizes(bytes: &[u8]) -> wasmparser::Result<Sizes> {
    let (mut sizes, mut depth) = (Sizes::default(), 1);
    for payload in Parser::new(0).parse_all(bytes) {
        match payload? {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth -= 1,
            Payload::CodeSectionEntry(body) => {
                sizes.functions += 1;
                sizes.largest_function = sizes.largest_function.max(body.range().len());
            }
            _ => {}
        }
        sizes.depth = sizes.depth.max(depth);
        if depth > limits::NESTING {
            break;
        }
    }
    Ok(sizes)
}

impl Sizes {
    fn check(&self, plugin: &str) -> Result<(), SandboxError> {
        let bounds = [
            (self.depth, limits::NESTING, "levels of components in one another"),
            (self.functions, limits::FUNCTIONS, "functions"),
            (self.largest_function, limits::FUNCTION_BYTES, "bytes in one function"),
        ];
        for (found, limit, what) in bounds {
            if found > limit {
                let plugin = plugin.to_owned();
                return Err(SandboxError::TooComplex { plugin, what, limit });
            }
        }
        Ok(())
    }
}
