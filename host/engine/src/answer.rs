//! When two answers are the same. Pure.

use std::iter;

/// Words of an answer that can be a number with what belongs to it, such as `about 18 dollars`.
/// In a longer text a number is one of many things said.
const SHORT: usize = 8;

/// The same text for answers that are the same: `$1,200.00`, `1200` and `1200 dollars`, or texts
/// that differ in case, spaces and punctuation alone. Numbers are compared as such (as in
/// Self-Polish's and `IoE`'s code).
pub(crate) fn canonical(answer: &str) -> String {
    if let Some(number) = number(answer) {
        return number.to_string();
    }
    let plain = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    let words: String = answer.to_lowercase().chars().map(plain).collect();
    let words: Vec<_> = words.split_whitespace().collect();
    words.join(" ")
}

/// True if two answers are the same: as their [`canonical`] texts are, which are not written if the
/// answers are numbers.
pub(crate) fn same(one: &str, other: &str) -> bool {
    match (number(one), number(other)) {
        // Written out, numbers are as different as they are.
        (Some(one), Some(other)) => one.to_bits() == other.to_bits(),
        _ => one == other || canonical(one) == canonical(other),
    }
}

/// The number that an answer is, if it is one.
pub(crate) fn number(answer: &str) -> Option<f64> {
    if answer.split_whitespace().nth(SHORT).is_some() {
        return None;
    }
    let mut numbers = numbers(answer);
    // Negative zero is zero.
    let number = numbers.next()? + 0.0;
    numbers.next().is_none().then_some(number)
}

/// The same text for sentences and steps that are the same but for case, spaces and the mark at their
/// end. Signs within count: `5 - 8 = -3` is not `5 - 8 = 3`.
pub(crate) fn plain(sentence: &str) -> String {
    let words: Vec<_> = sentence.split_whitespace().collect();
    words.join(" ").trim_end_matches(['.', '!', '?', ';', ' ']).to_lowercase()
}

/// Every number of a text, such as `-1,234.5`; digits inside words are none.
fn numbers(text: &str) -> impl Iterator<Item = f64> {
    let (mut before, mut rest) = (' ', text);
    iter::from_fn(move || {
        while let Some(first) = rest.chars().next() {
            if !first.is_ascii_digit() || before.is_alphanumeric() {
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
                // The sign of a number is kept; a dash between two is none.
                before = match first {
                    '-' if before.is_alphanumeric() => ' ',
                    other => other,
                };
                continue;
            }
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
            let (digits, more) = rest.split_at(end.unwrap_or(rest.len()));
            let is_negative = before == '-';
            (before, rest) = ('0', more);
            if let Some(number) = parsed(digits.trim_end_matches(['.', ','])) {
                return Some(if is_negative { -number } else { number });
            }
        }
        None
    })
}

/// Digits with a point in them, and perhaps commas that group them.
fn parsed(digits: &str) -> Option<f64> {
    if digits.contains(',') { digits.replace(',', "").parse().ok() } else { digits.parse().ok() }
}

/// How often each answer was given, in the order in which they were first given.
pub(crate) fn count<'a>(answers: impl IntoIterator<Item = &'a str>) -> Vec<(String, usize)> {
    let mut counted: Vec<(String, usize)> = Vec::new();
    for answer in answers {
        let answer = canonical(answer);
        match counted.iter_mut().find(|(known, _)| *known == answer) {
            Some((_, votes)) => *votes += 1,
            None => counted.push((answer, 1)),
        }
    }
    counted
}

/// The summed weight of each answer, in the order in which they were first given.
pub(crate) fn weigh<'a>(answers: impl IntoIterator<Item = (&'a str, f64)>) -> Vec<(String, f64)> {
    let mut weighed: Vec<(String, f64)> = Vec::new();
    for (answer, weight) in answers {
        let answer = canonical(answer);
        match weighed.iter_mut().find(|(known, _)| *known == answer) {
            Some((_, sum)) => *sum += weight,
            None => weighed.push((answer, weight)),
        }
    }
    weighed
}

/// The answer with the greatest weight, the first of equals.
pub(crate) fn heaviest(weighed: &[(String, f64)]) -> Option<&str> {
    // The last of equals in this order is the first.
    let all = weighed.iter().rev();
    all.max_by(|one, other| one.1.total_cmp(&other.1)).map(|(answer, _)| answer.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_answer_in_another_form_is_the_same() {
        for (one, other) in [
            ("18", "18.0"),
            ("$1,200.00", "1200 dollars"),
            ("-3", "The answer is -3."),
            ("0", "-0"),
            ("Paris", " paris. "),
            ("(B)", "b"),
            ("ant bee cat", "Ant, bee, cat"),
        ] {
            assert_eq!(canonical(one), canonical(other), "{one} and {other}");
            assert!(same(one, other), "{one} and {other}");
        }
        for (one, other) in [
            ("18", "81"),
            ("3", "-3"),
            ("3/4", "3"),
            ("5-3", "5 3 2"),
            ("route66", "66"),
            ("In 1914, as everybody knows, a great war began.", "1914"),
            ("bee ant", "ant bee"),
        ] {
            assert_ne!(canonical(one), canonical(other), "{one} and {other}");
            assert!(!same(one, other), "{one} and {other}");
        }
    }

    #[test]
    fn the_same_sentence_is_the_same_and_a_sign_makes_another() {
        assert_eq!(plain("She  wrote notes."), plain("she wrote notes"));
        assert_ne!(plain("5 - 8 = -3"), plain("5 - 8 = 3"));
        assert_ne!(plain("3 + 4 = 12"), plain("3 * 4 = 12"));
    }

    #[test]
    fn the_heaviest_answer_wins_and_the_first_of_equals() {
        let weighed = weigh([("7", 0.5), ("8", 0.9), ("7.0", 0.5), ("9", 1.0)]);
        assert_eq!(heaviest(&weighed), Some("7"));
        assert_eq!(heaviest(&weigh([])), None);
    }

    #[test]
    fn votes_are_counted_in_the_order_of_the_first_of_each() {
        let counted = count(["7", "8", "7.0", "seven"]);
        let counted: Vec<_> = counted.iter().map(|(word, votes)| (word.as_str(), *votes)).collect();
        assert_eq!(counted, [("7", 2), ("8", 1), ("seven", 1)]);
    }
}
