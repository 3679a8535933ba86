//! What a person may have meant by a word that is not in the lexicon.
//!
//! Words that are near in meaning come from a small table, words that are near in spelling from the
//! lexicon itself.

/// Words that people type and the world does not know, with the phrase that comes near.
const NEAR_IN_MEANING: &[(&str, &str)] = &[
    ("man", "person"),
    ("men", "people"),
    ("woman", "person"),
    ("women", "people"),
    ("boy", "person"),
    ("girl", "person"),
    ("child", "person"),
    ("children", "people"),
    ("kid", "person"),
    ("mouse", "computer mouse"),
    ("mice", "computer mice"),
    ("glass", "wine glass"),
    ("glasses", "wine glasses"),
    ("bat", "baseball bat"),
    ("glove", "baseball glove"),
    ("racket", "tennis racket"),
    ("bag", "handbag"),
    ("luggage", "suitcase"),
    ("ship", "boat"),
    ("football", "sports ball"),
    ("basketball", "sports ball"),
    ("rose", "flower"),
    ("tulip", "flower"),
    ("desk", "dining table"),
    ("monitor", "tv"),
    ("screen", "tv"),
    ("computer", "laptop"),
    ("phone box", "cell phone"),
    ("street light", "traffic light"),
    ("park", "meadow"),
    ("garden", "meadow"),
    ("shore", "beach"),
    ("room", "living room"),
    ("silver", "metal"),
    ("turquoise", "blue"),
    ("magenta", "pink"),
    ("beige", "brown"),
    ("behind", "above"),
    ("inside", "on top of"),
];

/// At least this alike (Jaro–Winkler, 0 to 1) must two spellings be. Chosen so that `aple` finds
/// `apple` and `dinosaur` finds nothing.
const NEAR_IN_SPELLING: f64 = 0.87;

/// A word longer than this is no misspelling of anything, and not worth comparing.
const LONGEST_WORD: usize = 32;

/// The most words that are looked at, and so the most suggestions.
const MOST_WORDS: usize = 4;

/// At most one suggestion for each of the first words, without repetitions.
pub(crate) fn for_words<'a>(
    words: &[String],
    phrases: &(impl Iterator<Item = &'a str> + Clone),
) -> Vec<String> {
    let mut suggestions = Vec::new();
    for word in words.iter().take(MOST_WORDS) {
        if let Some(suggestion) = for_word(word, phrases.clone())
            && !suggestions.contains(&suggestion)
        {
            suggestions.push(suggestion);
        }
    }
    suggestions
}

/// The best suggestion for one word.
fn for_word<'a>(word: &str, phrases: impl Iterator<Item = &'a str>) -> Option<String> {
    if let Some((_, near)) = NEAR_IN_MEANING.iter().find(|(unknown, _)| *unknown == word) {
        return Some((*near).to_owned());
    }
    if word.chars().count() > LONGEST_WORD {
        return None;
    }
    let mut best: Option<(f64, &str)> = None;
    // Who misspells a word mostly knows how it begins: without this, `each` would be a `beach`.
    let begins_alike =
        |phrase: &&str| phrase.len() > 2 && phrase.chars().next() == word.chars().next();
    for phrase in phrases.filter(begins_alike) {
        let likeness = strsim::jaro_winkler(word, phrase);
        if likeness >= NEAR_IN_SPELLING && best.is_none_or(|(known, _)| known < likeness) {
            best = Some((likeness, phrase));
        }
    }
    best.map(|(_, phrase)| phrase.to_owned())
}
