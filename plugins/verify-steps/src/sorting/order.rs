//! Groups of words in order, with the words of one group still open.

/// Groups from first to last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Order<'w>(pub Vec<Vec<&'w str>>);

impl<'w> Order<'w> {
    /// The group's words, ordered by this letter alone, which is counted from 0. A word that has no
    /// such letter comes first.
    pub(super) fn by_letter(words: &[&'w str], nth: usize) -> Self {
        let mut letters: Vec<_> = words.iter().map(|word| letter(word, nth)).collect();
        letters.sort_unstable();
        letters.dedup();
        let group = |wanted: &Option<char>| {
            words.iter().copied().filter(|word| letter(word, nth) == *wanted).collect()
        };
        Self(letters.iter().map(group).collect())
    }

    /// True if these are the groups, in order, whatever the order within one.
    pub(super) fn is(&self, groups: &[Vec<String>]) -> bool {
        let same = |(own, other): (&Vec<&str>, &Vec<String>)| {
            same_words(own, &other.iter().map(String::as_str).collect::<Vec<_>>())
        };
        self.0.len() == groups.len() && self.0.iter().zip(groups).all(same)
    }

    /// The group with exactly these words.
    pub(super) fn group(&self, words: &[&str]) -> Option<&[&'w str]> {
        self.0.iter().find(|group| same_words(group, words)).map(Vec::as_slice)
    }

    /// Puts an order of its words in a group's place.
    pub(super) fn refine(&mut self, group: &[&str], order: &Self) {
        if let Some(at) = self.0.iter().position(|own| same_words(own, group)) {
            self.0.splice(at..=at, order.0.iter().cloned());
        }
    }

    /// True if some words are not in order yet.
    pub(super) fn has_open(&self) -> bool {
        self.0.iter().any(|group| group.len() > 1)
    }

    pub(super) fn in_words(&self) -> String {
        let groups: Vec<_> = self.0.iter().map(|group| in_words(group)).collect();
        groups.join(" < ")
    }
}

/// `[ant ? ape]`, or the only word.
pub(super) fn in_words(group: &[&str]) -> String {
    match group {
        [word] => (*word).to_owned(),
        words => format!("[{}]", words.join(" ? ")),
    }
}

/// The letter at this place, counted from 0.
pub(super) fn letter(word: &str, nth: usize) -> Option<char> {
    word.chars().nth(nth)
}

/// A letter's place in the alphabet; other signs have none.
pub(super) fn place(letter: char) -> Option<usize> {
    ('a'..='z').position(|one| one == letter.to_ascii_lowercase()).map(|at| at + 1)
}

/// True if all words have the same letter at this place. Where all have ended, they differ no more.
pub(super) fn same_letter(words: &[&str], nth: usize) -> bool {
    let mut letters = words.iter().map(|word| letter(word, nth));
    let first = letters.next().flatten();
    first.is_some() && letters.all(|letter| letter == first)
}

/// True if both lists hold the same words, equally often.
pub(super) fn same_words(one: &[&str], other: &[&str]) -> bool {
    let (mut one, mut other) = (one.to_vec(), other.to_vec());
    one.sort_unstable();
    other.sort_unstable();
    one == other
}
