//! Building findings.

use crate::{Evidence, Finding, Place, Severity, Suggestion};

impl Finding {
    /// A finding without place, evidence or suggestion. `code` comes from the registry in
    /// `wit/CODES.md`; `message` is one sentence for a person.
    #[must_use]
    pub fn new(code: impl Into<String>, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            severity,
            message: message.into(),
            place: None,
            evidence: Vec::new(),
            suggestion: None,
        }
    }

    /// Located: a [`crate::Region`], a [`crate::TextSpan`] or a [`Place::Step`].
    #[must_use]
    pub fn at(mut self, place: impl Into<Place>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// With evidence in words.
    #[must_use]
    pub fn shown(mut self, kind: impl Into<String>, text: impl Into<String>) -> Self {
        self.evidence.push(Evidence { kind: kind.into(), text: text.into(), value: None });
        self
    }

    /// With a number as evidence; its text is the number with two decimals. The host refuses
    /// numbers that are not finite.
    #[must_use]
    pub fn measured(mut self, kind: impl Into<String>, value: f64) -> Self {
        let text = format!("{value:.2}");
        self.evidence.push(Evidence { kind: kind.into(), text, value: Some(value) });
        self
    }

    /// With what would help: a registered action (`delete`, `restyle` …) and exactly what.
    #[must_use]
    pub fn suggesting(mut self, action: impl Into<String>, text: impl Into<String>) -> Self {
        let (action, text) = (action.into(), text.into());
        self.suggestion = Some(Suggestion { action, text, place: None });
        self
    }

    /// With the place the suggestion is about, if there is a suggestion.
    #[must_use]
    pub fn suggested_at(mut self, place: impl Into<Place>) -> Self {
        if let Some(suggestion) = &mut self.suggestion {
            suggestion.place = Some(place.into());
        }
        self
    }
}
