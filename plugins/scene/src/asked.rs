//! What an idea asks for.

use crate::Kind;

/// Everything the reader takes from an idea, the background aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// What must be there, in the order of the first mention.
    pub objects: Vec<Wanted>,
    /// Nouns that must not be there.
    pub absent: Vec<&'static str>,
    /// How the objects must lie.
    pub relations: Vec<Relation>,
}

/// One kind of object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The class in the singular, as the eye names it.
    pub noun: &'static str,
    /// The color or material; `None` if any will do.
    pub look: Option<&'static str>,
    /// How many.
    pub count: u32,
}

/// How objects must lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Index in [`Asked::objects`].
    pub subject: usize,
    /// How.
    pub kind: Kind,
    /// Index of the other end; `None` for the picture.
    pub target: Option<usize>,
}

impl Asked {
    /// How many of a noun are asked for, in all looks.
    pub fn count_of(&self, noun: &str) -> u32 {
        let of_noun = self.objects.iter().filter(|object| object.noun == noun);
        of_noun.fold(0, |sum: u32, object| sum.saturating_add(object.count))
    }

    /// The nouns that are asked for, each once.
    pub fn nouns(&self) -> Vec<&'static str> {
        let mut nouns: Vec<&'static str> = Vec::new();
        for object in &self.objects {
            if !nouns.contains(&object.noun) {
                nouns.push(object.noun);
            }
        }
        nouns
    }
}
