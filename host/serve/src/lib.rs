//! The embedded world behind an OpenAI-compatible API, for whoever speaks to real models.
//!
//! `images/generations` and `images/edits` are the easel's, one model for each preset; in
//! `chat/completions` the mind and the eye play writer and seer for recipes that make pictures, the
//! simulation for those that make texts, and both decline everything else. What is really in a picture is told to nobody: no oracle is opened here.
//!
//! Read: [`Server`] (connections) → `answer` (which call it is) → `images`, `edits`, `chat`.

mod answer;
mod ask;
mod chat;
mod edits;
mod error;
mod images;
pub mod limits;
mod models;
mod refusal;
mod server;
mod world;

pub use error::ServeError;
pub use server::{ServeSettings, Server};
