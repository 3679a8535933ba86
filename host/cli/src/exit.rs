//! The exit codes: stable, documented, and shown by `explain exit-codes`.

use std::process::ExitCode;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The work is done; a run's result was accepted.
    Done,
    /// Something unexpected broke.
    Broken,
    /// The command, a setting or the idea cannot be understood.
    WrongUse,
    /// The run finished, but its best candidate was not accepted; or a plugin failed its cases, or
    /// a replay is another run.
    NotAccepted,
    /// A budget was used up before the run could finish.
    Budget,
    /// Ctrl-C; what was journaled is safe.
    Interrupted,
    /// A plugin or provider that is needed is missing, fails, or takes no calls.
    Missing,
}

impl Exit {
    /// All, by number.
    pub(crate) const ALL: [Self; 7] = [
        Self::Done,
        Self::Broken,
        Self::WrongUse,
        Self::NotAccepted,
        Self::Budget,
        Self::Interrupted,
        Self::Missing,
    ];

    /// The number the shell sees.
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Broken => 1,
            Self::WrongUse => 2,
            Self::NotAccepted => 3,
            Self::Budget => 4,
            Self::Interrupted => 5,
            Self::Missing => 6,
        }
    }

    /// What it means, for a person.
    pub(crate) const fn meaning(self) -> &'static str {
        match self {
            Self::Done => "done; a run's best candidate was accepted",
            Self::Broken => "something unexpected broke",
            Self::WrongUse => "the command, a setting or the idea could not be understood",
            Self::NotAccepted => {
                "the run finished, but its best candidate was not accepted; or a plugin failed a \
                 case, or a replay is another run"
            }
            Self::Budget => "a budget was used up; the best so far is kept",
            Self::Interrupted => "interrupted; what is journaled is safe, and `resume` goes on",
            Self::Missing => {
                "a plugin or provider that is needed is missing, fails, or takes no calls from you"
            }
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.number())
    }
}
