//! The loader: any bytes are looked into, and let in or refused with a reason.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use pentimento_model::Grant;
use pentimento_sandbox::{Inspection, Sandbox, SandboxSettings};

static SANDBOX: LazyLock<Sandbox> =
    LazyLock::new(|| Sandbox::new(SandboxSettings::default()).unwrap());

fuzz_target!(|bytes: &[u8]| {
    let _ = Inspection::of(bytes, None);
    if let Err(error) = SANDBOX.admit(bytes, &Grant::default()) {
        assert!(!error.to_string().is_empty());
    }
});
