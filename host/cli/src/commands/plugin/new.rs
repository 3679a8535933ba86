//! `plugin new`: makes a plugin's project, ready to be built and tried.

use std::{fmt::Write, path::PathBuf};

use clap::{Args, ValueEnum};
use pentimento_app::{
    AppError,
    workbench::{self, Role, Scaffold},
};
use serde_json::json;

use crate::{args::GlobalFlags, exit::Exit, fail::Failure, output};

/// Which plugin, in which language, and where.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// Name of the plugin, such as `critic-darkness`
    name: String,
    /// Language it is written in
    #[arg(long, value_enum, default_value_t = Language::Rust)]
    lang: Language,
    /// What it does
    #[arg(long, value_enum, default_value_t = WantedRole::Critic)]
    role: WantedRole,
    /// Folder to make [default: the plugin's name]
    #[arg(long, value_name = "DIR")]
    path: Option<PathBuf>,
}

/// A language, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Language {
    /// Small and fast
    Rust,
    /// Large and slower, with Python's library
    Python,
    /// Large and slower, with JavaScript's
    #[value(name = "javascript", alias = "js")]
    JavaScript,
}

/// A role, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum WantedRole {
    /// Gives opinions
    Critic,
    /// Checks facts
    Verifier,
    /// Computes and transforms
    Tool,
}

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let language = match flags.lang {
        Language::Rust => workbench::Language::Rust,
        Language::Python => workbench::Language::Python,
        Language::JavaScript => workbench::Language::JavaScript,
    };
    let role = match flags.role {
        WantedRole::Critic => Role::Critic,
        WantedRole::Verifier => Role::Verifier,
        WantedRole::Tool => Role::Tool,
    };
    let folder = flags.path.clone().unwrap_or_else(|| PathBuf::from(&flags.name));
    let scaffold = Scaffold::new(&flags.name, language, role).map_err(AppError::from)?;
    scaffold.write(&folder).map_err(AppError::from)?;
    let shown = folder.display();
    let mut text = format!("made `{shown}`: a {role} in {}\n", language.as_str());
    let _ = writeln!(text, "next:\n  pentimento plugin build {shown}");
    let _ = writeln!(text, "  pentimento plugin test {shown}");
    let value = json!({
        "name": flags.name,
        "folder": output::path(&folder),
        "language": language.as_str(),
        "role": role.as_str(),
    });
    output::result(global.format, &text, &value)?;
    Ok(Exit::Done)
}
