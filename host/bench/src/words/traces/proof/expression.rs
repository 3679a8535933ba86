//! Whole numbers with `+`, `-`, `*`, parentheses and letters that stand for numbers.

use std::collections::BTreeMap;

/// Parentheses and signs in one another, and bytes of one expression; the benchmark's have far fewer.
const MOST_DEPTH: usize = 64;
const MOST_BYTES: usize = 1024;

/// What letters stand for.
type Names = BTreeMap<char, i128>;

/// What a text comes to that is an expression from end to end.
pub(super) fn value(text: &str, names: &Names) -> Option<i128> {
    if text.len() > MOST_BYTES {
        return None;
    }
    let mut reader = Reader { rest: text.trim(), names, depth: 0 };
    let value = reader.sum()?;
    reader.rest.trim().is_empty().then_some(value)
}

/// What the longest expression comes to that a text begins with; `None` if more of one follows that
/// cannot be read.
pub(super) fn value_at_start(text: &str, names: &Names) -> Option<i128> {
    let text = text.trim_start();
    let ends = (1..=text.len().min(MOST_BYTES)).rev().filter(|end| text.is_char_boundary(*end));
    let (value, rest) = ends
        .map(|end| text.split_at(end))
        .find_map(|(start, rest)| Some((value(start, names)?, rest)))?;
    let next = rest.trim_start().chars().next();
    let goes_on = |next: char| "+-*/(".contains(next) || next.is_ascii_digit();
    (!next.is_some_and(goes_on)).then_some(value)
}

/// The same of the end of a text.
pub(super) fn value_at_end(text: &str, names: &Names) -> Option<i128> {
    let text = text.trim_end();
    let least = text.len().saturating_sub(MOST_BYTES);
    let starts = (least..text.len()).filter(|start| text.is_char_boundary(*start));
    let (value, before) = starts.map(|start| text.split_at(start)).find_map(|(before, end)| {
        // Not in the middle of a number or a word.
        let is_torn = before.chars().next_back().is_some_and(char::is_alphanumeric);
        if is_torn { None } else { Some((value(end, names)?, before)) }
    })?;
    let word = before.split_whitespace().next_back().unwrap_or_default();
    let is_name = word.chars().count() == 1 && word.chars().all(|c| c.is_ascii_uppercase());
    let goes_on = word.chars().next_back().is_some_and(|last| "+-*/()".contains(last));
    (!is_name && !goes_on).then_some(value)
}

struct Reader<'t> {
    rest: &'t str,
    names: &'t Names,
    depth: usize,
}

impl Reader<'_> {
    fn sum(&mut self) -> Option<i128> {
        let mut sum = self.product()?;
        loop {
            if self.takes('+') {
                sum = sum.checked_add(self.product()?)?;
            } else if self.takes('-') {
                sum = sum.checked_sub(self.product()?)?;
            } else {
                return Some(sum);
            }
        }
    }

    fn product(&mut self) -> Option<i128> {
        let mut product = self.factor()?;
        while self.takes('*') {
            product = product.checked_mul(self.factor()?)?;
        }
        Some(product)
    }

    fn factor(&mut self) -> Option<i128> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return None;
        }
        let value = if self.takes('-') {
            self.factor()?.checked_neg()
        } else if self.takes('(') {
            let value = self.sum()?;
            self.takes(')').then_some(value)
        } else {
            self.number()
        };
        self.depth -= 1;
        value
    }

    fn number(&mut self) -> Option<i128> {
        let first = self.rest.chars().next()?;
        if let Some(value) = self.names.get(&first) {
            self.rest = self.rest.get(first.len_utf8()..)?;
            let is_word = self.rest.chars().next().is_some_and(char::is_alphanumeric);
            return (!is_word).then_some(*value);
        }
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(end);
        self.rest = rest;
        digits.parse().ok()
    }

    /// Takes a sign, with the blanks around it.
    fn takes(&mut self, sign: char) -> bool {
        let Some(rest) = self.rest.trim_start().strip_prefix(sign) else { return false };
        self.rest = rest.trim_start();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_worked_out_and_what_is_none_is_not() {
        let names = BTreeMap::from([('A', 7)]);
        for (text, expected) in [
            ("7 - -7 * 4", Some(35)),
            ("((-9 - 5 - 0) - (4 + 3 + -5))", Some(-16)),
            ("-(2)*A", Some(-14)),
            ("", None),
            ("2 +", None),
            ("(2", None),
            ("2)", None),
            ("B", None),
            ("2 2", None),
            ("99999999999999999999 * 99999999999999999999 * 99999999999999999999", None),
        ] {
            assert_eq!(value(text, &names), expected, "{text}");
        }
        assert_eq!(value(&"(".repeat(1000), &names), None);
        for (text, start, end) in [
            (" 1244. So the answer is 5", Some(1244), Some(5)),
            (" (4 + 3), and C", Some(7), None),
            (" 5 * C + 3", None, None),
            ("the final equation is A - 2", None, Some(5)),
            ("C - 2", None, None),
            ("no number", None, None),
        ] {
            let found = (value_at_start(text, &names), value_at_end(text, &names));
            assert_eq!(found, (start, end), "{text}");
        }
    }
}
