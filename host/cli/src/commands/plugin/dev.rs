//! `plugin dev`: builds and tries a plugin again whenever its author saves a file.
//!
//! What cannot be built or loaded changes nothing: the cases go on being tried on the version before.

use std::path::{Path, PathBuf};

use clap::Args;
use pentimento_app::{
    AppError, WorkbenchError,
    workbench::{Live, Stage, Watch},
};
use tokio::runtime::Runtime;

use super::test;
use crate::{
    args::{GlobalFlags, SettingFlags},
    commands,
    exit::Exit,
    fail::{self, Failure},
    output,
};

/// Which project, which cases.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// Folder with the plugin's `plugin.toml`, sources and `cases`
    #[arg(default_value = ".", value_name = "DIR")]
    folder: PathBuf,
    /// Try only the cases that have this in their name
    #[arg(long, value_name = "WORD")]
    filter: Option<String>,
}

/// Digits of a digest that are shown: as many as tell an author's versions apart.
const SHOWN_DIGITS: usize = 12;

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    // Watching starts before the first build, so that no change is missed in between.
    let watch = Watch::over(&flags.folder).map_err(AppError::from)?;
    let settings = commands::settle(SettingFlags::default())?;
    let mut live = Live::on(Stage::new(settings, super::now())?);
    let runtime = commands::runtime()?;
    loop {
        renew(&mut live, &flags.folder, global)?;
        if let Err(failure) = attempt(flags, &live, &runtime, global) {
            fail::tell(&failure);
        }
        if !global.quiet {
            output::note("waiting for a change (end with Ctrl-C)");
        }
        watch.wait().map_err(AppError::from)?;
    }
}

/// Takes what the sources now say, if it can be built and loaded, and tells what is tried from now.
fn renew(live: &mut Live, folder: &Path, global: GlobalFlags) -> Result<(), Failure> {
    let before = live.current().map(|version| version.plugin.id().clone());
    match live.renew(folder) {
        Ok(version) => {
            let id = version.plugin.id();
            if before.as_ref() != Some(id) && !global.quiet {
                let digest = id.digest.get(..SHOWN_DIGITS).unwrap_or(&id.digest);
                output::note(&format!("now trying {} {digest}", id.name));
            }
        }
        // Nothing will ever change in a folder that is gone.
        Err(error @ AppError::Workbench(WorkbenchError::NoFolder { .. })) => {
            return Err(error.into());
        }
        Err(error) => {
            fail::tell(&error.into());
            if before.is_some() {
                output::note("the version before stays");
            }
        }
    }
    Ok(())
}

/// Tries the cases as they now are on the version that there is.
fn attempt(
    flags: &Flags,
    live: &Live,
    runtime: &Runtime,
    global: GlobalFlags,
) -> Result<(), Failure> {
    let Some(version) = live.current() else { return Ok(()) };
    let cases = test::cases(flags.filter.as_deref(), &version.project)?;
    let tried = test::attempt_all(runtime, &version.plugin, &cases)?;
    test::tell(&version.plugin, &version.component, &tried, global)
}
