#![doc = include_str!("../README.md")]

mod assessor;
mod bindings;
mod cache;
mod call;
mod callee;
mod convert;
mod engine;
mod error;
mod facets;
mod fault;
mod heap;
mod inspect;
mod limits;
mod load;
mod manifest;
mod sandbox;
mod tool;

pub use cache::CacheState;
pub use engine::Allocation;
pub use error::SandboxError;
pub use inspect::{CoreModule, Inspection, Interface, MemoryBounds, Producer, Refusal};
pub use limits::Limits;
pub use load::LoadedPlugin;
pub use manifest::{Manifest, Role};
pub use sandbox::{Sandbox, SandboxSettings};
pub use tool::{Argument, Tool};
