//! Equations in steps: each is a claim that can be checked.
//!
//! A single letter that is calculated (`A = … = 7`) stands for its last value from then on. What
//! cannot be read for sure is passed over: a false alarm is worse than a miss.

use num_rational::Ratio;

use crate::{
    False, Trace, Verdict,
    scan::{Run, Token, runs, tokens},
    value::{Names, Value, in_words, value},
};

/// Words before a number that make something else of it.
const CHANGES_BEFORE: &[&str] = &[
    "of", "times", "twice", "thrice", "half", "double", "triple", "plus", "minus", "by", "than",
    "over", "per", "percent", "to", "less", "more", "from", "hundred", "thousand",
];
/// Words after a number that do.
const CHANGES_AFTER: &[&str] = &[
    "hundred",
    "thousand",
    "million",
    "billion",
    "trillion",
    "dozen",
    "percent",
    "remainder",
    "R",
    "rem",
    "times",
    "plus",
    "minus",
    "of",
];

/// What stands before the question in other words.
const REWRITES: &str = "can be written as";

/// Checks all steps, and the answer if the question is itself a calculation.
pub(crate) fn check(question: &str, trace: &Trace<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let mut names = Names::new();
    let answer = asked(question);
    for (number, step) in trace.steps.iter().enumerate() {
        for run in runs(step) {
            claims(step, &run, &mut names, (number, &mut verdict));
        }
        if let Some(answer) = &answer {
            rewritten(step, (&names, answer), (number, &mut verdict));
        }
    }
    let given = runs(trace.answer);
    verdict.right = match (&answer, given.as_slice()) {
        (None, _) => None,
        (Some(answer), [run]) => Some(value(&run.tokens, &names).as_ref() == Some(answer)),
        (Some(_), _) => Some(false),
    };
    verdict.answer = answer.as_ref().map(in_words);
    verdict
}

/// A step that writes the question in another way, with letters for its parts, writes something that comes
/// to the same: `can be written as "A - B", where A = … and B = …`.
fn rewritten(
    step: &str,
    (names, answer): (&Names, &Value),
    (number, verdict): (usize, &mut Verdict),
) {
    let Some((_, formula)) = step.split_once(REWRITES) else { return };
    let Some(formula) = formula.split('"').nth(1) else { return };
    // A letter that is not said to stand for anything leaves it open.
    match tokens(formula).and_then(|tokens| value(&tokens, names)) {
        Some(written) if written == *answer => verdict.held += 1,
        Some(written) => verdict.wrong.push(False {
            step: number,
            required: format!("{formula} = {}", in_words(answer)),
            actual: format!("{formula} = {}", in_words(&written)),
        }),
        None => {}
    }
}

/// The value of a question that holds one calculation and no other number.
fn asked(question: &str) -> Option<Value> {
    let found = runs(question);
    let [run] = found.as_slice() else { return None };
    let tokens = run.tokens.strip_suffix(&[Token::Equals]).unwrap_or(&run.tokens);
    let calculates = tokens.iter().any(|token| operates(*token));
    let bare = run.before.is_none_or(|word| !CHANGES_BEFORE.contains(&word))
        && run.after.is_none_or(|word| !CHANGES_AFTER.contains(&word));
    value(tokens, &Names::new()).filter(|_| calculates && bare)
}

const fn operates(token: Token) -> bool {
    matches!(token, Token::Plus | Token::Minus | Token::Times | Token::Over)
}

/// One side of an equation.
struct Side {
    value: Option<Value>,
    /// Where it is in the step.
    place: (usize, usize),
    /// A number alone, and the digits after its point.
    alone: Option<u32>,
}

/// Checks the equations of a run from left to right; the first false one is enough.
fn claims(step: &str, run: &Run<'_>, names: &mut Names, (number, verdict): (usize, &mut Verdict)) {
    let sides = sides(run, names);
    let mut known: Option<&Side> = None;
    for side in &sides {
        let Some(value) = side.value else { continue };
        if let Some(before) = known
            && let Some(left) = before.value
        {
            if agree(&left, &value, side.alone) {
                verdict.held += 1;
            } else {
                let text = |place: (usize, usize)| step.get(place.0..place.1).unwrap_or_default();
                let (left, right) = (text(before.place), text(side.place));
                let true_value = before.value.as_ref().map(in_words).unwrap_or_default();
                verdict.wrong.push(False {
                    step: number,
                    required: format!("{left} = {true_value}"),
                    actual: format!("{left} = {right}"),
                });
                break;
            }
        }
        known = Some(side);
    }
    // `A = … = 7` says what A is.
    let last = sides.iter().rev().find_map(|side| side.value);
    if let ([Token::Name(name), Token::Equals, ..], Some(value)) = (run.tokens.as_slice(), last) {
        names.insert(*name, value);
    }
}

/// The sides of a run. One that may mean something else has no value.
fn sides(run: &Run<'_>, names: &Names) -> Vec<Side> {
    let mut sides = Vec::new();
    let mut from = 0;
    let ends = run.tokens.iter().enumerate().filter(|(_, token)| **token == Token::Equals);
    let ends: Vec<usize> = ends.map(|(at, _)| at).chain([run.tokens.len()]).collect();
    let last = ends.len() - 1;
    for (index, &to) in ends.iter().enumerate() {
        let tokens = &run.tokens[from..to];
        let place = match (run.places.get(from), run.places.get(to.wrapping_sub(1))) {
            (Some(first), Some(last)) if !tokens.is_empty() => (first.0, last.1),
            _ => (0, 0),
        };
        let alone = match tokens {
            [Token::Number(_)] => run.decimals.get(from).copied(),
            [Token::Minus, Token::Number(_)] => run.decimals.get(from + 1).copied(),
            _ => None,
        };
        let is_name = matches!(tokens, [Token::Name(_)]);
        // A name on its own says what follows is calculated; a number on its own, what is meant.
        let unclear = (index == 0 && (is_name || alone.is_some() || changed_before(run)))
            || (index == last && run.after.is_some_and(|word| CHANGES_AFTER.contains(&word)));
        let value = if unclear { None } else { value(tokens, names) };
        sides.push(Side { value, place, alone });
        from = to + 1;
    }
    sides
}

/// What stands before a run makes something else of its first side, or is its first term.
fn changed_before(run: &Run<'_>) -> bool {
    let Some(word) = run.before else { return false };
    let begins_with_sign = run.tokens.first().is_some_and(|token| operates(*token));
    let says_so = ["is", "calculate", "get", "have", "equals"].contains(&word);
    CHANGES_BEFORE.contains(&word) || (begins_with_sign && !says_so)
}

/// True if the values are equal, or the right one is a number rounded to the digits it is written
/// with.
fn agree(left: &Value, right: &Value, decimals: Option<u32>) -> bool {
    if left == right {
        return true;
    }
    let Some(scale) = decimals.filter(|digits| *digits > 0) else { return false };
    let Some(scale) = 10_i128.checked_pow(scale).and_then(|scale| scale.checked_mul(2)) else {
        return false;
    };
    let half = Ratio::new(1, scale);
    let apart = num_traits::CheckedSub::checked_sub(left, right);
    apart.is_some_and(|apart| apart <= half && apart >= -half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_that_is_written_otherwise_must_come_to_the_same() {
        let question = "((7 - 2) - (9 - 4)) =";
        let parts = "where A = 7, B = 2, C = 9, and D = 4.";
        for (formula, expected) in [
            ("(A - B) - (C - D)", None),
            ("A - B - C + D", None),
            ("A - B - C - D", Some((0, "A - B - C - D = 0"))),
            ("A - E", None),
            ("A and B", None),
        ] {
            let text = format!("This equation can be written as \"{formula}\", {parts}");
            check_steps(question, &text, expected, Some(false));
        }
        check_steps("How many eggs?", "can be written as \"A - 1\", where A = 7.", None, None);
    }

    /// The first false step with what must be there, and whether the answer is right.
    #[track_caller]
    fn check_steps(
        question: &str,
        text: &str,
        expected: Option<(usize, &str)>,
        right: Option<bool>,
    ) {
        let verdict = check(question, &Trace::read(text));
        let first = verdict.wrong.first().map(|one| (one.step, one.required.as_str()));
        assert_eq!((first, verdict.right), (expected, right), "{text}");
    }

    #[test]
    fn the_first_false_equation_is_found() {
        let q = "((-5 - 2) * (3 + 4)) =";
        check_steps(
            q,
            "A = (-5 - 2) = -7\nB = (3 + 4) = 7\nA * B = -7 * 7 = -49\nAnswer: -49",
            None,
            Some(true),
        );
        check_steps(
            q,
            "A = (-5 - 2) = -3\nB = (3 + 4) = 7\nA * B = -3 * 7 = -21\nAnswer: -21",
            Some((0, "(-5 - 2) = -7")),
            Some(false),
        );
        check_steps(
            q,
            "A = (-5 - 2) = -7\nB = (3 + 4) = 7\nA * B = 7 * 7 = 49\nAnswer: 49",
            Some((2, "A * B = -49")),
            Some(false),
        );
    }

    #[test]
    fn what_cannot_be_read_for_sure_is_passed_over() {
        for step in [
            "half of 6 = 3",
            "half of 6 + 2 = 5",
            "3 boxes * 4 = 12",
            "boxes - 4 = 8",
            "7 / 2 = 3 remainder 1",
            "2 * 500 = 1 thousand",
            "10 / 3 = 3.33",
            "2 / 3 = 66.67%",
            "x = 5",
            "on day 3 = Tuesday",
            "20% of 50 = 10",
            "C = 7",
        ] {
            check_steps("how many?", step, None, None);
        }
        check_steps("how many?", "10 / 3 = 3.34", Some((0, "10 / 3 = 10/3")), None);
        check_steps("how many?", "so 10 / 3 = 3 each", Some((0, "10 / 3 = 10/3")), None);
    }

    #[test]
    fn only_a_question_that_is_one_calculation_is_answered() {
        for (question, answer) in [
            ("How much is 3 * 4?", Some("12")),
            ("What is (1 + 2) * 3 =", Some("9")),
            ("Tom has 3 apples and buys 4 + 5 more", None),
            ("What is half of 3 + 5?", None),
            ("12", None),
            ("How many days are there in a week?", None),
            ("1 / 0", None),
        ] {
            assert_eq!(asked(question).as_ref().map(in_words).as_deref(), answer, "{question}");
        }
    }
}
