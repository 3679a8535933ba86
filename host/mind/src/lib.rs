//! The mind: parser, controller, writer and seer by rules, standing in for models of language, and a
//! simulated writer.
//!
//! It implements the engine's ports `Parse`, `Control` and `Complete` over the closed world. Words and geometry
//! belong to `world`; looking at pictures to the eye; carrying out what is proposed to the painter.

mod blocks;
mod controller;
mod edit;
mod eye;
mod likely;
mod parser;
mod revision;
pub mod simulated;
mod speaker;
mod wording;

pub use controller::{RuleController, propose};
pub use edit::edited;
pub use parser::RuleParser;
pub use simulated::{Ability, Simulated, Temper};
pub use speaker::RuleSpeaker;
