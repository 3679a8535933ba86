//! The loader: any bytes are looked into, and let in or refused with a reason.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use pentimento_model::Grant;
use pentimento_sandbox::{Inspection, Sandbox, SandboxError, SandboxSettings};

/// A request for bytes that carry none.
const MANIFEST: &str = "name = \"stranger\"\nversion = \"1\"\nrole = \"critic\"\n\
    world = \"pentimento:plugin/critic@0.1.0\"\n[wants]\nartifacts = \"to look\"\n";

static SANDBOX: LazyLock<Sandbox> =
    LazyLock::new(|| Sandbox::new(SandboxSettings::default()).unwrap());

fuzz_target!(|bytes: &[u8]| {
    let _ = Inspection::of(bytes, None);
    let refused = |error: SandboxError| assert!(!error.to_string().is_empty());
    let grant = Grant::default();
    match SANDBOX.admit(bytes, &grant) {
        Ok(_) => {}
        Err(SandboxError::Manifest(_)) => {
            let _ = SANDBOX.load(MANIFEST, bytes, &grant).map_err(refused);
        }
        Err(error) => refused(error),
    }
});
