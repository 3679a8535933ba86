//! What was found, as a critique: findings with their places, and the score.
//!
//! No finding repeats what it is about.

use pentimento_sdk::{Critique, Finding, Severity, TextSpan};

use crate::judge::{Hit, Hits};

/// Findings of one text; the host takes 256 for both.
const MOST: usize = 100;

/// What a rule that is broken leaves of the score, however often it is broken.
const fn remains(severity: Severity) -> f32 {
    match severity {
        Severity::Note => 1.0,
        Severity::Minor => 0.8,
        Severity::Major => 0.4,
        Severity::Blocking => 0.0,
    }
}

/// What the idea itself asks for. It has no place: places are in the candidate.
pub fn of_idea(critique: Critique, found: &Hits<'_>) -> Critique {
    let findings = found.hits.iter().take(MOST).map(|hit| {
        let message =
            format!("the idea contains {}: \u{201c}{}\u{201d}", hit.rule.message, hit.masked);
        described(Finding::new("policy.idea", hit.rule.severity, message), hit)
    });
    critique.with_all(findings).with_all(rest("policy.idea", found))
}

/// What a candidate's text breaks; this alone makes the score.
pub fn of_text(critique: Critique, found: &Hits<'_>) -> Critique {
    let mut score = 1.0;
    let mut broken: Vec<&str> = Vec::new();
    for hit in &found.hits {
        if !broken.contains(&hit.rule.name.as_str()) {
            broken.push(&hit.rule.name);
            score *= remains(hit.rule.severity);
        }
    }
    let findings = found.hits.iter().take(MOST).map(|hit| {
        let message = format!("{}: \u{201c}{}\u{201d}", hit.rule.message, hit.masked);
        let finding = Finding::new("policy.violated", hit.rule.severity, message);
        let finding = match (u32::try_from(hit.span.start), u32::try_from(hit.span.end)) {
            (Ok(start), Ok(end)) => finding.at(TextSpan { start, end }),
            _ => finding,
        };
        described(finding, hit).suggesting("redact", "remove it or put something harmless there")
    });
    critique.with_all(findings).with_all(rest("policy.violated", found)).scored(score)
}

/// A note that a text was longer than what is read of it.
pub fn unread(read: u64, all: u64) -> Finding {
    let message = format!("only the first {read} of {all} bytes were compared with the policy");
    Finding::new("policy.unread", Severity::Note, message)
}

fn described(finding: Finding, hit: &Hit<'_>) -> Finding {
    finding.shown("rule", &hit.rule.name).shown("category", &hit.rule.category)
}

/// A note on what is not told one by one.
fn rest(code: &str, found: &Hits<'_>) -> Option<Finding> {
    let count = found.more + found.hits.len().saturating_sub(MOST);
    let message = format!("{count} further places break the policy in the same way");
    (count > 0).then(|| Finding::new(code, Severity::Note, message))
}

#[cfg(test)]
mod tests;
