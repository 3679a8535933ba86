//! Compiling a component: checked first, and then by whom. A stranger's is compiled by a process of
//! its own, because time and memory a compiler takes cannot be bounded from within.
//!
//! The other process is `compile/child.rs`, watching it `compile/watch.rs`; keeping what was
//! compiled is left to `cache.rs`.

mod check;
mod child;
mod watch;

use std::{collections::BTreeSet, path::PathBuf, process::ExitStatus, time::Duration};

use pentimento_model::PluginId;
use thiserror::Error;
use wasmtime::{Engine, Precompiled, component::Component};

pub(crate) use check::{before_compiling, features};
pub use child::{COMPILE_COMMAND, compile_for_parent};

use crate::{Allocation, SandboxError, cache::Cache, error, limits};

/// A program that compiles components when it is started with [`COMPILE_COMMAND`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compiler {
    /// Its path; usually that of the program itself.
    pub program: PathBuf,
    /// How long it may take for one component; two minutes unless there are reasons.
    pub wall_time: Duration,
}

impl Compiler {
    /// This program, with the usual time.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), wall_time: limits::COMPILE_TIME }
    }
}

/// Why the compiling process handed over no compiled component.
#[derive(Debug, Error)]
pub enum CompileError {
    /// It could not be started.
    #[error("the compiler could not be started")]
    Start(#[source] std::io::Error),
    /// It took too long and was ended.
    #[error("it was not compiled within {0:?}")]
    Late(Duration),
    /// It crashed, or ran into one of its limits.
    #[error("the compiler broke off with {0}")]
    Broke(ExitStatus),
    /// The result is larger than any plugin's.
    #[error("its compiled form has more than {0} bytes")]
    TooLarge(usize),
    /// What it handed over is something else.
    #[error("what the compiler handed over is no compiled component")]
    Garbage,
    /// The compiler understood the component and refused it.
    #[error("{0}")]
    Refused(String),
}

impl CompileError {
    /// What to do.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Start(_) | Self::Garbage => {
                "plugins are compiled by this program itself: check that its file is still where \
                 it was started from, and that processes can be started"
                    .to_owned()
            }
            Self::Late(_) | Self::Broke(_) | Self::TooLarge(_) => format!(
                "compiling may take {:?} and {} GiB; a plugin that needs more is too large, or is \
                 meant to do harm",
                limits::COMPILE_TIME,
                limits::COMPILE_MEMORY >> 30
            ),
            Self::Refused(_) => "ask the plugin's author for another build".to_owned(),
        }
    }
}

/// Where components are compiled.
pub(crate) struct Workplace {
    /// Where those of strangers are; `None` compiles them here too.
    pub(crate) compiler: Option<Compiler>,
    /// Digests of components that came with the program and are compiled here.
    pub(crate) trusted: BTreeSet<String>,
    /// How the engine allocates, which decides what code it needs.
    pub(crate) allocation: Allocation,
}

impl Workplace {
    /// The component, ready to be linked: from the cache, or checked and compiled.
    pub(crate) fn component(
        &self,
        engine: &Engine,
        cache: &Cache,
        id: &PluginId,
        bytes: &[u8],
    ) -> Result<Component, SandboxError> {
        if let Some(component) = cache.find(engine, &id.digest) {
            return Ok(component);
        }
        before_compiling(&id.name, bytes)?;
        let invalid = |error: wasmtime::Error| SandboxError::Invalid {
            plugin: id.name.clone(),
            source: error::cause_of(&error),
        };
        match &self.compiler {
            Some(compiler) if !self.trusted.contains(&id.digest) => {
                let code = self
                    .compiled_elsewhere(compiler, bytes)
                    .map_err(|source| SandboxError::Compile { plugin: id.name.clone(), source })?;
                cache.adopt(engine, &id.digest, &code).map_err(invalid)
            }
            _ => {
                let component = Component::from_binary(engine, bytes).map_err(invalid)?;
                cache.keep(engine, &id.digest, &component);
                Ok(component)
            }
        }
    }

    fn compiled_elsewhere(
        &self,
        compiler: &Compiler,
        bytes: &[u8],
    ) -> Result<Vec<u8>, CompileError> {
        let said = watch::run(compiler, self.allocation, bytes)?;
        let code = child::understand(said)?;
        match Engine::detect_precompiled(&code) {
            Some(Precompiled::Component) => Ok(code),
            _ => Err(CompileError::Garbage),
        }
    }
}
