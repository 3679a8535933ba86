//! One clause of an idea: objects with where they are, a background, or what must be absent.

use pentimento_model::RelationKind;

use super::{lexicon::Lexeme, parser::Parser};
use crate::ReadError;

/// An object that was mentioned: its entries in the constraints. More than one where the same noun
/// was asked for in several colors.
pub(super) type Group = Vec<usize>;

impl Parser<'_> {
    /// One clause.
    pub(super) fn clause(&mut self) -> Result<(), ReadError> {
        if self.take_background()? {
            return self.subject_after_background();
        }
        match self.peek() {
            Some(Lexeme::Without) => self.negation(),
            Some(Lexeme::Side(kind)) => {
                self.skip();
                self.fronted_comma();
                let group = self.mention()?;
                self.builder.put_on_side(&group, kind);
                self.tails(&group)
            }
            Some(Lexeme::Relation(kind)) => self.fronted(kind),
            Some(Lexeme::On) => self.fronted(RelationKind::OnTopOf),
            _ => {
                let group = self.mention()?;
                self.tails(&group)
            }
        }
    }

    /// `above the cat there is a kite`
    fn fronted(&mut self, kind: RelationKind) -> Result<(), ReadError> {
        self.skip();
        let target = self.mention()?;
        self.fronted_comma();
        let subject = self.mention()?;
        self.builder.relate(&subject, kind, &target);
        self.tails(&subject)
    }

    /// What may stand between a fronted place and its object: `, there is`.
    fn fronted_comma(&mut self) {
        while matches!(self.peek(), Some(Lexeme::Break | Lexeme::ThereIs | Lexeme::Be)) {
            self.skip();
        }
    }

    /// `on a beach two cats` needs no comma.
    fn subject_after_background(&mut self) -> Result<(), ReadError> {
        self.take(Lexeme::Be);
        if !self.mention_ahead() {
            return Ok(());
        }
        let group = self.mention()?;
        self.tails(&group)
    }

    /// If a background phrase is at the cursor (`in the snow`, `a beach scene`), how many lexemes
    /// it has and which background it asks for.
    pub(super) fn background_ahead(&self) -> Option<(usize, &'static str)> {
        let mut length = 0;
        for step in [&[Lexeme::On, Lexeme::In][..], &[Lexeme::Article, Lexeme::The]] {
            if self.peek_at(length).is_some_and(|lexeme| step.contains(&lexeme)) {
                length += 1;
            }
        }
        match self.peek_at(length) {
            Some(Lexeme::Background(name)) => Some((length + 1, name)),
            _ => None,
        }
    }

    /// Reads a background phrase if there is one.
    fn take_background(&mut self) -> Result<bool, ReadError> {
        let Some((length, name)) = self.background_ahead() else { return Ok(false) };
        self.builder.set_background(name)?;
        (0..length).for_each(|_| self.skip());
        self.take(Lexeme::Medium);
        Ok(true)
    }

    /// Everything that says where the group is. A second place may follow after `and`.
    fn tails(&mut self, group: &Group) -> Result<(), ReadError> {
        loop {
            let mark = self.mark();
            while matches!(self.peek(), Some(Lexeme::And | Lexeme::Break)) {
                self.skip();
            }
            let parted = self.mark() != mark;
            let mut verb = false;
            while self.take(Lexeme::Be) {
                verb = true;
            }
            let fronted = parted && !verb && self.begins_next_clause();
            if fronted || !self.tail(group)? {
                if verb {
                    return Err(self.unplaced());
                }
                self.back_to(mark);
                return Ok(());
            }
        }
    }

    /// After a comma or `and`, true if a place belongs to an object that follows it:
    /// `and on the right a dog`.
    fn begins_next_clause(&self) -> bool {
        let after_comma = |offset: usize| {
            let skipped = matches!(self.peek_at(offset), Some(Lexeme::Break));
            self.peek_at(offset + usize::from(skipped))
        };
        match self.peek() {
            Some(Lexeme::Side(_)) => after_comma(1).is_some_and(|lexeme| {
                lexeme == Lexeme::ThereIs || lexeme == Lexeme::Be || begins_mention(lexeme)
            }),
            // `, on a beach` is read by `take_background`, whichever clause it is in.
            Some(Lexeme::On | Lexeme::In) => self.background_ahead().is_some(),
            _ => false,
        }
    }

    /// One place of the group; false if there is none at the cursor.
    fn tail(&mut self, group: &Group) -> Result<bool, ReadError> {
        match self.peek() {
            Some(Lexeme::Side(kind)) => {
                self.skip();
                self.builder.put_on_side(group, kind);
                Ok(true)
            }
            Some(Lexeme::Relation(kind)) => {
                self.skip();
                self.relation(group, kind)
            }
            Some(Lexeme::On) if self.background_ahead().is_none() => {
                self.skip();
                self.relation(group, RelationKind::OnTopOf)
            }
            Some(Lexeme::On | Lexeme::In) => self.take_background(),
            _ => Ok(false),
        }
    }

    /// The other end of a relation. A thing above a background is at the top of the picture.
    fn relation(&mut self, group: &Group, kind: RelationKind) -> Result<bool, ReadError> {
        if self.background_ahead().is_some() {
            match kind {
                RelationKind::Above => self.builder.put_on_side(group, RelationKind::Above),
                RelationKind::OnTopOf => {}
                _ => return Err(self.unplaced()),
            }
            return self.take_background();
        }
        let target = self.mention()?;
        self.builder.relate(group, kind, &target);
        Ok(true)
    }

    /// `without cats, dogs or birds`
    fn negation(&mut self) -> Result<(), ReadError> {
        self.skip();
        let has_article = self.absent_noun()?;
        loop {
            let mark = self.mark();
            let mut joined = false;
            let mut by_or = false;
            while let Some(lexeme @ (Lexeme::Or | Lexeme::And | Lexeme::Break)) = self.peek() {
                joined = true;
                by_or |= lexeme == Lexeme::Or;
                self.skip();
            }
            let again_without = joined && self.take(Lexeme::Without);
            let article_ahead = self.peek() == Some(Lexeme::Article);
            if article_ahead && joined && !by_or && has_article && !again_without {
                return Err(self.unclear_negation(mark));
            }
            let bare = matches!(self.peek(), Some(Lexeme::Any | Lexeme::Noun(..)));
            let goes_on = again_without || by_or || (joined && bare);
            if !goes_on {
                self.back_to(mark);
                return Ok(());
            }
            self.absent_noun()?;
        }
    }

    /// `without a cat and a dog`: with the dog or without?
    fn unclear_negation(&self, mark: usize) -> ReadError {
        ReadError::Unsupported {
            what: format!("`{} …` after `without` can be read both ways", self.words_since(mark)),
            instead: "write `and no …` for what must be absent, and put what is wanted first"
                .to_owned(),
        }
    }

    /// `any cats`; true if it had an article.
    fn absent_noun(&mut self) -> Result<bool, ReadError> {
        self.take(Lexeme::Any);
        let has_article = self.take(Lexeme::Article);
        let mark = self.mark();
        if let Some(Lexeme::Attribute(_) | Lexeme::Orange) = self.peek()
            && let Some(Lexeme::Noun(..)) = self.peek_at(1)
        {
            self.skip();
            self.skip();
            return Err(ReadError::Unsupported {
                what: format!(
                    "`{}` cannot be ruled out by color or material",
                    self.words_since(mark)
                ),
                instead: "rule out the object as a whole, or ask for the color it shall have"
                    .to_owned(),
            });
        }
        let Some(noun) = self.noun_at_cursor() else { return Err(self.unplaced()) };
        self.skip();
        self.builder.forbid(noun);
        Ok(has_article)
    }
}

/// True for lexemes that an object may begin with.
pub(super) fn begins_mention(lexeme: Lexeme) -> bool {
    matches!(
        lexeme,
        Lexeme::Noun(..)
            | Lexeme::Attribute(_)
            | Lexeme::Orange
            | Lexeme::Count(_)
            | Lexeme::Article
            | Lexeme::The
            | Lexeme::Another
            | Lexeme::Vague
    )
}
