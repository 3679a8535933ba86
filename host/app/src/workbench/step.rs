//! One step of a build that another program does: pip, npm, componentize-py and the like.
//!
//! Which steps there are is left to each language's file.

use std::{
    io::ErrorKind,
    path::Path,
    process::{Command, Output},
};

use super::WorkbenchError;

/// Lines of a failed program's words that are shown: the last ones name the reason.
const SHOWN_LINES: usize = 30;

/// Runs a program in `folder` to its end. `needed` says what to install if it is not there.
pub(super) fn run(
    command: &mut Command,
    folder: &Path,
    needed: &'static str,
) -> Result<(), WorkbenchError> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.current_dir(folder).output().map_err(|source| match source.kind() {
        ErrorKind::NotFound => WorkbenchError::NoProgram { program: program.clone(), needed },
        _ => WorkbenchError::Run { program: program.clone(), source },
    })?;
    if output.status.success() {
        return Ok(());
    }
    Err(WorkbenchError::Step { program: named(command), said: said(&output) })
}

/// The program's file name and its first argument: `pip install`, `python3 -m`.
fn named(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy();
    let first = command.get_args().next().map(|first| format!(" {}", first.to_string_lossy()));
    format!("{program}{}", first.unwrap_or_default())
}

/// The end of what the program wrote, errors after the rest.
fn said(output: &Output) -> String {
    let text = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    let text = text.concat();
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|l| !l.is_empty()).collect();
    lines.get(lines.len().saturating_sub(SHOWN_LINES)..).unwrap_or_default().join("\n")
}
