//! When two answers are the same. Pure.
//!
//! Whoever answers in a sentence gives the same answer as whoever says it in a word: `The answer is 42.`
//! and `42` are one vote. What is final in a sentence is found as the papers' own scripts find it: after
//! `the answer is` (self-consistency, arXiv:2203.11171, section 3.1, and CRITIC's code), `####` (GSM8K,
//! arXiv:2110.14168) or in `\boxed{}` (MATH, arXiv:2103.03874). Texts are compared without case,
//! punctuation and articles, as `SQuAD`'s script does (arXiv:1606.05250).

use std::iter;

/// Words of an answer that can be a number with what belongs to it, such as `about 18 dollars`.
/// In a longer text a number is one of many things said.
const SHORT: usize = 8;
/// Words that may follow a number that a sentence ends with: `… is 42 miles per hour`.
const UNITS: usize = 3;

/// What stands before the final answer in a longer one.
const MARKERS: [&str; 4] = ["answer is", "answer:", "####", "\\boxed{"];
/// What stands before a number that a sentence is about, perhaps with one of [`VAGUE`] in between.
const STATES: [&str; 19] = [
    "is", "are", "was", "were", "be", "has", "have", "had", "equals", "equal", "makes", "gives",
    "costs", "cost", "pays", "earns", "needs", "total", "=",
];
const VAGUE: [&str; 9] =
    ["about", "approximately", "around", "exactly", "only", "a", "total", "of", "just"];
const ARTICLES: [&str; 3] = ["a", "an", "the"];
const SCALES: [(&str, f64); 3] = [("thousand", 1e3), ("million", 1e6), ("billion", 1e9)];

/// The same text for answers that are the same: `$1,200.00`, `1200` and `The answer is 1200 dollars.`, or
/// texts that differ in case, spaces, punctuation and articles alone. Numbers are compared as such (as in
/// Self-Polish's and `IoE`'s code).
pub(crate) fn canonical(answer: &str) -> String {
    if let Some(number) = number(answer) {
        return number.to_string();
    }
    let (said, _) = said(answer);
    let words: Vec<&str> =
        said.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_left_out = |(at, word): (usize, &str)| {
        // `A` within a text is a name: of an option, or of a vitamin.
        let is_article = ARTICLES.contains(&word.to_lowercase().as_str())
            && (at == 0 || word.chars().all(char::is_lowercase));
        is_article && words.get(at + 1).is_some_and(|next| next.chars().count() > 1)
    };
    let all = words.iter().copied().enumerate();
    let kept = all.filter(|one| !is_left_out(*one)).map(|(_, word)| word.to_lowercase());
    kept.collect::<Vec<_>>().join(" ")
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
    let (said, is_marked) = said(answer);
    let sentence = if is_marked { first_sentence(said) } else { said };
    let is_short = sentence.split_whitespace().nth(SHORT).is_none();
    let mut found = numbers(sentence);
    let first = found.next()?;
    let number = if found.next().is_none() && is_short { Some(first) } else { stated(sentence) };
    // Negative zero is zero.
    number.map(|number| number + 0.0)
}

/// What is said in the end, and whether something says that this is it.
fn said(answer: &str) -> (&str, bool) {
    let after = |marker: &&str| {
        let mut places = answer.as_bytes().windows(marker.len());
        let at = places.rposition(|bytes| bytes.eq_ignore_ascii_case(marker.as_bytes()))?;
        Some(at + marker.len())
    };
    let Some(from) = MARKERS.iter().filter_map(after).max() else { return (answer, false) };
    let rest = answer.get(from..).unwrap_or_default();
    let rest = if answer.get(..from).is_some_and(|before| before.ends_with('{')) {
        rest.split('}').next().unwrap_or_default()
    } else {
        rest
    };
    let bare = rest.trim_start_matches(|c: char| c == ':' || c == '*' || c.is_whitespace());
    let line = bare.lines().next().unwrap_or_default().trim();
    if line.chars().any(char::is_alphanumeric) { (line, true) } else { (answer, false) }
}

/// Up to the first full stop that ends a sentence: a blank and a capital letter follow it.
fn first_sentence(text: &str) -> &str {
    let ends = text.match_indices(". ").map(|(at, _)| at).find(|at| {
        let next = text.get(at + 1..).and_then(|rest| rest.trim_start().chars().next());
        next.is_some_and(char::is_uppercase)
    });
    ends.and_then(|at| text.get(..at)).unwrap_or(text)
}

/// The number that a sentence ends with, if it states it: `3 boxes of 4 eggs are 12 eggs.`
fn stated(sentence: &str) -> Option<f64> {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let first = words.len().saturating_sub(UNITS + 1);
    let (at, number) = (first..words.len()).rev().find_map(|at| {
        // A word with its scale, if that follows.
        let pair = words.get(at..words.len().min(at + 2))?.join(" ");
        single(words.get(at)?)?;
        Some((at, single(&pair)?))
    })?;
    let bare = |word: &&&str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '=').to_lowercase();
        !VAGUE.contains(&word.as_str()) || word == "total"
    };
    let before = words.get(..at)?.iter().rev().find(bare)?;
    let before = before.trim_matches(|c: char| !c.is_alphanumeric() && c != '=').to_lowercase();
    STATES.contains(&before.as_str()).then_some(number)
}

/// The same text for sentences and steps that are the same but for case, spaces and the mark at their
/// end. Signs within count: `5 - 8 = -3` is not `5 - 8 = 3`.
pub(crate) fn plain(sentence: &str) -> String {
    let words: Vec<_> = sentence.split_whitespace().collect();
    words.join(" ").trim_end_matches(['.', '!', '?', ';', ' ']).to_lowercase()
}

/// The number of a text that has one alone.
fn single(text: &str) -> Option<f64> {
    let mut numbers = numbers(text);
    let number = numbers.next()?;
    numbers.next().is_none().then_some(number)
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
                let number = number * scale(more);
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

/// By how much a number is multiplied that stands before this: `1.2 million`.
fn scale(after: &str) -> f64 {
    let mut words = after.trim_start().split(|c: char| !c.is_alphabetic());
    let word = words.next().unwrap_or_default().to_lowercase();
    SCALES.iter().find(|(name, _)| *name == word).map_or(1.0, |(_, times)| *times)
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
            ("1.2 million", "1,200,000 people"),
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
            ("18", "18 thousand"),
        ] {
            assert_ne!(canonical(one), canonical(other), "{one} and {other}");
            assert!(!same(one, other), "{one} and {other}");
        }
    }

    /// Sentences as models write them: what is final in each is one vote with the bare answer.
    #[test]
    fn an_answer_in_a_sentence_is_one_vote_with_the_bare_one() {
        for (sentence, bare) in [
            ("The answer is 42.", "42"),
            ("So the answer is: 42 apples. I checked it twice.", "42"),
            ("After all 3 days of work, the final answer is **$1,200.50**.", "1200.5"),
            (
                "Janet sells 16 - 3 - 4 = 9 duck eggs a day.\nShe makes 9 * 2 = 18 dollars.\n#### 18",
                "18",
            ),
            ("Hence \\boxed{42}.", "42"),
            ("The value is \\boxed{\\text{north}} of here", "text north"),
            ("Since he bought 3 boxes with 4 eggs in each of them, Tom has 12 eggs.", "12"),
            ("Altogether, Tom and Ann and all of their friends have a total of 12 eggs.", "12"),
            ("The total number of eggs in all of the boxes that Tom has is 12.", "12"),
            ("3 boxes with 4 eggs in each of them make 3 * 4 = 12 eggs", "12"),
            (
                "The train's average speed over the whole of the distance was about 80 miles per hour.",
                "80",
            ),
            ("The answer is Paris.", "paris"),
            ("Therefore the answer is the Eiffel Tower", "Eiffel tower"),
            ("The answer is (B).", "B"),
            ("Answer: yes", "Yes."),
            ("The answer is St. Petersburg", "St Petersburg"),
            ("The answer is 3/4.", "3/4"),
            ("She lives in the old house by a river.", "she lives in old house by river"),
            (
                "The cat sat on the mat, and nobody minded it at all!",
                "A cat sat on a mat and nobody minded it at all",
            ),
        ] {
            assert_eq!(canonical(sentence), canonical(bare), "{sentence} and {bare}");
            assert!(same(sentence, bare), "{sentence} and {bare}");
        }
        let votes =
            ["The answer is 42.", "42", "So it is 42 in all.", "43", "The answer is 43, I think."];
        let counted = count(votes);
        let counted: Vec<_> = counted.iter().map(|(word, votes)| (word.as_str(), *votes)).collect();
        assert_eq!(counted, [("42", 3), ("43", 2)]);
    }

    #[test]
    fn sentences_that_say_other_things_are_other_votes() {
        for (one, other) in [
            ("The answer is 42.", "The answer is 24."),
            ("The answer is A.", "The answer is B."),
            ("A, C", "C"),
            ("vitamin A deficiency", "vitamin deficiency"),
            ("The answer is not known.", "The answer is known."),
            ("Tom has between 10 and 12 eggs in the boxes that he bought there.", "12"),
            ("The war that everybody in the room still talked about began in 1914.", "1914"),
            ("Of the 12 eggs that were in the boxes in the morning none is left.", "12"),
            ("the", ""),
            ("answer:", "answer: 7"),
        ] {
            assert_ne!(canonical(one), canonical(other), "{one} and {other}");
            assert!(!same(one, other), "{one} and {other}");
        }
        for odd in [
            "",
            "####",
            "\\boxed{",
            "\\boxed{}",
            "answer is",
            "答案是 42。",
            "ANSWER IS É",
            "…answer:…",
        ] {
            canonical(odd);
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
