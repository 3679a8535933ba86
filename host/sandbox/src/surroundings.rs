//! What a plugin's answers depend on beside its bytes and what it is asked.
//!
//! A run that is taken up again reads stored answers only where all of it is as it was.

use pentimento_model::{Capability, StepKey};

use crate::{Roster, callee::Callee, limits};

/// What answers depend on beside that, in other runs too: the host, and how much memory it gives. `None`
/// if the plugin, or one that it may call, remembers what it saw, or turns to models or the network: what
/// they say today they need not say tomorrow.
pub(crate) fn lasting(callee: &Callee) -> Option<StepKey> {
    let version = env!("CARGO_PKG_VERSION").as_bytes();
    let memory = (callee.shared.limits.memory as u64).to_le_bytes();
    is_closed(callee, &callee.roster, limits::CALL_DEPTH)
        .then(|| StepKey::of([b"sandbox".as_slice(), version, &memory]))
}

fn is_closed(callee: &Callee, roster: &Roster, depth: u32) -> bool {
    let powers = &callee.powers;
    let open = [Capability::Memory, Capability::Models, Capability::Fetch];
    let helper = |name: &str| roster.find(name).filter(|_| depth > 1);
    !open.iter().any(|facet| powers.serves(*facet))
        && powers
            .tools
            .granted()
            .filter_map(helper)
            .all(|one| is_closed(one.callee(), roster, depth - 1))
}

/// Its settings, what it may do, and the same of every plugin that it may call.
pub(crate) fn of(callee: &Callee) -> StepKey {
    described(callee, &callee.roster, limits::CALL_DEPTH)
}

/// `roster` is that of the outermost plugin: who is called works among its caller's others.
fn described(callee: &Callee, roster: &Roster, depth: u32) -> StepKey {
    let Callee { id, settings, powers, shared, .. } = callee;
    let mut parts: Vec<Vec<u8>> = vec![id.name.clone().into(), id.digest.clone().into()];
    let mut list = |words: Vec<String>| {
        // Its length first, so that no word can stand in another list than it does.
        parts.push(words.len().to_le_bytes().to_vec());
        parts.extend(words.into_iter().map(String::into_bytes));
    };
    let read = settings.iter().filter(|_| powers.serves(Capability::Settings));
    list(read.flat_map(|(key, value)| [key.clone(), value.clone()]).collect());
    let served = powers.answers.keys().filter(|facet| powers.serves(**facet));
    list(served.map(|facet| facet.as_str().to_owned()).collect());
    list(powers.models.granted().map(str::to_owned).collect());
    let open = powers.fetch.iter().filter(|one| one.granted);
    list(open.map(|destination| destination.rule.to_string()).collect());
    list(vec![powers.is_told_ideas().to_string(), shared.time.as_nanos().to_string()]);
    for name in powers.tools.granted() {
        let there = roster.find(name).filter(|_| depth > 1);
        let helper = there.map(|there| described(there.callee(), roster, depth - 1));
        parts.push(name.as_bytes().to_vec());
        parts.push(helper.map(|key| key.as_bytes().to_vec()).unwrap_or_default());
    }
    StepKey::of(parts.iter().map(Vec::as_slice))
}
