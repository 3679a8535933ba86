//! How a provider is reached: a server at an address, or a program on this machine.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use thiserror::Error;

use crate::address::Address;

/// Words of a command, the program included, at most.
const WORDS: usize = 64;

/// How a provider is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// A server that listens.
    Server(Address),
    /// A program that is started for every call.
    Program(Program),
}

impl Reach {
    /// The server's address, if it is one.
    pub const fn server(&self) -> Option<&Address> {
        match self {
            Self::Server(address) => Some(address),
            Self::Program(_) => None,
        }
    }

    /// True if what is asked stays on this machine, as far as that can be seen from here: what a
    /// program sends elsewhere is the business of whoever chose it.
    pub fn is_at_home(&self) -> bool {
        self.server().is_none_or(Address::is_loopback)
    }
}

impl fmt::Display for Reach {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Server(address) => address.fmt(formatter),
            Self::Program(program) => program.path.display().fmt(formatter),
        }
    }
}

/// A program and how it is started. No shell reads it, and nothing is looked up: neither in `PATH`
/// nor in the current folder, which may be a stranger's project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    path: PathBuf,
    arguments: Vec<String>,
    key_as: Option<String>,
}

/// Why words are no command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BadProgram {
    /// No word at all.
    #[error("it names no program")]
    Empty,
    /// More words than a command has.
    #[error("it has more than {WORDS} words")]
    Long,
    /// The program would have to be looked for.
    #[error("its first word is not the whole path of a program, such as `/usr/bin/python3`")]
    Relative,
    /// A character that no argument can hold.
    #[error("one of its words holds a NUL character")]
    Nul,
}

impl Program {
    /// The whole path of a program, and its arguments.
    pub fn new(words: &[String]) -> Result<Self, BadProgram> {
        let (path, arguments) = words.split_first().ok_or(BadProgram::Empty)?;
        if words.len() > WORDS {
            return Err(BadProgram::Long);
        }
        if words.iter().any(|word| word.contains('\0')) {
            return Err(BadProgram::Nul);
        }
        if !Path::new(path).is_absolute() {
            return Err(BadProgram::Relative);
        }
        Ok(Self { path: path.into(), arguments: arguments.to_vec(), key_as: None })
    }

    /// The same, which finds the key under this name in its environment.
    #[must_use]
    pub fn with_key_as(self, variable: Option<String>) -> Self {
        Self { key_as: variable, ..self }
    }

    /// Under which name it finds the key in its environment; `None` if there is no key.
    pub fn key_as(&self) -> Option<&str> {
        self.key_as.as_deref()
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it is started with.
    pub fn arguments(&self) -> &[String] {
        &self.arguments
    }
}

/// Variables that a program finds in its environment, by name; it finds no others. Their values are
/// not printed: there may be keys among them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Variables(pub Vec<(String, String)>);

impl fmt::Debug for Variables {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_path_names_a_program() {
        let read = |words: &[&str]| {
            Program::new(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
        };
        let long: Vec<&str> = std::iter::repeat_n("/x", WORDS + 1).collect();
        for (words, why) in [
            (&[][..], BadProgram::Empty),
            (&["python3", "m.py"], BadProgram::Relative),
            (&["./m.py"], BadProgram::Relative),
            (&[""], BadProgram::Relative),
            (&["/bin/a\0b"], BadProgram::Nul),
            (&["/bin/sh", "\0"], BadProgram::Nul),
            (&long, BadProgram::Long),
        ] {
            assert_eq!(read(words).unwrap_err(), why, "{words:?}");
        }
        let program = read(&["/bin/sh", "-c", "exit 0"]).unwrap();
        assert_eq!(program.arguments(), ["-c", "exit 0"]);
        let reach = Reach::Program(program);
        assert_eq!((reach.to_string().as_str(), reach.is_at_home()), ("/bin/sh", true));
    }

    #[test]
    fn values_of_variables_are_not_printed() {
        let variables = Variables(vec![("TOKEN".to_owned(), "very-secret".to_owned())]);
        assert_eq!(format!("{variables:?}"), r#"["TOKEN"]"#);
    }
}
