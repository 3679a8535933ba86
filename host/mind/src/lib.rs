//! The mind: parser and controller by rules, standing in for a language model, and a simulated writer.
//!
//! It implements the engine's ports `Parse` and `Control` over the closed world. Words and geometry
//! belong to `world`; looking at pictures to the eye; carrying out what is proposed to the painter.

mod controller;
mod edit;
mod parser;
mod revision;
pub mod simulated;
mod wording;

pub use controller::{RuleController, propose};
pub use edit::edited;
pub use parser::RuleParser;
pub use simulated::{Ability, Simulated, Temper};
