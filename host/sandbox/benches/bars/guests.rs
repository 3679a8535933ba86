//! The guests and pictures the benchmark calls with.

use std::{io::Cursor, sync::LazyLock};

use pentimento_model::{Artifact, Assessment, Brief, Grant, MediaType, Opinion, Seed};
use pentimento_sandbox::{Allocation, Limits, LoadedPlugin, Quarantine, Sandbox, SandboxSettings};
use tokio::runtime::{Builder, Runtime};

use crate::guest::{Guest, guest};

pub(crate) static TRIVIAL: LazyLock<Guest> = LazyLock::new(|| guest("critic-trivial"));
pub(crate) static KERNELS: LazyLock<Guest> = LazyLock::new(|| guest("kernels"));
pub(crate) static HOSTILE: LazyLock<Guest> = LazyLock::new(|| guest("hostile"));

/// A picture with this many pixels on each side.
pub(crate) fn picture(side: u32) -> Artifact {
    let shade = |x: u32, y: u32| image::Rgb([x, y, x ^ y].map(|value| value.to_le_bytes()[0]));
    let pixels = image::RgbImage::from_fn(side, side, shade);
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    Artifact::new(MediaType::Png, bytes.into_inner())
}

pub(crate) fn runtime() -> Runtime {
    Builder::new_current_thread().enable_time().build().unwrap()
}

/// A sandbox as the program has it, except that nobody is quarantined.
pub(crate) fn sandbox(allocation: Allocation, limits: Limits) -> Sandbox {
    let (allocation, quarantine) = (Some(allocation), Quarantine::NEVER);
    Sandbox::new(SandboxSettings { allocation, limits, quarantine, ..SandboxSettings::default() })
        .unwrap()
}

impl Guest {
    pub(crate) fn load(&self, sandbox: &Sandbox, grant: &Grant) -> LoadedPlugin {
        sandbox.load(&self.manifest, &self.component, grant).unwrap()
    }
}

/// Someone who asks a plugin about always the same candidate.
pub(crate) struct Asker<'a> {
    pub(crate) plugin: &'a LoadedPlugin,
    pub(crate) candidate: Artifact,
    runtime: Runtime,
}

impl<'a> Asker<'a> {
    pub(crate) fn new(plugin: &'a LoadedPlugin, side: u32) -> Self {
        Self { plugin, candidate: picture(side), runtime: runtime() }
    }

    /// One opinion: fresh store, fresh instance, call, checked answer, all dropped again.
    pub(crate) fn ask(&self, idea: &str) -> Assessment {
        let (brief, assessor) = (Brief::from_idea(idea), self.plugin.assessor().unwrap());
        self.runtime.block_on(assessor.assess(&brief, &self.candidate, Seed(1)))
    }

    /// The report of a verifier that passes.
    pub(crate) fn report(&self, idea: &str) -> String {
        match self.ask(idea) {
            Assessment::Given { opinion: Opinion::Check(check), .. } => check.proof,
            other => panic!("no report: {other:?}"),
        }
    }
}
