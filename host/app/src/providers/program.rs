//! A program in place of a server, as settings describe it. Only the user's own file may: a project's
//! that could would run code on every machine that it is opened on.

use pentimento_model::{Abilities, Ability, clean};
use pentimento_provider::{Kind, Program, Reach};

use super::{known::own_file, options::ProviderOptions};
use crate::error::AppError;

/// Variables that are handed to a program, at most.
const VARIABLES: usize = 64;

/// How a program is reached, and what the user says that it can.
pub(super) fn read(name: &str, options: &ProviderOptions) -> Result<(Reach, Abilities), AppError> {
    for (key, given) in [
        ("url", options.url.is_some()),
        ("ca-file", options.ca_file.is_some()),
        ("proxy", options.proxy.is_some()),
        ("connect-timeout", options.connect_timeout.is_some()),
        ("read-timeout", options.read_timeout.is_some()),
    ] {
        if given {
            let problem = format!("`{key}` of provider `{name}` means nothing to a program");
            return Err(wrong(problem, "take it out: it is for servers".to_owned()));
        }
    }
    let usage = || format!("write `command = [\"/usr/bin/python3\", \"/home/me/{name}.py\"]`");
    let Some(words) = &options.command else {
        return Err(wrong(format!("provider `{name}` has no `command`"), usage()));
    };
    let program = Program::new(words).map_err(|error| {
        wrong(format!("`command` of provider `{name}` cannot be used: {error}"), usage())
    })?;
    check_variables(name, options)?;
    let program = program.with_key_as(options.key_env.clone());
    Ok((Reach::Program(program), abilities(name, options)?))
}

/// Refuses a program that a project's file describes.
pub(super) fn check_stranger(
    name: &str,
    kind: Kind,
    options: &ProviderOptions,
) -> Result<(), AppError> {
    let given = options.command.is_some() || options.environment.is_some();
    if kind != Kind::Command && !given {
        return Ok(());
    }
    let problem =
        format!("the project would have a program run on this machine (provider `{name}`)");
    Err(wrong(problem, format!("if you want it, describe the provider in {}", own_file())))
}

/// Refuses what only a program has.
pub(super) fn check_absent(
    name: &str,
    kind: Kind,
    options: &ProviderOptions,
) -> Result<(), AppError> {
    for (key, given) in [
        ("command", options.command.is_some()),
        ("environment", options.environment.is_some()),
        ("can", options.can.is_some()),
    ] {
        if given {
            let problem =
                format!("`{key}` of provider `{name}` means nothing to a `{kind}` server");
            let hint = "it is for programs, which have `kind = \"command\"`".to_owned();
            return Err(wrong(problem, hint));
        }
    }
    Ok(())
}

/// Nobody but the user knows what a program can do, so it must be said.
fn abilities(name: &str, options: &ProviderOptions) -> Result<Abilities, AppError> {
    let all = Kind::Command.abilities();
    let hint = || format!("there are {all}");
    let Some(words) = &options.can else {
        return Err(wrong(format!("provider `{name}` does not say what it `can`"), hint()));
    };
    let mut can = Abilities::default();
    for word in words {
        let ability = Ability::from_name(word).filter(|ability| all.has(*ability));
        can = can.with(ability.ok_or_else(|| {
            let word = clean(word);
            wrong(
                format!("provider `{name}` says that it can `{word}`, which no program can"),
                hint(),
            )
        })?);
    }
    Ok(can)
}

fn check_variables(name: &str, options: &ProviderOptions) -> Result<(), AppError> {
    let names = options.environment.as_deref().unwrap_or_default();
    let hint = || format!("name up to {VARIABLES} variables, such as `HOME`, without their values");
    if names.len() > VARIABLES {
        let problem = format!("`environment` of provider `{name}` names {} variables", names.len());
        return Err(wrong(problem, hint()));
    }
    for variable in names {
        if !is_variable(variable) {
            let shown = clean(variable);
            let problem = format!("`{shown}` of provider `{name}` is no name of a variable");
            return Err(wrong(problem, hint()));
        }
    }
    Ok(())
}

/// True for what can be the name of a variable of the environment.
pub(super) fn is_variable(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    text.bytes().next().is_some_and(|first| !first.is_ascii_digit()) && text.bytes().all(plain)
}

fn wrong(problem: String, hint: String) -> AppError {
    AppError::Setting { name: "providers", problem, hint }
}
