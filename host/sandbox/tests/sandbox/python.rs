//! The Python tool: held against native Python, and against programs that mean harm.
//!
//! It is no crate, so it is not built here: `scripts/test-languages python` builds it and runs these
//! tests, which plain `cargo test` passes over.

mod hostile;
mod programs;

use std::{fs, path::Path, sync::LazyLock, time::Duration};

use pentimento_model::{Argument, Fault, Grant, Seed};
use pentimento_sandbox::{Limits, LoadedPlugin, RunLimits, RunScope, Sandbox, SandboxSettings};
use serde_json::Value;

use crate::guest::Guest;

/// The tool, with its tests beside it.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../plugins/tool-python");

static PYTHON: LazyLock<Guest> = LazyLock::new(|| {
    let component = Path::new(FOLDER).join("target/plugin/tool-python.wasm");
    Guest {
        manifest: fs::read_to_string(Path::new(FOLDER).join("plugin.toml")).unwrap(),
        component: fs::read(component)
            .unwrap_or_else(|error| panic!("{error}\nhint: scripts/test-languages python")),
    }
});

/// The tool in a sandbox of its own.
struct Python {
    plugin: LoadedPlugin,
    runtime: tokio::runtime::Runtime,
}

impl Python {
    /// The tool, with as much time as a busy machine needs.
    fn patient() -> Self {
        Self::within(Duration::from_mins(1))
    }

    fn within(wall_time: Duration) -> Self {
        let cache_dir = Some(Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache/components"));
        let limits = Limits { wall_time, ..Limits::default() };
        let settings = SandboxSettings { cache_dir, limits, ..SandboxSettings::default() };
        let sandbox = Sandbox::new(settings).unwrap();
        let plugin = sandbox.load(&PYTHON.manifest, &PYTHON.component, &Grant::default()).unwrap();
        let plugin = plugin.in_run(&RunScope::new(RunLimits::UNBOUNDED));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        Self { plugin, runtime }
    }

    fn perform(&self, arguments: &[(&str, &str)]) -> Result<Value, Fault> {
        let named = |(name, value): &(&str, &str)| Argument {
            name: (*name).to_owned(),
            value: (*value).to_owned(),
        };
        let arguments: Vec<_> = arguments.iter().map(named).collect();
        let tool = self.plugin.tool().unwrap();
        let answer = self.runtime.block_on(tool.perform(&arguments, &[], Seed(1)))?;
        Ok(serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{error}: {answer}")))
    }

    /// What came of a program.
    fn run(&self, code: &str) -> Value {
        self.perform(&[("code", code)]).unwrap_or_else(|fault| panic!("{code}: {fault:?}"))
    }
}
