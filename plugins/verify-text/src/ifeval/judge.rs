//! Whether a text follows an instruction, as the published checker defines it.
//!
//! Markup is found by `markdown`, words are cut by `tokens`; what deviates is told in the README.

use std::ops::Range;

use super::{Instruction, Rule, markdown, tokens};
use crate::{
    bounds::Bounds,
    document,
    judge::{case, counted, forbidden, places},
    language::Language,
    phrase::{Phrase, is_word_character, lower},
    report::brief,
    ruling::{Ruling, Standing},
    sentence,
};

/// The answers `IFEval` allows where it constrains the response.
const ANSWERS: [&str; 3] = ["My answer is yes.", "My answer is no.", "My answer is maybe."];

impl Instruction {
    /// The ruling on this instruction for a text. A blank text follows none.
    pub fn judge(&self, text: &str) -> Ruling {
        if text.trim().is_empty() {
            return Ruling::new(false, "a response", "the text is blank");
        }
        self.rule.judge(text)
    }
}

impl Rule {
    fn judge(&self, text: &str) -> Ruling {
        match self {
            Self::Keywords(keywords) => existence(keywords, text),
            Self::KeywordFrequency(keyword, bounds) => {
                let what = format!("of `{}`", brief(keyword.text()));
                places(*bounds, &what, &keyword.places(text))
            }
            Self::ForbiddenWords(words) => forbidden(words, text),
            Self::LetterFrequency(letter, bounds) => {
                let places_of = Phrase::new(letter.to_string(), true, false).places(text);
                places(*bounds, &format!("of the letter `{letter}`"), &places_of)
            }
            Self::ResponseLanguage(language) => language.judge(text),
            Self::Sentences(bounds) => {
                let found = sentence::as_in_ifeval(text);
                places(*bounds, "sentences", &found)
            }
            Self::Paragraphs(paragraphs) => divided(*paragraphs, text),
            Self::Words(bounds) => words(*bounds, text),
            Self::NthParagraphFirstWord { paragraphs, nth, word } => {
                first_word(*paragraphs, *nth, word, text)
            }
            Self::Placeholders(least) => {
                let found = markdown::placeholders(text);
                places(Bounds::at_least(*least), "placeholders such as [address]", &found)
            }
            Self::Postscript(marker) => postscript(marker, text),
            Self::BulletLists(count) => {
                places(Bounds::exactly(*count), "bullets", &markdown::bullets(text))
            }
            Self::HighlightedSections(least) => {
                let wanted = format!("{} *highlighted sections*", Bounds::at_least(*least));
                counted(Bounds::at_least(*least), markdown::highlights(text), wanted, None)
            }
            Self::MultipleSections { splitter, sections } => {
                let found = markdown::sections(text, splitter);
                places(Bounds::at_least(*sections), &format!("sections `{splitter} X`"), &found)
            }
            Self::JsonFormat => match document::parse(text, true) {
                Ok(_) => Ruling::new(true, "JSON", "JSON"),
                Err(cause) => Ruling::new(false, "JSON", format!("no JSON: {cause}")),
            },
            Self::Title => title(text),
            Self::TwoResponses => two_responses(text),
            Self::CapitalWordFrequency(bounds) => {
                let wanted = format!("{bounds} words in capital letters");
                counted(*bounds, tokens::capital_words(text), wanted, None)
            }
            Self::EnglishCapital => english(text, true),
            Self::EnglishLowercase => english(text, false),
            Self::NoComma => places(Bounds::exactly(0), "commas", &commas(text)),
            Self::ConstrainedResponse
            | Self::RepeatPrompt(_)
            | Self::EndChecker(_)
            | Self::Quotation => self.ends(text),
        }
    }

    /// Rules about how a text starts and ends.
    fn ends(&self, text: &str) -> Ruling {
        let text = text.trim();
        match self {
            Self::RepeatPrompt(prompt) => {
                let wanted = format!("starts with `{}`", brief(prompt));
                let holds = lower(text).starts_with(&lower(prompt.trim()));
                Ruling::new(holds, wanted, format!("starts with `{}`", brief(text)))
            }
            Self::EndChecker(phrase) => {
                let wanted = format!("ends with `{}`", brief(phrase));
                let holds = lower(text.trim_matches('"')).ends_with(&lower(phrase.trim()));
                Ruling::new(holds, wanted, format!("ends with `{}`", last_words(text)))
            }
            Self::Quotation => {
                let holds = text.len() > 1 && text.starts_with('"') && text.ends_with('"');
                let seen = if holds { "it is" } else { "it is not" };
                Ruling::new(holds, "the whole text between double quotation marks", seen)
            }
            _ => {
                let answer = ANSWERS.iter().find(|answer| text.contains(**answer));
                let wanted = format!("one of `{}`", ANSWERS.join("`, `"));
                let seen = answer.map_or("none of them".to_owned(), |answer| format!("`{answer}`"));
                Ruling::new(answer.is_some(), wanted, seen)
            }
        }
    }
}

fn existence(keywords: &[Phrase], text: &str) -> Ruling {
    let list = |phrases: &[&str]| format!("`{}`", brief(&phrases.join("`, `")));
    let all: Vec<&str> = keywords.iter().map(Phrase::text).collect();
    let absent = keywords.iter().filter(|keyword| keyword.places(text).is_empty());
    let absent: Vec<&str> = absent.map(Phrase::text).collect();
    let seen = if absent.is_empty() {
        "all are there".to_owned()
    } else {
        format!("{} absent", list(&absent))
    };
    Ruling::new(absent.is_empty(), format!("all of {}", list(&all)), seen)
}

/// Paragraphs between `***`.
fn divided(wanted: u64, text: &str) -> Ruling {
    let parts: Vec<&str> = text.split("***").collect();
    let blank = |part: &&str| part.trim().is_empty();
    let inner = parts.get(1..parts.len().saturating_sub(1)).unwrap_or_default();
    let words = format!("exactly {wanted} paragraphs divided by ***");
    if inner.iter().any(blank) {
        return Ruling::new(false, words, "nothing between two dividers");
    }
    let count = parts.iter().filter(|part| !blank(part)).count() as u64;
    counted(Bounds::exactly(wanted), count, words, None)
}

/// Runs of letters, digits and `_`.
fn words(bounds: Bounds, text: &str) -> Ruling {
    let count = text.split(|character| !is_word_character(character)).filter(|run| !run.is_empty());
    counted(bounds, count.count() as u64, format!("{bounds} words"), None)
}

fn first_word(paragraphs: u64, nth: u64, word: &str, text: &str) -> Ruling {
    let parts: Vec<&str> = text.split("\n\n").collect();
    let count = parts.iter().filter(|part| !part.trim().is_empty()).count() as u64;
    let wanted =
        format!("exactly {paragraphs} paragraphs, the {nth}. starting with `{}`", brief(word));
    let at = usize::try_from(nth - 1).ok().filter(|_| nth <= count);
    let paragraph = at.and_then(|at| parts.get(at)).map(|part| part.trim()).unwrap_or_default();
    let piece = paragraph.split_whitespace().next().unwrap_or_default();
    let piece = piece.trim_start_matches('\'').trim_start_matches('"');
    let end = piece.find(['.', ',', '?', '!', '\'', '"']).unwrap_or(piece.len());
    let found = lower(piece.get(..end).unwrap_or_default());
    let seen = format!("counted {count}, the {nth}. starting with `{}`", brief(&found));
    Ruling::new(count == paragraphs && found == word, wanted, seen)
}

fn postscript(marker: &str, text: &str) -> Ruling {
    let text = lower(text);
    let holds = match marker {
        "P.P.S" => markdown::has_spaced(&text, &["p.", "p.", "s"]),
        "P.S." => markdown::has_spaced(&text, &["p.", "s."]),
        other => text.contains(&lower(other)),
    };
    let seen = if holds { "there is one" } else { "there is none" };
    Ruling::new(holds, format!("a postscript `{}`", brief(marker)), seen)
}

fn title(text: &str) -> Ruling {
    let title = markdown::title(text);
    let seen = title.map_or("there is none".to_owned(), |title| format!("`{}`", brief(title)));
    Ruling::new(title.is_some(), "a <<title>>", seen)
}

fn two_responses(text: &str) -> Ruling {
    let wanted = "two different responses divided by ******";
    let parts: Vec<&str> = text.split("******").map(str::trim).collect();
    let inner = parts.get(1..parts.len().saturating_sub(1)).unwrap_or_default();
    if inner.iter().any(|part| part.is_empty()) {
        return Ruling::new(false, wanted, "nothing between two dividers");
    }
    let responses: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    match responses.as_slice() {
        [one, other] if one == other => Ruling::new(false, wanted, "twice the same"),
        [_, _] => Ruling::new(true, wanted, "two"),
        others => Ruling::new(false, wanted, format!("counted {}", others.len())),
    }
}

/// In one case throughout, and English.
fn english(text: &str, upper: bool) -> Ruling {
    let letters = case(text, upper);
    if letters.standing == Standing::Broken {
        return letters;
    }
    let language = Language::ENGLISH.judge(text);
    let wanted = format!("{}, {}", letters.wanted, language.wanted);
    Ruling { wanted, ..language }
}

fn commas(text: &str) -> Vec<Range<usize>> {
    text.match_indices(',').map(|(at, comma)| at..at + comma.len()).collect()
}

/// The end of a text, for a quotation.
fn last_words(text: &str) -> String {
    let skipped = text.chars().count().saturating_sub(40);
    brief(&text.chars().skip(skipped).collect::<String>())
}
