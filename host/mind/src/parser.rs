//! Role `parser` by grammar: what the idea asks for, or an error that names the words.

use async_trait::async_trait;
use pentimento_engine::{PortError, ports::Parse};
use pentimento_model::{Brief, Constraints};

/// Reads ideas with the closed world's grammar.
#[derive(Clone, Copy, Debug, Default)]
pub struct RuleParser;

#[async_trait]
impl Parse for RuleParser {
    fn identity(&self) -> String {
        concat!("mind-parser/", env!("CARGO_PKG_VERSION")).to_owned()
    }

    async fn parse(&self, brief: &Brief) -> Result<Constraints, PortError> {
        pentimento_world::read(&brief.idea)
            .map_err(|error| PortError::wrong_use(error.to_string(), error.hint()))
    }
}

#[cfg(test)]
mod tests;
