//! The program compiling for itself: what strangers write, in a process with limits.

use std::{path::Path, time::Duration};

use pentimento_app::Bundled;
use pentimento_sandbox::{
    Allocation, CompileError, Compiler, Sandbox, SandboxError, SandboxSettings,
};

/// A sandbox that trusts nobody, in a cache of its own, with this program as its compiler.
fn sandbox(folder: &Path, allocation: Allocation, wall_time: Duration) -> Sandbox {
    let program = env!("CARGO_BIN_EXE_pentimento").into();
    let settings = SandboxSettings {
        cache_dir: Some(folder.to_owned()),
        allocation: Some(allocation),
        compiler: Some(Compiler { program, wall_time }),
        ..SandboxSettings::default()
    };
    Sandbox::new(settings).unwrap()
}

fn load(sandbox: &Sandbox) -> Result<(), SandboxError> {
    let detector = Bundled::find("critic-detector").unwrap();
    let plugin = sandbox.admit(detector.component, &detector.grant())?;
    plugin.assessor().map(drop)
}

/// The detector's request, for components that carry none.
fn manifest() -> String {
    pentimento_manifest::extract(Bundled::find("critic-detector").unwrap().component).unwrap()
}

#[test]
fn what_another_process_compiled_is_loaded_and_kept() {
    for allocation in [Allocation::Pooled, Allocation::OnDemand] {
        let folder = tempfile::tempdir().unwrap();
        load(&sandbox(folder.path(), allocation, Duration::from_mins(1))).unwrap();
        // Found again: no compiler is done within no time.
        load(&sandbox(folder.path(), allocation, Duration::ZERO)).unwrap();
    }
}

#[test]
fn a_compiler_that_takes_too_long_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let error = load(&sandbox(folder.path(), Allocation::Pooled, Duration::ZERO)).unwrap_err();
    assert!(matches!(error, SandboxError::Compile { source: CompileError::Late(_), .. }));
    assert_eq!(error.to_string(), "the component of `critic-detector` could not be compiled");
}

/// One function that is short to write and long to compile: every loop makes every variable anew.
fn bomb() -> Vec<u8> {
    const LOOPS: usize = 20_000;
    const VARIABLES: usize = 1_000;
    let one = |index: usize| {
        let [to, from, other, tested] = [1, 7, 13, 31].map(|step| index * step % VARIABLES);
        format!(
            "(loop (local.set {to} (i64.add (local.get {from}) (local.get {other})))
                (br_if 0 (i64.eqz (local.get {tested}))))"
        )
    };
    let loops: String = (0..LOOPS).map(one).collect();
    let variables = "i64 ".repeat(VARIABLES);
    wat::parse_str(format!("(component (core module (func (local {variables}) {loops})))")).unwrap()
}

#[test]
fn a_compile_bomb_is_stopped_and_the_next_plugin_let_in() {
    let folder = tempfile::tempdir().unwrap();
    let short = sandbox(folder.path(), Allocation::Pooled, Duration::from_secs(1));
    let error = short.load(&manifest(), &bomb(), &pentimento_model::Grant::default()).unwrap_err();
    let SandboxError::Compile { source, .. } = &error else { panic!("{error:?}") };
    assert_eq!(source.to_string(), "it was not compiled within 1s");
    assert!(error.hint().unwrap().ends_with("is too large, or is meant to do harm"));
    load(&sandbox(folder.path(), Allocation::Pooled, Duration::from_mins(1))).unwrap();
}

#[test]
fn the_compilers_own_refusal_reaches_the_reader() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = sandbox(folder.path(), Allocation::Pooled, Duration::from_mins(1));
    let targets = "0 ".repeat(70_000);
    let text =
        format!("(component (core module (func (block (br_table {targets} (i32.const 0))))))");
    let error = sandbox
        .load(&manifest(), &wat::parse_str(text).unwrap(), &pentimento_model::Grant::default())
        .unwrap_err();
    let SandboxError::Compile { source: CompileError::Refused(why), .. } = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        why,
        "failed to compile: wasm[0]::function[0]: WebAssembly translation error: Unsupported \
         feature: `br_table` has 69999 targets, which exceeds the implementation limit of 65520"
    );
}

#[test]
fn nobody_is_told_of_the_command() {
    let help = std::process::Command::new(env!("CARGO_BIN_EXE_pentimento"))
        .arg("--help")
        .output()
        .unwrap();
    assert!(!String::from_utf8_lossy(&help.stdout).contains("compile-component"));
}
