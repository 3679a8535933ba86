//! Keys: put into one header, kept from whoever prints, taken out of what servers say.
//!
//! A server knows the key it was given; an honest one that repeats it must not get it into an
//! error, a journal or a report. Repeated in another form, as far as `forms` knows any, it is found too.

mod forms;

use std::{
    borrow::Cow,
    fmt,
    sync::{Arc, OnceLock},
};

use pentimento_model::{clean, cleaned};
use regex::Regex;
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;

use crate::limits;

/// What stands where a key stood.
const HIDDEN: &str = "•••";

/// The fewest bytes of a key: taking fewer out of every text would garble the texts, and tell what
/// the key is to whoever tries all.
const FEWEST_BYTES: usize = 8;

/// A key. Cheap to clone; never printed. It is wiped from memory at the end; the pattern that finds it,
/// which is made where a text is first searched, is only given back.
#[derive(Clone)]
pub struct Secret(Arc<Hidden>);

struct Hidden {
    key: SecretString,
    pattern: OnceLock<Option<Regex>>,
}

/// Why a text is no key. The text is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BadSecret {
    /// Fewer than 8 characters.
    #[error("it has fewer than {FEWEST_BYTES} characters")]
    Short,
    /// Not in one line of visible ASCII.
    #[error("it holds a space, a line break or a character outside ASCII")]
    Invisible,
}

impl Secret {
    /// A key as it stands in the environment; white space around it is not part of it.
    pub fn new(text: &str) -> Result<Self, BadSecret> {
        let text = text.trim();
        if text.len() < FEWEST_BYTES {
            return Err(BadSecret::Short);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(BadSecret::Invisible);
        }
        let key = SecretString::from(text);
        Ok(Self(Arc::new(Hidden { key, pattern: OnceLock::new() })))
    }

    /// What finds it in every form; `None` if no such pattern can be made.
    fn pattern(&self) -> Option<&Regex> {
        let make = || {
            let whole = self.exposed();
            // Of `user:password` each part is a secret, and the password the more so.
            let parts = whole.split(':').filter(|part| part.len() >= FEWEST_BYTES);
            let mut texts: Vec<&str> = std::iter::once(whole).chain(parts).collect();
            texts.dedup();
            forms::pattern(&texts).ok()
        };
        self.0.pattern.get_or_init(make).as_ref()
    }

    /// The key itself, for the header and nothing else.
    pub(crate) fn exposed(&self) -> &str {
        self.0.key.expose_secret()
    }

    /// A text that is kept as it is, without the key. If the key shows only once the invisible is
    /// taken out, that is taken out.
    pub(crate) fn hide_anywhere_in(&self, text: &str) -> String {
        let hidden = self.hide_in(text);
        // Where nothing is invisible, everything was searched.
        if let Cow::Owned(visible) = cleaned(&hidden)
            && let Cow::Owned(safe) = self.hide_in(&visible)
        {
            return safe;
        }
        hidden.into_owned()
    }

    /// The text without the key: itself, if that is not in it. What cannot be searched is not shown.
    fn hide_in<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.pattern() {
            Some(pattern) => pattern.replace_all(text, HIDDEN),
            None => Cow::Borrowed(HIDDEN),
        }
    }

    /// Bytes that were not read to their end, as they may be kept: the end may be a piece of the key.
    pub(crate) fn hide_in_beginning(&self, bytes: &[u8]) -> Vec<u8> {
        // A key that is whole is found first, so that none is cut here.
        self.without_end(self.hide_anywhere_in(&String::from_utf8_lossy(bytes))).into_bytes()
    }

    /// A text whose whole keys are hidden, without what may be a piece of one at its end.
    fn without_end(&self, mut text: String) -> String {
        let given_up = text.chars().rev().take(self.longest()).map(char::len_utf8).sum::<usize>();
        text.truncate(text.len() - given_up);
        text
    }

    /// So many characters at a cut may be a piece of the key, in its longest form.
    fn longest(&self) -> usize {
        self.exposed().len().saturating_mul(forms::LONGEST)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Secret({HIDDEN})")
    }
}

/// A stranger's words as an error may show them: one line, without the key, not too long.
/// Cleaned first, since a mark that nobody sees could split the key.
pub(crate) fn shown(text: &str, secret: Option<&Secret>) -> String {
    let text = cleaned(text);
    let text = secret.map_or(Cow::Borrowed(&*text), |secret| secret.hide_in(&text));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(limits::SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// Bytes of which only the beginning was read: the end may be a piece of the key, so as many
/// characters as the key has are given up.
pub(crate) fn shown_beginning(bytes: &[u8], whole: bool, secret: Option<&Secret>) -> String {
    let mut text = clean(&String::from_utf8_lossy(bytes));
    if let Some(secret) = secret.filter(|_| !whole) {
        text = secret.without_end(secret.hide_in(&text).into_owned());
    }
    shown(&text, secret)
}

/// Bytes of which only the end was kept: the beginning may be a piece of the key, so as many
/// characters as the key has are given up. Of what is left, the end is shown.
pub(crate) fn shown_end(bytes: &[u8], whole: bool, secret: Option<&Secret>) -> String {
    let mut text = clean(&String::from_utf8_lossy(bytes));
    if let Some(secret) = secret {
        text = secret.hide_in(&text).into_owned();
        if !whole {
            text = text.chars().skip(secret.longest()).collect();
        }
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().rev().nth(limits::SHOWN_CHARS - ROOM) {
        Some((cut, one)) => format!("…{}", text.get(cut + one.len_utf8()..).unwrap_or_default()),
        None => text,
    }
}

/// What stands before a program's words in an error, in characters, with room to spare: the whole is
/// cut at its end.
const ROOM: usize = 16;

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use proptest::prelude::*;

    use super::*;

    const KEY: &str = "sk-Proj_0123456789";

    /// One for all: a pattern takes a while to make where nothing is optimized.
    fn secret() -> Secret {
        static SECRET: OnceLock<Secret> = OnceLock::new();
        SECRET.get_or_init(|| Secret::new(KEY).unwrap()).clone()
    }

    #[test]
    fn a_key_is_never_printed() {
        assert_eq!(format!("{:?} {:#?}", secret(), Some(secret())).matches(KEY).count(), 0);
    }

    #[test]
    fn a_piece_of_a_key_at_a_cut_is_not_kept() {
        let text = format!("{}{KEY} and {KEY}", "long ".repeat(200));
        for end in (text.len() - KEY.len() - 6)..=text.len() {
            let kept = secret().hide_in_beginning(&text.as_bytes()[..end]);
            let kept = String::from_utf8(kept).unwrap();
            assert!(kept.starts_with("long long"), "{end}: {kept}");
            assert!(!kept.contains("sk-"), "{end}: {kept}");
        }
        assert_eq!(secret().hide_in_beginning(b"sk-Proj_01234"), b"");
    }

    #[test]
    fn what_is_no_key_is_refused_without_repeating_it() {
        for (text, why) in [
            ("", BadSecret::Short),
            ("1234567", BadSecret::Short),
            ("12345678\r\nx-other: y", BadSecret::Invisible),
            ("two words of it", BadSecret::Invisible),
            ("schlüssel-schlüssel", BadSecret::Invisible),
        ] {
            assert_eq!(Secret::new(text).unwrap_err(), why, "{text}");
        }
        assert_eq!(Secret::new(" 12345678\n").unwrap().exposed(), "12345678");
    }

    #[test]
    fn a_repeated_key_is_hidden_in_every_form() {
        for text in [
            KEY.to_owned(),
            KEY.to_uppercase(),
            STANDARD.encode(KEY),
            "sk-Proj\u{200B}_0123456789".to_owned(),
            "sk-Proj\u{7}_0123456789".to_owned(),
            "sk-Proj_\n0123456789".to_owned(),
            "sk-Proj_=\r\n0123456789".to_owned(),
            "%73%6b-Proj%5F0123456789".to_owned(),
            "\\u0073k-Proj_0123456789".to_owned(),
            "&#115;&#x6B;-Proj_0123456789".to_owned(),
            "\\\\\\u0073k\\\\-Proj\\\\n_0123456789".to_owned(),
            "736B2D50726F6A5F30313233343536373839".to_owned(),
            "c2stUHJval8w\nMTIzNDU2Nzg5".to_owned(),
        ] {
            let told = shown(&format!("<{text}>"), Some(&secret()));
            assert_eq!(told, format!("<{HIDDEN}>"), "{text}");
        }
    }

    #[test]
    fn a_kept_text_changes_only_where_the_key_is() {
        for (text, kept) in [
            ("two\nlines, \u{200B}one mark", "two\nlines, \u{200B}one mark".to_owned()),
            ("two\nlines sk-Proj_0123456789", format!("two\nlines {HIDDEN}")),
            ("sk-Proj\u{200B}_0123456789", HIDDEN.to_owned()),
        ] {
            assert_eq!(secret().hide_anywhere_in(text), kept);
        }
    }

    #[test]
    fn a_key_within_a_longer_text_is_hidden_in_base64_too() {
        for before in ["", "x", "xx", "Bearer ", "anna:"] {
            for encoded in [
                STANDARD.encode(format!("{before}{KEY} and more")),
                base64::engine::general_purpose::URL_SAFE.encode(format!("{before}{KEY}")),
            ] {
                let told = shown(&encoded, Some(&secret()));
                // A character at either end may belong to a neighbor as well.
                let kept = told.replace(HIDDEN, "").len();
                let neighbors = encoded.len() - KEY.len() * 4 / 3;
                assert!(told.contains(HIDDEN) && kept <= neighbors + 3, "{before}: {told}");
            }
        }
    }

    #[test]
    fn a_long_key_is_looked_for_in_every_form_and_nothing_else_is_touched() {
        let key = "sk-proj-".to_owned() + &"Ab9_".repeat(60);
        let secret = Secret::new(&key).unwrap();
        assert!(secret.pattern().is_some());
        assert_eq!(shown(&format!("is {key}?"), Some(&secret)), "is •••?");
        let other = "a text of no key, with % and \\ and &#38; in it";
        assert_eq!(shown(other, Some(&secret)), other);
    }

    #[test]
    fn a_password_is_hidden_without_its_user_too() {
        let secret = Secret::new("anna:long-password").unwrap();
        assert_eq!(shown("no long-password!", Some(&secret)), "no •••!");
    }

    #[test]
    fn of_a_long_complaint_the_end_is_shown() {
        let long = format!("{}the reason", "line\n".repeat(500));
        let told = shown_end(long.as_bytes(), true, None);
        assert!(told.starts_with('…') && told.ends_with("line the reason"), "{told}");
        assert!(told.chars().count() <= limits::SHOWN_CHARS);
        assert_eq!(shown_end(b" short\n\x1b[2J", true, None), "short [2J");
    }

    proptest! {
        #[test]
        fn no_cut_leaves_a_piece_of_the_key(before in ".{0,80}", kept in 0_usize..120) {
            let text = format!("{before}{KEY} and more");
            let bytes = &text.as_bytes()[..kept.min(text.len())];
            let told = shown_beginning(bytes, false, Some(&secret()));
            prop_assert!(!told.contains("sk-Proj_"));
        }

        #[test]
        fn no_cut_at_the_front_leaves_a_piece_of_the_key(after in ".{0,80}", cut in 0_usize..120) {
            let text = format!("some text, then {KEY}{after}");
            let bytes = &text.as_bytes()[cut.min(text.len())..];
            let told = shown_end(bytes, cut == 0, Some(&secret()));
            prop_assert!(!told.contains("0123456789"));
        }

        #[test]
        fn no_text_shows_the_key(before in ".{0,400}", after in ".{0,400}") {
            let told = shown(&format!("{before}{KEY}{after}"), Some(&secret()));
            prop_assert!(!told.to_lowercase().contains(&KEY.to_lowercase()));
            prop_assert!(told.chars().count() <= limits::SHOWN_CHARS + 1);
        }
    }
}
