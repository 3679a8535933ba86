//! The closed task: one calculation of whole numbers, one operation a step.

use std::fmt;

/// Operations of a calculation, at most.
const MOST_STEPS: usize = 40;

/// `+`, `-` or `*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
    Times,
}

impl Sign {
    /// The result; `None` if no number is that large.
    pub(super) const fn of(self, left: i64, right: i64) -> Option<i64> {
        match self {
            Self::Plus => left.checked_add(right),
            Self::Minus => left.checked_sub(right),
            Self::Times => left.checked_mul(right),
        }
    }
}

impl fmt::Display for Sign {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
        })
    }
}

/// What an operation works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operand {
    Number(i64),
    /// What an earlier step came to.
    Step(usize),
}

/// One operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub left: Operand,
    pub sign: Sign,
    pub right: Operand,
}

/// A calculation as steps; the last one is the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sum {
    pub steps: Vec<Step>,
}

impl Sum {
    /// The longest calculation in a question. `None` if there is none, or none that can be worked
    /// out in numbers of 64 bits.
    pub(super) fn find(question: &str) -> Option<Self> {
        let longest = Self::longest(question);
        let mut reader = Reader { text: longest.as_bytes(), at: 0, steps: Vec::new() };
        reader.sum(0)?;
        let sum = Self { steps: reader.steps };
        (reader.at == longest.len() && !sum.steps.is_empty() && sum.truth().is_some())
            .then_some(sum)
    }

    /// The longest piece of a question that looks like a calculation.
    pub(super) fn longest(question: &str) -> &str {
        let part = |c: char| c.is_ascii_digit() || "+-*() ".contains(c);
        let pieces = question.split(|c| !part(c)).map(str::trim);
        pieces.max_by_key(|piece| piece.len()).unwrap_or_default()
    }

    /// What every step comes to, if it is done right.
    pub(super) fn truth(&self) -> Option<Vec<i64>> {
        let mut results = Vec::new();
        for step in &self.steps {
            let (left, right) = operands(step, &results)?;
            results.push(step.sign.of(left, right)?);
        }
        Some(results)
    }
}

/// Both operands of a step, given what the steps before came to.
pub(super) fn operands(step: &Step, results: &[i64]) -> Option<(i64, i64)> {
    let of = |operand| match operand {
        Operand::Number(number) => Some(number),
        Operand::Step(at) => results.get(at).copied(),
    };
    Some((of(step.left)?, of(step.right)?))
}

struct Reader<'t> {
    text: &'t [u8],
    at: usize,
    steps: Vec<Step>,
}

impl Reader<'_> {
    fn sum(&mut self, depth: usize) -> Option<Operand> {
        let mut left = self.product(depth)?;
        while let Some(sign) = self.sign(&[(b'+', Sign::Plus), (b'-', Sign::Minus)]) {
            let right = self.product(depth)?;
            left = self.push(left, sign, right)?;
        }
        Some(left)
    }

    fn product(&mut self, depth: usize) -> Option<Operand> {
        let mut left = self.one(depth)?;
        while let Some(sign) = self.sign(&[(b'*', Sign::Times)]) {
            let right = self.one(depth)?;
            left = self.push(left, sign, right)?;
        }
        Some(left)
    }

    /// A number, with a sign or without, or parentheses.
    fn one(&mut self, depth: usize) -> Option<Operand> {
        self.blanks();
        if self.text.get(self.at) == Some(&b'(') {
            self.at += 1;
            let inner = if depth < MOST_STEPS { self.sum(depth + 1)? } else { return None };
            self.blanks();
            let closed = self.text.get(self.at) == Some(&b')');
            self.at += 1;
            return closed.then_some(inner);
        }
        let from = self.at;
        self.at += usize::from(self.text.get(from) == Some(&b'-'));
        while self.text.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        let digits = std::str::from_utf8(self.text.get(from..self.at)?).ok()?;
        digits.parse().ok().map(Operand::Number)
    }

    fn sign(&mut self, known: &[(u8, Sign)]) -> Option<Sign> {
        self.blanks();
        let byte = self.text.get(self.at)?;
        let (_, sign) = known.iter().find(|(known, _)| known == byte)?;
        self.at += 1;
        Some(*sign)
    }

    fn blanks(&mut self) {
        while self.text.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
    }

    fn push(&mut self, left: Operand, sign: Sign, right: Operand) -> Option<Operand> {
        if self.steps.len() >= MOST_STEPS {
            return None;
        }
        self.steps.push(Step { left, sign, right });
        Some(Operand::Step(self.steps.len() - 1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn worked(question: &str) -> Option<Vec<i64>> {
        Sum::find(question).and_then(|sum| sum.truth())
    }

    #[test]
    fn the_longest_calculation_of_a_question_is_worked_out_step_by_step() {
        assert_eq!(worked("How much is 3 + 4 * 5?"), Some(vec![20, 23]));
        assert_eq!(worked("((-5 - 2) * (3 + 4)) ="), Some(vec![-7, 7, -49]));
        assert_eq!(worked("2 men: 7 - -7"), Some(vec![14]));
        for none in ["", "a cat", "12", "3 +", "(3 + 4", "3 4", "9223372036854775807 + 1"] {
            assert_eq!(worked(none), None, "{none}");
        }
        assert_eq!(worked(&"(".repeat(500)), None);
    }

    proptest! {
        #[test]
        fn no_question_breaks_it(question in "[-+*() 0-9a]{0,60}") {
            let _ = worked(&question);
        }
    }
}
