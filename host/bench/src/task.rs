//! A benchmark's prompts with their gold answers.
//!
//! The files are embedded, so that `bench` works anywhere; where they come from stands in the
//! `PROVENANCE.txt` beside each.

use pentimento_easel::Truth;

use crate::{BenchError, geneval, lmd};

/// A benchmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// The LMD benchmark: 400 prompts in four categories (arXiv:2305.13655, section 4).
    Lmd,
    /// GenEval: 553 prompts in six categories (arXiv:2310.11513).
    GenEval,
}

impl Task {
    /// All benchmarks.
    pub const ALL: [Self; 2] = [Self::Lmd, Self::GenEval];

    /// The name on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lmd => "lmd",
            Self::GenEval => "geneval",
        }
    }

    /// The benchmark with this name.
    pub fn from_name(name: &str) -> Result<Self, BenchError> {
        let mut all = Self::ALL.into_iter();
        all.find(|task| task.as_str() == name)
            .ok_or_else(|| BenchError::NoTask { name: name.to_owned() })
    }

    /// The categories, in the order of the published tables.
    pub const fn categories(self) -> &'static [&'static str] {
        match self {
            Self::Lmd => &lmd::CATEGORIES,
            Self::GenEval => &geneval::CATEGORIES,
        }
    }

    /// True if overall accuracy is the mean of the categories (GenEval), false if it is the mean
    /// over all prompts (LMD).
    pub const fn averages_categories(self) -> bool {
        matches!(self, Self::GenEval)
    }

    /// All prompts.
    pub fn prompts(self) -> Result<Vec<Prompt>, BenchError> {
        match self {
            Self::Lmd => lmd::prompts(),
            Self::GenEval => geneval::prompts(),
        }
    }
}

/// One prompt and what a right picture must hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// Counted from 0 over the whole file; the run's seed depends on it, since prompts repeat.
    pub number: usize,
    /// One of [`Task::categories`].
    pub category: &'static str,
    /// The prompt's text.
    pub idea: String,
    pub(crate) gold: Gold,
}

/// The rule a right picture meets.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Gold {
    Lmd(lmd::Gold),
    GenEval(geneval::Gold),
}

impl Prompt {
    /// True if what is really in the picture meets the benchmark's own rule.
    pub fn passes(&self, truth: &Truth) -> bool {
        match &self.gold {
            Gold::Lmd(gold) => gold.passes(truth),
            Gold::GenEval(gold) => gold.passes(truth),
        }
    }
}
