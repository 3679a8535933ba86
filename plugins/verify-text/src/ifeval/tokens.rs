//! Cutting a text into words the way treebanks do, to count those in capital letters.
//!
//! Contractions are cut (`I'M` is two), hyphens are not (`CO-OP` is one).

/// Characters that stand alone wherever they are.
const ALONE: [char; 21] = [
    ';', '@', '#', '$', '%', '&', '?', '!', '(', ')', '[', ']', '{', '}', '<', '>', '"', '“', '”',
    '…', '—',
];

/// What is cut off the end of a word.
const ENDINGS: [&str; 7] = ["'S", "'M", "'D", "'LL", "'RE", "'VE", "N'T"];

/// Words that are two, with the length of the first.
const DOUBLE: [(&str, usize); 6] =
    [("CANNOT", 3), ("GIMME", 3), ("GONNA", 3), ("GOTTA", 3), ("LEMME", 3), ("WANNA", 3)];

/// How many words have capital letters and no small ones.
pub fn capital_words(text: &str) -> u64 {
    let is_capital =
        |word: &str| word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase);
    let mut count = 0;
    for piece in text.split_whitespace() {
        for word in piece.split(|c| ALONE.contains(&c)).flat_map(split_marks) {
            count += contraction(word).into_iter().filter(|part| is_capital(part)).count() as u64;
        }
    }
    count
}

/// Cuts at `--`, `...`, and at a comma or colon that is not inside a number.
fn split_marks(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in word.split("--").flat_map(|part| part.split("...")) {
        let mut start = 0;
        for (at, mark) in part.match_indices([',', ':']) {
            let digit = part.get(at + 1..).and_then(|rest| rest.chars().next());
            if !digit.is_some_and(|next| next.is_ascii_digit()) {
                parts.push(part.get(start..at).unwrap_or_default());
                start = at + mark.len();
            }
        }
        parts.push(part.get(start..).unwrap_or_default());
    }
    parts
}

/// A word and what is contracted with it.
fn contraction(word: &str) -> Vec<&str> {
    let straight = word.trim_end_matches(['.', '\'']);
    let upper = straight.to_ascii_uppercase();
    let ending = ENDINGS.iter().find(|ending| upper.ends_with(**ending)).map(|found| found.len());
    let double = DOUBLE.iter().find(|(double, _)| *double == upper);
    let at = match (ending, double) {
        (Some(length), _) => straight.len() - length,
        (None, Some((_, first))) => *first,
        (None, None) => return vec![straight],
    };
    match straight.split_at_checked(at) {
        Some((first, second)) => vec![first, second],
        None => vec![straight],
    }
}
