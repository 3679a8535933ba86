//! Words as they are compared: split by Unicode's rules (UAX #29), in lower case, without endings.

use std::{
    collections::HashMap,
    fmt,
    sync::{Mutex, PoisonError},
};

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
pub struct Words {
    stemmer: Option<Stemmer>,
    /// Stems that were found before: a language has few words that come often.
    stems: Mutex<HashMap<String, String>>,
}

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
            "none" => return Ok(Self::with(None)),
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
        Ok(Self::with(Some(Stemmer::create(algorithm))))
    }

    fn with(stemmer: Option<Stemmer>) -> Self {
        Self { stemmer, stems: Mutex::default() }
    }
}

impl Tokenizer for Words {
    fn tokenize(&self, text: &str) -> Vec<String> {
        let words = text.unicode_words().map(str::to_lowercase);
        let Some(stemmer) = &self.stemmer else { return words.collect() };
        let mut stems = self.stems.lock().unwrap_or_else(PoisonError::into_inner);
        let stem = |word: String| {
            if let Some(stem) = stems.get(&word) {
                return stem.clone();
            }
            let stem = stemmer.stem(&word).into_owned();
            stems.insert(word, stem.clone());
            stem
        };
        words.map(stem).collect()
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
