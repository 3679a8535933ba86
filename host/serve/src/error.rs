//! Why the server could not be started. What callers are refused is told in `refusal`.

use std::{io, net::SocketAddr};

use pentimento_app::AppError;
use thiserror::Error;

/// The server could not be started.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The address cannot be listened on.
    #[error("could not listen on `{address}`")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The eye could not be opened.
    #[error(transparent)]
    App(#[from] AppError),
}

impl ServeError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Listen { .. } => Some(
                "choose another one; `--listen 127.0.0.1:0` takes any port that is free".to_owned(),
            ),
            Self::App(error) => error.hint(),
        }
    }
}
