//! What to change in a picture, in plain words: `make the left cup blue, and remove the cat`.
//!
//! Only words and their order are read here; which things of a picture they mean, whoever knows the
//! picture finds out.

use pentimento_model::{Attribute, Color, Material, RelationKind};
use thiserror::Error;

use crate::{
    read_error::MAX_IDEA_BYTES,
    vocabulary::{Number, lookup},
};

/// Steps of one instruction; a full scene has no more things to change.
const MOST_STEPS: usize = 24;

/// Things of a picture that are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Which {
    /// All of them, or one.
    pub all: bool,
    /// Of several, the one that lies farthest to this side.
    pub side: Option<RelationKind>,
    /// Only those of this color or material.
    pub attribute: Option<Attribute>,
    /// What they are.
    pub noun: &'static str,
}

/// Things that are not there yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thing {
    /// How many.
    pub count: u32,
    /// Their color or material.
    pub attribute: Option<Attribute>,
    /// What they are.
    pub noun: &'static str,
}

/// Where something shall be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At a side of the picture.
    Side(RelationKind),
    /// Beside another thing.
    By(RelationKind, Which),
}

/// One thing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Take things away.
    Remove(Which),
    /// Put new things there.
    Add(Thing, Option<Place>),
    /// Give things another color or material.
    Restyle(Which, Attribute),
    /// Put things elsewhere.
    Move(Which, Place),
    /// Let two things change places.
    Swap(Which, Which),
    /// Put other things in their places.
    Replace(Which, Thing),
}

/// An instruction that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum InstructionError {
    /// No word says what to do.
    #[error("the instruction does not say what to do")]
    NoVerb,
    /// It is longer than ideas may be, or has more steps than a picture has things.
    #[error("the instruction is too long")]
    TooLong,
    /// Words after the verb that make no sense there.
    #[error("could not make sense of `{words}`")]
    Words {
        /// The words.
        words: String,
    },
}

impl InstructionError {
    /// What can be said instead.
    pub fn hint(&self) -> String {
        "say it like `remove the cat`, `add a red apple to the left of the cup`, `make the cup blue`, \
         `move the dog to the right`, `swap the cat and the dog` or `replace the cat with a dog`"
            .to_owned()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Remove,
    Add,
    Make,
    Move,
    Swap,
    Replace,
    /// `change`: into another look, or another thing.
    Change,
    /// `put`: something new, or something that is there.
    Put,
}

fn verb(word: &str) -> Option<Verb> {
    Some(match word {
        "remove" | "delete" | "erase" => Verb::Remove,
        "add" | "insert" | "draw" => Verb::Add,
        "make" | "paint" | "color" | "colour" => Verb::Make,
        "move" | "shift" => Verb::Move,
        "swap" | "exchange" => Verb::Swap,
        "replace" => Verb::Replace,
        "change" | "turn" => Verb::Change,
        "put" | "place" => Verb::Put,
        _ => return None,
    })
}

/// All steps, in order.
pub fn instruction(text: &str) -> Result<Vec<Step>, InstructionError> {
    if text.len() > MAX_IDEA_BYTES {
        return Err(InstructionError::TooLong);
    }
    let text = text.to_lowercase();
    let letter = |c: char| c.is_alphanumeric() || c == '-';
    let words: Vec<&str> = text
        .split(|c: char| !letter(c))
        .filter(|word| !word.is_empty() && *word != "please")
        .collect();
    let starts: Vec<(usize, Verb)> =
        words.iter().enumerate().filter_map(|(index, word)| Some((index, verb(word)?))).collect();
    if starts.len() > MOST_STEPS {
        return Err(InstructionError::TooLong);
    }
    let first = starts.first().ok_or(InstructionError::NoVerb)?.0;
    nothing_left(words.get(..first).unwrap_or_default())?;
    let ends = starts.iter().skip(1).map(|(index, _)| *index).chain([words.len()]);
    let clauses = starts.iter().zip(ends).map(|((start, verb), end)| {
        let words = words.get(start + 1..end).unwrap_or_default();
        step(*verb, without_joint(words)).ok_or_else(|| unread(words))
    });
    clauses.collect()
}

fn unread(words: &[&str]) -> InstructionError {
    InstructionError::Words { words: words.join(" ") }
}

fn nothing_left(words: &[&str]) -> Result<(), InstructionError> {
    if without_joint(words).is_empty() { Ok(()) } else { Err(unread(words)) }
}

/// The words without those that only lead over to the next step.
fn without_joint<'w>(mut words: &'w [&'w str]) -> &'w [&'w str] {
    while let [rest @ .., "and" | "then" | "also"] = words {
        words = rest;
    }
    words
}

fn step(verb: Verb, words: &[&str]) -> Option<Step> {
    match verb {
        Verb::Remove => which(words).map(Step::Remove),
        Verb::Add => add(words),
        Verb::Make => {
            let (last, rest) = words.split_last()?;
            Some(Step::Restyle(which(rest)?, attribute(last)?))
        }
        Verb::Move => moved(words),
        Verb::Put => moved(words).filter(|_| words.first() == Some(&"the")).or_else(|| add(words)),
        Verb::Swap => {
            let (first, second) = parted(words, &["and", "with"])?;
            Some(Step::Swap(which(first)?, which(second)?))
        }
        Verb::Replace => {
            let (old, new) = parted(words, &["with", "by"])?;
            Some(Step::Replace(which(old)?, thing(new)?))
        }
        Verb::Change => {
            let (old, new) = parted(words, &["to", "into"]).or_else(|| {
                let (last, rest) = words.split_last()?;
                Some((rest, std::slice::from_ref(last)))
            })?;
            let old = which(old)?;
            match new {
                [look] if attribute(look).is_some() => Some(Step::Restyle(old, attribute(look)?)),
                _ => thing(new).map(|new| Step::Replace(old, new)),
            }
        }
    }
}

fn add(words: &[&str]) -> Option<Step> {
    let at = (1..words.len()).find(|at| words.get(*at..).and_then(place).is_some());
    match at {
        None => Some(Step::Add(thing(words)?, None)),
        Some(at) => Some(Step::Add(thing(words.get(..at)?)?, words.get(at..).and_then(place))),
    }
}

fn moved(words: &[&str]) -> Option<Step> {
    let at = (1..words.len()).find(|at| words.get(*at..).and_then(place).is_some())?;
    Some(Step::Move(which(words.get(..at)?)?, words.get(at..).and_then(place)?))
}

fn parted<'w>(words: &'w [&'w str], joints: &[&str]) -> Option<(&'w [&'w str], &'w [&'w str])> {
    let at = words.iter().position(|word| joints.contains(word))?;
    Some((words.get(..at)?, words.get(at + 1..)?))
}

/// `to the left of the cup`, `on the right`, `at the top of the picture`.
fn place(words: &[&str]) -> Option<Place> {
    let words = match words {
        ["to" | "on" | "at" | "in", "the", rest @ ..]
            if rest.first().and_then(|word| side(word)).is_some() =>
        {
            rest
        }
        _ => words,
    };
    let beside = |kind, rest| which(rest).map(|which| Place::By(kind, which));
    match words {
        ["above" | "over", rest @ ..] => beside(RelationKind::Above, rest),
        ["below" | "under" | "beneath", rest @ ..] => beside(RelationKind::Below, rest),
        ["on", "top", "of", rest @ ..] => beside(RelationKind::OnTopOf, rest),
        ["next", "to", rest @ ..] | ["beside" | "near", rest @ ..] => {
            beside(RelationKind::NextTo, rest)
        }
        [word]
        | [word, "side"]
        | [word, "of", "the", "picture" | "image"]
        | [word, "side", "of", "the", "picture" | "image"] => side(word).map(Place::Side),
        [word, "of", rest @ ..] => beside(side(word)?, rest),
        _ => None,
    }
}

fn side(word: &str) -> Option<RelationKind> {
    Some(match word {
        "left" | "leftmost" | "left-most" => RelationKind::LeftOf,
        "right" | "rightmost" | "right-most" => RelationKind::RightOf,
        "top" | "upper" | "topmost" | "top-most" => RelationKind::Above,
        "bottom" | "lower" | "bottommost" | "bottom-most" => RelationKind::Below,
        _ => return None,
    })
}

/// `the left red apple`, `all cats`.
fn which(words: &[&str]) -> Option<Which> {
    let (mut all, mut place, mut look) = (false, None, None);
    let mut rest = words;
    while let [first, more @ ..] = rest {
        match *first {
            "the" | "of" | "a" | "an" => {}
            "all" | "every" | "both" | "each" => all = true,
            word if side(word).is_some() && !more.is_empty() => place = side(word),
            word if attribute(word).is_some() && !more.is_empty() => look = attribute(word),
            _ => break,
        }
        rest = more;
    }
    let (noun, number) = lookup(&rest.join(" "))?;
    all |= number == Number::Plural;
    let all = all && place.is_none();
    Some(Which { all, side: place, attribute: look, noun: noun.name })
}

/// `two red apples`.
fn thing(words: &[&str]) -> Option<Thing> {
    let (mut count, mut look) = (None, None);
    let mut rest = words;
    while let [first, more @ ..] = rest {
        match *first {
            "the" | "another" | "more" => {}
            word if number(word).is_some() => count = number(word),
            word if attribute(word).is_some() && !more.is_empty() => look = attribute(word),
            _ => break,
        }
        rest = more;
    }
    let (noun, form) = lookup(&rest.join(" "))?;
    let count = match (count, form) {
        (Some(count), _) => count,
        (None, Number::Plural) => return None,
        (None, _) => 1,
    };
    Some(Thing { count, attribute: look, noun: noun.name })
}

fn number(word: &str) -> Option<u32> {
    const WORDS: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    let spelled = WORDS.iter().position(|known| *known == word).map(|index| index + 1);
    let spelled = spelled.and_then(|number| u32::try_from(number).ok());
    spelled.or_else(|| word.parse().ok().filter(|number| (1..=12).contains(number)))
}

/// A color or material, in the spellings that ideas may have too.
fn attribute(word: &str) -> Option<Attribute> {
    match word {
        "grey" => Some(Attribute::Color(Color::Gray)),
        "gold" => Some(Attribute::Material(Material::Golden)),
        "metallic" => Some(Attribute::Material(Material::Metal)),
        "wood" => Some(Attribute::Material(Material::Wooden)),
        word => Attribute::from_word(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(attribute: Option<&str>, noun: &'static str) -> Which {
        let attribute = attribute.and_then(Attribute::from_word);
        Which { all: false, side: None, attribute, noun }
    }

    fn one(attribute: Option<&str>, noun: &'static str) -> Thing {
        let attribute = attribute.and_then(Attribute::from_word);
        Thing { count: 1, attribute, noun }
    }

    #[test]
    fn steps_are_read_in_order() {
        let blue = Attribute::Color(Color::Blue);
        let left = Which { side: Some(RelationKind::LeftOf), ..of(None, "apple") };
        let all = Which { all: true, ..of(Some("red"), "apple") };
        for (text, steps) in [
            ("Remove the cat.", vec![Step::Remove(of(None, "cat"))]),
            ("delete the left-most apple", vec![Step::Remove(left)]),
            ("erase all red apples", vec![Step::Remove(all)]),
            ("make the red cup blue", vec![Step::Restyle(of(Some("red"), "cup"), blue)]),
            ("turn the cup blue", vec![Step::Restyle(of(None, "cup"), blue)]),
            (
                "change the cup into a blue wine glass",
                vec![Step::Replace(of(None, "cup"), one(Some("blue"), "wine glass"))],
            ),
            ("replace the cat with a dog", vec![Step::Replace(of(None, "cat"), one(None, "dog"))]),
            ("swap the cat and the dog", vec![Step::Swap(of(None, "cat"), of(None, "dog"))]),
            (
                "move the dog to the right",
                vec![Step::Move(of(None, "dog"), Place::Side(RelationKind::RightOf))],
            ),
            (
                "put the dog to the left of the red cup",
                vec![Step::Move(
                    of(None, "dog"),
                    Place::By(RelationKind::LeftOf, of(Some("red"), "cup")),
                )],
            ),
            (
                "add two blue cups at the top of the picture, then remove the orange and put a cat above the dog",
                vec![
                    Step::Add(
                        Thing { count: 2, ..one(Some("blue"), "cup") },
                        Some(Place::Side(RelationKind::Above)),
                    ),
                    Step::Remove(of(None, "orange")),
                    Step::Add(
                        one(None, "cat"),
                        Some(Place::By(RelationKind::Above, of(None, "dog"))),
                    ),
                ],
            ),
            ("please add another wine glass", vec![Step::Add(one(None, "wine glass"), None)]),
        ] {
            assert_eq!(instruction(text), Ok(steps), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (text, error) in [
            ("two red apples", "the instruction does not say what to do"),
            ("", "the instruction does not say what to do"),
            ("remove the unicorn", "could not make sense of `the unicorn`"),
            ("make the cup happy", "could not make sense of `the cup happy`"),
            ("add apples", "could not make sense of `apples`"),
            ("move the cat", "could not make sense of `the cat`"),
            ("kindly remove the cat", "could not make sense of `kindly`"),
            (&"remove the cat ".repeat(25), "the instruction is too long"),
            (&"x".repeat(MAX_IDEA_BYTES + 1), "the instruction is too long"),
        ] {
            let found = instruction(text).unwrap_err();
            assert_eq!(found.to_string(), error, "{text}");
            assert!(found.hint().contains("remove the cat"));
        }
    }
}
