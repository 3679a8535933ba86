//! Texts as prompts get them: quoted line by line, straight from where they are, so that no list of
//! copies is made in between.
//!
//! Under which author's name they stand is said in the prompt itself.

use std::{fmt, sync::Arc};

use minijinja::{
    Value,
    value::{Object, ObjectRepr},
};
use pentimento_model::{QUOTED_BYTES, QuotedLines};

use crate::{Solution, form::LAST};

/// What quoting adds to a line, at a guess.
const AROUND: usize = 8;

/// Texts of strangers, which a prompt can quote, count, and ask whether there are any.
#[derive(Debug, Default)]
pub(crate) struct Told(QuotedLines);

impl Told {
    /// The lines of a text, quoted whole; blank ones are left out. A quoted text has no line breaks.
    pub(crate) fn lines(text: &str) -> Self {
        let mut told = Self(QuotedLines::with_capacity(text.len() + text.len() / AROUND + AROUND));
        told.push_lines(text);
        told
    }

    /// A text as it is, quoted whole on one line, or on several if it is long.
    pub(crate) fn whole(text: &str) -> Self {
        let mut told = Self(QuotedLines::with_capacity(text.len() + AROUND));
        pieces(text).for_each(|piece| told.0.push(piece));
        told
    }

    /// The lines of all texts.
    pub(crate) fn all_lines(texts: &[String]) -> Self {
        let mut told = Self::with_room_for(texts);
        for text in texts {
            told.push_lines(text);
        }
        told
    }

    /// Texts of one line each.
    pub(crate) fn each(texts: &[String]) -> Self {
        let mut told = Self::with_room_for(texts);
        for text in texts {
            told.0.push(text);
        }
        told
    }

    /// The lines of a text in steps, as they are in its [`Solution::text`]; nothing if there is none.
    pub(crate) fn solution(text: Option<&Solution>) -> Self {
        let Some(Solution { steps, answer }) = text else { return Self::default() };
        let mut told = Self::with_room_for(steps);
        for step in steps {
            // Line breaks within a step are spaces there, as they are in what is quoted.
            told.push_line(step.strip_suffix('\r').unwrap_or(step));
        }
        let mut answer = answer.lines();
        if !steps.is_empty() {
            told.push_line(&[LAST, answer.next().unwrap_or_default()].concat());
        }
        answer.for_each(|line| told.push_line(line));
        told
    }

    /// The block under an author's name, written out.
    pub(crate) fn quoted(&self, author: &str) -> String {
        self.0.by(author).to_string()
    }

    fn with_room_for(texts: &[String]) -> Self {
        let bytes = texts.iter().map(|text| text.len() + AROUND).sum();
        Self(QuotedLines::with_capacity(bytes))
    }

    fn push_lines(&mut self, text: &str) {
        text.lines().for_each(|line| self.push_line(line));
    }

    fn push_line(&mut self, line: &str) {
        if !line.chars().all(char::is_whitespace) {
            pieces(line).for_each(|piece| self.0.push(piece));
        }
    }
}

/// A long text in pieces that can be quoted whole: nobody's words are cut short.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (piece, more) = rest.split_at(rest.floor_char_boundary(QUOTED_BYTES));
        rest = more;
        (!piece.is_empty()).then_some(piece)
    })
}

impl Object for Told {
    /// It is no list: what is in it is quoted, or not told at all.
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn enumerator_len(self: &Arc<Self>) -> Option<usize> {
        Some(self.0.len())
    }
}

impl From<Told> for Value {
    fn from(told: Told) -> Self {
        Self::from_object(told)
    }
}

/// The same texts under an author's name: a block that no text in it can close.
#[derive(Debug)]
pub(crate) struct Block {
    told: Arc<Told>,
    author: Value,
}

impl Block {
    pub(crate) fn of(told: Arc<Told>, author: &Value) -> Self {
        Self { told, author: author.clone() }
    }
}

impl Object for Block {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn render(self: &Arc<Self>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.told.0.by(self.author.as_str().unwrap_or_default()), formatter)
    }
}

/// Few values by name: looked through rather than hashed or sorted.
#[derive(Debug)]
pub(crate) struct Named(pub(crate) Vec<(&'static str, Value)>);

impl Object for Named {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        self.0.iter().find(|(name, _)| *name == key).map(|(_, value)| value.clone())
    }
}

impl From<Named> for Value {
    fn from(named: Named) -> Self {
        Self::from_object(named)
    }
}

#[cfg(test)]
mod tests {
    use pentimento_model::quote;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_long_line_is_told_whole_and_blank_ones_are_left_out() {
        let text = format!("{}é\r\n\n \nb", "a".repeat(QUOTED_BYTES - 1));
        let told = Told::lines(&text).0.by("user").to_string();
        assert_eq!(told, quote("user", ["a".repeat(QUOTED_BYTES - 1).as_str(), "é", "b"]));
    }

    #[test]
    fn a_text_of_one_line_stays_one_and_others_do_not() {
        let texts = ["a\nb".to_owned(), " ".to_owned()];
        assert_eq!(Told::each(&texts).0.by("x").to_string(), quote("x", &texts));
        assert_eq!(Told::all_lines(&texts).0.by("x").to_string(), quote("x", ["a", "b"]));
        assert_eq!(Told::whole("a\nb").0.by("x").to_string(), quote("x", ["a\nb"]));
        assert!(Told::solution(None).0.is_empty());
    }

    proptest! {
        #[test]
        fn a_text_in_steps_is_told_as_it_is_kept(
            steps in prop::collection::vec("[a \\r\\n<\"é]{0,6}", 0..4), answer in "[a \\r\\n<é]{0,9}"
        ) {
            let solution = Solution { steps, answer };
            prop_assert_eq!(Told::solution(Some(&solution)).0, Told::lines(&solution.text()).0);
        }
    }
}
