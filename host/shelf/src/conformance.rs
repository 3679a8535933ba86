//! How a plugin answered the questions that every plugin is asked, as the lock file keeps it.
//!
//! What is asked, and of whom, is decided elsewhere; nothing runs here.

use std::{collections::BTreeMap, fmt};

use pentimento_model::{ConformanceHash, FaultKind};
use serde::{Deserialize, Serialize};

/// How a plugin answered.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Conformance {
    /// Which questions, and how they were asked.
    pub asked: Asked,
    /// The hash of all answers, whole: 64 hexadecimal digits.
    #[serde(deserialize_with = "crate::lock::digest")]
    pub hash: String,
    /// The questions on which a plugin must not break, and on which this one did.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "all_shown")]
    pub broke: Vec<String>,
    /// By question: the answer in short.
    #[serde(deserialize_with = "each_shown")]
    pub answers: BTreeMap<String, String>,
}

/// The number of a list of questions. A list never changes: another one has another number.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Asked(pub u32);

/// How a plugin answered where somebody consented to it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Tried {
    /// Which questions.
    pub asked: Asked,
    /// The hash of all answers.
    pub hash: String,
}

/// One question to which two trials have other answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The question.
    pub question: String,
    /// The answer that the lock file has.
    pub locked: String,
    /// The answer that was given here.
    pub found: String,
}

impl Conformance {
    /// The hash and the answers in short. `broke` names those on which it must not have broken.
    pub fn of(asked: Asked, hash: ConformanceHash, broke: Vec<String>) -> Self {
        Self { asked, hash: hash.to_hex(), broke, answers: BTreeMap::new() }
    }

    /// The same with one more answer.
    #[must_use]
    pub fn with(mut self, question: &str, answer: String) -> Self {
        self.answers.insert(question.to_owned(), answer);
        self
    }

    /// All questions on which it broke, the odd ones too, each with how.
    pub fn broken(&self) -> Vec<String> {
        let broken = self.answers.iter().filter(|(_, answer)| {
            let is_kind = |kind: &FaultKind| kind.as_str() == *answer;
            FaultKind::ALL.iter().any(is_kind)
        });
        broken.map(|(question, answer)| format!("{question} ({answer})")).collect()
    }

    /// What is remembered with a consent.
    pub fn tried(&self) -> Tried {
        Tried { asked: self.asked, hash: self.hash.clone() }
    }

    /// What the answers given here (`found`) have otherwise; `None` if other questions were asked,
    /// so that nothing can be said.
    pub fn differences(&self, found: &Self) -> Option<Vec<Difference>> {
        if self.asked != found.asked {
            return None;
        }
        if self.hash == found.hash {
            return Some(Vec::new());
        }
        let none = || "nothing".to_owned();
        let mut questions: Vec<_> = self.answers.keys().chain(found.answers.keys()).collect();
        questions.sort_unstable();
        questions.dedup();
        let differences = questions.into_iter().filter_map(|question| {
            let [locked, here] = [self, found].map(|one| one.answers.get(question).cloned());
            let (locked, here) = (locked.unwrap_or_else(none), here.unwrap_or_else(none));
            let differs = locked != here;
            differs.then(|| Difference { question: question.clone(), locked, found: here })
        });
        let mut differences: Vec<_> = differences.collect();
        if differences.is_empty() {
            // The short answers are shortened; or somebody wrote the file by hand.
            let question = "all of them together".to_owned();
            let (locked, found) = (self.hash.clone(), found.hash.clone());
            differences.push(Difference { question, locked, found });
        }
        Some(differences)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { question, locked, found } = self;
        write!(formatter, "{question}: {locked} in the lock file, {found} here")
    }
}

fn all_shown<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let texts = Vec::<String>::deserialize(from)?;
    Ok(texts.iter().map(|text| pentimento_model::clean(text)).collect())
}

fn each_shown<'de, D: serde::Deserializer<'de>>(
    from: D,
) -> Result<BTreeMap<String, String>, D::Error> {
    let texts = BTreeMap::<String, String>::deserialize(from)?;
    let clean = pentimento_model::clean;
    Ok(texts.iter().map(|(question, answer)| (clean(question), clean(answer))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(answers: &[(&str, &str)]) -> Conformance {
        let parts = answers.iter().flat_map(|(question, answer)| [*question, *answer]);
        let hash = ConformanceHash::of(parts.map(str::as_bytes));
        let begin = Conformance::of(Asked(1), hash, Vec::new());
        answers.iter().fold(begin, |all, (question, answer)| all.with(question, (*answer).into()))
    }

    #[test]
    fn a_difference_names_the_question_and_both_answers() {
        let locked = answered(&[("dot", "answered 1"), ("wide", "trap"), ("gone", "trap")]);
        let here = answered(&[("dot", "answered 1"), ("wide", "answered 2"), ("new", "limit")]);
        let words = |locked: &Conformance, here: &Conformance| -> Option<Vec<String>> {
            Some(locked.differences(here)?.iter().map(ToString::to_string).collect())
        };
        let expected = [
            "gone: trap in the lock file, nothing here",
            "new: nothing in the lock file, limit here",
            "wide: trap in the lock file, answered 2 here",
        ];
        assert_eq!(words(&locked, &here).unwrap(), expected);
        assert_eq!(words(&locked, &locked).unwrap(), Vec::<String>::new());
        let other = Conformance { asked: Asked(2), ..locked.clone() };
        assert_eq!(words(&locked, &other), None);
        assert_eq!(locked.broken(), ["gone (trap)", "wide (trap)"]);
        let forged = Conformance { hash: "0".repeat(64), ..locked.clone() };
        let expected =
            format!("all of them together: {} in the lock file, {} here", forged.hash, locked.hash);
        assert_eq!(words(&forged, &locked).unwrap(), [expected]);
    }
}
