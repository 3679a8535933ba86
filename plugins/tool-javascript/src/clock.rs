//! The clock of every program: it begins at the same moment in every call, and goes on by a
//! millisecond whenever it is looked at. Real time would make verdicts differ from call to call; a
//! time that stands still would hang programs that wait for it.
//!
//! `QuickJS` also feeds its chance with it, which is thereby the same in every call.

use std::cell::Cell;

/// 2026-01-01 00:00:00 UTC, in milliseconds since 1970.
pub(crate) const BEGIN: f64 = 1_767_225_600_000.0;

thread_local! {
    static PASSED: Cell<f64> = const { Cell::new(0.0) };
}

/// A look at the clock: milliseconds since the call began.
pub(crate) fn passed() -> f64 {
    PASSED.with(|passed| {
        passed.set(passed.get() + 1.0);
        passed.get()
    })
}

/// Lets time pass until so many milliseconds after the call began.
pub(crate) fn pass(until: f64) {
    PASSED.with(|passed| passed.set(passed.get().max(until)));
}

/// Where `QuickJS` looks for the time on a target that has none: microseconds since 1970.
#[cfg(target_family = "wasm")]
#[unsafe(no_mangle)]
extern "C" fn __rquickjs_host_now_us() -> f64 {
    (BEGIN + passed()) * 1_000.0
}
