//! What a hostile mode is: a name, a component, and how it must end.

pub(crate) use crate::critic::{Critic, HONEST};

/// One way of being hostile.
#[derive(Clone, Copy)]
pub(crate) struct Mode {
    /// What it does, in words.
    pub(crate) name: &'static str,
    /// Its component.
    pub(crate) source: Source,
    /// How it ends.
    pub(crate) ends: Ends,
}

/// Where a component comes from.
#[derive(Clone, Copy)]
pub(crate) enum Source {
    /// The hand-written critic with its holes filled.
    Critic(Critic),
    /// Text or bytes made by a function, for what is no critic or too long to write down.
    Made(fn() -> Vec<u8>),
}

/// How a hostile mode ends.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ends {
    /// It is not let in, for this reason: message and causes, joined by `: `.
    NotLetIn(&'static str),
    /// Its call ends with this fault.
    Timeout,
    /// Its call ends with a fault of this kind and this message.
    Fault(pentimento_model::FaultKind, &'static str),
    /// It gets no further than an honest critic: an opinion without findings.
    Harmless,
    /// It answers with one finding, whose step is this number.
    Counts(u32),
    /// It answers with one finding, whose message reads like this.
    Says(&'static str),
}

impl Mode {
    /// A critic with this body of its exported function.
    pub(crate) const fn assess(name: &'static str, assess: &'static str, ends: Ends) -> Self {
        Self::critic(name, Critic { assess, ..HONEST }, ends)
    }

    /// A critic with other parts replaced.
    pub(crate) const fn critic(name: &'static str, critic: Critic, ends: Ends) -> Self {
        Self { name, source: Source::Critic(critic), ends }
    }

    /// A component that is made by a function.
    pub(crate) const fn made(name: &'static str, made: fn() -> Vec<u8>, ends: Ends) -> Self {
        Self { name, source: Source::Made(made), ends }
    }

    /// Its component's bytes.
    pub(crate) fn component(&self) -> Vec<u8> {
        match self.source {
            Source::Critic(critic) => critic.component(),
            Source::Made(made) => made(),
        }
    }
}

/// Every mode there is.
pub(crate) fn all() -> impl Iterator<Item = &'static Mode> {
    let topics = [
        crate::stops::MODES,
        crate::floods::MODES,
        crate::handles::MODES,
        crate::answers::MODES,
        crate::leaks::MODES,
        crate::admission::MODES,
        crate::bombs::MODES,
    ];
    topics.into_iter().flatten()
}

#[test]
fn there_are_at_least_forty_modes_and_no_name_stands_for_two() {
    let mut names: Vec<_> = all().map(|mode| mode.name).collect();
    names.sort_unstable();
    let many = names.len();
    names.dedup();
    assert_eq!(names.len(), many);
    assert!(many >= 40, "{many}");
}
