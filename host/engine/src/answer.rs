//! When two answers are the same. Pure.
//!
//! Whoever answers in a sentence gives the same answer as whoever says it in a word: `The answer is 42.`
//! and `42` are one vote. What is final in a sentence is found as the papers' own scripts find it: after
//! `the answer is` (self-consistency, arXiv:2203.11171, section 3.1, and CRITIC's code), `####` (GSM8K,
//! arXiv:2110.14168) or in `\boxed{}` (MATH, arXiv:2103.03874). Texts are compared without case,
//! punctuation and articles, as `SQuAD`'s script does (arXiv:1606.05250). The signs that make another answer
//! of one (`<`, `C++`, `€`) are kept, and so is what a number is a number of.

mod alike;
mod form;
mod fraction;
mod kinds;

use pentimento_prompts::legible;

use form::Form;
pub(crate) use kinds::{Kinds, heaviest};

/// What stands before the final answer in a longer one.
const MARKERS: [&str; 4] = ["answer is", "answer:", "####", "\\boxed{"];

/// True if two answers are the same: numbers of as much of the same (`$1,200.00`, `1200` and `The answer is
/// 1200 dollars.`), or texts that differ in case, spaces, punctuation and articles alone. A number without
/// a unit is the same as one with any.
pub(crate) fn same(one: &str, other: &str) -> bool {
    one == other || Form::of(one).is_like(&Form::of(other))
}

/// The number that an answer is, if it is one; not the bound of `less than 10`.
pub(crate) fn number(answer: &str) -> Option<f64> {
    match Form::of(answer) {
        Form::Number { number, firm, .. } if firm.is_empty() => Some(number),
        _ => None,
    }
}

/// The same text for sentences and steps that are the same but for case, spaces and the mark at their
/// end. Signs within count: `5 - 8 = -3` is not `5 - 8 = 3`.
pub(crate) fn plain(sentence: &str) -> String {
    let words: Vec<_> = sentence.split_whitespace().collect();
    words.join(" ").trim_end_matches(['.', '!', '?', ';', ' ']).to_lowercase()
}

/// What is said in the end, and whether something says that this is it.
fn said(answer: &str) -> (&str, bool) {
    let after = |marker: &&str| {
        let mut places = answer.as_bytes().windows(marker.len());
        let at = places.rposition(|bytes| bytes.eq_ignore_ascii_case(marker.as_bytes()))?;
        Some(at + marker.len())
    };
    let Some(from) = MARKERS.iter().filter_map(after).max() else { return (answer, false) };
    let rest = answer.get(from..).unwrap_or_default();
    let rest = if answer.get(..from).is_some_and(|before| before.ends_with('{')) {
        in_braces(rest)
    } else {
        rest
    };
    let bare = rest.trim_start_matches(|c: char| c == ':' || c == '*' || c.is_whitespace());
    let line = bare.lines().next().unwrap_or_default().trim();
    if line.is_empty() { (answer, false) } else { (line, true) }
}

/// What is in a formula that is all there is: `$18$` is no money.
fn in_formula(text: &str) -> &str {
    let bare = text.trim().trim_end_matches('.');
    let inside = bare.strip_prefix('$').and_then(|rest| rest.strip_suffix('$'));
    inside.filter(|inside| !inside.is_empty() && !inside.contains('$')).unwrap_or(text)
}

/// Up to the brace that closes the one before this text.
fn in_braces(text: &str) -> &str {
    let mut open = 1;
    let closes = |c: char| {
        open += match c {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        open == 0
    };
    text.find(closes).and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Up to the first full stop that ends a sentence: a blank and a capital letter follow it.
fn first_sentence(text: &str) -> &str {
    let ends = text.match_indices(". ").map(|(at, _)| at).find(|at| {
        let next = text.get(at + 1..).and_then(|rest| rest.trim_start().chars().next());
        next.is_some_and(char::is_uppercase)
    });
    ends.and_then(|at| text.get(..at)).unwrap_or(text)
}

#[cfg(test)]
mod tests;
