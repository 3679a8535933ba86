//! Installed plugins: their bytes by digest, the shareable lock file, signatures, and what the
//! operator consented to on this machine.
//!
//! Nothing here runs or compiles a plugin, and nothing here decides for the operator: what was not
//! consented to is not granted, what does not match its digest is not handed out.

mod conformance;
mod consent;
mod error;
mod files;
mod lock;
mod policy;
mod shelf;
mod signature;
mod signing_key;
mod store;

pub use conformance::{Asked, Conformance, Difference, Tried};
pub use consent::Consent;
pub use error::ShelfError;
pub use lock::LockedPlugin;
pub use policy::Policy;
pub use shelf::{Admitted, Offer, Shelf, State, Update};
pub use signature::{Minisign, Signature, Signer, VerifySignature};
pub use signing_key::SigningKey;
