//! What a tool was told to do and what came of it, as a run remembers it.

use crate::{Fault, PluginId};

/// One named argument of a tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// As the tool's author named it.
    pub name: String,
    /// As text.
    pub value: String,
}

impl Argument {
    /// This value under this name.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

/// One call of a tool by a recipe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errand {
    /// Who did it.
    pub tool: PluginId,
    /// The recipe's word for what it was called for, such as `execute`.
    pub step: String,
    /// What it was told.
    pub arguments: Vec<Argument>,
    /// What it answered, which is a stranger's text, or how it broke.
    pub answer: Result<String, Fault>,
}
