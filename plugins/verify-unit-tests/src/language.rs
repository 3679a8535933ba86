//! The languages that programs and their tests are written in.

use pentimento_sdk::Failure;

/// A language that a tool of ours runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// What is meant where nobody says otherwise.
    Python,
    /// As Node.js runs scripts.
    JavaScript,
}

impl Language {
    /// The language that the setting `language` names.
    ///
    /// # Errors
    ///
    /// `bad-setting`, if it is none of ours.
    pub fn named(setting: Option<&str>) -> Result<Self, Failure> {
        match setting.map(str::trim) {
            None | Some("python") => Ok(Self::Python),
            Some("javascript") => Ok(Self::JavaScript),
            Some(other) => {
                let other = other.escape_debug();
                let message =
                    format!("the setting `language` is `python` or `javascript`, not `{other}`");
                Err(Failure::new("bad-setting", message))
            }
        }
    }

    /// The tool that runs it.
    #[must_use]
    pub const fn tool(self) -> &'static str {
        match self {
            Self::Python => "tool-python",
            Self::JavaScript => "tool-javascript",
        }
    }

    /// What fences around code in it say.
    #[must_use]
    pub const fn fences(self) -> &'static [&'static str] {
        match self {
            Self::Python => &["python", "py", "python3"],
            Self::JavaScript => &["javascript", "js", "node"],
        }
    }

    /// What its tool calls the program's text.
    pub(crate) const fn file(self) -> &'static str {
        match self {
            Self::Python => "program.py",
            Self::JavaScript => "program.js",
        }
    }

    /// Steps of one test, if nobody says otherwise: a quarter of a second of the shortest there are.
    #[must_use]
    pub const fn usual_steps(self) -> &'static str {
        match self {
            Self::Python => "500000",
            Self::JavaScript => "5000000",
        }
    }
}
