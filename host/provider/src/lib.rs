//! Real models: clients for the servers people use, over one careful transport.
//!
//! [`Provider`] is one configured server or program; what may be spent there, and who may name it, is
//! decided elsewhere. Nothing here reads the environment, a file or the time of day: keys,
//! certificates, variables and the time are handed in.

mod address;
mod anthropic;
mod at_most;
mod comfyui;
mod command;
mod encoded;
mod error;
pub mod limits;
mod ollama;
mod openai;
mod pace;
mod picture;
mod provider;
mod question;
mod reach;
mod reply;
mod sdwebui;
mod secret;
mod settings;
mod tape;
mod transport;

pub use address::{Address, BadAddress};
pub use comfyui::{BadWorkflow, Workflow, Workflows};
pub use error::{Because, Failure, ProviderError};
pub use pace::Pace;
pub use picture::{mask, of_user, opened};
pub use provider::Provider;
pub use reach::{BadProgram, Program, Reach, Variables};
pub use reply::{Answered, Embedded, Painted, Painting};
pub use secret::{BadSecret, Secret};
pub use settings::{Effort, Kind, Limits, ProviderSettings};
pub use tape::{Cassette, TAKES, Tape};
