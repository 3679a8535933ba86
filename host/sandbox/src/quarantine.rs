//! Who keeps breaking is no longer called.
//!
//! Counted by digest; a new build of the plugin starts afresh. Assessors are counted for the life of the
//! sandbox: they are given the same kind of thing each time, and one that keeps breaking is broken. A tool
//! does what others tell it, a model's program for instance: what ends it there says nothing of what
//! another run will tell it, so it is counted in each run by itself.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};

use pentimento_model::{Fault, FaultKind, PluginId};

use crate::{Quarantine, fault::Broken};

/// What calls are counted in.
#[derive(Clone, Copy)]
enum Within {
    Sandbox,
    Run,
}

/// How the last calls of each plugin went.
pub(crate) struct Wards {
    policy: Quarantine,
    within: Within,
    /// By digest: true for a broken call, the latest last.
    calls: Mutex<BTreeMap<String, VecDeque<bool>>>,
}

impl Wards {
    pub(crate) fn new(policy: Quarantine) -> Self {
        Self { policy, within: Within::Sandbox, calls: Mutex::default() }
    }

    /// Those of one run, by the same policy.
    pub(crate) fn of_run(&self) -> Self {
        Self { policy: self.policy, within: Within::Run, calls: Mutex::default() }
    }

    /// A fault if the plugin is in quarantine.
    pub(crate) fn check(&self, plugin: &PluginId) -> Result<(), Fault> {
        let calls = self.calls();
        let last = calls.get(&plugin.digest);
        if last.is_none_or(|last| count(last) < self.policy.broken) {
            return Ok(());
        }
        let Quarantine { broken, of_the_last } = self.policy;
        let (calls, any_more) = match self.within {
            Within::Sandbox => ("calls", "any more"),
            Within::Run => ("calls in this run", "in it any more"),
        };
        let message = format!(
            "it is in quarantine: {broken} of its last {of_the_last} {calls} broke, so it is not \
             called {any_more}"
        );
        Err(Fault { kind: FaultKind::Limit, message, log: Vec::new() })
    }

    /// Notes how a call went. A plugin that says itself that it could not do the work is not
    /// broken.
    pub(crate) fn note(&self, plugin: &PluginId, broken: Option<&Broken>) {
        let broken = broken.is_some_and(|broken| !matches!(broken, Broken::Failed(_)));
        let mut calls = self.calls();
        if !broken && !calls.contains_key(&plugin.digest) {
            return;
        }
        let last = calls.entry(plugin.digest.clone()).or_default();
        last.push_back(broken);
        while last.len() > self.policy.of_the_last as usize {
            last.pop_front();
        }
        if !last.contains(&true) {
            calls.remove(&plugin.digest);
        }
    }

    fn calls(&self) -> MutexGuard<'_, BTreeMap<String, VecDeque<bool>>> {
        // Nothing panics while it holds the lock; if it did, the counts would still be counts.
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn count(last: &VecDeque<bool>) -> u32 {
    last.iter().map(|broken| u32::from(*broken)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bindings::types::Failure;

    #[test]
    fn five_broken_calls_of_twenty_are_too_many() {
        let wards = Wards::new(Quarantine::default());
        let plugin = PluginId::of("a", b"a");
        let other = PluginId::of("a", b"b");
        let failed = Broken::Failed(Failure { code: "failed".to_owned(), message: String::new() });
        for round in 0..100 {
            let broken = (round % 5 == 0).then_some(&Broken::Late);
            wards.note(&plugin, broken.or(Some(&failed)));
            assert!(wards.check(&plugin).is_ok(), "four of twenty, call {round}");
        }
        // The first of the two pushes out the oldest broken call, the second a failed one.
        wards.note(&plugin, Some(&Broken::Late));
        wards.note(&plugin, Some(&Broken::Late));
        let fault = wards.check(&plugin).unwrap_err();
        assert!(fault.message.contains("5 of its last 20"), "{}", fault.message);
        assert!(wards.check(&other).is_ok(), "another build is another plugin");
        let (run, another) = (wards.of_run(), wards.of_run());
        assert!(run.check(&plugin).is_ok());
        (0..5).for_each(|_| run.note(&plugin, Some(&Broken::Late)));
        let fault = run.check(&plugin).unwrap_err();
        assert!(fault.message.ends_with("not called in it any more"), "{}", fault.message);
        assert!(another.check(&plugin).is_ok(), "another run is told other things");
    }

    #[test]
    fn good_plugins_leave_no_trace() {
        let wards = Wards::new(Quarantine { broken: 1, of_the_last: 2 });
        let plugin = PluginId::of("a", b"a");
        wards.note(&plugin, Some(&Broken::Late));
        assert!(wards.check(&plugin).is_err());
        wards.note(&plugin, None);
        wards.note(&plugin, None);
        assert!(wards.check(&plugin).is_ok() && wards.calls().is_empty());
    }
}
