//! How an object can look: the eleven colors of the LMD benchmark, and a few materials.
//!
//! These are words. How each looks in pixels is the easel's and the eye's business.

use std::fmt;

/// A color word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Color {
    /// red
    Red,
    /// orange
    Orange,
    /// yellow
    Yellow,
    /// green
    Green,
    /// blue
    Blue,
    /// purple
    Purple,
    /// pink
    Pink,
    /// brown
    Brown,
    /// black
    Black,
    /// white
    White,
    /// gray
    Gray,
}

impl Color {
    /// All eleven, in the benchmark's order.
    pub const ALL: [Self; 11] = [
        Self::Red,
        Self::Orange,
        Self::Yellow,
        Self::Green,
        Self::Blue,
        Self::Purple,
        Self::Pink,
        Self::Brown,
        Self::Black,
        Self::White,
        Self::Gray,
    ];

    /// The word, in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Orange => "orange",
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Purple => "purple",
            Self::Pink => "pink",
            Self::Brown => "brown",
            Self::Black => "black",
            Self::White => "white",
            Self::Gray => "gray",
        }
    }

    /// The color with this exact word (`grey` is left to the grammar).
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|color| color.as_str() == word)
    }
}

impl fmt::Display for Color {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A material word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Material {
    /// wooden
    Wooden,
    /// metal
    Metal,
    /// golden
    Golden,
    /// glass
    Glass,
}

impl Material {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Wooden, Self::Metal, Self::Golden, Self::Glass];

    /// The word, in lower case, as it stands before a noun.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wooden => "wooden",
            Self::Metal => "metal",
            Self::Golden => "golden",
            Self::Glass => "glass",
        }
    }

    /// The material with this exact word (`metallic`, `gold` are left to the grammar).
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|material| material.as_str() == word)
    }
}

/// One attribute of an object: a color or a material.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attribute {
    /// Its color.
    Color(Color),
    /// What it is made of.
    Material(Material),
}

impl Attribute {
    /// All attributes, colors first.
    pub fn all() -> impl Iterator<Item = Self> {
        let colors = Color::ALL.into_iter().map(Self::Color);
        colors.chain(Material::ALL.into_iter().map(Self::Material))
    }

    /// The word, in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Color(color) => color.as_str(),
            Self::Material(material) => material.as_str(),
        }
    }

    /// The attribute with this exact word.
    pub fn from_word(word: &str) -> Option<Self> {
        let material = || Material::from_word(word).map(Self::Material);
        Color::from_word(word).map(Self::Color).or_else(material)
    }
}

impl fmt::Display for Attribute {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
