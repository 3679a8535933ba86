//! Reads an idea: a sentence of the closed world becomes constraints that can be checked.
//!
//! The language is English as people type it into a painter: counted objects with one color or
//! material each, where they are to each other or in the picture, what must be absent, and a
//! background. What cannot be read is an error that names the words; nothing is dropped silently
//! except the words of [`WITHOUT_EFFECT`]. A relation binds to the nearest object before it that is
//! not itself the other end of a relation: in `a cat and two dogs on a chair` only the dogs are on
//! the chair, in `a cat on a chair left of a dog` the cat is left of the dog.

mod builder;
mod clause;
mod lexicon;
mod mention;
mod order;
mod parser;
mod phrases;
mod words;

use pentimento_model::Constraints;

use crate::{MAX_IDEA_BYTES, ReadError, placement::can_be_placed};

pub use phrases::WITHOUT_EFFECT;

/// What the idea asks for. Objects stand in the order of their first mention; equal mentions (noun
/// and attribute) are one entry.
pub fn read(idea: &str) -> Result<Constraints, ReadError> {
    if idea.len() > MAX_IDEA_BYTES {
        return Err(ReadError::TooLong { bytes: idea.len(), limit: MAX_IDEA_BYTES });
    }
    let tokens = lexicon::tokens(idea)?;
    let constraints = parser::Parser::new(&tokens).idea()?;
    if !can_be_placed(&constraints) {
        return Err(ReadError::Unsupported {
            what: "there is no room in one picture for all these things where they are to lie"
                .to_owned(),
            instead: "ask for fewer of them, or leave out where they lie".to_owned(),
        });
    }
    Ok(constraints)
}

#[cfg(test)]
mod tests;
