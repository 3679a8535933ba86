//! `plugin add`: installs a plugin. What it may do is granted afterwards, by a person.

use std::path::PathBuf;

use clap::Args;
use pentimento_app::{AppError, Offer, Plugins, ShelfError, Signature};

use super::review;
use crate::{args::GlobalFlags, exit::Exit, fail::Failure};

/// Which plugin, and what must be true of it.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    #[command(flatten)]
    source: SourceFlags,
    /// Refuse anything new
    #[arg(long)]
    locked: bool,
}

/// Where a plugin comes from.
#[derive(Args, Debug)]
pub(super) struct SourceFlags {
    /// A component's file, or the folder of a project that is built
    #[arg(value_name = "FILE|DIR")]
    source: String,
    /// The component must have this SHA-256
    #[arg(long, value_name = "HEX")]
    sha256: Option<String>,
    /// A minisign signature of the component; may be repeated
    #[arg(long, value_name = "FILE")]
    signature: Vec<PathBuf>,
}

impl SourceFlags {
    /// The component with what came along.
    pub(super) fn offer(&self) -> Result<Offer, Failure> {
        let read = |path: &PathBuf| {
            std::fs::read_to_string(path)
                .map(Signature)
                .map_err(|source| AppError::from(ShelfError::Read { path: path.clone(), source }))
        };
        let signatures = self.signature.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Plugins::offer(&self.source, self.sha256.clone(), signatures)?)
    }
}

/// The refusal of `--locked`.
pub(super) fn refuse_if(locked: bool, what: &str) -> Result<(), AppError> {
    if locked {
        return Err(AppError::from(ShelfError::Locked { what: what.to_owned() }));
    }
    Ok(())
}

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    refuse_if(flags.locked, "add a plugin")?;
    let offer = flags.source.offer()?;
    let plugin = super::shelf()?.add(&offer).map_err(AppError::from)?;
    review::show(&plugin.name, global)
}
