//! Which language a text is written in.
//!
//! The crate `whatlang` compares trigrams; it does not know Swahili, which is told by its most
//! frequent words instead.

use whatlang::Lang;

use crate::{
    measure::words,
    phrase::lower,
    ruling::{Ruling, Standing},
};

/// Frequent little words of Swahili.
const SWAHILI: [&str; 33] = [
    "ambao", "ambayo", "baada", "bila", "cha", "hadi", "hii", "hivyo", "hiyo", "hizo", "huu",
    "kabla", "kama", "katika", "kila", "kutoka", "kuwa", "kwa", "lakini", "mtu", "na", "ni", "pia",
    "vya", "wa", "wake", "wangu", "watu", "wetu", "ya", "yake", "yetu", "zake",
];

/// In running Swahili about one word in five is one of [`SWAHILI`]; in no other language one in
/// ten is.
const SWAHILI_SHARE: usize = 10;

/// Fewer words than this tell nothing about Swahili.
const FEWEST_WORDS: usize = 5;

/// ISO 639-1 codes of the languages that can be told, with the detector's ISO 639-3 codes.
const CODES: [(&str, &str); 71] = [
    ("af", "afr"),
    ("ak", "aka"),
    ("am", "amh"),
    ("ar", "ara"),
    ("az", "aze"),
    ("be", "bel"),
    ("bg", "bul"),
    ("bn", "ben"),
    ("ca", "cat"),
    ("cs", "ces"),
    ("cy", "cym"),
    ("da", "dan"),
    ("de", "deu"),
    ("el", "ell"),
    ("en", "eng"),
    ("eo", "epo"),
    ("es", "spa"),
    ("et", "est"),
    ("fa", "pes"),
    ("fi", "fin"),
    ("fr", "fra"),
    ("gu", "guj"),
    ("he", "heb"),
    ("hi", "hin"),
    ("hr", "hrv"),
    ("hu", "hun"),
    ("hy", "hye"),
    ("id", "ind"),
    ("it", "ita"),
    ("ja", "jpn"),
    ("jv", "jav"),
    ("ka", "kat"),
    ("km", "khm"),
    ("kn", "kan"),
    ("ko", "kor"),
    ("la", "lat"),
    ("lt", "lit"),
    ("lv", "lav"),
    ("mk", "mkd"),
    ("ml", "mal"),
    ("mr", "mar"),
    ("my", "mya"),
    ("nb", "nob"),
    ("ne", "nep"),
    ("nl", "nld"),
    ("no", "nob"),
    ("or", "ori"),
    ("pa", "pan"),
    ("pl", "pol"),
    ("pt", "por"),
    ("ro", "ron"),
    ("ru", "rus"),
    ("si", "sin"),
    ("sk", "slk"),
    ("sl", "slv"),
    ("sn", "sna"),
    ("sr", "srp"),
    ("sv", "swe"),
    ("ta", "tam"),
    ("te", "tel"),
    ("th", "tha"),
    ("tk", "tuk"),
    ("tl", "tgl"),
    ("tr", "tur"),
    ("uk", "ukr"),
    ("ur", "urd"),
    ("uz", "uzb"),
    ("vi", "vie"),
    ("yi", "yid"),
    ("zh", "cmn"),
    ("zu", "zul"),
];

/// A language that can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// One the detector knows.
    Detected(Lang),
    /// Swahili.
    Swahili,
}

impl Language {
    /// English.
    pub const ENGLISH: Self = Self::Detected(Lang::Eng);

    /// The language with this ISO 639-1 code; the error names the codes there are.
    pub fn from_code(code: &str) -> Result<Self, String> {
        if code == "sw" {
            return Ok(Self::Swahili);
        }
        let known = CODES.iter().find(|(short, _)| *short == code);
        known.and_then(|(_, long)| Lang::from_code(*long)).map(Self::Detected).ok_or_else(|| {
            let codes: Vec<&str> = CODES.iter().map(|(short, _)| *short).collect();
            format!("`{code}` is none of the languages that can be told: {}, sw", codes.join(", "))
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Detected(lang) => lang.eng_name(),
            Self::Swahili => "Swahili",
        }
    }

    /// Whether the text is in this language; undecided if the text is too short or too mixed to
    /// tell.
    pub fn judge(self, text: &str) -> Ruling {
        let wanted = format!("a text in {}", self.name());
        if self == Self::Swahili {
            return swahili(text, &wanted);
        }
        let Some(info) = whatlang::detect(text) else {
            return Ruling::undecided(wanted, "no letters to tell a language by");
        };
        let seen =
            format!("looks like {} (certainty {:.2})", info.lang().eng_name(), info.confidence());
        if Self::Detected(info.lang()) == self {
            return Ruling::new(true, wanted, seen);
        }
        if is_swahili(text) {
            return Ruling::new(false, wanted, "looks like Swahili by its frequent words");
        }
        let own_script = match self {
            Self::Detected(lang) => info.script().langs().contains(&lang),
            Self::Swahili => true,
        };
        let sure = info.is_reliable() || !own_script;
        let standing = if sure { Standing::Broken } else { Standing::Undecided };
        Ruling { standing, ..Ruling::new(false, wanted, seen) }
    }
}

fn swahili(text: &str, wanted: &str) -> Ruling {
    let (frequent, all) = frequent_words(text);
    if all < FEWEST_WORDS {
        return Ruling::undecided(wanted, format!("{all} words are too few to tell Swahili by"));
    }
    let seen = format!("{frequent} of {all} words are frequent words of Swahili");
    Ruling::new(is_swahili(text), wanted, seen)
}

fn is_swahili(text: &str) -> bool {
    let (frequent, all) = frequent_words(text);
    all >= FEWEST_WORDS && frequent * SWAHILI_SHARE >= all
}

/// How many words are in [`SWAHILI`], and how many words there are.
fn frequent_words(text: &str) -> (usize, usize) {
    let (mut frequent, mut all) = (0, 0);
    for word in words(text).filter_map(|place| text.get(place)) {
        let word = lower(word.trim_matches(|character: char| !character.is_alphanumeric()));
        frequent += usize::from(SWAHILI.contains(&word.as_str()));
        all += 1;
    }
    (frequent, all)
}
