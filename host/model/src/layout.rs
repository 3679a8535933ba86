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
