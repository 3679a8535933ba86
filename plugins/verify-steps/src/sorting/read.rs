//! What a step of a sorting trace says.

/// The words for letters' places.
const NTH: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
];

/// An order as said: groups, each with the number before it.
pub(super) type Said<'t> = Vec<(Option<usize>, Vec<&'t str>)>;

/// One step.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step<'t> {
    /// Letters are read.
    Letters {
        /// Which words are to be sorted; `None` for all of them, in the first step.
        group: Option<Vec<&'t str>>,
        /// By which letter, as announced; counted from 0.
        named: Option<usize>,
        /// Which letter is read; counted from 0.
        nth: usize,
        /// Word, letter and the letter's place in the alphabet.
        letters: Vec<(&'t str, &'t str, usize)>,
    },
    /// An order follows.
    Order {
        /// Of the words whose letters were read.
        order: Said<'t>,
        /// Of all words, if said.
        whole: Option<Said<'t>>,
    },
    /// All words are sorted.
    Done {
        /// The words in order.
        answer: Vec<&'t str>,
    },
    /// Something else.
    Unread,
}

/// Reads a step.
pub(super) fn step(text: &str) -> Step<'_> {
    if let Some((before, after)) = text.split_once(" letter: ") {
        return letters(before, after).unwrap_or(Step::Unread);
    }
    if let Some(said) = text.strip_prefix("We now have: ") {
        let (order, whole) = match said.split_once("Hence, we have ") {
            Some((order, whole)) => (order, Some(groups(whole))),
            None => (said, None),
        };
        let order = order.split(" for the subpart").next().unwrap_or(order);
        return Step::Order { order: groups(order), whole };
    }
    match text.split_once("The answer is ") {
        Some((_, answer)) => {
            let words = answer.split_whitespace().map(|word| word.trim_matches([',', '.', '"']));
            Step::Done { answer: words.collect() }
        }
        None => Step::Unread,
    }
}

fn letters<'t>(before: &'t str, after: &'t str) -> Option<Step<'t>> {
    let nth = place(before.rsplit(' ').next()?)?;
    let (group, named) = match before.split_once("this subpart ") {
        Some((_, rest)) => {
            let (group, by) = rest.split_once(" by looking at their ")?;
            (Some(quoted(group)), place(by.split(' ').next()?))
        }
        None if before.contains("looking at the") => (None, Some(nth)),
        None => return None,
    };
    let mut all = Vec::new();
    let mut rest = after;
    // `"ant": "a" (1). `
    while let Some((word, more)) = quotation(rest) {
        let (letter, more) = quotation(more.strip_prefix(": ")?)?;
        let (number, more) = more.strip_prefix(" (")?.split_once(')')?;
        all.push((word, letter, number.parse().ok()?));
        rest = more.trim_start_matches(['.', ' ']);
    }
    rest.is_empty().then_some(Step::Letters { group, named, nth, letters: all })
}

fn place(word: &str) -> Option<usize> {
    NTH.iter().position(|known| *known == word)
}

/// `(1) "ant" < (2) ["bee" ? "bat"]`, with or without numbers, brackets and quotation marks.
fn groups(text: &str) -> Said<'_> {
    text.split('<').map(group).collect()
}

fn group(text: &str) -> (Option<usize>, Vec<&str>) {
    let text = text.trim();
    let numbered = text.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let number = numbered.and_then(|(number, _)| number.parse().ok());
    let rest = numbered.filter(|_| number.is_some()).map_or(text, |(_, rest)| rest);
    let words = if rest.contains('"') { quoted(rest) } else { bare(rest) };
    (number, words)
}

/// All words in quotation marks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('"').skip(1).step_by(2).collect()
}

/// Words without quotation marks.
fn bare(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| c.is_whitespace() || "[]?.,".contains(c));
    words.filter(|word| !word.is_empty()).collect()
}

/// A word in quotation marks at the beginning, and what follows.
fn quotation(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('"')?.split_once('"')
}
