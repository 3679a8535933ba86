//! A picture's contents as named boxes: what the detector sees and the controller rewrites.
//!
//! Names are SLD's: `red apple #2` is attribute, noun and a number that counts per name
//! (section 3.2 of arXiv:2311.16090).

use std::fmt;

use crate::{Attribute, Region, Score};

/// The name of one box: unique in its layout.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemName {
    /// The attribute that was asked for, if it was recognized; `None` for the bare noun.
    pub attribute: Option<Attribute>,
    /// The class.
    pub noun: String,
    /// Counts from 1 for each (attribute, noun).
    pub number: u32,
}

impl fmt::Display for ItemName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(attribute) = self.attribute {
            write!(formatter, "{attribute} ")?;
        }
        write!(formatter, "{} #{}", self.noun, self.number)
    }
}

impl ItemName {
    /// Reads a name as it is shown, with or without its number: `red apple #2`, `cat`. A first word
    /// that is a color or a material is the attribute, unless it is the only one.
    pub fn read(text: &str) -> Option<Self> {
        let (words, number) = match text.rsplit_once('#') {
            Some((words, number)) => (words, number.trim().parse().ok()?),
            None => (text, 1),
        };
        let words: Vec<&str> = words.split_whitespace().collect();
        let (attribute, noun) = match words.split_first() {
            Some((first, rest)) if !rest.is_empty() => match Attribute::from_word(first) {
                Some(attribute) => (Some(attribute), rest.join(" ")),
                None => (None, words.join(" ")),
            },
            _ => (None, words.join(" ")),
        };
        (!noun.is_empty()).then_some(Self { attribute, noun, number })
    }

    /// The name without its number: `red apple`.
    pub fn kind(&self) -> String {
        match self.attribute {
            Some(attribute) => format!("{attribute} {}", self.noun),
            None => self.noun.clone(),
        }
    }
}

/// One named box.
#[derive(Clone, Debug, PartialEq)]
pub struct LayoutItem {
    /// Its name.
    pub name: ItemName,
    /// Where it is.
    pub region: Region,
    /// How sure the detector is; 1 for boxes that are planned rather than seen.
    pub confidence: Score,
}

/// All boxes of a picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// In the detector's or controller's order.
    pub items: Vec<LayoutItem>,
}

impl Layout {
    /// The item with this name.
    pub fn find(&self, name: &ItemName) -> Option<&LayoutItem> {
        self.items.iter().find(|item| &item.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Color;

    #[test]
    fn a_name_is_read_as_it_is_shown() {
        let red = Some(Attribute::Color(Color::Red));
        let orange = Some(Attribute::Color(Color::Orange));
        for (text, attribute, noun, number) in [
            ("red apple #2", red, "apple", 2),
            ("  red  apple ", red, "apple", 1),
            ("orange #1", None, "orange", 1),
            ("orange orange #3", orange, "orange", 3),
            ("wine glass #1", None, "wine glass", 1),
        ] {
            let name = ItemName::read(text).unwrap();
            assert_eq!(name, ItemName { attribute, noun: noun.to_owned(), number });
            assert_eq!(ItemName::read(&name.to_string()), Some(name));
        }
        for bad in ["", " ", "#1", "cat #", "cat #-1", "cat #1.5"] {
            assert_eq!(ItemName::read(bad), None, "{bad}");
        }
    }
}
