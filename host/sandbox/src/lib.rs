#![doc = include_str!("../README.md")]

mod assessor;
mod bindings;
mod cache;
mod call;
mod callee;
mod compile;
mod convert;
mod engine;
mod error;
mod facets;
mod fault;
mod handed_on;
mod heap;
mod inspect;
mod limits;
mod load;
mod memory_budget;
mod model;
mod powers;
mod quarantine;
mod roster;
mod run_scope;
mod sandbox;
mod tool;

pub use cache::CacheState;
pub use compile::{COMPILE_COMMAND, CompileError, Compiler, compile_for_parent};
pub use engine::Allocation;
pub use error::SandboxError;
pub use inspect::{CoreModule, Inspection, Interface, MemoryBounds, Producer, Refusal};
pub use limits::{Limits, Quarantine};
pub use load::LoadedPlugin;
pub use model::{Complete, Completion, Prompt, Unanswered};
pub use roster::Roster;
pub use run_scope::{RunLimits, RunScope};
pub use sandbox::{Sandbox, SandboxSettings};
pub use tool::{Argument, Tool};
