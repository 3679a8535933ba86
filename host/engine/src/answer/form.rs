//! What of an answer is compared: a number with what belongs to it, or the words.

use pentimento_prompts::{MONEY, Piece, Token, pieces};

use super::{
    alike::{ARTICLES, may_touch, unit},
    first_sentence,
    fraction::{Folded, on_one_line},
    in_formula, legible, plain, said,
};

/// Words of an answer that can be a number with what belongs to it, such as `about 18 dollars`.
/// In a longer text a number is one of many things said.
const SHORT: usize = 8;
/// Words that may follow a number that a sentence ends with: `… is 42 miles per hour`.
const UNITS: usize = 3;

/// What stands before a number that a sentence is about, perhaps with one of [`VAGUE`] in between.
const STATES: [&str; 19] = [
    "is", "are", "was", "were", "be", "has", "have", "had", "equals", "equal", "makes", "gives",
    "costs", "cost", "pays", "earns", "needs", "total", "=",
];
const VAGUE: [&str; 9] =
    ["about", "approximately", "around", "exactly", "only", "a", "total", "of", "just"];
const SCALES: [(&str, f64); 6] = [
    ("dozen", 12.0),
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
];
/// What makes another answer of a number before which it stands.
const BOUNDS: [&str; 24] = [
    "less", "more", "fewer", "greater", "smaller", "larger", "higher", "lower", "under", "over",
    "above", "below", "than", "least", "most", "minimum", "maximum", "nearly", "almost", "up",
    "beyond", "plus", "square", "root",
];
/// The same behind it, and what denies it on either side.
const TURNS: [&str; 13] = [
    "or",
    "and",
    "nor",
    "but",
    "half",
    "squared",
    "cubed",
    "factorial",
    "not",
    "least",
    "most",
    "minimum",
    "maximum",
];
const DENIALS: [&str; 7] = ["not", "no", "never", "without", "except", "isn", "aren"];

/// An answer as it is compared.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form {
    /// A number.
    Number {
        /// Its value; negative zero is zero.
        number: f64,
        /// What makes another answer of it: `less than`, `+`.
        firm: Vec<String>,
        /// What it is a number of, which may be left unsaid: `km`.
        loose: Vec<String>,
    },
    /// A text.
    Words(String),
}

impl Form {
    /// What is said in the end.
    pub(super) fn of(answer: &str) -> Self {
        let answer = legible(answer);
        let answer = on_one_line(&answer);
        let (end, is_marked) = said(&answer);
        let end = in_formula(end);
        let sentence = if is_marked { first_sentence(end) } else { end };
        counted(sentence, &Folded::of(&pieces(sentence))).unwrap_or_else(|| Self::Words(words(end)))
    }

    /// The same number of what may be the same, or the same text.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.is_part_of(other) || other.is_part_of(self)
    }

    /// The same, and the other says at least as much of what is counted.
    pub(super) fn is_part_of(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Number { number: one, firm: just_so, loose: less },
                Self::Number { number: two, firm: so, loose: more },
            ) => {
                let mut more = more.iter();
                one.to_bits() == two.to_bits()
                    && just_so == so
                    && less.iter().all(|word| more.any(|known| known == word))
            }
            (one, other) => one == other,
        }
    }
}

/// A sentence as a number, if it is one.
fn counted(sentence: &str, folded: &Folded<'_>) -> Option<Form> {
    let told = folded.pieces.as_slice();
    if is_pair(sentence, told) {
        return None;
    }
    let is_number = |piece: &Piece<'_>| matches!(piece.token, Token::Number(_) | Token::Digits(_));
    let mut places = told.iter().enumerate().filter(|(_, piece)| is_number(piece));
    let (at, _) = places.next()?;
    let is_short = sentence.split_whitespace().nth(SHORT).is_none();
    if places.next().is_some() || !is_short {
        return stated(folded);
    }
    let (before, after) = around(told, at)?;
    let before = match states(before) {
        true if before.iter().any(|piece| is_one_of(piece, &DENIALS)) => return None,
        true => money(before),
        false => before,
    };
    number((folded, at), before, after)
}

/// What stands before and behind a piece, unless it is no piece of its own: `route66`, `2x`.
fn around<'a, 'b>(told: &'a [Piece<'b>], at: usize) -> Option<(&'a [Piece<'b>], &'a [Piece<'b>])> {
    let (before, after) = (told.get(..at)?, told.get(at + 1..)?);
    let word = |piece: &Piece<'b>| match piece.token {
        Token::Word(word) => Some(word),
        _ => None,
    };
    let touches = after.first().filter(|piece| piece.tight).and_then(word);
    let is_touched =
        told.get(at)?.tight && before.last().and_then(word).is_some_and(|word| !is_money(word));
    (!is_touched && touches.is_none_or(may_touch)).then_some((before, after))
}

fn is_money(word: &str) -> bool {
    ["usd", "eur", "gbp"].contains(&&*word.to_lowercase())
}

/// The number that a sentence ends with, if it states it: `3 boxes of 4 eggs are 12 eggs.`
fn stated(folded: &Folded<'_>) -> Option<Form> {
    let told = folded.pieces.as_slice();
    let is_word = |piece: &&Piece<'_>| matches!(piece.token, Token::Word(_));
    let at = told.iter().rposition(|piece| matches!(piece.token, Token::Number(_)))?;
    let (before, after) = around(told, at)?;
    let is_last = after.iter().filter(is_word).count() <= UNITS;
    if !is_last || !states(before) {
        return None;
    }
    number((folded, at), money(before), after)
}

/// The signs of money directly before a number.
fn money<'a, 'b>(before: &'a [Piece<'b>]) -> &'a [Piece<'b>] {
    let others = before.iter().rposition(|piece| !is_money_sign(piece)).map_or(0, |at| at + 1);
    before.get(others..).unwrap_or_default()
}

fn is_money_sign(piece: &Piece<'_>) -> bool {
    matches!(piece.token, Token::Sign(sign) if MONEY.contains(sign))
}

/// A number with what stands around it.
fn number(
    (folded, at): (&Folded<'_>, usize),
    before: &[Piece<'_>],
    after: &[Piece<'_>],
) -> Option<Form> {
    let Token::Number(mut number) = folded.pieces.get(at)?.token else { return None };
    // As much of π is no number of something else.
    if before.iter().chain(after).any(|piece| is_one_of(piece, &["π"])) {
        return None;
    }
    let (mut firm, mut loose) = (Vec::new(), Vec::new());
    let mut before = before;
    if let Some((_, rest)) =
        before.split_last().filter(|(last, _)| is_one_of(last, &["minus", "negative"]))
    {
        (number, before) = (-number, rest);
    }
    let mut after = after;
    if let Some((scale, rest)) =
        after.split_first().and_then(|(first, rest)| Some((scale(first)?, rest)))
    {
        (number, after) = (number * scale, rest);
    }
    for piece in before {
        let turns = [&BOUNDS[..], &DENIALS].iter().any(|words| is_one_of(piece, words));
        sort(piece, turns, &mut firm, &mut loose);
    }
    // Before and behind make a difference: `+5` and `5+`.
    firm.extend((!firm.is_empty()).then(|| "before".to_owned()));
    firm.extend(folded.written(at).map(str::to_owned));
    for (at, piece) in after.iter().enumerate() {
        // `in all` is no inch.
        let is_filler = is_one_of(piece, &["in"])
            && after.get(at + 1).is_some_and(|next| is_one_of(next, &["all", "total"]));
        let turns = is_one_of(piece, &TURNS);
        if !is_filler {
            sort(piece, turns, &mut firm, &mut loose);
        }
    }
    Some(Form::Number { number: number + 0.0, firm, loose })
}

/// Whether a piece beside a number makes another answer of it, or says what it is a number of.
fn sort(piece: &Piece<'_>, turns: bool, firm: &mut Vec<String>, loose: &mut Vec<String>) {
    match piece.token {
        // Some are as vague as `about`.
        Token::Sign('~' | '≈') | Token::Number(_) | Token::Digits(_) | Token::Bracket(_) => {}
        Token::Word(word) if turns || Token::is_firm(word) => firm.push(word.to_lowercase()),
        Token::Sign(sign) if !(MONEY.contains(sign) || "%°/".contains(sign)) => {
            firm.push(sign.to_string());
        }
        Token::Word(_) | Token::Sign(_) => {
            let word = match piece.token {
                Token::Word(word) => unit(word),
                Token::Sign('/') => "per".to_owned(),
                Token::Sign(sign) => unit(&sign.to_string()),
                _ => String::new(),
            };
            loose.extend(word.split_whitespace().map(str::to_owned));
        }
    }
}

/// True if what comes next is stated: `Tom has about …`.
fn states(before: &[Piece<'_>]) -> bool {
    let is_vague = |piece: &Piece<'_>| match piece.token {
        Token::Word(word) => word != "total" && VAGUE.contains(&&*word.to_lowercase()),
        Token::Bracket(_) => true,
        _ => is_money_sign(piece),
    };
    let Some(at) = before.iter().rposition(|piece| !is_vague(piece)) else { return false };
    let of = |at: usize, words| before.get(at).is_some_and(|piece| is_one_of(piece, words));
    // `<=` bounds.
    of(at, &STATES) && !(of(at, &["="]) && at > 0 && of(at - 1, &["<", ">", "!"]))
}

fn is_one_of(piece: &Piece<'_>, words: &[&str]) -> bool {
    match piece.token {
        Token::Word(word) => words.contains(&&*word.to_lowercase()),
        Token::Sign(sign) => words.contains(&&*sign.to_string()),
        _ => false,
    }
}

/// By how much a number is multiplied that stands before this: `1.2 million`.
fn scale(after: &Piece<'_>) -> Option<f64> {
    SCALES.iter().find(|(name, _)| is_one_of(after, &[name])).map(|(_, times)| *times)
}

/// True of two things in brackets, of which one is a number at least: `(1, 2)`, `[0, ∞)`.
fn is_pair(text: &str, told: &[Piece<'_>]) -> bool {
    let is_bracket = |piece: &&Piece<'_>| matches!(piece.token, Token::Bracket(_));
    let is_number = |piece: &Piece<'_>| matches!(piece.token, Token::Number(_) | Token::Sign('∞'));
    let [first, within @ .., last] = told else { return false };
    let enclosed =
        is_bracket(&first) && is_bracket(&last) && !within.iter().any(|one| is_bracket(&one));
    // Thousands are one thing: `(1,000)`.
    let are_two = within.len() > 1 && text.matches([',', ';']).count() == 1;
    enclosed && are_two && within.iter().any(is_number)
}

/// A text without case, punctuation and articles.
fn words(text: &str) -> String {
    let told = pieces(text);
    let has = |signs: &str| {
        told.iter().any(|piece| match piece.token {
            Token::Sign(sign) | Token::Bracket(sign) => signs.contains(sign),
            _ => false,
        })
    };
    let count = |wanted: &[char]| text.matches(wanted).count();
    // In what is calculated brackets count, and those of a pair: a point, an interval with its ends or without.
    let counts = has("+-*/^=<>") || count(&['[']) != count(&[']']) || is_pair(text, &told);
    let kept: Vec<&Piece<'_>> =
        told.iter().filter(|piece| counts || !matches!(piece.token, Token::Bracket(_))).collect();
    let mut said: Vec<String> = Vec::new();
    for (at, piece) in kept.iter().enumerate() {
        said.push(match piece.token {
            Token::Number(number) => (number + 0.0).to_string(),
            Token::Digits(digits) => digits.to_owned(),
            Token::Sign(sign) | Token::Bracket(sign) => sign.to_string(),
            Token::Word(word) => {
                // `A` within a text is a name: of an option, or of a vitamin.
                let is_article = ARTICLES.contains(&&*word.to_lowercase())
                    && (at == 0 || word.chars().all(char::is_lowercase));
                let next = kept.get(at + 1).map(|next| next.token);
                let before_a_word =
                    matches!(next, Some(Token::Word(next)) if next.chars().count() > 1);
                if is_article && before_a_word {
                    continue;
                }
                Token::name(word).replace('.', "").to_lowercase()
            }
        });
    }
    // What has nothing else is what it is: `!`.
    if said.is_empty() { plain(text) } else { said.join(" ") }
}
