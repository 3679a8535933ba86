//! What a request comes down to: single powers in words, their hash, and what changes between two.
//!
//! A power's words are what `review` prints, what a grant can name, and what is hashed; so nobody
//! can be shown one thing and grant another.

use std::collections::BTreeMap;

use pentimento_model::{Capability, RequestHash};
use sha2::{Digest, Sha256};

use crate::{Role, Want};

/// One power.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Power {
    /// The facet it belongs to.
    pub facet: Capability,
    /// In words, beginning with the facet's name: `fetch GET https://example.org:443`.
    pub words: String,
    /// The author's reason.
    pub reason: String,
}

/// What became of a power between two versions of a plugin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Only the newer version asks for it.
    Added(Power),
    /// Only the older version asked for it.
    Dropped(Power),
    /// Both ask for it.
    Kept(Power),
}

pub(crate) fn of(wants: &BTreeMap<Capability, Want>) -> Vec<Power> {
    let of_want = |(facet, want): (&Capability, &Want)| {
        let (facet, reason) = (*facet, want.reason.clone());
        let power = move |words| Power { facet, words, reason: reason.clone() };
        want.scope.powers(facet).into_iter().map(power).collect::<Vec<_>>()
    };
    let mut powers: Vec<_> = wants.iter().flat_map(of_want).collect();
    powers.sort();
    powers.dedup();
    powers
}

/// The hash of a role and its powers. Reasons and limits are not part of it: they give nothing.
pub fn request_hash(role: Role, powers: &[Power]) -> RequestHash {
    let mut hash = Sha256::new();
    let words = powers.iter().map(|power| power.words.as_str());
    for part in ["pentimento request 1", role.as_str()].into_iter().chain(words) {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    RequestHash::new(hash.finalize().into())
}

/// What changes from an older request to a newer one: added powers first, then dropped, then kept.
pub fn compare(older: &[Power], newer: &[Power]) -> Vec<Change> {
    let has = |list: &[Power], power: &Power| list.iter().any(|one| one.words == power.words);
    let added = newer.iter().filter(|power| !has(older, power)).cloned().map(Change::Added);
    let dropped = older.iter().filter(|power| !has(newer, power)).cloned().map(Change::Dropped);
    let kept = newer.iter().filter(|power| has(older, power)).cloned().map(Change::Kept);
    added.chain(dropped).chain(kept).collect()
}
