//! The closed world's nouns: their forms, their natural colors, their size among each other.
//!
//! This is the only list of what can be asked for. How a noun is drawn is the easel's business,
//! how it is recognized the eye's, how a sentence is taken apart the grammar's.

use std::{collections::BTreeMap, sync::LazyLock};

use pentimento_model::Color;

mod table;

pub use table::NOUNS;

/// One kind of object.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Noun {
    /// The class name, in the singular; for GenEval's classes exactly GenEval's word.
    pub name: &'static str,
    /// Its plural; the plural that only adds an `s` is understood as well.
    pub plural: &'static str,
    /// Other words for it, each with its plural.
    pub synonyms: &'static [(&'static str, &'static str)],
    /// The colors its natural look may rightly be called. Empty if no single color fits.
    pub usual: &'static [Color],
    /// Longer side in fractions of the picture, in a scene of a few objects (0.12 to 0.5). Real
    /// sizes are gently compressed: a fork is smaller than a bus, but not too small to see.
    pub size: f32,
    /// Width divided by height of its usual outline.
    pub aspect: f32,
}

impl Noun {
    /// Every form that names it, each with what it says about number.
    fn forms(&self) -> impl Iterator<Item = (String, Number)> {
        let own = std::iter::once((self.name, self.plural));
        own.chain(self.synonyms.iter().copied()).flat_map(|(singular, plural)| {
            let of_singular = if singular == plural { Number::Either } else { Number::Singular };
            [
                (singular.to_owned(), of_singular),
                (plural.to_owned(), Number::Plural),
                (format!("{singular}s"), Number::Plural),
            ]
        })
    }

    /// True if `color` is one of its usual colors.
    pub fn is_usually(&self, color: Color) -> bool {
        self.usual.contains(&color)
    }

    /// The name in the number that fits `count`: `1 cat`, `2 cats`.
    pub fn name_for(&self, count: u32) -> &'static str {
        if count == 1 { self.name } else { self.plural }
    }
}

/// What a form says about number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// `cat`
    Singular,
    /// `cats`
    Plural,
    /// `sheep`
    Either,
}

/// All forms of all nouns, in lower case. Of two equal forms the first stands, so that a noun's own
/// name goes before what its synonyms would make of it.
static FORMS: LazyLock<BTreeMap<String, (&'static Noun, Number)>> = LazyLock::new(|| {
    let mut forms = BTreeMap::new();
    for noun in NOUNS {
        for (form, number) in noun.forms() {
            forms.entry(form).or_insert((noun, number));
        }
    }
    forms
});

/// The noun with this exact class name.
pub fn noun(name: &str) -> Option<&'static Noun> {
    lookup(name).map(|(noun, _)| noun).filter(|noun| noun.name == name)
}

/// The noun with this form: singular, plural or synonym, in lower case, words separated by single
/// spaces.
pub fn lookup(form: &str) -> Option<(&'static Noun, Number)> {
    FORMS.get(form).copied()
}

/// All forms, in alphabetical order.
pub(crate) fn forms() -> impl Iterator<Item = (&'static str, &'static Noun, Number)> {
    FORMS.iter().map(|(form, (noun, number))| (form.as_str(), *noun, *number))
}

#[cfg(test)]
mod tests;
