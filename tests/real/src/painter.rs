//! The server of stable-diffusion.cpp, with a painter that has learnt nothing.

use crate::{Launched, folder};

/// A server of stable-diffusion.cpp; it stops when this is dropped.
///
/// It speaks AUTOMATIC1111's API and `OpenAI`'s for pictures. Its model is a real FLUX of made-up numbers: it
/// reads the prompt, steps, decodes, follows the seed and looks at the pictures that it is handed; what it
/// paints is noise.
#[derive(Debug)]
pub struct Diffusion(Launched);

impl Diffusion {
    /// Starts one.
    pub fn start() -> Self {
        let folder = folder().join("painter");
        Self(Launched::by("painter-server.py", [folder.as_os_str()].into_iter()))
    }

    /// Where it is: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.0.url
    }
}
