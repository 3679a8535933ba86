//! Builds a plugin written in Python: `src/plugin.py` and what it imports, with componentize-py in
//! a virtual environment of the project's own.
//!
//! What the component may import is decided by `contract.rs`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{Project, WorkbenchError, contract, files, step};

/// The project's dependencies; componentize-py is one of them.
pub(super) const REQUIREMENTS: &str = "requirements.txt";

/// What to install if a program is missing.
const NEEDED: &str = "install Python 3.10 or later with its `venv` module (Debian: python3-venv)";

/// Builds the project and returns its component.
pub(super) fn build(project: &Project) -> Result<PathBuf, WorkbenchError> {
    let folder = project.absolute()?;
    let wit = folder.join("target/wit");
    contract::write(&wit, project.manifest())?;
    let environment = Environment { folder: folder.join(".venv") };
    environment.install(&folder)?;
    let built = folder.join("target/componentized.wasm");
    let mut componentize = environment.program("componentize-py");
    componentize
        .args(["--quiet", "--wit-path"])
        .arg(&wit)
        .args(["--world", project.manifest().role.as_str()])
        .args(["componentize", "plugin", "--python-path", "src", "--stub-wasi", "--output"])
        .arg(&built)
        // Sources are not to be littered with folders of compiled modules.
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("VIRTUAL_ENV", &environment.folder);
    step::run(&mut componentize, &folder, NEEDED)?;
    Ok(built)
}

/// The project's virtual environment.
struct Environment {
    folder: PathBuf,
}

impl Environment {
    /// Installs what `requirements.txt` names, unless that was done before.
    fn install(&self, project: &Path) -> Result<(), WorkbenchError> {
        let requirements = files::read_text(&project.join(REQUIREMENTS))?;
        let done = self.folder.join("installed.txt");
        let before = fs::read_to_string(&done);
        if before.is_ok_and(|before| before == requirements) {
            return Ok(());
        }
        let mut make = Command::new(if cfg!(windows) { "python" } else { "python3" });
        make.args(["-m", "venv"]).arg(&self.folder);
        step::run(&mut make, project, NEEDED)?;
        let mut install = self.program("python");
        install
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(["--requirement", REQUIREMENTS]);
        step::run(&mut install, project, NEEDED)?;
        files::write(&done, requirements)
    }

    /// A program of the environment, not confused by settings meant for another Python.
    fn program(&self, name: &str) -> Command {
        let programs = if cfg!(windows) { "Scripts" } else { "bin" };
        let mut command = Command::new(self.folder.join(programs).join(name));
        command.env_remove("PYTHONHOME").env_remove("PYTHONPATH");
        command
    }
}
