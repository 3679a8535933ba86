//! `plugin sign`: an author's signature, written beside the component.
//!
//! Keys and signatures are the shelf's business; whose signatures count is the operator's.

use std::path::{Path, PathBuf};

use clap::Args;
use pentimento_app::{AppError, Plugins, ShelfError, SigningKey, workbench::Project};
use serde_json::json;

use crate::{args::GlobalFlags, commands::layout::Sheet, exit::Exit, fail::Failure, output};

/// What is signed, with which key.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// A component's file, or the folder of its project
    #[arg(default_value = ".", value_name = "FILE|DIR")]
    source: PathBuf,
    /// File of your secret key, as minisign and rsign make them
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Make the key first; what is there is never overwritten
    #[arg(long)]
    new_key: bool,
}

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let component = if flags.source.is_dir() {
        Project::open(&flags.source).and_then(|project| project.built()).map_err(AppError::from)?
    } else {
        flags.source.clone()
    };
    let key = || if flags.new_key { new_key(&flags.key) } else { key(&flags.key) };
    let (signature, key) = Plugins::sign(&component, key)?;
    let signer = &key.signer().0;
    let mut sheet = Sheet::new(format!("signed {}", component.display()));
    sheet.line("signature", &signature.display().to_string());
    sheet.line("by", signer);
    sheet.line("next", "publish both files, and this key where people know it is yours");
    let value = json!({
        "component": output::path(&component), "signature": output::path(&signature), "signer": signer,
    });
    output::result(global.format, &sheet.into_text(), &value)?;
    Ok(Exit::Done)
}

fn key(path: &Path) -> Result<SigningKey, Failure> {
    let password = if SigningKey::needs_password(path).map_err(AppError::from)? {
        Some(password(path, "Password of the key: ")?)
    } else {
        None
    };
    Ok(SigningKey::open(path, password.as_deref()).map_err(AppError::from)?)
}

fn new_key(path: &Path) -> Result<SigningKey, Failure> {
    let first = password(path, "Password for the new key: ")?;
    if Plugins::key_password().is_none() && password(path, "The same again: ")? != first {
        let problem = "the two passwords differ".to_owned();
        return Err(AppError::from(ShelfError::Key { path: path.to_owned(), problem }).into());
    }
    Ok(SigningKey::create(path, &first).map_err(AppError::from)?)
}

/// The password: from the environment, or typed by a person.
fn password(path: &Path, prompt: &str) -> Result<String, AppError> {
    if let Some(password) = Plugins::key_password() {
        return Ok(password);
    }
    let unasked = |_| {
        let problem = "it needs a password, and nobody is there to be asked".to_owned();
        AppError::from(ShelfError::Key { path: path.to_owned(), problem })
    };
    rpassword::prompt_password(prompt).map_err(unasked)
}
