//! The closed world of the embedded painter, eye and mind: its words, its grammar, its geometry.
//!
//! Everything here is a pure function of its arguments. How the world looks in pixels is the
//! easel's business, what is wrong with a picture the mind's.

mod background;
mod grammar;
mod read_error;
mod suggest;
mod vocabulary;

pub use background::BACKGROUNDS;
pub use grammar::{WITHOUT_EFFECT, read};
pub use read_error::{MAX_IDEA_BYTES, MAX_OBJECTS, ReadError};
pub use vocabulary::{NOUNS, Noun, Number, lookup, noun};
