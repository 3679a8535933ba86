//! Whose signatures count: the operator's trust file.
//!
//! Without the file unsigned plugins can be added, and are said to be unsigned. With it, what does
//! not meet it is refused, when a plugin is added and whenever it is loaded.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::{ShelfError, Signature, Signer, VerifySignature};

/// Whose signatures count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    all_of: BTreeSet<Signer>,
    any_of: BTreeSet<Signer>,
    minimum: usize,
}

/// The file's keys.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawPolicy {
    #[serde(default)]
    all_of: Vec<RawIdentity>,
    #[serde(default)]
    any_of: Vec<RawIdentity>,
    minimum: Option<usize>,
}

/// One identity. Only keys so far.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawIdentity {
    key: String,
}

impl Policy {
    /// Checks the file. A policy that names nobody would let anybody pass, so it is refused.
    pub(crate) fn of(raw: RawPolicy) -> Result<Self, ShelfError> {
        let RawPolicy { all_of, any_of, minimum } = raw;
        let broken = |what: &str| ShelfError::Policy { problem: what.to_owned() };
        let identities = |list: Vec<RawIdentity>| {
            let signers = list.into_iter().map(|identity| {
                let key = identity.key.trim().to_owned();
                if key.is_empty() { Err(broken("an identity is empty")) } else { Ok(Signer(key)) }
            });
            signers.collect::<Result<BTreeSet<_>, _>>()
        };
        let (all_of, any_of) = (identities(all_of)?, identities(any_of)?);
        if all_of.is_empty() && any_of.is_empty() {
            return Err(broken("it names nobody whose signature counts"));
        }
        let minimum = minimum.unwrap_or(1);
        match minimum {
            0 => Err(broken("`minimum` must be at least 1")),
            most if !any_of.is_empty() && most > any_of.len() => {
                Err(broken("`minimum` is more than there are identities in `any-of`"))
            }
            _ if any_of.is_empty() => Ok(Self { all_of, any_of, minimum: 0 }),
            minimum => Ok(Self { all_of, any_of, minimum }),
        }
    }

    /// Who of those that count signed the component; an error if that is not enough.
    pub(crate) fn check(
        &self,
        plugin: &str,
        component: &[u8],
        signatures: &[Signature],
        verifier: &dyn VerifySignature,
    ) -> Result<Vec<Signer>, ShelfError> {
        let signed_by = |signer: &Signer| -> Result<bool, ShelfError> {
            for signature in signatures {
                if verifier.is_by(signer, component, signature)? {
                    return Ok(true);
                }
            }
            Ok(false)
        };
        let mut signers = BTreeSet::new();
        for signer in self.all_of.union(&self.any_of) {
            if signed_by(signer)? {
                signers.insert(signer.clone());
            }
        }
        let refused = |wanted: String| ShelfError::NotTrusted { plugin: plugin.to_owned(), wanted };
        if let Some(missing) = self.all_of.difference(&signers).next() {
            return Err(refused(format!("a signature by {}", missing.0)));
        }
        if self.any_of.intersection(&signers).count() < self.minimum {
            let (many, of) = (self.minimum, self.any_of.len());
            return Err(refused(format!("{many} of {of} trusted signatures")));
        }
        Ok(signers.into_iter().collect())
    }
}
