//! The closed world of the embedded painter, eye and mind: its words, its grammar, its geometry.
//!
//! Everything here is a pure function of its arguments. How the world looks in pixels is the
//! easel's business, what to do about a wrong picture the mind's.

mod background;
mod geometry;
mod grammar;
pub mod instruction;
pub mod judge;
pub mod placement;
mod read_error;
pub mod seen;
mod suggest;
mod vocabulary;

pub use background::BACKGROUNDS;
pub use geometry::{Strictness, gap, holds, holds_on_canvas};
pub use grammar::{WITHOUT_EFFECT, read};
pub use judge::{Judgement, Match, Unmet, judge};
pub use placement::{GAP, place};
pub use read_error::{MAX_IDEA_BYTES, MAX_OBJECTS, ReadError};
pub use seen::layout_from_findings;
pub use vocabulary::{NOUNS, Noun, Number, lookup, noun};
