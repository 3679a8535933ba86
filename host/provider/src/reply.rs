//! What comes back from a provider, with what it says it counted.

use pentimento_engine::ports::Made;
use pentimento_model::{Answer, Artifact, Seed, Usage};

/// An answer in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// The answer.
    pub answer: Answer,
    /// What it took; `None` if the server does not say.
    pub usage: Option<Usage>,
}

/// A picture.
#[derive(Clone, Debug)]
pub struct Painted {
    /// The picture.
    pub made: Made,
    /// What it took.
    pub usage: Usage,
}

/// Vectors, one for each text, in order; all of one length.
#[derive(Clone, Debug, PartialEq)]
pub struct Embedded {
    /// The vectors.
    pub vectors: Vec<Vec<f32>>,
    /// What it took; `None` if the server does not say.
    pub usage: Option<Usage>,
}

/// What is to be painted.
#[derive(Clone, Debug)]
pub struct Painting<'a> {
    /// In words.
    pub prompt: &'a str,
    /// Width and height in pixels; `None` leaves it to the provider.
    pub size: Option<(u32, u32)>,
    /// For providers that can repeat a picture.
    pub seed: Seed,
    /// The picture to change; `None` for a new one.
    pub picture: Option<&'a Artifact>,
    /// A PNG as large as the picture, made by [`mask`](crate::mask): what is transparent is
    /// painted anew. `None` for the whole picture.
    pub mask: Option<&'a Artifact>,
    /// Pictures that a new one is to be more like; only for providers that can take them.
    pub liked: &'a [Artifact],
    /// The same for less.
    pub disliked: &'a [Artifact],
}
