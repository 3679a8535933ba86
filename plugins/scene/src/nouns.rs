//! The classes the eye knows, with their plurals and other names.
//!
//! One line of `nouns.txt` each: the name, its plural, and after `|` the same for every synonym.

const TABLE: &str = include_str!("nouns.txt");

/// Every name of every class: class, name, true for a plural that is no singular as well.
pub(crate) fn forms() -> impl Iterator<Item = (&'static str, String, bool)> {
    TABLE.lines().flat_map(|line| {
        let class = name_and_plural(line).0;
        line.split('|').flat_map(move |pair| {
            let (name, plural) = name_and_plural(pair);
            [
                (class, format!("{name}s"), true),
                (class, plural.to_owned(), name != plural),
                (class, name.to_owned(), false),
            ]
        })
    })
}

fn name_and_plural(line: &'static str) -> (&'static str, &'static str) {
    let pair = line.split('|').next().unwrap_or_default();
    pair.split_once(',').unwrap_or((pair, pair))
}

/// A class in the number that fits the count: `1 cat`, `2 cats`. Unknown classes stay as they are.
pub fn plural(class: &str, count: u32) -> &str {
    let known = TABLE.lines().map(name_and_plural).find(|(name, _)| *name == class);
    known.filter(|_| count != 1).map_or(class, |(_, plural)| plural)
}
