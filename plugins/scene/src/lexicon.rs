//! Words and phrases: the longest known phrase at each place wins.
//!
//! The plain part of the host's lexicon. Words that are not here make an idea unreadable; how
//! phrases may follow each other is the reader's business.

use std::collections::BTreeMap;

use crate::{Kind, Unread, nouns};

/// What a phrase is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lexeme {
    /// A class; true if the form is a plural.
    Noun(&'static str, bool),
    /// A color or material.
    Look(&'static str),
    /// `two`
    Count(u32),
    /// `a`
    Article,
    /// `the`
    The,
    /// `without`, `and no`
    Without,
    /// `or`
    Or,
    /// `and`
    And,
    /// A comma or full stop.
    Break,
    /// `with`, `there is`, `draw`: what may stand before an object.
    Before,
    /// `a photo of`
    Medium,
    /// `left of`
    Relation(Kind),
    /// `on the left`
    Side(Kind),
    /// `on`
    On,
    /// `in`
    In,
    /// `beach`
    Background,
    /// `is`, `sitting`
    Be,
    /// Known, and without effect.
    Silent,
}

/// The most words a phrase may have (`on the right hand side of the picture`).
const LONGEST_PHRASE: usize = 8;

const LOOKS: [(&str, &str); 21] = [
    ("red", "red"),
    ("crimson", "red"),
    ("orange", "orange"),
    ("yellow", "yellow"),
    ("green", "green"),
    ("blue", "blue"),
    ("purple", "purple"),
    ("violet", "purple"),
    ("pink", "pink"),
    ("brown", "brown"),
    ("black", "black"),
    ("white", "white"),
    ("gray", "gray"),
    ("grey", "gray"),
    ("wooden", "wooden"),
    ("wood", "wooden"),
    ("metal", "metal"),
    ("metallic", "metal"),
    ("golden", "golden"),
    ("gold", "golden"),
    ("glass", "glass"),
];

const COUNTS: [(&str, u32); 17] = [
    ("one", 1),
    ("a single", 1),
    ("two", 2),
    ("a pair of", 2),
    ("a couple of", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("a dozen", 12),
    ("half a dozen", 6),
];

const RELATIONS: [(Kind, &[&str]); 6] = [
    (Kind::LeftOf, &["left of"]),
    (Kind::RightOf, &["right of"]),
    (Kind::Above, &["above", "over", "directly above", "higher than"]),
    (Kind::Below, &["below", "under", "underneath", "beneath", "directly below", "lower than"]),
    (Kind::OnTopOf, &["on top of", "on the top of", "atop", "upon"]),
    (Kind::NextTo, &["next to", "right next to", "beside", "alongside", "near", "close to"]),
];

const SIDES: [(&str, Kind); 4] = [
    ("left", Kind::LeftOf),
    ("right", Kind::RightOf),
    ("top", Kind::Above),
    ("bottom", Kind::Below),
];

const PICTURES: [&str; 5] = ["picture", "image", "photo", "scene", "canvas"];

const PLAIN: &[(Lexeme, &[&str])] = &[
    (Lexeme::Article, &["a", "an"]),
    (Lexeme::The, &["the"]),
    (
        Lexeme::Without,
        &[
            "without",
            "with no",
            "but no",
            "and no",
            "no",
            "there is no",
            "there are no",
            "and without",
        ],
    ),
    (Lexeme::Or, &["or", "nor"]),
    (Lexeme::And, &["and", "as well as", "along with", "together with", "plus"]),
    (
        Lexeme::Before,
        &[
            "with",
            "and with",
            "there is",
            "there are",
            "showing",
            "please",
            "draw",
            "paint",
            "show",
            "show me",
            "draw me",
            "paint me",
            "generate",
            "create",
        ],
    ),
    (
        Lexeme::Medium,
        &[
            "a photo of",
            "a picture of",
            "an image of",
            "a drawing of",
            "a painting of",
            "photo of",
            "picture of",
            "image of",
            "drawing of",
            "painting of",
            "a photo with",
            "a picture with",
            "an image with",
            "a scene with",
            "a scene of",
            "a realistic photo of",
            "a realistic photo of a scene with",
            "a photo of a scene with",
            "a scene",
            "a photo of a scene",
            "a realistic photo of a scene",
        ],
    ),
    (Lexeme::On, &["on"]),
    (Lexeme::In, &["in", "at"]),
    (
        Lexeme::Background,
        &[
            "meadow",
            "beach",
            "desert",
            "snow",
            "street",
            "living room",
            "kitchen",
            "forest",
            "sunset",
            "night",
            "field",
            "grass",
            "lawn",
            "sandy beach",
            "road",
            "woods",
        ],
    ),
    (
        Lexeme::Be,
        &[
            "is", "are", "sits", "sitting", "stands", "standing", "lies", "lying", "that is",
            "that are",
        ],
    ),
    (
        Lexeme::Silent,
        &["realistic", "photorealistic", "detailed", "highly detailed", "exactly", "in total"],
    ),
];

/// All phrases.
fn phrases() -> BTreeMap<String, Lexeme> {
    let mut known = BTreeMap::new();
    for (class, form, plural) in nouns::forms() {
        if form.starts_with("pair of ") {
            // Else `a pair of scissors` would be a number and two scissors.
            known.insert(format!("a {form}"), Lexeme::Noun(class, plural));
            known.insert(format!("one {form}"), Lexeme::Noun(class, plural));
        }
        known.insert(form, Lexeme::Noun(class, plural));
    }
    known.extend(LOOKS.map(|(word, look)| (word.to_owned(), Lexeme::Look(look))));
    known.extend(COUNTS.map(|(word, count)| (word.to_owned(), Lexeme::Count(count))));
    for (kind, words) in RELATIONS {
        known.extend(words.iter().map(|word| ((*word).to_owned(), Lexeme::Relation(kind))));
    }
    for (word, kind) in SIDES {
        for start in ["on the", "to the", "at the", "in the"] {
            for end in ["", " side", " hand side", " half", " part"] {
                let side = format!("{start} {word}{end}");
                for picture in PICTURES {
                    known.insert(format!("{side} of the {picture}"), Lexeme::Side(kind));
                }
                if matches!(kind, Kind::LeftOf | Kind::RightOf) {
                    known.insert(format!("{side} of"), Lexeme::Relation(kind));
                }
                known.insert(side, Lexeme::Side(kind));
            }
        }
    }
    for (lexeme, words) in PLAIN {
        known.extend(words.iter().map(|word| ((*word).to_owned(), *lexeme)));
    }
    known
}

/// Reads an idea into lexemes, each with its words; those without effect are left out.
pub(crate) fn lexemes(idea: &str) -> Result<Vec<(Lexeme, String)>, Unread> {
    let known = phrases();
    let words = words(idea);
    let mut rest = words.as_slice();
    let mut found = Vec::new();
    while let Some(first) = rest.first() {
        if first == "," {
            found.push((Lexeme::Break, first.clone()));
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        let most = rest.len().min(LONGEST_PHRASE);
        let longest = (1..=most).rev().find_map(|length| {
            let phrase = rest.get(..length)?.join(" ");
            let lexeme = known.get(&phrase).copied().or_else(|| numeral(&phrase))?;
            Some((length, lexeme, phrase))
        });
        let Some((length, lexeme, phrase)) = longest else {
            return Err(Unread::word(first));
        };
        if lexeme != Lexeme::Silent {
            found.push((lexeme, phrase));
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(found)
}

fn numeral(word: &str) -> Option<Lexeme> {
    word.bytes().all(|byte| byte.is_ascii_digit()).then(|| word.parse().ok())?.map(Lexeme::Count)
}

/// Words in lower case; breaks are commas. Any other character is a word of its own, and unknown.
fn words(idea: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for character in idea.chars().chain([' ']) {
        if character.is_alphanumeric() {
            word.extend(character.to_lowercase());
            continue;
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        match character {
            ',' | ';' | '.' | ':' | '!' | '\n' => words.push(",".to_owned()),
            '-' => {}
            other if other.is_whitespace() => {}
            other => words.push(other.to_string()),
        }
    }
    words
}
