//! What is wrong with a recipe's text: where, what, and what would help.

use std::{error::Error, fmt, ops::Deref};

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: String,
    /// What would help.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem at a byte offset of the text.
    pub(crate) fn at(text: &str, offset: usize, message: impl Into<String>) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let last_line = before.rsplit('\n').next().unwrap_or_default();
        let column = last_line.chars().count() + 1;
        Self { line, column, message: message.into(), hint: None }
    }

    /// The same problem with advice.
    #[must_use]
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.line, self.column, self.message)
    }
}

/// All that is wrong with one text, a line each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Deref for Problems {
    type Target = [Problem];

    fn deref(&self) -> &[Problem] {
        &self.0
    }
}

impl Error for Problems {}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// More are told after these are put right.
        const MOST: usize = 10;
        for (at, one) in self.iter().take(MOST).enumerate() {
            let between = if at == 0 { "" } else { "\n" };
            write!(formatter, "{between}{one}")?;
            // A single one is told beside its advice anyway.
            if let (Some(hint), true) = (&one.hint, self.len() > 1) {
                write!(formatter, " ({hint})")?;
            }
        }
        match self.len().saturating_sub(MOST) {
            0 => Ok(()),
            more => write!(formatter, "\nand {more} more"),
        }
    }
}

/// A recipe cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RecipeError {
    /// Its text has problems; all of them are listed, in the order of the text.
    #[error("recipe `{origin}` has {count}", count = counted(problems.len()))]
    Problems {
        /// The file's name, or the name of the embedded recipe.
        origin: String,
        /// What is wrong.
        #[source]
        problems: Problems,
    },
    /// No recipe has this name.
    #[error("there is no recipe `{name}`")]
    Unknown {
        /// The name asked for.
        name: String,
        /// What would help.
        hint: String,
    },
    /// No examiner has this name.
    #[error("there is no examiner `{name}`")]
    UnknownExaminer {
        /// The name asked for.
        name: String,
        /// What would help.
        hint: String,
    },
    /// Nobody says what is in the pictures, so nobody else can.
    #[error("recipe `{recipe}` has no detector to replace")]
    NoDetector {
        /// Which recipe.
        recipe: String,
    },
    /// Who says what is in the pictures cannot be left unheard.
    #[error("`{name}` is the detector of recipe `{recipe}`, and cannot be held out")]
    HeldOutDetector {
        /// Which recipe.
        recipe: String,
        /// The name asked for.
        name: String,
    },
    /// A model that grades texts has nothing to grade.
    #[error("recipe `{recipe}` makes pictures, and an auditor grades texts")]
    AuditsTexts {
        /// Which recipe.
        recipe: String,
    },
}

impl RecipeError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Problems { problems, .. } => Some(match &**problems {
                [Problem { hint: Some(hint), .. }] => hint,
                _ => "`pentimento recipe show NAME` prints a recipe of the program to begin with",
            }),
            Self::Unknown { hint, .. } | Self::UnknownExaminer { hint, .. } => Some(hint),
            Self::NoDetector { .. } => Some(
                "leave `detector` out, or choose a recipe that looks for objects, such as `sld`",
            ),
            Self::HeldOutDetector { .. } | Self::AuditsTexts { .. } => {
                Some("name another assessor")
            }
        }
    }
}

/// `1 problem`, `2 problems`.
fn counted(count: usize) -> String {
    if count == 1 { "1 problem".to_owned() } else { format!("{count} problems") }
}

/// The known word nearest to `word`, if it is near enough to be a slip of the fingers.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Jaro-Winkler similarity; below this, suggestions look random to a person.
    const NEAR_ENOUGH: f64 = 0.75;
    let grade = |other: &str| {
        let alike = strsim::jaro_winkler(word, other);
        // In a short word one slip of two fingers (`sdl`) leaves nothing in its place.
        if strsim::osa_distance(word, other) == 1 { alike.max(NEAR_ENOUGH) } else { alike }
    };
    let graded = known.into_iter().map(|other| (grade(other), other));
    let best = graded.max_by(|one, other| one.0.total_cmp(&other.0))?;
    (best.0 >= NEAR_ENOUGH).then_some(best.1)
}

/// Advice after an unknown word: the nearest known one, else all of them.
pub(crate) fn advice(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(other) => format!("did you mean `{other}`?"),
        None => format!("known are `{}`", known.join("`, `")),
    }
}
