//! The functions by name, and how many arguments each takes.
//!
//! What they do is left to `evaluate`.

/// A function of the calculator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// The size without the sign.
    Abs,
    /// The smallest argument.
    Min,
    /// The largest argument.
    Max,
    /// The next whole number down.
    Floor,
    /// The next whole number up.
    Ceil,
    /// The nearest whole number, or number of so many places; halves go away from zero.
    Round,
    /// The greatest common divisor.
    Gcd,
    /// The least common multiple.
    Lcm,
    /// 1 · 2 · … · n
    Factorial,
    /// The square root.
    Sqrt,
    /// In how many ways k of n can be chosen.
    Binomial,
    /// All arguments together.
    Sum,
}

/// Names, functions, and the least and the largest number of arguments.
const ALL: [(&str, Function, usize, usize); 12] = [
    ("abs", Function::Abs, 1, 1),
    ("binomial", Function::Binomial, 2, 2),
    ("ceil", Function::Ceil, 1, 1),
    ("factorial", Function::Factorial, 1, 1),
    ("floor", Function::Floor, 1, 1),
    ("gcd", Function::Gcd, 1, usize::MAX),
    ("lcm", Function::Lcm, 1, usize::MAX),
    ("max", Function::Max, 1, usize::MAX),
    ("min", Function::Min, 1, usize::MAX),
    ("round", Function::Round, 1, 2),
    ("sqrt", Function::Sqrt, 1, 1),
    ("sum", Function::Sum, 1, usize::MAX),
];

impl Function {
    /// The function of this name.
    pub fn named(name: &str) -> Option<Self> {
        ALL.iter().find(|row| row.0 == name).map(|row| row.1)
    }

    /// All names, for a message.
    pub fn names() -> String {
        ALL.map(|row| row.0).join(", ")
    }

    /// What the function takes, in words, if it is not so many arguments.
    pub fn wrong_number_of_arguments(self, given: usize) -> Option<String> {
        let (_, _, least, most) = ALL.iter().find(|row| row.1 == self)?;
        if (*least..=*most).contains(&given) {
            return None;
        }
        let plural = |count: usize| if count == 1 { "argument" } else { "arguments" };
        Some(match (*least, *most) {
            (least, usize::MAX) => format!("at least {least} {}, not {given}", plural(least)),
            (least, most) if least == most => format!("{most} {}, not {given}", plural(most)),
            (least, most) => format!("{least} or {most} arguments, not {given}"),
        })
    }
}
