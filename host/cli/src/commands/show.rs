//! `show`: tells what happened in a run, from its journal alone.

use pentimento_app::Stored;

use crate::{
    args::{GlobalFlags, RunFlags},
    commands,
    exit::Exit,
    fail::Failure,
    output, picture,
};

pub(crate) fn run(flags: &RunFlags, global: GlobalFlags) -> Result<Exit, Failure> {
    let settings = commands::settle(flags.settings())?;
    let stored = Stored::open(&settings.runs_dir, &flags.run)?;
    for notice in stored.notices() {
        output::note(&format!("note: {notice}"));
    }
    let summary = stored.summary()?;
    picture::show_best(&stored, global);
    output::result(global.format, &output::painted(&pentimento_app::to_text(&summary)), &summary)?;
    Ok(Exit::Done)
}
