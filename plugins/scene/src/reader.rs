//! Reads an idea: counted objects with a look, where they lie, and what must be absent.
//!
//! A relation binds to the object its clause begins with: in `a cat on a chair left of a dog` the
//! cat is left of the dog. Whatever could be read in two ways is refused.

use std::fmt;

use crate::{
    Asked, Kind, Relation, Wanted,
    lexicon::{Lexeme, lexemes},
};

/// Bytes of the longest idea that is read; the host's.
const IDEA_BYTES: usize = 4_000;

/// The most objects of an idea; the host's.
const MOST_OBJECTS: u32 = 12;

/// Why an idea was not read, for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread(String);

impl Unread {
    /// An unknown word.
    pub(crate) fn word(word: &str) -> Self {
        let shown: String = word.chars().take(40).collect();
        Self(format!("the word `{shown}` is not known here"))
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What the idea asks for.
pub fn read(idea: &str) -> Result<Asked, Unread> {
    if idea.len() > IDEA_BYTES {
        return Err(Unread(format!("the idea has more than {IDEA_BYTES} bytes")));
    }
    let lexemes = lexemes(idea)?;
    let mut reader = Reader {
        lexemes: &lexemes,
        next: 0,
        asked: Asked::default(),
        mentions: Vec::new(),
        background: None,
    };
    reader.idea()?;
    reader.finish()
}

struct Reader<'a> {
    lexemes: &'a [(Lexeme, String)],
    next: usize,
    asked: Asked,
    /// How often each object was mentioned by its count.
    mentions: Vec<usize>,
    /// The background that was asked for.
    background: Option<String>,
}

impl Reader<'_> {
    fn idea(&mut self) -> Result<(), Unread> {
        while matches!(self.peek(), Some(Lexeme::Medium | Lexeme::Before | Lexeme::Break)) {
            self.next += 1;
        }
        while self.peek().is_some() {
            self.clause()?;
            let border = self.next;
            let mut joined = false;
            while let Some(lexeme @ (Lexeme::Break | Lexeme::And | Lexeme::Before)) = self.peek() {
                joined |= lexeme != Lexeme::Break;
                self.next += 1;
            }
            let ended = self.peek().is_none();
            let begins = matches!(self.peek(), Some(Lexeme::Without | Lexeme::On | Lexeme::In));
            if (ended && joined) || !(ended || begins || self.next > border) {
                return Err(self.unread());
            }
        }
        Ok(())
    }

    fn clause(&mut self) -> Result<(), Unread> {
        if self.background() {
            return Ok(());
        }
        match self.peek() {
            Some(Lexeme::Without) => self.negation(),
            Some(Lexeme::Side(kind)) => {
                self.next += 1;
                let subject = self.mention()?;
                self.relate(subject, kind, None);
                self.tails(subject)
            }
            _ => {
                let subject = self.mention()?;
                self.tails(subject)
            }
        }
    }

    /// Every place of an object. After `and` or a comma a relation goes on about the same object;
    /// a side does not, since it may belong to the next one.
    fn tails(&mut self, subject: usize) -> Result<(), Unread> {
        loop {
            let mark = self.next;
            while matches!(self.peek(), Some(Lexeme::And | Lexeme::Break)) {
                self.next += 1;
            }
            let parted = self.next > mark;
            let verb = self.peek() == Some(Lexeme::Be);
            self.next += usize::from(verb);
            match self.peek() {
                Some(Lexeme::Side(kind)) if verb || !parted => {
                    self.next += 1;
                    self.relate(subject, kind, None);
                }
                Some(Lexeme::Side(_)) => return Err(self.unread()),
                Some(Lexeme::Relation(kind)) => {
                    self.next += 1;
                    let target = self.mention()?;
                    self.relate(subject, kind, Some(target));
                }
                Some(Lexeme::On | Lexeme::In) if !parted && self.background() => {}
                Some(Lexeme::On) if !parted => {
                    self.next += 1;
                    let target = self.mention()?;
                    self.relate(subject, Kind::OnTopOf, Some(target));
                }
                _ if verb => return Err(self.unread()),
                _ => {
                    self.next = mark;
                    return Ok(());
                }
            }
        }
    }

    /// `in the snow`, `a beach`
    fn background(&mut self) -> bool {
        let mark = self.next;
        if matches!(self.peek(), Some(Lexeme::On | Lexeme::In)) {
            self.next += 1;
        }
        if matches!(self.peek(), Some(Lexeme::The | Lexeme::Article)) {
            self.next += 1;
        }
        let there = self.peek() == Some(Lexeme::Background);
        let word = self.lexemes.get(self.next).map(|(_, word)| word).filter(|_| there);
        if word.is_none() || self.background.as_ref().is_some_and(|known| Some(known) != word) {
            // A second background is not read, and then makes no sense where it stands.
            self.next = mark;
            return false;
        }
        self.background = word.cloned();
        self.next += 1;
        true
    }

    /// `without cats or dogs`. What follows `and` or a comma must say again that it is not wanted.
    fn negation(&mut self) -> Result<(), Unread> {
        loop {
            self.next += 1;
            let article = self.peek() == Some(Lexeme::Article);
            self.next += usize::from(article);
            let Some(Lexeme::Noun(class, _)) = self.peek() else { return Err(self.unread()) };
            self.next += 1;
            if !self.asked.absent.contains(&class) {
                self.asked.absent.push(class);
            }
            if self.peek() != Some(Lexeme::Or) {
                break;
            }
        }
        let joined = matches!(self.peek(), Some(Lexeme::And | Lexeme::Break));
        if joined && !matches!(self.peek_at(1), None | Some(Lexeme::Without | Lexeme::Before)) {
            return Err(self.unread());
        }
        Ok(())
    }

    /// One object: how many, which look, which noun.
    fn mention(&mut self) -> Result<usize, Unread> {
        let start = self.next;
        let known = self.peek() == Some(Lexeme::The);
        self.next += usize::from(known);
        let count = match self.peek() {
            Some(Lexeme::Count(count)) => {
                self.next += 1;
                Some(count)
            }
            Some(Lexeme::Article) if !known => {
                self.next += 1;
                Some(1)
            }
            _ => None,
        };
        let look = self.look();
        let Some(Lexeme::Noun(class, plural)) = self.peek() else { return Err(self.unread()) };
        self.next += 1;
        if known && let Some(index) = self.known(class, look, count)? {
            return Ok(index);
        }
        match count {
            Some(0) => Err(self.unread_from(start)),
            None if plural => Err(Unread(format!("`{}` does not say how many", self.words(start)))),
            count => self.want(Wanted { noun: class, look, count: count.unwrap_or(1) }),
        }
    }

    /// A look before a noun. `orange` is both a color and a fruit.
    fn look(&mut self) -> Option<&'static str> {
        let Some(Lexeme::Look(look)) = self.peek() else { return None };
        let before_noun =
            matches!(self.peek_at(1), Some(Lexeme::Noun(..) | Lexeme::Look("orange")));
        if !before_noun {
            return None;
        }
        self.next += 1;
        Some(look)
    }

    /// What `the cat` speaks of, if it was mentioned before.
    fn known(
        &self,
        noun: &str,
        look: Option<&str>,
        count: Option<u32>,
    ) -> Result<Option<usize>, Unread> {
        let fits = |object: &Wanted| object.noun == noun && (look.is_none() || object.look == look);
        let objects = self.asked.objects.iter().enumerate();
        let mut known = objects.filter(|(_, object)| fits(object));
        let first = known.next();
        if known.next().is_some() {
            return Err(self.unread());
        }
        let same = first.filter(|(_, object)| count.is_none_or(|count| count == object.count));
        Ok(same.map(|(index, _)| index))
    }

    /// Asks for an object. A second mention with the same count may be the same one.
    fn want(&mut self, wanted: Wanted) -> Result<usize, Unread> {
        let same = |object: &Wanted| object.noun == wanted.noun && object.look == wanted.look;
        if let Some(index) = self.asked.objects.iter().position(same) {
            if self.asked.objects.get(index) != Some(&wanted) {
                return Err(Unread(format!("`{}` is asked for twice", wanted.noun)));
            }
            if let Some(mentions) = self.mentions.get_mut(index) {
                *mentions += 1;
            }
            return Ok(index);
        }
        self.asked.objects.push(wanted);
        self.mentions.push(1);
        Ok(self.asked.objects.len() - 1)
    }

    fn relate(&mut self, subject: usize, kind: Kind, target: Option<usize>) {
        let relation = Relation { subject, kind, target };
        if !self.asked.relations.contains(&relation) {
            self.asked.relations.push(relation);
        }
    }

    fn finish(self) -> Result<Asked, Unread> {
        let asked = self.asked;
        if self.background.is_none() && asked == Asked::default() {
            return Err(Unread("the idea asks for nothing".to_owned()));
        }
        let count = asked.objects.iter().fold(0, |sum: u32, one| sum.saturating_add(one.count));
        if count > MOST_OBJECTS {
            return Err(Unread(format!("more than {MOST_OBJECTS} objects are asked for")));
        }
        for (index, (object, mentions)) in asked.objects.iter().zip(&self.mentions).enumerate() {
            let speaks = |one: &&Relation| one.subject == index || one.target == Some(index);
            let relations = asked.relations.iter().filter(speaks).count();
            // `a cat and a cat` may be one cat or two.
            if asked.absent.contains(&object.noun) || (*mentions > 1 && relations < *mentions) {
                return Err(Unread(format!(
                    "it is not clear how many `{}` there are",
                    object.noun
                )));
            }
        }
        if asked.relations.iter().any(|one| one.target == Some(one.subject)) {
            return Err(Unread("an object would lie so to itself".to_owned()));
        }
        Ok(asked)
    }

    fn peek(&self) -> Option<Lexeme> {
        self.peek_at(0)
    }

    /// What comes some places later. `orange` is the fruit where nothing follows that it colors.
    fn peek_at(&self, offset: usize) -> Option<Lexeme> {
        let at = self.next + offset;
        let lexeme = |index: usize| self.lexemes.get(index).map(|(lexeme, _)| *lexeme);
        match (lexeme(at), lexeme(at + 1)) {
            (Some(Lexeme::Look("orange")), Some(Lexeme::Noun(..) | Lexeme::Look(_))) => lexeme(at),
            (Some(Lexeme::Look("orange")), _) => Some(Lexeme::Noun("orange", false)),
            (found, _) => found,
        }
    }

    fn words(&self, start: usize) -> String {
        let words = self.lexemes.get(start..self.next).unwrap_or_default();
        words.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn unread(&self) -> Unread {
        self.unread_from(self.next.min(self.lexemes.len().saturating_sub(1)))
    }

    fn unread_from(&self, start: usize) -> Unread {
        let rest = self.lexemes.iter().skip(start).take(4).map(|(_, words)| words.as_str());
        Unread(format!("`{}` makes no sense here", rest.collect::<Vec<_>>().join(" ")))
    }
}
