//! What a settings file says of one provider.

use std::{collections::BTreeMap, path::PathBuf};

use serde::Deserialize;

use super::local::LocalOptions;

/// One table `[providers.NAME]`. Missing means the default.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ProviderOptions {
    /// Which protocol it speaks; the name itself if that is one.
    pub kind: Option<String>,
    /// Where it is.
    pub url: Option<String>,
    /// The program that stands in for a server, and its arguments. Not for a project's file.
    pub command: Option<Vec<String>>,
    /// Variables that the program finds in its environment. Not for a project's file.
    pub environment: Option<Vec<String>>,
    /// What the program can do, in the words of abilities.
    pub can: Option<Vec<String>>,
    /// A file with the workflow that paints. Not for a project's file.
    pub workflow: Option<PathBuf>,
    /// The same for changing a picture.
    pub edit_workflow: Option<PathBuf>,
    /// The same within a mask.
    pub inpaint_workflow: Option<PathBuf>,
    /// Models in files, by name. Not for a project's file.
    pub models: Option<BTreeMap<String, LocalOptions>>,
    /// The program that carries them out. Not for a project's file.
    pub runtime: Option<PathBuf>,
    /// The same after pictures that were liked and disliked.
    pub references_workflow: Option<PathBuf>,
    /// Whether its painters can be shown pictures as feedback; not, unless said so.
    pub references: Option<bool>,
    /// The environment variable that holds its key.
    pub key_env: Option<String>,
    /// Certificates to trust beside the well-known ones, as PEM. Not for a project's file.
    pub ca_file: Option<PathBuf>,
    /// A proxy to go through. Not for a project's file.
    pub proxy: Option<String>,
    /// Seconds for a call, from the first attempt to the end of the last.
    pub deadline: Option<u32>,
    /// Seconds to reach the server.
    pub connect_timeout: Option<u32>,
    /// Seconds without a byte.
    pub read_timeout: Option<u32>,
    /// Attempts of one call.
    pub attempts: Option<u32>,
    /// Calls on their way at a time.
    pub calls_at_once: Option<u32>,
    /// Whether its models can say how likely their words are; as its kind usually can.
    pub logprobs: Option<bool>,
    /// Whether its models are asked for JSON; they are.
    pub json: Option<bool>,
    /// Tokens of an answer, at most.
    pub answer_tokens: Option<u32>,
    /// How long models that think before they speak are to do so.
    pub reasoning_effort: Option<String>,
    /// Seconds that a server may ask to wait for.
    pub longest_wait: Option<u32>,
    /// Calls begun in a minute.
    pub calls_per_minute: Option<u32>,
    /// Whether its painters can change pictures; as its kind usually can.
    pub edits: Option<bool>,
    /// Ask for pictures with the whole seed.
    pub send_seed: Option<bool>,
}
