//! Fractions: `\frac{3}{4}`, `\dfrac34`, `¾` and `3/4` are one answer, and `1\frac{3}{4}` is `1 3/4`. Pure.
//!
//! A fraction in lowest terms is the number that it is worth, as `0.75` is. One that is not stays what it is
//! written as: `2/4` can be a page or a beat. What is part of a calculation is left in it.

use std::borrow::Cow;

use pentimento_prompts::{MONEY, Piece, Token};

/// What LaTeX calls a fraction.
const COMMANDS: [&str; 4] = ["\\frac", "\\dfrac", "\\tfrac", "\\cfrac"];
/// Fractions within fractions that are written out; deeper ones stay as they are.
const DEEPEST: usize = 8;
/// Commands of one answer that are looked at; later ones stay as they are.
const MOST: usize = 64;
/// Above and below the line there are smaller numbers than this: then two fractions of different worth are
/// different numbers of 64 bits, too.
const SMALL: f64 = 1e6;
/// Commands that set what follows apart from a fraction before them: text, blanks, the end of a formula.
const APART: [&str; 12] = [
    "\\text", "\\mathrm", "\\mathbf", "\\quad", "\\,", "\\;", "\\:", "\\!", "\\ ", "\\)", "\\]",
    "\\%",
];
/// Fractions that are one character.
const LETTERS: [(char, &str); 15] = [
    ('½', "1/2"),
    ('⅓', "1/3"),
    ('⅔', "2/3"),
    ('¼', "1/4"),
    ('¾', "3/4"),
    ('⅕', "1/5"),
    ('⅖', "2/5"),
    ('⅗', "3/5"),
    ('⅘', "4/5"),
    ('⅙', "1/6"),
    ('⅚', "5/6"),
    ('⅛', "1/8"),
    ('⅜', "3/8"),
    ('⅝', "5/8"),
    ('⅞', "7/8"),
];

/// The text with every fraction on one line, in brackets where it would not be the same without.
pub(super) fn on_one_line(text: &str) -> Cow<'_, str> {
    let may_have_one = |c: char| c == '\\' || LETTERS.iter().any(|(letter, _)| *letter == c);
    if !text.contains(may_have_one) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(written(text, DEEPEST, &mut { MOST }))
}

fn written(text: &str, deepest: usize, left: &mut usize) -> String {
    let (mut done, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(found) = first(rest, left).filter(|_| deepest > 0) {
        done.push_str(found.before);
        let mut part = |text: &str| {
            let part = written(text.trim(), deepest - 1, left);
            if is_simple(&part) { part } else { format!("({part})") }
        };
        let fraction = format!("{}/{}", part(found.above), part(found.below));
        let is_of_digits = fraction.bytes().all(|byte| byte.is_ascii_digit() || byte == b'/');
        let is_mixed = is_of_digits && done.ends_with(|c: char| c.is_ascii_digit());
        rest = found.after;
        let (before, after) = match (is_mixed && !follows(rest), touches(&done, rest)) {
            (true, _) => (" ", ""),
            (_, true) => ("(", ")"),
            (_, false) => ("", ""),
        };
        done.extend([before, &fraction, after]);
    }
    done + rest
}

/// A fraction in a text.
struct Found<'a> {
    before: &'a str,
    above: &'a str,
    below: &'a str,
    after: &'a str,
}

/// The first fraction; so many more are looked for.
fn first<'a>(text: &'a str, left: &mut usize) -> Option<Found<'a>> {
    for (at, c) in text.char_indices() {
        let (before, rest) = (text.get(..at)?, text.get(at..)?);
        if let Some((_, fraction)) = LETTERS.iter().find(|(letter, _)| *letter == c) {
            let (above, below) = fraction.split_once('/')?;
            return Some(Found { before, above, below, after: rest.get(c.len_utf8()..)? });
        }
        let name = COMMANDS.iter().find(|name| c == '\\' && rest.starts_with(**name));
        let Some(name) = name else { continue };
        *left = left.checked_sub(1)?;
        if let Some((above, below, after)) = arguments(rest.get(name.len()..)?) {
            return Some(Found { before, above, below, after });
        }
    }
    None
}

/// What is above and below the line, and what follows.
fn arguments(text: &str) -> Option<(&str, &str, &str)> {
    // Another command may begin alike.
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let (above, after) = argument(text)?;
    let (below, after) = argument(after)?;
    Some((above, below, after))
}

/// What a command is given, in braces or one character, and what follows.
fn argument(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(' ');
    if let Some(inside) = text.strip_prefix('{') {
        let inside_alone = super::in_braces(inside);
        let after = inside.get(inside_alone.len()..)?.strip_prefix('}')?;
        return Some((inside_alone, after));
    }
    let one = text.chars().next().filter(char::is_ascii_alphanumeric)?;
    Some((text.get(..1)?, text.get(one.len_utf8()..)?))
}

/// One number or one word, which needs no brackets.
fn is_simple(text: &str) -> bool {
    let text = text.trim();
    let bare = text.strip_prefix('-').unwrap_or(text);
    let of = |is: fn(char) -> bool| bare.chars().all(is);
    !bare.is_empty() && (of(|c| c.is_ascii_digit()) || (of(char::is_alphabetic) && bare == text))
}

/// Something belongs to a fraction that would be the same as part of it.
fn touches(before: &str, rest: &str) -> bool {
    let precedes = before.ends_with(|c: char| c.is_alphanumeric() || ")]}/^_*\\".contains(c));
    precedes || follows(rest)
}

fn follows(rest: &str) -> bool {
    let is_apart = APART.iter().any(|command| rest.starts_with(command));
    !is_apart && rest.starts_with(|c: char| c.is_alphanumeric() || "([{\\^_/*!".contains(c))
}

/// The pieces of a sentence with fractions that stand alone in the place of what they are made of.
#[derive(Debug, Default)]
pub(super) struct Folded<'a> {
    pub pieces: Vec<Piece<'a>>,
    /// Those that are not in lowest terms: their places, and what they are written as.
    written: Vec<(usize, String)>,
}

impl<'a> Folded<'a> {
    pub(super) fn of(told: &[Piece<'a>]) -> Self {
        let mut folded = Self::default();
        let mut at = 0;
        while let Some(piece) = told.get(at) {
            let read = fraction(told, at).filter(|(_, length)| stands_alone(told, at, *length));
            if let Some((fraction, length)) = read {
                let place = folded.pieces.len();
                folded.written.extend(fraction.as_written().map(|written| (place, written)));
                let token = Token::Number(fraction.value());
                folded.pieces.push(Piece { token, tight: piece.tight });
                at += length;
            } else {
                folded.pieces.push(*piece);
                at += 1;
            }
        }
        folded
    }

    /// What the number at a place must be written as.
    pub(super) fn written(&self, at: usize) -> Option<&str> {
        self.written.iter().find(|(place, _)| *place == at).map(|(_, written)| written.as_str())
    }
}

/// A fraction, perhaps with whole ones before it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Fraction {
    whole: Option<f64>,
    above: f64,
    below: f64,
}

impl Fraction {
    fn value(self) -> f64 {
        let part = self.above / self.below;
        match self.whole {
            None => part,
            // One division, so that the nearest number comes out: that of the decimal that is written.
            Some(whole) => {
                let all = whole.abs().mul_add(self.below, self.above) / self.below;
                if whole.is_sign_negative() { -all } else { all }
            }
        }
    }

    /// What it is written as, if it is not in lowest terms.
    fn as_written(self) -> Option<String> {
        let (mut one, mut other) = (self.above.abs(), self.below.abs());
        while other > 0.0 {
            (one, other) = (other, one % other);
        }
        (one > 1.0).then(|| format!("{}/{}", self.above, self.below))
    }
}

/// The fraction that begins with a piece, and of how many pieces it is.
fn fraction(told: &[Piece<'_>], at: usize) -> Option<(Fraction, usize)> {
    let whole = |at: usize| match told.get(at)?.token {
        Token::Number(number) if number.fract() == 0.0 && number.abs() < SMALL => Some(number),
        _ => None,
    };
    let is_line = |at: usize| told.get(at).is_some_and(|one| one.token == Token::Sign('/'));
    if let (Some(above), true, Some(below)) = (whole(at), is_line(at + 1), whole(at + 2)) {
        let fraction = Fraction { whole: None, above, below };
        return (below.abs() > 0.0).then_some((fraction, 3));
    }
    let (before, above, below) = (whole(at)?, whole(at + 1)?, whole(at + 3)?);
    let is_mixed = is_line(at + 2) && above > 0.0 && above < below;
    let apart = told.get(at + 1).is_some_and(|piece| !piece.tight);
    (is_mixed && apart).then_some((Fraction { whole: Some(before), above, below }, 4))
}

/// True if nothing is calculated with so many pieces. In brackets there is nothing else then.
fn stands_alone(told: &[Piece<'_>], at: usize, length: usize) -> bool {
    let (before, after) =
        (told.get(..at).unwrap_or_default(), told.get(at + length..).unwrap_or_default());
    let is_bracket = |piece: &&Piece<'_>| matches!(piece.token, Token::Bracket(_));
    let enclosed = before.last().as_ref().is_some_and(is_bracket)
        || after.first().as_ref().is_some_and(|one| matches!(one.token, Token::Bracket(')' | ']')));
    if enclosed {
        return before.iter().chain(after).all(|one| is_bracket(&one));
    }
    let allows = |piece: Option<&Piece<'_>>, signs: &str| match piece.map(|piece| piece.token) {
        None | Some(Token::Word(_) | Token::Bracket(_)) => true,
        Some(Token::Sign(sign)) => signs.contains(sign) || MONEY.contains(sign),
        Some(Token::Number(_) | Token::Digits(_)) => false,
    };
    allows(before.last(), "=~≈") && allows(after.first(), "%°")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::same, *};

    #[test]
    fn fractions_are_written_on_one_line_as_they_are_meant() {
        for (text, expected) in [
            ("\\frac{3}{4}", "3/4"),
            ("\\dfrac34", "3/4"),
            ("\\tfrac 3{4}", "3/4"),
            ("-\\cfrac{3}{4}", "-3/4"),
            ("\\frac{-3}{4}", "-3/4"),
            ("1\\frac{3}{4}", "1 3/4"),
            ("1¾ cups", "1 3/4 cups"),
            ("\\frac{3}{4}\\text{ cups}", "3/4\\text{ cups}"),
            ("$\\frac{3}{4}$", "$3/4$"),
            ("x = \\frac{a}{b}", "x = a/b"),
            ("\\frac{a + 1}{2}", "(a + 1)/2"),
            ("\\frac{1}{2}x", "(1/2)x"),
            ("x\\frac{1}{2}", "x(1/2)"),
            ("2\\frac{1}{2}x", "2(1/2)x"),
            ("2^\\frac{1}{2}", "2^(1/2)"),
            ("\\frac{1}{2}^2", "(1/2)^2"),
            ("\\frac{\\frac{1}{2}}{3}", "(1/2)/3"),
            ("\\fraction{1}{2}", "\\fraction{1}{2}"),
            ("\\frac{1}", "\\frac{1}"),
            ("\\frac{1}{2", "\\frac{1}{2"),
            ("\\frac", "\\frac"),
            ("½ and ⅓", "1/2 and 1/3"),
        ] {
            assert_eq!(on_one_line(text), expected, "{text}");
        }
        let deep = "\\frac{".repeat(10_000);
        assert_eq!(on_one_line(&deep), deep);
        let many = "½ \\frac{1}{2} ".repeat(1000);
        assert!(on_one_line(&many).starts_with("1/2 1/2 1/2 "));
    }

    proptest! {
        /// Two fractions in lowest terms are the same if they are equal, however they are written.
        #[test]
        fn equal_ones_are_merged_and_different_ones_never(
            (a, b) in (-60_i64..60, 1_i64..60),
            (c, d) in (-60_i64..60, 1_i64..60),
            (one, other) in (0_usize..6, 0_usize..6),
        ) {
            let (first, second) = (form(a, b, one), form(c, d, other));
            let written_alike = a == c && b == d;
            let lowest = |x: i64, y: i64| (1..=y).all(|n| n == 1 || x % n != 0 || y % n != 0);
            let equal = a * d == c * b && lowest(a, b) && lowest(c, d);
            prop_assert_eq!(
                same(&first, &second),
                written_alike || equal,
                "{} and {}", first, second
            );
        }

        /// A fraction is a decimal only if that is exactly as much.
        #[test]
        fn a_fraction_is_no_other_decimal(a in 1_i64..200, b in 1_i64..200, thousandths in 0_i64..4000) {
            let decimal = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
            let lowest = |x: i64, y: i64| (1..=y).all(|n| n == 1 || x % n != 0 || y % n != 0);
            let equal = a * 1000 == thousandths * b && lowest(a, b);
            prop_assert_eq!(same(&format!("\\frac{{{a}}}{{{b}}}"), &decimal), equal, "{}/{} {}", a, b, decimal);
        }

        /// Mixed numbers are worth their wholes and their part.
        #[test]
        fn a_mixed_number_is_the_fraction_of_all_of_it(whole in 1_i64..50, a in 1_i64..12, b in 2_i64..12) {
            let lowest = (2..=b).all(|n| a % n != 0 || b % n != 0);
            prop_assume!(a < b && lowest);
            let all = format!("{}/{b}", whole * b + a);
            let (mixed, tex) = (format!("{whole} {a}/{b}"), format!("{whole}\\frac{{{a}}}{{{b}}}"));
            prop_assert!(same(&mixed, &all) && same(&tex, &all), "{} {} {}", mixed, tex, all);
            let other = (whole * a).to_string();
            prop_assert!(!same(&mixed, &other), "{} {}", mixed, other);
        }

        #[test]
        fn nothing_breaks_it(text in "(\\\\d?frac|\\{|\\}|1|x|/|½|é| ){0,16}") {
            let _ = same(&text, &on_one_line(&text));
        }
    }

    /// One way to write a fraction.
    fn form(a: i64, b: i64, way: usize) -> String {
        let (sign, up) = (if a < 0 { "-" } else { "" }, a.abs());
        match way {
            0 => format!("{a}/{b}"),
            1 => format!("\\frac{{{a}}}{{{b}}}"),
            2 => format!("{sign}\\dfrac{{{up}}}{{{b}}}"),
            3 => format!("\\boxed{{\\frac{{{a}}}{{{b}}}}}"),
            4 => format!("The answer is ${sign}\\frac{{{up}}}{{{b}}}$."),
            _ => format!("{a}/{b} \\text{{ cups}}"),
        }
    }
}
