//! One object as it is mentioned: how many, which look, which noun.
//!
//! `three red apples`, `a red and a blue car`, `the cats`, `two cats, one black and one white`,
//! `an apple that is red`, `a chair made of wood`.

use pentimento_model::{Attribute, Color};

use super::{
    builder::described,
    clause::{Group, begins_mention},
    lexicon::{Lexeme, material},
    parser::Parser,
};
use crate::{
    ReadError,
    vocabulary::{self, Noun, Number},
};

/// How many a mention asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Amount {
    /// `three`, `a`
    Exactly(u32),
    /// `the`, or `the three`
    Known(Option<u32>),
    /// `another`
    More,
    /// `some`
    Vague,
    /// Nothing said.
    Bare,
}

impl Parser<'_> {
    /// True if an object begins at the cursor.
    pub(super) fn mention_ahead(&self) -> bool {
        self.peek().is_some_and(begins_mention)
    }

    /// Reads an object and asks the builder for it.
    pub(super) fn mention(&mut self) -> Result<Group, ReadError> {
        let mark = self.mark();
        let mut parts = Vec::new();
        let (noun, number) = loop {
            let amount = self.amount();
            let attribute = self.attributes()?;
            if let Some(noun) = self.noun_with_number() {
                parts.push((amount, attribute));
                break noun;
            }
            // `a red and a blue car`: the noun comes at the end.
            let counted = matches!(amount, Amount::Exactly(_));
            if !(counted && attribute.is_some() && self.take(Lexeme::And)) {
                return Err(self.unplaced());
            }
            parts.push((amount, attribute));
        };
        let later = self.later_look()?;
        let words = self.words_since(mark);
        let mut group = Group::new();
        for (amount, earlier) in parts {
            let attribute = one_look(noun, earlier, later)?;
            group.extend(self.ask(noun, number, attribute, amount, &words)?);
        }
        Ok(group)
    }

    /// Turns a mention into entries of the constraints.
    fn ask(
        &mut self,
        noun: &Noun,
        number: Number,
        attribute: Option<Attribute>,
        amount: Amount,
        words: &str,
    ) -> Result<Group, ReadError> {
        let how_many = || ReadError::HowMany { words: words.to_owned() };
        let count = match amount {
            Amount::Exactly(count) => count,
            Amount::More => return Ok(vec![self.builder.want_more(noun, attribute)]),
            Amount::Vague => return Err(how_many()),
            Amount::Known(count) => {
                let known = self.builder.known(noun, attribute);
                let total = self.builder.total(&known);
                if !known.is_empty() && count.is_none_or(|count| count == total) {
                    return Ok(known);
                }
                match (count, number) {
                    (Some(count), _) => count,
                    (None, Number::Plural) => return Err(how_many()),
                    (None, _) => 1,
                }
            }
            Amount::Bare if number == Number::Plural => return Err(how_many()),
            Amount::Bare => 1,
        };
        if count == 0 {
            return self.ask_for_none(noun, attribute);
        }
        if count > 1
            && attribute.is_none()
            && let Some(looks) = self.looks_of_each(count)
        {
            let want = |(count, look)| self.builder.want(noun, Some(look), count);
            return looks.into_iter().map(want).collect();
        }
        self.builder.want(noun, attribute, count).map(|index| vec![index])
    }

    /// `zero cats`
    fn ask_for_none(
        &mut self,
        noun: &Noun,
        attribute: Option<Attribute>,
    ) -> Result<Group, ReadError> {
        if attribute.is_some() {
            let name = described(noun.name, attribute);
            return Err(ReadError::Unsupported {
                what: format!("`{name}` cannot be ruled out by color or material"),
                instead: "rule out the object as a whole".to_owned(),
            });
        }
        self.builder.forbid(noun);
        Ok(Group::new())
    }

    /// `three`, `the three`, `a`, nothing.
    fn amount(&mut self) -> Amount {
        let amount = match self.peek() {
            Some(Lexeme::Count(count)) => Amount::Exactly(count),
            Some(Lexeme::Article) => Amount::Exactly(1),
            Some(Lexeme::Another) => Amount::More,
            Some(Lexeme::Vague) => Amount::Vague,
            Some(Lexeme::The) => {
                self.skip();
                let Some(Lexeme::Count(count)) = self.peek() else { return Amount::Known(None) };
                Amount::Known(Some(count))
            }
            _ => return Amount::Bare,
        };
        self.skip();
        amount
    }

    /// The look before a noun.
    fn attributes(&mut self) -> Result<Option<Attribute>, ReadError> {
        let mut found: Option<Attribute> = None;
        while let Some(attribute) = self.attribute_before_noun() {
            self.skip();
            self.take(Lexeme::Colored);
            if let Some(earlier) = found.filter(|earlier| *earlier != attribute) {
                return Err(two_looks(earlier, attribute));
            }
            found = Some(attribute);
        }
        Ok(found)
    }

    /// The attribute at the cursor. `orange` is one only before something that it can color.
    fn attribute_before_noun(&self) -> Option<Attribute> {
        match self.peek()? {
            Lexeme::Attribute(attribute) => Some(attribute),
            Lexeme::Orange => matches!(
                self.peek_at(1),
                Some(Lexeme::Noun(..) | Lexeme::Attribute(_) | Lexeme::Orange | Lexeme::Colored)
            )
            .then_some(Attribute::Color(Color::Orange)),
            _ => None,
        }
    }

    /// Takes the noun at the cursor.
    fn noun_with_number(&mut self) -> Option<(&'static Noun, Number)> {
        let found = match self.peek()? {
            Lexeme::Noun(noun, number) => (noun, number),
            Lexeme::Orange => vocabulary::lookup("orange")?,
            _ => return None,
        };
        self.skip();
        Some(found)
    }

    /// The noun at the cursor.
    pub(super) fn noun_at_cursor(&self) -> Option<&'static Noun> {
        match self.peek()? {
            Lexeme::Noun(noun, _) => Some(noun),
            Lexeme::Orange => vocabulary::noun("orange"),
            _ => None,
        }
    }

    /// The look after a noun: `that is red`, `made of wood`, `painted blue`, `in red`.
    fn later_look(&mut self) -> Result<Option<Attribute>, ReadError> {
        let mark = self.mark();
        self.take(Lexeme::Break);
        let mut introduced = false;
        while let Some(Lexeme::Be | Lexeme::Colored) = self.peek() {
            introduced = true;
            self.skip();
        }
        if self.take(Lexeme::MadeOf) {
            let found = self.peek().and_then(material).map(Attribute::Material);
            if found.is_none() {
                return Err(self.unplaced());
            }
            self.skip();
            return Ok(found);
        }
        introduced |= self.take(Lexeme::In);
        let look = self.lone_look().filter(|_| introduced);
        if look.is_some() {
            self.skip();
            self.take(Lexeme::Colored);
        } else {
            self.back_to(mark);
        }
        Ok(look)
    }

    /// The attribute at the cursor, if it does not belong to a noun that follows.
    fn lone_look(&self) -> Option<Attribute> {
        let look = match self.peek()? {
            Lexeme::Attribute(attribute) => attribute,
            Lexeme::Orange => Attribute::Color(Color::Orange),
            _ => return None,
        };
        let before_noun = matches!(self.peek_at(1), Some(Lexeme::Noun(..) | Lexeme::Orange));
        (!before_noun).then_some(look)
    }

    /// `, one black and two white` after a counted noun, if the numbers add up.
    fn looks_of_each(&mut self, total: u32) -> Option<Vec<(u32, Attribute)>> {
        let mark = self.mark();
        let mut looks = Vec::new();
        loop {
            let before = self.mark();
            while matches!(self.peek(), Some(Lexeme::Break | Lexeme::And | Lexeme::With)) {
                self.skip();
            }
            let Amount::Exactly(count) = self.amount() else {
                self.back_to(before);
                break;
            };
            self.take(Lexeme::OfThem);
            self.take(Lexeme::Be);
            let Some(look) = self.lone_look() else {
                self.back_to(before);
                break;
            };
            self.skip();
            looks.push((count, look));
        }
        let sum = looks.iter().fold(0, |sum: u32, (count, _)| sum.saturating_add(*count));
        // `two dogs, an orange and an orange` speaks of fruit.
        let maybe_fruit = looks.iter().all(|(_, look)| *look == Attribute::Color(Color::Orange));
        if maybe_fruit || sum != total {
            self.back_to(mark);
            return None;
        }
        Some(looks)
    }
}

/// The look said before the noun or after it.
fn one_look(
    noun: &Noun,
    earlier: Option<Attribute>,
    later: Option<Attribute>,
) -> Result<Option<Attribute>, ReadError> {
    match (earlier, later) {
        (Some(earlier), Some(later)) if earlier != later => {
            let what = format!("`{}` cannot be both {earlier} and {later}", noun.name);
            Err(ReadError::Unsupported { what, instead: ONE_LOOK.to_owned() })
        }
        (earlier, later) => Ok(earlier.or(later)),
    }
}

fn two_looks(earlier: Attribute, later: Attribute) -> ReadError {
    let what = format!("one object cannot be both {earlier} and {later}");
    ReadError::Unsupported { what, instead: ONE_LOOK.to_owned() }
}

const ONE_LOOK: &str = "Give each object one color or one material";
