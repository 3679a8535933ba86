//! The kernels of the sandbox's benchmark as an Extism plugin.

#[path = "../../../../../plugins/kernels/src/work.rs"]
mod work;

use extism_pdk::{FnResult, plugin_fn};

/// The trivial critic: no opinion on anything.
#[plugin_fn]
pub fn assess(_idea: String) -> FnResult<String> {
    Ok(r#"{"abstains":"this critic has no opinion on anything"}"#.to_owned())
}

/// Works as `name times` says, and answers with what came of it.
#[plugin_fn]
pub fn work(order: String) -> FnResult<String> {
    let (name, times) = order.split_once(' ').unwrap_or_default();
    let named = work::Work::named(name).ok_or_else(|| extism_pdk::Error::msg("no such work"))?;
    Ok(named.done(times.parse()?))
}

/// Reads a picture: the sum of its pixels.
#[plugin_fn]
pub fn read(pixels: Vec<u8>) -> FnResult<String> {
    Ok(work::sum(&pixels).to_string())
}
