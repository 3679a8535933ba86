//! `LaTeX` as it stands in answers: which commands say how a text looks, which are signs, and which are words.
//!
//! Fractions are another matter, of whoever compares answers.

use super::Token;

/// What a command is in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// It says how a text looks, or leads to an answer.
    Nothing,
    /// These signs.
    Signs(&'static str),
    /// A letter that people write otherwise, too.
    Letter(&'static str),
    /// Anything else: what it does to its neighbors makes another answer of them.
    Other,
}

impl Command {
    /// The command with this name, which is written without its backslash here.
    pub(super) fn named(name: &str) -> Self {
        match name {
            "text" | "textbf" | "textit" | "mathrm" | "mathbf" | "mathit" | "mathsf" | "emph"
            | "bm" | "boxed" | "left" | "right" | "big" | "Big" | "bigl" | "bigr" | "Bigl"
            | "Bigr" | "quad" | "qquad" | "displaystyle" | "textstyle" | "to" | "rightarrow"
            | "Rightarrow" | "implies" | "therefore" => Self::Nothing,
            "times" | "cdot" => Self::Signs("*"),
            "div" => Self::Signs("/"),
            "lt" => Self::Signs("<"),
            "gt" => Self::Signs(">"),
            "le" | "leq" | "leqslant" => Self::Signs("<="),
            "ge" | "geq" | "geqslant" => Self::Signs(">="),
            "ne" | "neq" => Self::Signs("!="),
            "pm" => Self::Signs("±"),
            "approx" => Self::Signs("≈"),
            "sim" => Self::Signs("~"),
            "circ" | "degree" => Self::Signs("°"),
            "infty" => Self::Signs("∞"),
            "sqrt" => Self::Signs("√"),
            "pi" => Self::Letter("π"),
            _ => Self::Other,
        }
    }
}

/// True of a word that is a command: `\sin`.
pub(super) fn is_command(word: &str) -> bool {
    word.starts_with('\\')
}

/// What `LaTeX` writes within numbers, and a text is written without: the marks of thousands and degrees.
pub(super) const WITHIN: [(&str, &str); 5] =
    [("{,}", ","), ("\\!", ""), ("\\,", " "), ("^{\\circ}", "°"), ("^\\circ", "°")];

impl Token<'_> {
    /// The name of a word without the backslash of a command.
    pub fn name(word: &str) -> &str {
        word.strip_prefix('\\').unwrap_or(word)
    }

    /// True of a word that makes another answer of what stands beside it: a command of `LaTeX`, or π.
    pub fn is_firm(word: &str) -> bool {
        is_command(word) || word == "π"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_says_how_a_text_looks_is_nothing_and_what_nobody_knows_is_kept() {
        for (name, command) in [
            ("text", Command::Nothing),
            ("leq", Command::Signs("<=")),
            ("pi", Command::Letter("π")),
            ("sin", Command::Other),
            ("", Command::Other),
        ] {
            assert_eq!(Command::named(name), command, "{name}");
        }
        assert!(Token::is_firm("\\sin") && Token::is_firm("π") && !Token::is_firm("sin"));
    }
}
