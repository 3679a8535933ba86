//! The host that hostile components meet: lets them in, calls them, compares how they end, and asks
//! an honest critic afterwards.

use std::{error::Error, sync::LazyLock, time::Duration};

use pentimento_model::{
    Artifact, Assessment, Brief, Capability, Critique, Fault, Finding, Grant, MediaType, Opinion,
    Place, Seed,
};
use pentimento_sandbox::{
    InUse, Limits, LoadedPlugin, Quarantine, Sandbox, SandboxError, SandboxSettings,
};

use crate::modes::{Ends, HONEST, Mode};

/// What a hostile component says of itself: it wants everything it can use.
pub(crate) const MANIFEST: &str = "name = \"stranger\"\nversion = \"1\"\nrole = \"critic\"\n\
    world = \"pentimento:plugin/critic@0.1.0\"\n[wants]\nartifacts = \"to flood the host\"\n\
    log = \"to flood the log\"\nrandom = \"to look for leaks\"\nclock = \"to look for leaks\"\n";

/// The time of calls that are expected to end at their deadline.
const HURRIED: Duration = Duration::from_millis(300);

/// The message such calls end with.
const LATE: &str = "it did not answer within 300ms";

/// Memory of a call: 16 MiB.
pub(crate) const MEMORY: usize = 16 << 20;

/// The time of all others, so that a busy machine does not look like a slow guest.
const PATIENCE: Duration = Duration::from_mins(1);

/// One sandbox for tests that count nothing, and one for guests that never come back.
pub(crate) static PATIENT: LazyLock<Host> = LazyLock::new(|| Host::with(PATIENCE));
pub(crate) static SHORT: LazyLock<Host> = LazyLock::new(|| Host::with(HURRIED));

/// A sandbox with an honest critic in it.
pub(crate) struct Host {
    sandbox: Sandbox,
    honest: LoadedPlugin,
}

impl Host {
    pub(crate) fn with(wall_time: Duration) -> Self {
        let limits = Limits { wall_time, memory: MEMORY };
        // Every call counts here, the thousandth like the first.
        let quarantine = Quarantine::NEVER;
        Self::new(SandboxSettings { limits, quarantine, ..SandboxSettings::default() })
    }

    /// The same where it is counted what guests execute.
    pub(crate) fn counting(wall_time: Duration) -> Self {
        let limits = Limits { wall_time, memory: MEMORY };
        let quarantine = Quarantine::NEVER;
        let settings = SandboxSettings { limits, quarantine, ..SandboxSettings::default() };
        Self::new(SandboxSettings { count_work: true, ..settings })
    }

    /// What an honest call executes.
    pub(crate) fn honest_work(&self) -> u64 {
        let before = self.sandbox.work().unwrap();
        self.check_it_goes_on("counting");
        self.sandbox.work().unwrap() - before
    }

    /// Starts a sandbox and lets the honest critic in.
    pub(crate) fn new(settings: SandboxSettings) -> Self {
        let sandbox = Sandbox::new(settings).unwrap();
        let honest = let_in(&sandbox, &HONEST.component()).unwrap();
        Self { sandbox, honest }
    }

    /// Lets a component in, or says why not.
    pub(crate) fn load(&self, component: &[u8]) -> Result<LoadedPlugin, SandboxError> {
        let_in(&self.sandbox, component)
    }

    /// Checks that an honest critic still gets its opinion in.
    pub(crate) fn check_it_goes_on(&self, after: &str) {
        let critique = critique_of(ask(&self.honest, &picture()));
        assert!(critique.findings.is_empty(), "after `{after}`: {critique:?}");
    }

    /// What calls in progress hold of the sandbox.
    pub(crate) fn in_use(&self) -> InUse {
        self.sandbox.in_use()
    }
}

/// The one place where these tests hand bytes to the sandbox.
fn let_in(sandbox: &Sandbox, component: &[u8]) -> Result<LoadedPlugin, SandboxError> {
    sandbox.load(MANIFEST, component, &Grant::of(Capability::ALL))
}

/// Carries out modes and compares how they end. All that end otherwise are named together.
pub(crate) fn check(modes: &[Mode]) {
    // Sandboxes of their own: what other tests do meanwhile would be counted, too.
    let (patient, hurried) = (Host::with(PATIENCE), Host::with(HURRIED));
    let host_for = |mode: &Mode| if ends_late(mode) { &hurried } else { &patient };
    let outcomes = modes.iter().map(|mode| carry_out(host_for(mode), mode));
    let wrong: Vec<String> = outcomes.filter_map(Result::err).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn carry_out(host: &Host, mode: &Mode) -> Result<(), String> {
    let found = match host.load(&mode.component()) {
        Err(error) => format!("not let in: {}", chain(&error)),
        Ok(plugin) => told(&ask(&plugin, &picture())),
    };
    // Nobody has to wait for anything it left behind: the next call finds the host as the first did.
    assert_eq!(host.in_use(), InUse::default(), "after `{}`", mode.name);
    host.check_it_goes_on(mode.name);
    let expected = match mode.ends {
        Ends::NotLetIn(why) => format!("not let in: {why}"),
        Ends::Timeout => format!("timeout: {LATE}"),
        Ends::Fault(kind, message) => format!("{}: {message}", kind.as_str()),
        Ends::Harmless => "no findings".to_owned(),
        Ends::Counts(number) => format!("counts {number}"),
        Ends::Says(message) => format!("says {message}"),
    };
    let differs = || format!("`{}` ended with\n  {found}\nnot with\n  {expected}", mode.name);
    if found == expected { Ok(()) } else { Err(differs()) }
}

/// True if only its deadline ends a mode.
pub(crate) fn ends_late(mode: &Mode) -> bool {
    matches!(mode.ends, Ends::Timeout)
}

/// How a call ended, in words.
fn told(assessment: &Assessment) -> String {
    let opinion = match assessment {
        Assessment::Given { opinion: Opinion::Critique(opinion), .. } => opinion,
        Assessment::Missing { fault: Fault { kind, message, .. }, .. } => {
            return format!("{}: {message}", kind.as_str());
        }
        Assessment::Given { opinion, .. } => panic!("no critique but {opinion:?}"),
    };
    match opinion.findings.as_slice() {
        [] => "no findings".to_owned(),
        [Finding { place: Some(Place::Step(step)), .. }] => format!("counts {step}"),
        [first, ..] => format!("says {}", first.message),
    }
}

/// An error with its causes. Places in the bytes are left out: they move with every line of text.
pub(crate) fn chain(error: &SandboxError) -> String {
    let causes = std::iter::successors(error.source(), |cause| (*cause).source());
    let whole = causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"));
    let parts = whole.split(" (at offset 0x");
    let kept = parts.enumerate().map(|(index, part)| match part.split_once(')') {
        Some((_, rest)) if index > 0 => rest,
        _ => part,
    });
    kept.collect()
}

/// Runs a future to its end as the program would.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_time().build().unwrap().block_on(future)
}

/// Asks a critic about a candidate.
pub(crate) fn ask(plugin: &LoadedPlugin, candidate: &Artifact) -> Assessment {
    let brief = Brief::from_idea("three red apples");
    wait(plugin.assessor().unwrap().assess(&brief, candidate, Seed(7)))
}

/// The opinion of an assessment that has one.
pub(crate) fn critique_of(assessment: Assessment) -> Critique {
    match assessment {
        Assessment::Given { opinion: Opinion::Critique(critique), .. } => critique,
        other => panic!("no critique: {other:?}"),
    }
}

/// A gray picture of 64×64 pixels.
pub(crate) fn picture() -> Artifact {
    static PICTURE: LazyLock<Artifact> = LazyLock::new(|| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let pixels = image::RgbaImage::from_pixel(64, 64, image::Rgba([128, 128, 128, 255]));
        pixels.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        Artifact::new(MediaType::Png, bytes.into_inner())
    });
    PICTURE.clone()
}
