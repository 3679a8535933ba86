//! Finds arithmetic in prose: runs of numbers, names, signs, parentheses and `=`.

use num_rational::Ratio;

use crate::value::Value;

/// Digits of a number that are read; more of them overflow anyway.
const MOST_DIGITS: usize = 30;

/// A piece of arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    Number(Value),
    /// A single capital letter.
    Name(char),
    Plus,
    Minus,
    Times,
    Over,
    Open,
    Close,
    Equals,
}

/// Tokens with nothing but blanks between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Run<'t> {
    pub tokens: Vec<Token>,
    /// The word before it, if nothing but blanks lies between.
    pub before: Option<&'t str>,
    /// The word after it, likewise.
    pub after: Option<&'t str>,
    /// Where each token is in the text, and one past it.
    pub places: Vec<(usize, usize)>,
    /// Digits after the decimal point of each token.
    pub decimals: Vec<u32>,
}

/// All runs of a text that hold a number.
pub(crate) fn runs(text: &str) -> Vec<Run<'_>> {
    let mut found = Vec::new();
    let mut run = Run::default();
    let (mut at, mut word) = (0, None);
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        match token(text, at) {
            Some((token, end, decimals)) => {
                if run.tokens.is_empty() {
                    run.before = word;
                }
                run.tokens.push(token);
                run.places.push((at, end));
                run.decimals.push(decimals);
                (at, word) = (end, None);
            }
            None if first == ' ' || first == '$' => at += 1,
            None => {
                let rest = text.get(at..).unwrap_or_default();
                let end = rest.find(|c: char| !c.is_alphabetic() && c != '\'');
                let end = at + end.unwrap_or(rest.len()).max(first.len_utf8());
                let here = text.get(at..end).filter(|_| first.is_alphabetic());
                run.after = here;
                end_of(&mut run, &mut found);
                (at, word) = (end, here);
            }
        }
    }
    end_of(&mut run, &mut found);
    found
}

/// The tokens of a text that is nothing else, with or without a number.
pub(crate) fn tokens(text: &str) -> Option<Vec<Token>> {
    let (mut all, mut at) = (Vec::new(), 0);
    while let Some(first) = text.get(at..)?.chars().next() {
        match token(text, at) {
            Some((token, end, _)) => {
                all.push(token);
                at = end;
            }
            None if first == ' ' => at += 1,
            None => return None,
        }
    }
    Some(all)
}

fn end_of<'t>(run: &mut Run<'t>, found: &mut Vec<Run<'t>>) {
    let run = std::mem::take(run);
    if run.tokens.iter().any(|token| matches!(token, Token::Number(_))) {
        found.push(run);
    }
}

/// The token that begins here, where it ends, and the digits after its decimal point.
fn token(text: &str, at: usize) -> Option<(Token, usize, u32)> {
    let rest = text.get(at..)?;
    let first = rest.chars().next()?;
    let before = text.get(..at)?.chars().next_back();
    let next = rest.chars().nth(1);
    let alone =
        !before.is_some_and(char::is_alphanumeric) && !next.is_some_and(char::is_alphanumeric);
    let plain = |token| Some((token, at + first.len_utf8(), 0));
    match first {
        '+' => plain(Token::Plus),
        '-' | '−' | '–' => plain(Token::Minus),
        '*' | '×' | '·' => plain(Token::Times),
        'x' if alone => plain(Token::Times),
        '/' | '÷' => plain(Token::Over),
        '(' | '[' => plain(Token::Open),
        ')' | ']' => plain(Token::Close),
        '=' => plain(Token::Equals),
        'A'..='Z' if alone => plain(Token::Name(first)),
        '0'..='9' if !before.is_some_and(char::is_alphanumeric) => number(rest, at),
        _ => None,
    }
}

/// A number such as `1,234.50` or `20%`.
fn number(rest: &str, at: usize) -> Option<(Token, usize, u32)> {
    let bytes = rest.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let (mut end, mut digits, mut decimals, mut point) = (0, String::new(), 0_u32, false);
    while let Some(byte) = bytes.get(end) {
        match byte {
            b'0'..=b'9' => {
                digits.push(char::from(*byte));
                decimals += u32::from(point);
            }
            // A comma between groups of three digits.
            b',' if !point && (1..=3).all(|more| digit(end + more)) && !digit(end + 4) => {}
            b'.' if !point && digit(end + 1) => point = true,
            _ => break,
        }
        end += 1;
    }
    // What goes on with a letter is a word, such as `3rd`.
    let next = rest.get(end..)?.chars().next();
    if next.is_some_and(char::is_alphabetic) || digits.len() > MOST_DIGITS {
        return None;
    }
    let percent = next == Some('%');
    let scale = 10_i128.checked_pow(decimals + if percent { 2 } else { 0 })?;
    let value = Ratio::new(digits.parse().ok()?, scale);
    let decimals = if percent { decimals + 2 } else { decimals };
    Some((Token::Number(value), at + end + usize::from(percent), decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each run as (word before, the text of its tokens, word after).
    fn found(text: &str) -> Vec<(Option<&str>, String, Option<&str>)> {
        let told = |run: &Run<'_>| {
            let tokens: Vec<_> = run.places.iter().map(|(from, to)| &text[*from..*to]).collect();
            tokens.join(" ")
        };
        runs(text).iter().map(|run| (run.before, told(run), run.after)).collect()
    }

    #[test]
    fn arithmetic_is_found_in_prose() {
        let one = |before, tokens: &str, after| vec![(before, tokens.to_owned(), after)];
        for (text, expected) in [
            ("She sells 16 - 3 = 13 eggs.", one(Some("sells"), "16 - 3 = 13", Some("eggs"))),
            ("so $9 * 2 = $18.", one(Some("so"), "9 * 2 = 18", None)),
            ("B = (4 + 3 + -5), and", one(None, "B = ( 4 + 3 + - 5 )", None)),
            ("3 x 1,200.50 = 3601.5", one(None, "3 x 1,200.50 = 3601.5", None)),
            ("half of 6 = 3", one(Some("of"), "6 = 3", None)),
            ("the 3rd of May, no arithmetic", vec![]),
            ("A = B", vec![]),
            (
                "<<3*4=12>>12 cups",
                vec![(None, "3 * 4 = 12".to_owned(), None), (None, "12".to_owned(), Some("cups"))],
            ),
            ("é7é", vec![]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
