//! Compilers that are gone, crash, hang, flood or hand over nonsense: whatever becomes of the
//! process, the host says so and goes on. The real one is tried in `tests/e2e/`.
#![cfg(unix)]

use std::{
    error::Error,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use pentimento_model::PluginId;
use pentimento_sandbox::{CompileError, Compiler, SandboxError, SandboxSettings};
use tempfile::TempDir;

use crate::{
    host::{Host, chain},
    modes::{Critic, HONEST},
};

/// A script that stands in for the compiler. Written by another process: a file that this one
/// holds open for writing could not be started.
fn script(folder: &TempDir, text: &str) -> PathBuf {
    let path = folder.path().join("compiler");
    let writing = "cat > \"$0\" && chmod 700 \"$0\"";
    let mut shell = Command::new("/bin/sh");
    let mut shell = shell.args(["-c", writing]).arg(&path).stdin(Stdio::piped()).spawn().unwrap();
    shell.stdin.take().unwrap().write_all(format!("#!/bin/sh\n{text}\n").as_bytes()).unwrap();
    assert!(shell.wait().unwrap().success());
    path
}

/// A host that trusts nobody but its honest critic, with this compiler.
fn host(program: &Path, wall_time: Duration) -> Host {
    let compiler = Some(Compiler { program: program.to_owned(), wall_time });
    let trusted = [PluginId::of("honest".to_owned(), &HONEST.component()).digest].into();
    Host::new(SandboxSettings { compiler, trusted, ..SandboxSettings::default() })
}

/// What is said if a stranger's component meets this compiler.
fn refusal(program: &Path, wall_time: Duration) -> SandboxError {
    let stranger = Critic { after: "(type $mark (tuple u8 u8 u8))", ..HONEST };
    let host = host(program, wall_time);
    let error = host.load(&stranger.component()).unwrap_err();
    host.check_it_goes_on("a broken compiler");
    error
}

fn check(text: &str, why: &str) {
    let folder = tempfile::tempdir().unwrap();
    let error = refusal(&script(&folder, text), Duration::from_mins(1));
    let expected = format!("the component of `stranger` could not be compiled: {why}");
    assert_eq!(chain(&error), expected);
    assert!(error.hint().is_some());
}

#[test]
fn a_compiler_that_fails_or_crashes_is_told_by_its_status() {
    check("exit 3", "the compiler broke off with exit status: 3");
    check("cat; kill -KILL $$", "the compiler broke off with signal: 9 (SIGKILL)");
    check("kill -TERM $$", "the compiler broke off with signal: 15 (SIGTERM)");
}

#[test]
fn a_compiler_that_says_something_else_is_not_believed() {
    let nonsense = "what the compiler handed over is no compiled component";
    check("true", nonsense);
    check("echo hello", nonsense);
    check("cat", nonsense);
    check("echo code; cat", nonsense);
}

#[test]
fn a_compiler_that_never_stops_writing_is_stopped() {
    check("exec yes", "its compiled form has more than 268435456 bytes");
}

#[test]
fn a_compilers_reason_is_cut_and_cleaned() {
    check("echo refused; printf 'too\\033[2J hard\\n'", "too[2J hard ");
}

#[test]
fn a_compiler_that_hangs_is_ended_with_its_time() {
    let folder = tempfile::tempdir().unwrap();
    for text in ["exec sleep 1000", "exec >&-; exec sleep 1000", "sleep 1000 & exec sleep 1000"] {
        let error = refusal(&script(&folder, text), Duration::from_millis(300));
        let expected = "the component of `stranger` could not be compiled: it was not compiled \
                        within 300ms";
        assert_eq!(chain(&error), expected, "{text}");
        assert!(error.hint().unwrap().starts_with("compiling may take 120s and 4 GiB"));
    }
}

#[test]
fn a_compiler_that_is_not_there_is_missed() {
    let error = refusal(Path::new("/nowhere/compiler"), Duration::from_mins(1));
    assert!(
        matches!(error, SandboxError::Compile { source: CompileError::Start(_), .. }),
        "{error:?}"
    );
    assert_eq!(error.source().unwrap().to_string(), "the compiler could not be started");
    assert!(error.hint().unwrap().contains("check that its file is still where"));
}

#[test]
fn a_compiler_learns_nothing_of_our_surroundings() {
    let folder = tempfile::tempdir().unwrap();
    let told = folder.path().join("told");
    let text = format!("(pwd; env; echo \"$@\") > {}; exit 1", told.display());
    refusal(&script(&folder, &text), Duration::from_mins(1));
    let told = std::fs::read_to_string(told).unwrap();
    let lines: Vec<_> = told.lines().filter(|line| !line.starts_with("PWD=")).collect();
    assert_eq!(lines.first(), Some(&"/"));
    assert!(!told.contains("CARGO") && !told.contains("HOME"), "{told}");
    assert!(told.contains("compile-component"), "{told}");
}
