//! What an idea asks for and what the eye saw: for plugins that compare the two.
//!
//! The reader knows the plain part of the host's grammar and refuses the rest, so that the two
//! never read an idea differently; a native test holds them against each other. What is wrong with
//! a picture is the plugins' business.

mod asked;
mod judgement;
mod layout;
mod lexicon;
mod matching;
mod nouns;
mod reader;
mod relation;
mod sight;

pub use asked::{Asked, Relation, Wanted};
pub use judgement::{Judgement, Placed, Violation};
pub use layout::Named;
pub use matching::Match;
pub use nouns::{is_usually, plural};
pub use reader::{Unread, read};
pub use relation::Kind;
pub use sight::{Item, Sight, in_words, look, seen};
