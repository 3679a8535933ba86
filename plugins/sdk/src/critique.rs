//! Building what a critic or verifier returns.

use crate::{Check, CheckOutcome, Critique, Failure, Finding};

impl Critique {
    /// Full confidence, nothing found, no grade.
    #[must_use]
    pub fn sure() -> Self {
        Self { score: None, confidence: 1.0, abstain: None, findings: Vec::new() }
    }

    /// No opinion, and why: the candidate is not this critic's business, or cannot be judged.
    #[must_use]
    pub fn abstain(reason: impl Into<String>) -> Self {
        Self { confidence: 0.0, abstain: Some(reason.into()), ..Self::sure() }
    }

    /// With an overall grade from 0 (worst) to 1 (best); other numbers are brought into range.
    #[must_use]
    pub fn scored(mut self, score: f32) -> Self {
        self.score = Some(into_range(score));
        self
    }

    /// With this confidence, 0 to 1; other numbers are brought into range.
    #[must_use]
    pub fn confident(mut self, confidence: f32) -> Self {
        self.confidence = into_range(confidence);
        self
    }

    /// With one more finding.
    #[must_use]
    pub fn with(mut self, finding: Finding) -> Self {
        self.findings.push(finding);
        self
    }

    /// With more findings.
    #[must_use]
    pub fn with_all(mut self, findings: impl IntoIterator<Item = Finding>) -> Self {
        self.findings.extend(findings);
        self
    }
}

/// The host refuses what is not a number, so NaN becomes the cautious 0.
fn into_range(value: f32) -> f32 {
    if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) }
}

impl Check {
    /// The fact holds; `proof` shows it (a computation, a count, a quotation).
    #[must_use]
    pub fn pass(proof: impl Into<String>) -> Self {
        Self { outcome: CheckOutcome::Pass, proof: proof.into(), findings: Vec::new() }
    }

    /// The fact does not hold; `proof` shows it.
    #[must_use]
    pub fn fail(proof: impl Into<String>) -> Self {
        Self { outcome: CheckOutcome::Fail, ..Self::pass(proof) }
    }

    /// It cannot be decided; `proof` says why.
    #[must_use]
    pub fn unknown(proof: impl Into<String>) -> Self {
        Self { outcome: CheckOutcome::Unknown, ..Self::pass(proof) }
    }

    /// With one more finding.
    #[must_use]
    pub fn with(mut self, finding: Finding) -> Self {
        self.findings.push(finding);
        self
    }
}

impl Failure {
    /// The plugin could not do its work. `code` comes from the registry in `wit/CODES.md`.
    #[must_use]
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into() }
    }
}

#[cfg(test)]
mod tests;
