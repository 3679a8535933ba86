//! A second opinion on where a trace goes wrong: what its steps state is computed here anew, by code that
//! shares nothing with the verifier's.
//!
//! It knows less than the verifier: a statement that it cannot read proves nothing either way, and which
//! step should come next is none of its business. So where both name the same first false step, two
//! computations have found it.

use std::collections::BTreeMap;

mod expression;
mod order;

use expression::{value, value_at_end, value_at_start};

/// The first step of a calculation that states something false.
pub(super) fn first_false_of_arithmetic(question: &str, steps: &[String]) -> Option<usize> {
    let mut names = BTreeMap::new();
    let whole = question.trim().trim_end_matches('=');
    let whole = value(whole, &names);
    steps.iter().position(|step| {
        let is_false = states_falsely(step, &mut names);
        let written = step.split('"').nth(1).filter(|_| step.contains("can be written as"));
        let written = written.and_then(|formula| value(formula, &names));
        is_false || matches!((whole, written), (Some(whole), Some(written)) if whole != written)
    })
}

/// The same of words that are being sorted.
pub(super) fn first_false_of_sorting(question: &str, steps: &[String]) -> Option<usize> {
    order::first_false(question, steps)
}

/// True if two sides of an equals sign are different numbers. A letter that stands for nothing yet is
/// given the value that it is said to have.
fn states_falsely(step: &str, names: &mut BTreeMap<char, i128>) -> bool {
    let parts: Vec<&str> = step.split('=').collect();
    let mut is_false = false;
    for pair in parts.windows(2) {
        let [left, right] = pair else { continue };
        let Some(said) = value_at_start(right, names) else { continue };
        match (value_at_end(left, names), new_name(left, names)) {
            (Some(before), _) => is_false |= before != said,
            (None, Some(name)) => drop(names.insert(name, said)),
            (None, None) => {}
        }
    }
    is_false
}

/// The letter before an equals sign that stands for nothing yet.
fn new_name(left: &str, names: &BTreeMap<char, i128>) -> Option<char> {
    let word = left.split_whitespace().next_back()?;
    let mut letters = word.chars();
    let (name, None) = (letters.next()?, letters.next()) else { return None };
    (name.is_ascii_uppercase() && !names.contains_key(&name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|&line| line.to_owned()).collect()
    }

    #[test]
    fn the_first_equation_that_is_false_is_found_and_names_stand_for_what_they_were_said_to_be() {
        let question = "((5 + 2 * 1 - 6) + (5 + 3 - -2 * 2)) =";
        let first = "This equation can be written as \"(A + B)\", where A = (5 + 2 * 1 - 6) and B = \
                     (5 + 3 - -2 * 2).";
        for (lines, expected) in [
            (&[first, "Let's calculate A = (5 + 2 * 1 - 6) = (5 + 2 - 6) = 1."][..], None),
            (&[first, "Let's calculate A = (5 + 2 * 1 - 6) = (5 + 2 - 6) = 2."], Some(1)),
            (&[first, "Let's calculate A = (5 + 2 * 2 - 6) = 3."], Some(1)),
            (
                &[
                    first,
                    "A = 1.",
                    "the final equation is A + B = 1 + 12 = 13. So the answer is 13",
                ],
                None,
            ),
            (
                &[first, "A = 1.", "the final equation is A + B = 1 + 4 = 5. So the answer is 5"],
                Some(2),
            ),
            (&["This equation can be written as \"A\", where A = (5 + 2)."], Some(0)),
            (&["nothing is stated", "2 * C = 4 and - D = 5, x = 3"], None),
        ] {
            assert_eq!(first_false_of_arithmetic(question, &steps(lines)), expected, "{lines:?}");
        }
    }
}
