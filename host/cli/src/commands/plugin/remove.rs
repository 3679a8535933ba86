//! `plugin remove`: takes an installed plugin out of the project, with its grant and bytes.

use clap::Args;
use pentimento_app::AppError;

use super::review;
use crate::{args::GlobalFlags, exit::Exit, fail::Failure, output};

/// Which plugin.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// An installed plugin
    name: String,
}

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let plugin = super::shelf()?.remove(&flags.name).map_err(AppError::from)?;
    let text = format!("{} {} is removed, with its grant", plugin.name, plugin.version);
    output::result(global.format, &text, &review::plugin_value(&plugin))?;
    Ok(Exit::Done)
}
