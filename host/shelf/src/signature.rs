//! Signatures over a component's bytes: who vouches for them.
//!
//! A verifier is a port, so that other kinds of signatures can follow; the one we have is minisign
//! (Ed25519), checked without network.

use minisign_verify::{PublicKey, Signature as MinisignSignature};

use crate::ShelfError;

/// A detached signature as its file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature(pub String);

/// Who signed, once that is proven: the public key in its usual form (`RW…`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Signer(pub String);

/// Checks one kind of signature.
pub trait VerifySignature {
    /// True if this very signer signed these bytes.
    fn is_by(
        &self,
        signer: &Signer,
        component: &[u8],
        signature: &Signature,
    ) -> Result<bool, ShelfError>;
}

/// Signatures of `minisign` and `rsign` (<https://jedisct1.github.io/minisign/>).
#[derive(Clone, Copy, Debug, Default)]
pub struct Minisign;

impl VerifySignature for Minisign {
    fn is_by(
        &self,
        signer: &Signer,
        component: &[u8],
        signature: &Signature,
    ) -> Result<bool, ShelfError> {
        let broken = |what: &str| ShelfError::Signature { problem: what.to_owned() };
        let key = PublicKey::from_base64(&signer.0)
            .map_err(|_| broken("a trusted key is no minisign public key (`RW…`)"))?;
        let signature = MinisignSignature::decode(&signature.0)
            .map_err(|_| broken("the signature is not in minisign's format"))?;
        // Legacy signatures are over the bytes themselves and limited in size; new ones over a hash.
        Ok(key.verify(component, &signature, false).is_ok())
    }
}
