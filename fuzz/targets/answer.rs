//! Guest to host: any memory as a critic's answer is an opinion or a fault.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use pentimento_model::{Artifact, Brief, Capability, Grant, MediaType, Seed, clean};
use pentimento_model::{Assessment, Opinion};
use pentimento_sandbox::{LoadedPlugin, Quarantine, Sandbox, SandboxSettings};
use tokio::runtime::{Builder, Runtime};

#[path = "../../host/sandbox/tests/hostile/critic.rs"]
mod critic;

const MANIFEST: &str = "name = \"stranger\"\nversion = \"1\"\nrole = \"critic\"\n\
    world = \"pentimento:plugin/critic@0.1.0\"\n[wants]\nartifacts = \"to look\"\n\
    log = \"to tell\"\nrandom = \"to guess\"\nclock = \"to wait\"\n";

static CRITIC: LazyLock<LoadedPlugin> = LazyLock::new(|| {
    let settings = SandboxSettings { quarantine: Quarantine::NEVER, ..SandboxSettings::default() };
    let sandbox = Sandbox::new(settings).unwrap();
    let component = critic::OBEDIENT.component();
    sandbox.load(MANIFEST, &component, &Grant::of(Capability::ALL)).unwrap()
});

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().enable_time().build().unwrap());

// Longer memories would run over the texts that the answer may point to.
fuzz_target!(|memory: &[u8]| {
    let memory = &memory[..memory.len().min(3_072)];
    let brief = Brief::from_idea(critic::spelled(memory));
    let candidate = Artifact::new(MediaType::Text, &b"three red apples"[..]);
    let assessor = CRITIC.assessor().unwrap();
    match RUNTIME.block_on(assessor.assess(&brief, &candidate, Seed(1))) {
        Assessment::Given { opinion: Opinion::Critique(critique), .. } => {
            for finding in &critique.findings {
                assert_eq!(clean(&finding.message), finding.message);
            }
        }
        Assessment::Given { opinion, .. } => panic!("no critique but {opinion:?}"),
        Assessment::Missing { fault, .. } => assert_eq!(clean(&fault.message), fault.message),
    }
});
