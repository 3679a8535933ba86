//! A policy and a text in, what breaks the policy out.
//!
//! Words of findings, severities of the whole and the score are for `report`.

use std::ops::Range;

use pentimento_sdk::Severity;

use crate::mask::masked;
use crate::plain::Plain;
use crate::policy::{Policy, Rule};
use crate::tokens::Tokens;

/// Places of one rule that are told; a person has understood by then.
const MOST_PER_RULE: usize = 20;

/// A place that breaks a rule.
#[derive(Clone, Debug)]
pub struct Hit<'p> {
    /// The rule.
    pub rule: &'p Rule,
    /// The bytes of the text as written.
    pub span: Range<usize>,
    /// What is there, hidden.
    pub masked: String,
}

/// What a text breaks.
#[derive(Clone, Debug)]
pub struct Hits<'p> {
    /// In the text's order.
    pub hits: Vec<Hit<'p>>,
    /// Further places that are not told.
    pub more: usize,
}

/// Compares a text with every rule.
pub fn judge<'p>(policy: &'p Policy, written: &str) -> Hits<'p> {
    let plain = Plain::of(written);
    let tokens = Tokens::of(&plain);
    let (mut found, mut more): (Vec<(&Rule, Range<usize>)>, usize) = (Vec::new(), 0);
    for rule in &policy.rules {
        let mut places = places(rule, plain.text(), &tokens);
        places.retain(|place| !excepted(rule, plain.text(), place));
        let places = apart(places);
        more += places.len().saturating_sub(MOST_PER_RULE);
        found.extend(places.into_iter().take(MOST_PER_RULE).map(|place| (rule, place)));
    }
    // The same place may break several rules; the most severe one is told, the first of equals.
    found.sort_by_key(|(rule, _)| std::cmp::Reverse(rank(rule.severity)));
    let mut kept: Vec<(&Rule, Range<usize>)> = Vec::new();
    for (rule, place) in found {
        if !kept.iter().any(|(_, other)| overlap(other, &place)) {
            kept.push((rule, place));
        }
    }
    kept.sort_by_key(|(_, place)| place.start);
    let hit = |(rule, place): (&'p Rule, Range<usize>)| {
        let masked = masked(plain.text().get(place.clone()).unwrap_or_default());
        Hit { rule, span: plain.written(&place), masked }
    };
    Hits { hits: kept.into_iter().map(hit).collect(), more }
}

/// Severities in order.
pub fn rank(severity: Severity) -> u8 {
    match severity {
        Severity::Note => 0,
        Severity::Minor => 1,
        Severity::Major => 2,
        Severity::Blocking => 3,
    }
}

fn places(rule: &Rule, text: &str, tokens: &Tokens) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> =
        rule.words.iter().flat_map(|entry| entry.places(tokens)).collect();
    if let Some(pattern) = &rule.pattern {
        let matches = pattern.find_iter(text).map(|found| found.range());
        places.extend(matches.filter(|place| !place.is_empty()));
    }
    if let Some(check) = rule.check {
        places.extend(check.places(text));
    }
    places
}

/// The places in order, those left out that overlap an earlier one.
fn apart(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
    let mut end = 0;
    places.retain(|place| {
        let free = place.start >= end;
        end = if free { place.end } else { end };
        free
    });
    places
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Whether a place touches one of the rule's exceptions.
fn excepted(rule: &Rule, text: &str, place: &Range<usize>) -> bool {
    rule.except.iter().any(|exception| {
        let reach = exception.len().saturating_sub(1);
        let start = place.start.saturating_sub(reach);
        let end = place.end.saturating_add(reach).min(text.len());
        let around = text.as_bytes().get(start..end).unwrap_or_default();
        around
            .windows(exception.len().max(1))
            .any(|part| part.eq_ignore_ascii_case(exception.as_bytes()))
    })
}

#[cfg(test)]
mod tests;
