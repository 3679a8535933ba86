//! Turns whatever ended a call into a `Fault`: what kind, and one sentence for a person.
//!
//! A fault never ends a run. Which limits there are is said in `limits.rs`.

use pentimento_model::{Fault, FaultKind};
use thiserror::Error;
use wasmtime::{Trap, component::ResourceTableError};

use crate::{bindings::types::Failure, limits};

/// A guest asked a facet for more than there is. Ends the call.
#[derive(Debug, Error)]
#[error("{0}")]
pub(crate) struct Exceeded(String);

impl Exceeded {
    /// In words that complete "the plugin broke: …".
    pub(crate) fn new(what: String) -> Self {
        Self(what)
    }

    /// Too many handles alive at once.
    pub(crate) fn handles() -> Self {
        Self(format!("it holds more than {} handles at once", limits::HANDLES))
    }
}

/// The deadline passed while the guest was running.
#[derive(Debug, Error)]
#[error("the deadline passed")]
pub(crate) struct DeadlinePassed;

/// A guest's answer breaks the contract. The text completes "it returned …".
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Lie(pub(crate) String);

/// How far a call got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Making the instance.
    Start,
    /// Running the exported function.
    Call,
}

/// Why a call has no result, before it is put into words.
pub(crate) enum Broken {
    /// Wasmtime or one of our facets ended it.
    Ended(Stage, wasmtime::Error),
    /// Neither guest nor host came back in time.
    Late,
    /// The answer breaks the contract.
    Lied(Lie),
    /// The plugin said that it could not do the work.
    Failed(Failure),
}

impl From<Lie> for Broken {
    fn from(lie: Lie) -> Self {
        Self::Lied(lie)
    }
}

/// What a call was refused or held to, for the words.
pub(crate) struct Bounds {
    /// Limits of the call.
    pub(crate) limits: crate::Limits,
    /// How long it had, completing "it did not answer …".
    pub(crate) time: String,
    /// True if it was refused memory, tables or instances at least once.
    pub(crate) was_refused_memory: bool,
}

/// Puts into words why a call has no result.
pub(crate) fn describe(broken: &Broken, bounds: &Bounds, log: Vec<String>) -> Fault {
    let (kind, message) = match broken {
        Broken::Late => late(bounds),
        Broken::Lied(Lie(what)) => (FaultKind::Lie, format!("it returned {what}")),
        Broken::Failed(failure) => (FaultKind::Failed, failed(failure)),
        Broken::Ended(stage, error) => ended(*stage, error, bounds),
    };
    Fault { kind, message: pentimento_model::clean(&message), log }
}

fn late(bounds: &Bounds) -> (FaultKind, String) {
    (FaultKind::Timeout, format!("it did not answer {}", bounds.time))
}

fn failed(failure: &Failure) -> String {
    let cut = |text: &str, most: usize| {
        text.get(..text.floor_char_boundary(most)).unwrap_or_default().to_owned()
    };
    let code = cut(&failure.code, limits::CODE_BYTES);
    format!("{} ({code})", cut(&failure.message, limits::TEXT_BYTES))
}

fn ended(stage: Stage, error: &wasmtime::Error, bounds: &Bounds) -> (FaultKind, String) {
    if error.is::<DeadlinePassed>() {
        return late(bounds);
    }
    if let Some(Exceeded(what)) = error.downcast_ref() {
        return (FaultKind::Limit, what.clone());
    }
    if matches!(error.downcast_ref(), Some(ResourceTableError::Full)) {
        return (FaultKind::Limit, Exceeded::handles().0);
    }
    if bounds.was_refused_memory {
        let mib = bounds.limits.memory >> 20;
        let what = format!("it needs more than the {mib} MiB of memory it may have");
        return (FaultKind::Limit, what);
    }
    let cause = error.root_cause().to_string();
    if cause.contains(TOO_MANY_HANDLES) {
        return (FaultKind::Limit, Exceeded::handles().0);
    }
    if cause.contains(HANDED_OVER_TOO_MUCH) {
        let kib = limits::HANDED_OVER_BYTES >> 10;
        return (FaultKind::Limit, format!("it hands over more than {kib} KiB at once"));
    }
    match (error.downcast_ref::<Trap>(), stage) {
        (Some(Trap::Interrupt), _) => late(bounds),
        (Some(trap), _) => (FaultKind::Trap, trap.to_string()),
        (None, Stage::Start) => (FaultKind::Instantiate, cause),
        (None, Stage::Call) => (FaultKind::Lie, format!("it hands over what it may not: {cause}")),
    }
}

// Wasmtime keeps the types of these errors to itself, so its words must do; hostile guests test them.
const TOO_MANY_HANDLES: &str = "store handle limit exceeded";
const HANDED_OVER_TOO_MUCH: &str = "fuel allocated for hostcalls has been exhausted";
