//! One located problem: where, how bad, what shows it, what would help.
//!
//! Findings may come from strangers' plugins: their texts are capped and cleaned where they enter
//! the host, and they are quoted, never followed.

use crate::Place;

/// How bad a finding is. Closed: a new grade would change what every reader decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// An observation; nothing is wrong.
    Note,
    /// A blemish.
    Minor,
    /// The brief is not met.
    Major,
    /// The candidate must not be used.
    Blocking,
}

impl Severity {
    /// The word, in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Blocking => "blocking",
        }
    }

    /// All, from mildest to worst.
    pub const ALL: [Self; 4] = [Self::Note, Self::Minor, Self::Major, Self::Blocking];
}

/// Something that shows a finding to be true. `kind` is a code from the registry in `wit/CODES.md`.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// A registered code such as `class`, `color` or `confidence`.
    pub kind: String,
    /// The evidence in words, or the code's value (`apple`).
    pub text: String,
    /// A number, for kinds that measure.
    pub value: Option<f64>,
}

/// What would help. `action` is a code from the registry in `wit/CODES.md`.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// A registered code such as `add`, `delete`, `move` or `restyle`.
    pub action: String,
    /// What exactly, in words.
    pub text: String,
    /// Where.
    pub place: Option<Place>,
}

/// One located problem (or, with severity note, one located observation).
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// A code from the registry in `wit/CODES.md`, such as `object` or `count.missing`.
    pub code: String,
    /// How bad.
    pub severity: Severity,
    /// One sentence for a person.
    pub message: String,
    /// Where.
    pub place: Option<Place>,
    /// What shows it.
    pub evidence: Vec<Evidence>,
    /// What would help.
    pub suggestion: Option<Suggestion>,
}

impl Finding {
    /// The text of the first evidence of this kind.
    pub fn evidence_text(&self, kind: &str) -> Option<&str> {
        self.evidence.iter().find(|evidence| evidence.kind == kind).map(|found| found.text.as_str())
    }

    /// The number of the first evidence of this kind.
    pub fn evidence_value(&self, kind: &str) -> Option<f64> {
        self.evidence.iter().find(|evidence| evidence.kind == kind).and_then(|found| found.value)
    }

    /// True if another finding says the same of the same things, and is as bad: whoever counts
    /// problems counts them once. Only what names its things can be compared; words are not.
    pub fn repeats(&self, other: &Self) -> bool {
        let about = |finding: &Self| {
            ["item", "relation", "target", "attribute"]
                .map(|kind| finding.evidence_text(kind).map(str::to_owned))
        };
        self.code == other.code
            && self.severity <= other.severity
            && self.evidence_text("item").is_some()
            && about(self) == about(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(code: &str, severity: Severity, about: &[(&str, &str)]) -> Finding {
        let evidence = |(kind, text): &(&str, &str)| Evidence {
            kind: (*kind).to_owned(),
            text: (*text).to_owned(),
            value: None,
        };
        Finding {
            code: code.to_owned(),
            severity,
            message: format!("{about:?} in words of its own"),
            place: None,
            evidence: about.iter().map(evidence).collect(),
            suggestion: None,
        }
    }

    #[test]
    fn the_same_of_the_same_things_is_a_repetition_whatever_the_words() {
        use Severity::{Blocking, Major, Minor};

        let about = [("item", "cat #1"), ("relation", "left of"), ("target", "dog #1")];
        let own = finding("relation.violated", Major, &about);
        let more = [("box", "0.1 0.2 0.3 0.4"), about[1], about[0], about[2]];
        for (other, repeats) in [
            (finding("relation.violated", Major, &more), true),
            (finding("relation.violated", Minor, &about), true),
            (finding("relation.violated", Blocking, &about), false),
            (finding("relation.kept", Major, &about), false),
            (finding("relation.violated", Major, &about[..2]), false),
            (finding("relation.violated", Major, &[("item", "cat #2"), about[1], about[2]]), false),
        ] {
            assert_eq!(other.repeats(&own), repeats, "{other:?}");
        }
        let vague = finding("relation.violated", Major, &[]);
        assert!(!vague.repeats(&vague), "what names nothing can be anything");
    }
}
