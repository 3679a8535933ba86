//! From rulings to the check the host is told: outcome, proof, one finding for each broken
//! constraint.

use std::fmt::Write;

use pentimento_sdk::{Check, CheckOutcome, Finding, Severity, TextSpan};

use crate::{
    constraint::Constraint,
    ruling::{Ruling, Standing},
};

/// Bytes of a proof: what the host takes is 2 KiB.
const PROOF_BYTES: usize = 1900;

/// Bytes of one part of a sentence in a message or proof.
const PART_BYTES: usize = 300;

/// Characters of a quotation.
const QUOTED_CHARACTERS: usize = 60;

/// Judges a text by all constraints.
pub fn check(constraints: &[Constraint], text: &str) -> Check {
    let rulings: Vec<(&Constraint, Ruling)> =
        constraints.iter().map(|constraint| (constraint, constraint.judge(text))).collect();
    let any = |standing| rulings.iter().any(|(_, ruling)| ruling.standing == standing);
    let outcome = if any(Standing::Broken) {
        CheckOutcome::Fail
    } else if any(Standing::Undecided) || rulings.is_empty() {
        CheckOutcome::Unknown
    } else {
        CheckOutcome::Pass
    };
    let broken = rulings.iter().filter(|(_, ruling)| ruling.standing == Standing::Broken);
    let findings = broken.map(|(constraint, ruling)| finding(constraint, ruling)).collect();
    Check { outcome, proof: proof(&rulings), findings }
}

/// One line for each constraint, the broken ones first, as far as there is room.
fn proof(rulings: &[(&Constraint, Ruling)]) -> String {
    let mut ordered: Vec<(usize, &(&Constraint, Ruling))> = rulings.iter().enumerate().collect();
    ordered.sort_by_key(|(_, (_, ruling))| ruling.standing == Standing::Holds);
    let mut proof = String::new();
    for (at, (number, (constraint, ruling))) in ordered.iter().enumerate() {
        let (name, word) = (constraint.name(), ruling.standing.word());
        let (wanted, seen) = (cut(&ruling.wanted), cut(&ruling.seen));
        let line = format!("{}. {name}: wanted {wanted}; {seen}: {word}\n", number + 1);
        if proof.len() + line.len() > PROOF_BYTES {
            let left = &ordered[at..];
            let hold = left.iter().filter(|(_, (_, r))| r.standing == Standing::Holds).count();
            write!(proof, "and {} more, of which {hold} hold", left.len()).ok();
            break;
        }
        proof.push_str(&line);
    }
    proof.trim_end().to_owned()
}

fn finding(constraint: &Constraint, ruling: &Ruling) -> Finding {
    let (wanted, seen) = (cut(&ruling.wanted), cut(&ruling.seen));
    let message = format!("{}: wanted {wanted}; {seen}", constraint.name());
    let finding = Finding::new("constraint.violated", Severity::Major, message)
        .shown("constraint", constraint.name())
        .shown("required", wanted)
        .shown("actual", seen);
    let span = ruling.place.as_ref().and_then(|place| {
        let (start, end) = (u32::try_from(place.start).ok()?, u32::try_from(place.end).ok()?);
        Some(TextSpan { start, end })
    });
    match span {
        Some(span) => finding.at(span),
        None => finding,
    }
}

/// The start of a text, on one line, for a quotation.
pub fn brief(text: &str) -> String {
    let mut said: String = text.chars().take(QUOTED_CHARACTERS).collect();
    said = said.replace(['\n', '\r'], " ");
    if text.chars().nth(QUOTED_CHARACTERS).is_some() {
        said.push('…');
    }
    said
}

fn cut(text: &str) -> String {
    if text.len() <= PART_BYTES {
        return text.to_owned();
    }
    let end = text.floor_char_boundary(PART_BYTES);
    format!("{}…", text.get(..end).unwrap_or_default())
}
