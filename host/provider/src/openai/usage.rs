//! What a server counted, if what it says can be a count.

use pentimento_model::Usage;
use serde::Deserialize;
use serde_json::{Number, Value};

/// Both APIs' counts: each uses half of the names.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Counts {
    prompt_tokens: Option<Value>,
    completion_tokens: Option<Value>,
    prompt_tokens_details: Option<Details>,
    input_tokens: Option<Value>,
    output_tokens: Option<Value>,
    input_tokens_details: Option<Details>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Details {
    cached_tokens: Option<Value>,
}

impl Counts {
    /// `None` unless both tokens read and tokens written are there: an answer is not lost because
    /// its count is, and whoever pays then takes the most it may have been.
    pub(super) fn usage(&self) -> Option<Usage> {
        let read = count(self.prompt_tokens.as_ref().or(self.input_tokens.as_ref()))?;
        let written = count(self.completion_tokens.as_ref().or(self.output_tokens.as_ref()))?;
        let details = self.prompt_tokens_details.as_ref().or(self.input_tokens_details.as_ref());
        let cached = details.and_then(|details| count(details.cached_tokens.as_ref()));
        let usage = Usage::of_tokens(read, written);
        Some(Usage { cached_tokens: cached.unwrap_or(0).min(read), ..usage })
    }

    /// What an answer made of vectors took: nothing is written there.
    pub(super) fn reading(&self) -> Option<Usage> {
        let read = count(self.prompt_tokens.as_ref().or(self.input_tokens.as_ref()))?;
        Some(Usage::of_tokens(read, 0))
    }
}

fn count(value: Option<&Value>) -> Option<u64> {
    value.and_then(Value::as_number).and_then(Number::as_u64)
}
