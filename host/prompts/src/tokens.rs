//! What an answer is made of: numbers, words, and the signs that make a difference.
//!
//! Numbers are read as people and models write them: `1,000`, `1 000` and `1.000.000` have thousands,
//! `1,5` has a decimal comma, `−5` is below zero with whichever dash it is written. Punctuation and marks of
//! layout (`**18**`) are nothing. Which answers are the same is decided elsewhere.

use std::borrow::Cow;

use tex::{Command, WITHIN};

mod tex;

/// One piece of an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Token<'a> {
    /// A number with its sign.
    Number(f64),
    /// Digits that are no number, such as `1.2.3`.
    Digits(&'a str),
    /// Letters; with the points of an abbreviation (`a.m.`), or the backslash of a command (`\\sin`).
    Word(&'a str),
    /// A sign that says something: `<`, `+`, `$`, `%`.
    Sign(char),
    /// One of `()[]{}`.
    Bracket(char),
}

/// A piece and how it stands in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece<'a> {
    /// What it is.
    pub token: Token<'a>,
    /// Nothing but perhaps a hyphen stands between it and the piece before.
    pub tight: bool,
}

/// The signs of money, which may stand between a number and its minus: `-$5`.
pub const MONEY: &str = "$€£¥¢₹₩₽";
/// ASCII signs that always say something, beyond those that have rules of their own below.
const MEANT: &str = "/<>=^%&|~@";

/// The text with ordinary characters in place of those that look like them: wide letters and digits,
/// dashes of all lengths that stand for a minus, blanks of all widths, signs of arithmetic. What nobody
/// sees is left out.
pub fn legible(text: &str) -> Cow<'_, str> {
    if WITHIN.iter().any(|(written, _)| text.contains(written)) {
        let plain = |text: String, (written, read): &(&str, &str)| text.replace(written, read);
        let text = WITHIN.iter().fold(text.to_owned(), plain);
        return Cow::Owned(in_ascii(&text).into_owned());
    }
    in_ascii(text)
}

fn in_ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(letter) = rest.next() {
        match letter {
            // "Fullwidth" forms stand in the order of ASCII.
            '\u{ff01}'..='\u{ff5e}' => {
                plain.extend(char::from_u32(u32::from(letter) - 0xfee0));
            }
            '\u{2212}' => {
                plain.push('-');
                // `− 5` is a sign with a blank; in ASCII it would be an item of a list.
                if !plain.trim_end_matches('-').trim_end().ends_with(is_operand) {
                    while rest.next_if(|next| next.is_whitespace()).is_some() {}
                }
            }
            '\u{2010}'..='\u{2013}' | '\u{fe63}' => plain.push('-'),
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
                plain.push(' ');
            }
            unseen if is_unseen(unseen) => {}
            '×' | '⋅' => plain.push('*'),
            '÷' | '⁄' | '∕' => plain.push('/'),
            '≤' => plain.push_str("<="),
            '≥' => plain.push_str(">="),
            '≠' => plain.push_str("!="),
            // The marks of Arabic numbers.
            '٫' => plain.push('.'),
            '٬' => plain.push(','),
            '٪' => plain.push('%'),
            other => plain.push(ascii_digit(other).unwrap_or(other)),
        }
    }
    Cow::Owned(plain)
}

/// The pieces of a [`legible`] text, in order.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut reader = Reader { text, at: 0, tight: false, pieces: Vec::new() };
    while reader.step() {}
    reader.pieces
}

/// Every number of a text, whatever stands around it.
pub fn numbers(text: &str) -> Vec<f64> {
    let number = |piece: Piece<'_>| match piece.token {
        Token::Number(number) => Some(number),
        _ => None,
    };
    pieces(&legible(text)).into_iter().filter_map(number).collect()
}

/// The digit of another script in ASCII: those of a script stand in the order of their values (the Unicode
/// Standard, section 4.6).
fn ascii_digit(c: char) -> Option<char> {
    /// The zero of each script that numbers are written in today, by language: Arabic, Persian and Urdu,
    /// Hindi, Bengali, Punjabi, Gujarati, Odia, Tamil, Telugu, Kannada, Malayalam, Thai, Lao, Tibetan, Burmese,
    /// Khmer, Mongolian.
    const ZEROS: [char; 17] =
        ['٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '໐', '༠', '၀', '០', '᠐'];
    let value = ZEROS
        .iter()
        .find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10));
    char::from_digit(value?, 10)
}

/// What a minus can be taken from: after it, a dash is no sign of the number behind.
fn is_operand(c: char) -> bool {
    c.is_alphanumeric() || [')', ']', '}', '%'].contains(&c)
}

/// What takes no place in a line: soft hyphens, joiners, directions, variants, the byte-order mark.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// A letter, or a mark on one.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Punctuation, or an ornament.
fn says_nothing(c: char) -> bool {
    c.is_ascii_punctuation()
        || c.is_control()
        || c.is_whitespace()
        || "→⇒⟶⟹¡¿«»·§¶†‡•…‘’‚“”„‹›–—―‒、。「」『』【】《》〈〉・".contains(c)
        || ('\u{2700}'..='\u{27bf}').contains(&c)
        || c >= '\u{1f000}' && !c.is_alphanumeric() && c < '\u{20000}'
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    tight: bool,
    pieces: Vec<Piece<'a>>,
}

impl<'a> Reader<'a> {
    /// Reads on; false at the end.
    fn step(&mut self) -> bool {
        let Some(first) = self.rest().chars().next() else { return false };
        let second = self.rest().chars().nth(1).unwrap_or(' ');
        let is_open = !self.before().is_alphanumeric() && self.before() != '.';
        let begins = first == '.' && second.is_ascii_digit() && is_open;
        if first.is_ascii_digit() || begins {
            let (length, token) = self.number();
            self.take(length, Some(token));
        } else if is_letter(first) {
            let length = word(self.rest());
            let word = self.rest().get(..length).unwrap_or_default();
            self.take(length, Some(Token::Word(word)));
        } else if first == '\\' && second.is_alphabetic() {
            self.command();
        } else {
            let said = self.says(first, second);
            let is_hyphen =
                first == '-' && self.before().is_alphabetic() && second.is_ascii_digit();
            self.take(first.len_utf8(), said);
            self.tight |= is_hyphen;
        }
        true
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The character before this place.
    fn before(&self) -> char {
        self.text.get(..self.at).and_then(|past| past.chars().next_back()).unwrap_or(' ')
    }

    fn take(&mut self, length: usize, token: Option<Token<'a>>) {
        self.at += length;
        if let Some(token) = token {
            self.pieces.push(Piece { token, tight: self.tight });
        }
        self.tight = token.is_some();
    }

    /// What a sign says, if it says anything.
    fn says(&self, sign: char, next: char) -> Option<Token<'a>> {
        let before = self.before();
        // An arrow leads to an answer and is no part of it.
        let is_arrow = (sign == '>' && ['-', '='].contains(&before))
            || (['-', '='].contains(&sign) && next == '>');
        let meant = match sign {
            _ if is_arrow => false,
            '(' | ')' | '[' | ']' | '{' | '}' => return Some(Token::Bracket(sign)),
            '-' => self.is_minus(next),
            // `+5` is 5; `C++`, `5+` and `a + b` are what they are.
            '+' => {
                !next.is_ascii_digit()
                    || is_operand(before)
                    || before.is_whitespace() && self.is_between()
            }
            '*' => self.is_between() && before.is_whitespace() == next.is_whitespace(),
            '#' => before.is_alphanumeric() && !next.is_alphanumeric(),
            ':' => before.is_ascii_digit() && next.is_ascii_digit(),
            // `x_2` is no 2; `_18_` is a mark of layout.
            '_' => before.is_alphanumeric() && (next.is_alphanumeric() || next == '{'),
            '!' => next == '=',
            _ if MEANT.contains(sign) || MONEY.contains(sign) => true,
            _ => !says_nothing(sign),
        };
        meant.then_some(Token::Sign(sign))
    }

    /// True if a dash is a minus: that of a number is part of it, and a hyphen or the mark of a list's
    /// item is nothing.
    fn is_minus(&self, next: char) -> bool {
        let before = self.before();
        if !is_operand(before) && !next.is_whitespace() {
            let is_command = next == '\\' && self.past(2).starts_with(char::is_alphabetic);
            return next.is_alphabetic() || "(∞√".contains(next) || is_command;
        }
        // Letters with a hyphen are a word; one letter is a name for a number.
        let past = self.text.get(..self.at).unwrap_or_default().trim_end();
        let left = past.chars().rev().take_while(|c| is_letter(*c)).count();
        let right = self.past(1).trim_start().chars().take_while(|c| is_letter(*c)).count();
        left <= 1 && right <= 1 && self.is_between()
    }

    /// What follows, so many bytes on.
    fn past(&self, bytes: usize) -> &'a str {
        self.text.get(self.at + bytes..).unwrap_or_default()
    }

    /// True if something stands on both sides of this sign, in its line.
    fn is_between(&self) -> bool {
        let past = self.text.get(..self.at).unwrap_or_default();
        let line = past.rsplit('\n').next().unwrap_or_default().trim_end();
        let next = self.past(1).trim_start().chars().next();
        let begins = |c: char| c.is_alphanumeric() || "([{\\-.".contains(c) || MONEY.contains(c);
        line.ends_with(is_operand) && next.is_some_and(begins)
    }

    /// The length and the value of what begins with a digit.
    fn number(&self) -> (usize, Token<'a>) {
        let rest = self.rest();
        let mut length = digits(rest);
        let mut grouped = (1..=3).contains(&length);
        // Blanks group by threes.
        while grouped {
            let more = rest.get(length..).unwrap_or_default();
            let group = more.strip_prefix(' ').unwrap_or_default();
            grouped = digits(group) == 3;
            length += if grouped { 4 } else { 0 };
        }
        let parted = self.is_parted();
        let goes_on = |more: &&str| {
            more.starts_with('.') || more.starts_with(',') && (!parted || is_thousands(rest))
        };
        while let Some(more) = rest.get(length..).filter(goes_on) {
            match digits(more.get(1..).unwrap_or_default()) {
                0 => break,
                more => length += 1 + more,
            }
        }
        let bare = rest.get(..length).unwrap_or_default();
        let (length, power) = match exponent(rest.get(length..).unwrap_or_default()) {
            0 => (length, ""),
            more => (length + more, rest.get(length..length + more).unwrap_or_default()),
        };
        let Some(number) = value(&bare.replace(' ', ""), power) else {
            return (length, Token::Digits(bare));
        };
        let past = self.text.get(..self.at).unwrap_or_default();
        let past = past.trim_end_matches(|c| c == '\\' || MONEY.contains(c)).strip_suffix('-');
        let is_negative = past.is_some_and(|past| !past.ends_with(is_operand));
        (length, Token::Number(if is_negative { -number } else { number }))
    }

    /// True within brackets that are open here and closed after numbers alone: a comma parts what is in them, as
    /// in the pair `(1,5)`. In `(12,5 km)` it is a decimal comma.
    fn is_parted(&self) -> bool {
        let past = self.text.get(..self.at).unwrap_or_default();
        let count = |wanted: [char; 2]| past.matches(wanted).count();
        let is_of_numbers = |c: char| c.is_ascii_digit() || ".,;-∞ ".contains(c);
        let after = self.rest().trim_start_matches(is_of_numbers);
        // `LaTeX` says of a bracket how large it is.
        let after = match after.strip_prefix('\\') {
            Some(command) => command.trim_start_matches(|c: char| c.is_ascii_alphabetic()),
            None => after,
        };
        count(['(', '[']) > count([')', ']']) && after.starts_with([')', ']'])
    }

    /// A command of `LaTeX`: one that says how a text looks is nothing.
    fn command(&mut self) {
        let name = self.past(1);
        let length = 1 + name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len());
        let whole = self.rest().get(..length).unwrap_or_default();
        match Command::named(Token::name(whole)) {
            Command::Nothing => self.take(length, None),
            Command::Letter(letter) => self.take(length, Some(Token::Word(letter))),
            Command::Other => self.take(length, Some(Token::Word(whole))),
            Command::Signs(signs) => {
                self.take(length, None);
                let signs =
                    signs.chars().map(|sign| Piece { token: Token::Sign(sign), tight: false });
                self.pieces.extend(signs);
                self.tight = true;
            }
        }
    }
}

/// Bytes of digits that a text begins with.
fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// True if a text begins with a number whose commas stand between thousands.
fn is_thousands(text: &str) -> bool {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == ',')).unwrap_or(text.len());
    is_grouped(text.get(..end).unwrap_or_default().trim_end_matches(','), ',')
}

/// Bytes of an exponent that a text begins with: `e5`, `E-3`.
fn exponent(text: &str) -> usize {
    let Some(more) = text.strip_prefix(['e', 'E']) else { return 0 };
    let signed = more.strip_prefix(['+', '-']).unwrap_or(more);
    let after = signed.get(digits(signed)..).unwrap_or_default();
    let ends = !after.starts_with(|c: char| c.is_alphanumeric());
    if digits(signed) == 0 || !ends { 0 } else { text.len() - after.len() }
}

/// Bytes of a word, or of an abbreviation with a point after each of its letters.
fn word(text: &str) -> usize {
    let length = text.find(|c| !is_letter(c)).unwrap_or(text.len());
    let is_letter_with_point = |text: &str| {
        let mut letters = text.chars();
        let first = letters.next().filter(|first| is_letter(*first))?;
        (letters.next() == Some('.')).then(|| first.len_utf8() + 1)
    };
    let mut abbreviation = 0;
    while let Some(more) = is_letter_with_point(text.get(abbreviation..).unwrap_or_default()) {
        abbreviation += more;
    }
    // `a.m` without its last point; and a sentence's last word is no abbreviation.
    let last = text.get(abbreviation..).unwrap_or_default();
    if abbreviation > 0 && last.find(|c| !is_letter(c)).unwrap_or(last.len()) == 1 {
        return abbreviation + last.chars().next().map_or(0, char::len_utf8);
    }
    if text.get(..abbreviation).unwrap_or_default().matches('.').count() > 1 {
        abbreviation
    } else {
        length
    }
}

/// The value of digits with points and commas in them. A comma groups by thousands if the digits can
/// be grouped so (in India, those before the last three by hundreds), else one is a decimal comma.
fn value(digits: &str, power: &str) -> Option<f64> {
    let (points, commas) = (digits.matches('.').count(), digits.matches(',').count());
    let plain = match (points, commas) {
        (0 | 1, 0) => digits.to_owned(),
        (_, 0) if is_grouped(digits, '.') => digits.replace('.', ""),
        (0, _) if is_grouped(digits, ',') => digits.replace(',', ""),
        (0, 1) => digits.replace(',', "."),
        (1, _) | (_, 1) => {
            let (whole, fraction) = digits.split_at(digits.rfind(['.', ','])?);
            let by = if fraction.starts_with('.') { ',' } else { '.' };
            if !is_grouped(whole, by) {
                return None;
            }
            format!("{}.{}", whole.replace(by, ""), fraction.get(1..)?)
        }
        _ => return None,
    };
    (plain + power).parse().ok()
}

/// True if these are groups of digits, as thousands are.
fn is_grouped(digits: &str, by: char) -> bool {
    let groups: Vec<&str> = digits.split(by).collect();
    let [first, middle @ .., last] = groups.as_slice() else { return false };
    let sizes = |most: usize| middle.iter().all(|group| group.len() == most);
    last.len() == 3
        && (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && (sizes(3) || first.len() < 3 && by == ',' && sizes(2))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, expected) in [
            (
                "1,000 1000 1 000 1\u{a0}000 1\u{202f}000 1,00,000",
                &[1e3, 1e3, 1e3, 1e3, 1e3, 1e5][..],
            ),
            (
                "1.000.000 1,234,567.5 1.234,5 12 345 678,9",
                &[1e6, 1_234_567.5, 1234.5, 12_345_678.9],
            ),
            ("1,5 0,500 3,1425 1.5 .5 1,50.", &[1.5, 0.5, 3.1425, 1.5, 0.5, 1.5]),
            (
                "-5 −5 –5 ‑5 － 5 +5 -$5 $-5 −€5",
                &[-5.0, -5.0, -5.0, -5.0, 5.0, 5.0, -5.0, -5.0, -5.0],
            ),
            ("− 5", &[-5.0]),
            ("- 5", &[5.0]),
            (
                "16-3 = 13, 10–12, x = -5, 2*-3, (4)-1",
                &[16.0, 3.0, 13.0, 10.0, 12.0, -5.0, 2.0, -3.0, 4.0, 1.0],
            ),
            ("１８ and ３．５", &[18.0, 3.5]),
            ("1e5 1.5e-3 2E+3 1e 3em", &[1e5, 1.5e-3, 2e3, 1.0, 3.0]),
            ("route66 5km COVID-19", &[66.0, 5.0, 19.0]),
            ("1.2.3 of 1,2,3", &[]),
            ("18. Then 3, and 4", &[18.0, 3.0, 4.0]),
            ("1{,}000 12,\\!345 6\\,789 -\\$5", &[1000.0, 12_345.0, 6789.0, -5.0]),
            ("٤٢ ۴۲ ४२ ๔๒ ٣٫٥ ١٬٠٠٠", &[42.0, 42.0, 42.0, 42.0, 3.5, 1000.0]),
            // A comma in brackets parts two numbers, unless there are thousands.
            ("(1,5) [0,2) (1,000) (-1,2) 1,5", &[1.0, 5.0, 0.0, 2.0, 1000.0, -1.0, 2.0, 1.5]),
            ("(12,5 km) [0,5; 2,5]", &[12.5, 0.0, 5.0, 2.0, 5.0]),
            ("none", &[]),
        ] {
            assert_eq!(numbers(text), expected, "{text}");
        }
    }

    #[test]
    fn signs_count_where_they_say_something() {
        for (text, expected) in [
            ("C++ and C#", "C + + and C #"),
            ("x < 2, y>=3", "x < 2 y > = 3"),
            ("a - b, a-b, well-known", "a - b a - b well known"),
            ("**18** *bold* 2*3 2 * 3", "18 bold 2 * 3 2 * 3"),
            ("- item\n* item\n# head", "item item head"),
            ("5:30 p.m. U.S. St. Ives", "5 : 30 p.m. U.S. St Ives"),
            ("5² ½ 20 °C 5 %", "5 ² ½ 20 ° C 5 %"),
            ("\\text{north} 3 \\times 4", "{ north } 3 * 4"),
            ("-\\infty \\le \\sqrt{2} \\Rightarrow 2\\pi", "- ∞ < = √ { 2 } 2 π"),
            ("-∞ \\sin x 90^\\circ x_2 _18_", "- ∞ \\sin x 90 ° x _ 2 18"),
            ("« Oui ! » … ✅ 18 🎉", "Oui 18"),
            ("it is 10+", "it is 10 +"),
            ("=> 18 -> 18 → 18, x >= 2", "18 18 18 x > = 2"),
            ("1.2.3", "1.2.3"),
        ] {
            let said: Vec<String> = pieces(&legible(text))
                .iter()
                .map(|piece| match piece.token {
                    Token::Number(number) => number.to_string(),
                    Token::Digits(text) | Token::Word(text) => text.to_owned(),
                    Token::Sign(sign) | Token::Bracket(sign) => sign.to_string(),
                })
                .collect();
            assert_eq!(said.join(" "), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read(text in "\\PC{0,40}") {
            numbers(&text);
        }

        #[test]
        fn a_number_is_read_as_it_was_written(number in -1_000_000_i32..1_000_000) {
            prop_assert_eq!(numbers(&number.to_string()), [f64::from(number)]);
            prop_assert_eq!(numbers(&format!("it is {number}.")), [f64::from(number)]);
        }
    }
}
