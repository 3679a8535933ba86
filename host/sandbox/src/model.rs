//! The port behind the facet `models`: whoever has a model implements it.
//!
//! Names, grants, quotas and the run's budget are the facet's business.

use async_trait::async_trait;
use pentimento_model::{Artifact, Seed};
use thiserror::Error;

/// What a model is asked.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// The question.
    pub text: String,
    /// Pictures it is about.
    pub images: Vec<Artifact>,
    /// The most the answer may take.
    pub max_tokens: u32,
    /// For providers that can repeat an answer.
    pub seed: Seed,
}

/// What a model said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The answer.
    pub text: String,
    /// What reading the prompt took.
    pub input_tokens: u32,
    /// What writing the answer took.
    pub output_tokens: u32,
}

/// Why a model did not answer: one sentence for a person, without secrets, since the plugin that
/// asked is told it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct Unanswered(pub String);

/// One model.
#[async_trait]
pub trait Complete: Send + Sync {
    /// Answers a prompt. The future is dropped if the plugin's time ends first.
    async fn complete(&self, prompt: &Prompt) -> Result<Completion, Unanswered>;
}
