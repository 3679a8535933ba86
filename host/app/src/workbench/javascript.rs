//! Builds a plugin written in JavaScript: `src/plugin.js` and what it imports, with componentize-js
//! as the project's `package.json` pins it.
//!
//! What the component may import is decided by `contract.rs`; every power that componentize-js
//! would add of its own is switched off here.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{Project, WorkbenchError, contract, files, step};

/// The project's dependencies; componentize-js is one of them.
pub(super) const PACKAGE: &str = "package.json";

/// Written by npm: the exact versions of everything that was installed.
const LOCK: &str = "package-lock.json";

/// What to install if a program is missing.
const NEEDED: &str = "install Node.js 20 or later with npm (https://nodejs.org)";

/// The powers of the web that componentize-js offers; a plugin has none of them.
const SWITCHED_OFF: [&str; 5] = ["stdio", "random", "clocks", "http", "fetch-event"];

/// Builds the project and returns its component.
pub(super) fn build(project: &Project) -> Result<PathBuf, WorkbenchError> {
    let folder = project.absolute()?;
    let wit = folder.join("target/wit");
    contract::write(&wit, project.manifest())?;
    install(&folder)?;
    let built = folder.join("target/componentized.wasm");
    let mut componentize = Command::new("node");
    componentize
        .arg("node_modules/@bytecodealliance/componentize-js/src/cli.js")
        .arg("src/plugin.js")
        .arg("--wit")
        .arg(&wit)
        .args(["--world-name", project.manifest().role.as_str(), "--out"])
        .arg(&built)
        .arg("--disable")
        .args(SWITCHED_OFF);
    step::run(&mut componentize, &folder, NEEDED)?;
    Ok(built)
}

/// Installs what `package.json` names, unless that was done before. No script of a package runs.
fn install(folder: &Path) -> Result<(), WorkbenchError> {
    let wanted = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
    let done = folder.join("node_modules").join(".installed");
    let before = fs::read_to_string(&done);
    if before.is_ok_and(|before| before == wanted(PACKAGE) + &wanted(LOCK)) {
        return Ok(());
    }
    files::read_text(&folder.join(PACKAGE))?;
    let verb = if folder.join(LOCK).is_file() { "ci" } else { "install" };
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args([verb, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    step::run(&mut npm, folder, NEEDED)?;
    files::write(&done, wanted(PACKAGE) + &wanted(LOCK))
}
