//! Words as they are compared: split by Unicode's rules (UAX #29), in lower case, without endings.

use std::fmt;

use bm25::Tokenizer;
use rust_stemmers::{Algorithm, Stemmer};
use unicode_segmentation::UnicodeSegmentation;

/// Languages whose endings are known (Snowball's stemmers), and `none`.
pub const LANGUAGES: [&str; 12] = [
    "danish",
    "dutch",
    "english",
    "finnish",
    "french",
    "german",
    "italian",
    "none",
    "norwegian",
    "portuguese",
    "spanish",
    "swedish",
];

/// Splits a text into words.
pub struct Words(Option<Stemmer>);

impl Words {
    /// Those of a language, or what is wrong with its name.
    pub fn of(language: &str) -> Result<Self, String> {
        let algorithm = match language.trim() {
            "danish" => Algorithm::Danish,
            "dutch" => Algorithm::Dutch,
            "english" => Algorithm::English,
            "finnish" => Algorithm::Finnish,
            "french" => Algorithm::French,
            "german" => Algorithm::German,
            "italian" => Algorithm::Italian,
            "none" => return Ok(Self(None)),
            "norwegian" => Algorithm::Norwegian,
            "portuguese" => Algorithm::Portuguese,
            "spanish" => Algorithm::Spanish,
            "swedish" => Algorithm::Swedish,
            other => {
                let other: String = other.chars().take(64).collect();
                let (other, known) = (other.escape_debug(), LANGUAGES.join(", "));
                return Err(format!("`language` is `{other}`, which is none of {known}"));
            }
        };
        Ok(Self(Some(Stemmer::create(algorithm))))
    }
}

impl Tokenizer for Words {
    fn tokenize(&self, text: &str) -> Vec<String> {
        let words = text.unicode_words().map(str::to_lowercase);
        match &self.0 {
            Some(stemmer) => words.map(|word| stemmer.stem(&word).into_owned()).collect(),
            None => words.collect(),
        }
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Words")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_case_make_no_other_word() {
        let words = |language, text| Words::of(language).unwrap().tokenize(text);
        assert_eq!(
            words("english", "The apples' Connection"),
            words("english", "the APPLE connected")
        );
        assert_eq!(words("none", "Don't 3.14"), ["don't", "3.14"]);
        assert_eq!(words("german", "Häuser"), words("german", "HAUS"));
        for language in LANGUAGES {
            assert!(Words::of(language).is_ok(), "{language}");
        }
        assert!(Words::of("klingon").unwrap_err().contains("none of danish"));
    }
}
