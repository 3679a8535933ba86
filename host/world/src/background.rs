//! The closed world's backgrounds and the phrases that ask for them.
//!
//! How a background looks is the easel's business.

/// The backgrounds' names.
pub const BACKGROUNDS: [&str; 10] = [
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
];

/// Other words for them: (phrase, name). Phrases are in lower case and without article.
pub(crate) const SYNONYMS: &[(&str, &str)] = &[
    ("field", "meadow"),
    ("green field", "meadow"),
    ("grass field", "meadow"),
    ("grassy field", "meadow"),
    ("grass", "meadow"),
    ("green grass", "meadow"),
    ("lawn", "meadow"),
    ("green meadow", "meadow"),
    ("sandy beach", "beach"),
    ("seaside", "beach"),
    ("seashore", "beach"),
    ("desert landscape", "desert"),
    ("snowy field", "snow"),
    ("snowy landscape", "snow"),
    ("snowy scene", "snow"),
    ("winter landscape", "snow"),
    ("winter scene", "snow"),
    ("city street", "street"),
    ("road", "street"),
    ("lounge", "living room"),
    ("sitting room", "living room"),
    ("livingroom", "living room"),
    ("woods", "forest"),
    ("woodland", "forest"),
    ("green forest", "forest"),
    ("dusk", "sunset"),
    ("sundown", "sunset"),
    ("sunset sky", "sunset"),
    ("night sky", "night"),
    ("night scene", "night"),
    ("nighttime", "night"),
];

/// Every phrase with the name of the background it asks for.
pub(crate) fn phrases() -> impl Iterator<Item = (&'static str, &'static str)> {
    BACKGROUNDS.into_iter().map(|name| (name, name)).chain(SYNONYMS.iter().copied())
}
