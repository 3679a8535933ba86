//! Builds the guests, loads them and calls them.

use std::{sync::LazyLock, time::Duration};

use pentimento_model::{
    Artifact, Assessment, Brief, Capability, Fault, FaultKind, Grant, MediaType, Opinion, Seed,
};
use pentimento_sandbox::{Limits, LoadedPlugin, Quarantine, Sandbox, SandboxSettings};

use crate::guest::{Guest, guest};

pub(crate) static TRIVIAL: LazyLock<Guest> = LazyLock::new(|| guest("critic-trivial"));
pub(crate) static HOSTILE: LazyLock<Guest> = LazyLock::new(|| guest("hostile"));
pub(crate) static WITNESS: LazyLock<Guest> = LazyLock::new(|| guest("witness"));
pub(crate) static COURIER: LazyLock<Guest> = LazyLock::new(|| guest("courier"));
pub(crate) static ECHO: LazyLock<Guest> = LazyLock::new(|| guest("echo"));

/// Every facet there is, together.
pub(crate) fn everything() -> Grant {
    Grant::of(Capability::ALL).with_private_input_and_egress()
}

/// 16 MiB of memory, and a minute, so that a busy machine does not look like a slow guest.
pub(crate) fn tight() -> SandboxSettings {
    let limits = Limits { wall_time: Duration::from_mins(1), memory: 16 << 20 };
    SandboxSettings { limits, ..SandboxSettings::default() }
}

/// Half a second, for guests that never come back.
pub(crate) fn hurried() -> SandboxSettings {
    let limits = Limits { wall_time: Duration::from_millis(500), ..tight().limits };
    SandboxSettings { limits, ..SandboxSettings::default() }
}

/// A sandbox with the settings and one plugin in it, which may break as often as it likes.
pub(crate) fn load(settings: SandboxSettings, guest: &Guest, grant: &Grant) -> LoadedPlugin {
    let settings = SandboxSettings { quarantine: Quarantine::NEVER, ..settings };
    let sandbox = Sandbox::new(settings).unwrap();
    sandbox.load(&guest.manifest, &guest.component, grant).unwrap()
}

/// Runs a future to its end as the program would.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap().block_on(future)
}

/// Asks an assessor about a candidate.
pub(crate) fn ask(plugin: &LoadedPlugin, idea: &str, candidate: &Artifact) -> Assessment {
    let assessor = plugin.assessor().unwrap();
    wait(assessor.assess(&Brief::from_idea(idea), candidate, Seed(7)))
}

/// The fault of an assessment that has one.
pub(crate) fn fault_of(assessment: Assessment) -> Fault {
    match assessment {
        Assessment::Missing { fault, .. } => fault,
        Assessment::Given { opinion, .. } => panic!("no fault but {opinion:?}"),
    }
}

/// The proof of a verifier, or the kind and message of its fault.
pub(crate) fn proof_of(assessment: Assessment) -> Result<String, (FaultKind, String)> {
    match assessment {
        Assessment::Given { opinion: Opinion::Check(check), .. } => Ok(check.proof),
        Assessment::Missing { fault, .. } => Err((fault.kind, fault.message)),
        Assessment::Given { opinion, .. } => panic!("not a check: {opinion:?}"),
    }
}

/// A picture of 8×4 pixels, black but for its last pixel.
pub(crate) fn picture() -> Artifact {
    let mut pixels = image::RgbaImage::from_pixel(8, 4, image::Rgba([0, 0, 0, 255]));
    pixels.put_pixel(7, 3, image::Rgba([10, 20, 30, 40]));
    encoded(&pixels)
}

/// A picture as PNG.
pub(crate) fn encoded(pixels: &image::RgbaImage) -> Artifact {
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    Artifact::new(MediaType::Png, bytes.into_inner())
}

/// A text.
pub(crate) fn text(text: &str) -> Artifact {
    Artifact::new(MediaType::Text, text.as_bytes())
}
