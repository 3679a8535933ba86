//! The classes the eye knows, with their plurals, other names and natural colors.
//!
//! One line of `nouns.txt` each: the name, its plural, after `|` the same for every synonym, and
//! after `;` the colors that its natural look may rightly be called.

const TABLE: &str = include_str!("nouns.txt");

/// Every name of every class: class, name, true for a plural that is no singular as well.
pub(crate) fn forms() -> impl Iterator<Item = (&'static str, String, bool)> {
    classes().flat_map(|(names, _)| {
        let class = name_and_plural(names).0;
        names.split('|').flat_map(move |pair| {
            let (name, plural) = name_and_plural(pair);
            [
                (class, format!("{name}s"), true),
                (class, plural.to_owned(), name != plural),
                (class, name.to_owned(), false),
            ]
        })
    })
}

/// All classes: their names, and their usual colors.
fn classes() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.lines().map(|line| line.split_once(';').unwrap_or((line, "")))
}

fn name_and_plural(names: &'static str) -> (&'static str, &'static str) {
    let pair = names.split('|').next().unwrap_or_default();
    pair.split_once(',').unwrap_or((pair, pair))
}

/// A class in the number that fits the count: `1 cat`, `2 cats`. Unknown classes stay as they are.
pub fn plural(class: &str, count: u32) -> &str {
    let known = classes().map(|(names, _)| name_and_plural(names)).find(|(name, _)| *name == class);
    known.filter(|_| count != 1).map_or(class, |(_, plural)| plural)
}

/// True if a class in its natural colors may rightly be called so: a lemon is yellow.
pub fn is_usually(class: &str, look: &str) -> bool {
    let known = classes().find(|(names, _)| name_and_plural(names).0 == class);
    known.is_some_and(|(_, usual)| usual.split(',').any(|color| color == look))
}
