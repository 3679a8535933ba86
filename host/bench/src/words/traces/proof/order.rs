//! Words in order: what a trace says of their letters, and of which word stands before which.

/// How letters are counted in traces.
const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
];

/// A group of words with the number that stands before it.
type Group<'t> = (Option<usize>, Vec<&'t str>);

/// The first step that states something false of the question's words, or of how far they are sorted.
pub(super) fn first_false(question: &str, steps: &[String]) -> Option<usize> {
    let list = question.rsplit(':').next().unwrap_or(question);
    let words: Vec<&str> = list.split_whitespace().collect();
    let (state, group) = (vec![words.clone()], words.clone());
    let mut known = Known { words, state, nth: 0, group, last: Vec::new() };
    steps.iter().position(|step| !known.holds(step))
}

/// What follows from the steps so far, if all of them hold.
struct Known<'t> {
    words: Vec<&'t str>,
    /// Groups in order; words within one are still open.
    state: Vec<Vec<&'t str>>,
    /// Which letter was read last, and of which words.
    nth: usize,
    group: Vec<&'t str>,
    /// What became of them. The method sorts what is left open there first: a step that goes on elsewhere
    /// passes it over.
    last: Vec<Vec<&'t str>>,
}

impl<'t> Known<'t> {
    /// Whether what a step states is so. One that cannot be read states nothing.
    fn holds(&mut self, step: &'t str) -> bool {
        if let Some((before, after)) = step.rsplit_once(" letter:") {
            let nth = before.split_whitespace().next_back().and_then(ordinal);
            let Some(nth) = nth else { return true };
            let named: Vec<&str> = groups(before).into_iter().flat_map(|(_, one)| one).collect();
            let group = if named.is_empty() { self.words.clone() } else { named };
            let is_open = self.state.iter().any(|open| same(open, &group));
            let start = |word: &&str| word.chars().take(nth).collect::<String>();
            let first = group.first().map(start);
            let agree = group.iter().all(|word| Some(start(word)) == first);
            let goes_on = self.last.iter().any(|open| same(open, &group));
            let passes_over = !goes_on && self.last.iter().any(|open| open.len() > 1);
            let holds = is_open && !passes_over && agree && are_read(after, nth, &group);
            (self.nth, self.group) = (nth, group);
            return holds;
        }
        if let Some((_, said)) = step.split_once("We now have:") {
            let (part, whole) = match said.split_once("Hence, we have") {
                Some((part, whole)) => (part, Some(whole)),
                None => (said, None),
            };
            return self.refined_by(groups(part))
                && whole.is_none_or(|said| self.is(&groups(said)));
        }
        let Some((_, answer)) = step.split_once("The answer is ") else { return true };
        let mut sorted = self.words.clone();
        sorted.sort_unstable();
        let given = answer.split_whitespace().map(|word| word.trim_matches([',', '.', '"']));
        given.eq(sorted) && self.state.iter().all(|group| group.len() == 1)
    }

    /// Takes these groups in place of the one whose letters were read, if they follow from them.
    fn refined_by(&mut self, groups: Vec<Group<'t>>) -> bool {
        if !by_letter(&groups, (self.nth, &self.group)) {
            return false;
        }
        let at = self.state.iter().position(|open| same(open, &self.group));
        if let (Some(at), false) = (at, groups.is_empty()) {
            self.last = groups.into_iter().map(|(_, group)| group).collect();
            self.state.splice(at..=at, self.last.iter().cloned());
        }
        true
    }

    fn is(&self, said: &[Group<'_>]) -> bool {
        let pairs = || said.iter().zip(&self.state);
        let agree = pairs().all(|((_, said), known)| same(said, known));
        said.is_empty() || (said.len() == self.state.len() && agree)
    }
}

fn ordinal(word: &str) -> Option<usize> {
    ORDINALS.iter().position(|one| *one == word)
}

/// These letters, with their places in the alphabet, are the nth of exactly these words.
fn are_read(text: &str, nth: usize, group: &[&str]) -> bool {
    let said = letters(text);
    let listed: Vec<&str> = said.iter().map(|(word, ..)| *word).collect();
    same(&listed, group)
        && said.iter().all(|(word, letter, place)| holds(word, nth, letter, *place))
}

/// A letter of a word is this one, which has this place in the alphabet. A word that is shorter has none.
fn holds(word: &str, nth: usize, letter: &str, place: usize) -> bool {
    match word.chars().nth(nth) {
        None => letter.is_empty() || place == 0,
        Some(right) => {
            let mut said = letter.chars();
            said.next() == Some(right) && said.next().is_none() && alphabet(right) == place
        }
    }
}

/// From 1; what is no letter stands at 0.
fn alphabet(letter: char) -> usize {
    ('a'..='z').position(|one| one == letter).map_or(0, |at| at + 1)
}

fn same(one: &[&str], other: &[&str]) -> bool {
    one.len() == other.len() && within(one, other) && within(other, one)
}

fn within(some: &[&str], all: &[&str]) -> bool {
    some.iter().all(|word| all.contains(word))
}

/// The groups are those of the words that were read, by the letter that was read. A list that cannot be
/// read states nothing.
fn by_letter(groups: &[Group<'_>], (nth, words): (usize, &[&str])) -> bool {
    if groups.is_empty() {
        return true;
    }
    let listed: Vec<&str> = groups.iter().flat_map(|(_, group)| group.iter().copied()).collect();
    let place = |word: &str| word.chars().nth(nth).map_or(0, alphabet);
    let first = |(_, group): &Group<'_>| group.first().map_or(0, |word| place(word));
    let is_one = |one: &Group<'_>| {
        let first = first(one);
        one.1.iter().all(|word| place(word) == first) && one.0.is_none_or(|said| said == first)
    };
    let rises = groups.is_sorted_by(|one, other| first(one) < first(other));
    same(&listed, words) && groups.iter().all(is_one) && rises
}

/// `"word": "l" (12)` and so on.
fn letters(text: &str) -> Vec<(&str, &str, usize)> {
    let mut pieces = text.split('"').skip(1);
    let mut all = Vec::new();
    while let (Some(word), Some(_), Some(letter), Some(number)) =
        (pieces.next(), pieces.next(), pieces.next(), pieces.next())
    {
        all.push((word, letter, bracketed(number).unwrap_or(0)));
    }
    all
}

/// `(2) ["a" ? "b"] < (3) "c"` and so on.
fn groups(text: &str) -> Vec<Group<'_>> {
    let pieces = text.split(" < ");
    let group = |piece| -> Group<'_> {
        let words: Vec<&str> = str::split(piece, '"').skip(1).step_by(2).collect();
        (bracketed(piece), words)
    };
    pieces.map(group).filter(|(_, words)| !words.is_empty()).collect()
}

/// The number in the first parentheses.
fn bracketed(text: &str) -> Option<usize> {
    text.split(['(', ')']).nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_step_that_says_something_false_of_the_words_is_found() {
        let question = "Sort these: be an at";
        let read = "The first letter: \"be\": \"b\" (2). \"an\": \"a\" (1). \"at\": \"a\" (1).";
        let now = "We now have: (1) [\"an\" ? \"at\"] < (2) \"be\".";
        let more = "this subpart [\"an\" ? \"at\"]. The second letter: \"an\": \"n\" (14). \"at\": \"t\" (20).";
        let then = "We now have: (14) \"an\" < (20) \"at\" for the subpart. Hence, we have \"an\" < \
                    \"at\" < \"be\".";
        let done = "I have now sorted all the words. The answer is an at be";
        let good = [read, now, more, then, done];
        let changed = |at: usize, from: &str, to: &str| {
            let mut steps = good.map(str::to_owned).to_vec();
            assert!(steps[at].contains(from), "{from}");
            steps[at] = steps[at].replacen(from, to, 1);
            (steps, at)
        };
        assert_eq!(first_false(question, &good.map(str::to_owned)), None);
        for (steps, at) in [
            changed(0, "\"b\" (2)", "\"b\" (3)"),
            changed(0, "\"b\" (2)", "\"d\" (4)"),
            changed(0, "\"an\": \"a\" (1). ", ""),
            changed(1, "\"be\"", "\"bee\""),
            changed(1, "(2)", "(3)"),
            changed(1, "[\"an\" ? \"at\"]", "\"an\" < (1) \"at\""),
            changed(2, "\"t\" (20)", "\"t\" (19)"),
            changed(3, "(14) \"an\" < (20) \"at\"", "(20) \"at\" < (14) \"an\""),
            changed(3, "\"an\" < \"at\" < \"be\"", "\"at\" < \"an\" < \"be\""),
            changed(3, "\"an\" < \"at\" < \"be\"", "\"an\" < \"at\""),
            changed(4, "an at be", "an be at"),
        ] {
            assert_eq!(first_false(question, &steps), Some(at), "{steps:?}");
        }
    }
}
