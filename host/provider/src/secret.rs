//! Keys: put into one header, kept from whoever prints, taken out of what servers say.
//!
//! A server knows the key it was given; an honest one that repeats it must not get it into an
//! error, a journal or a report. Repeated in another case, in base64 or with invisible characters
//! within, it is found too.

use std::{fmt, sync::Arc};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pentimento_model::clean;
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;

use crate::limits;

/// What stands where a key stood.
const HIDDEN: &str = "•••";

/// The fewest bytes of a key: taking fewer out of every text would garble the texts, and tell what
/// the key is to whoever tries all.
const FEWEST_BYTES: usize = 8;

/// A key. Cheap to clone; never printed; wiped from memory at the end.
#[derive(Clone)]
pub struct Secret(Arc<Hidden>);

struct Hidden {
    key: SecretString,
    /// All forms that are looked for, in lower case, longest first.
    forms: Vec<SecretString>,
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
        let encoded = STANDARD.encode(text);
        let mut forms = vec![text.to_ascii_lowercase(), encoded.to_ascii_lowercase()];
        // The padding depends on what follows.
        forms.push(encoded.trim_end_matches('=').to_ascii_lowercase());
        // Of `user:password` each part is a secret, and the password the more so.
        let parts = text.split(':').filter(|part| part.len() >= FEWEST_BYTES);
        forms.extend(parts.map(str::to_ascii_lowercase));
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        forms.dedup();
        let forms = forms.into_iter().map(SecretString::from).collect();
        Ok(Self(Arc::new(Hidden { key: SecretString::from(text), forms })))
    }

    /// The key itself, for the header and nothing else.
    pub(crate) fn exposed(&self) -> &str {
        self.0.key.expose_secret()
    }

    /// A text that is kept as it is, without the key. If the key shows only once the invisible is
    /// taken out, that is taken out.
    pub(crate) fn hide_anywhere_in(&self, text: &str) -> String {
        let hidden = self.hide_in(text);
        let cleaned = clean(&hidden);
        let safe = self.hide_in(&cleaned);
        if safe == cleaned { hidden } else { safe }
    }

    /// The text without the key.
    fn hide_in(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for form in &self.0.forms {
            text = without(&text, form.expose_secret());
        }
        text
    }
}

/// `form` is in lower case and ASCII, so that places in `text` and in its lower case are the same.
fn without(text: &str, form: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut kept = String::with_capacity(text.len());
    let mut done = 0;
    for (at, _) in lower.match_indices(form) {
        kept.push_str(text.get(done..at).unwrap_or_default());
        kept.push_str(HIDDEN);
        done = at + form.len();
    }
    kept.push_str(text.get(done..).unwrap_or_default());
    kept
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Secret({HIDDEN})")
    }
}

/// A stranger's words as an error may show them: one line, without the key, not too long.
/// Cleaned first, since a mark that nobody sees could split the key.
pub(crate) fn shown(text: &str, secret: Option<&Secret>) -> String {
    let text = clean(text);
    let text = secret.map_or(text.clone(), |secret| secret.hide_in(&text));
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
        // Base64 is a third longer.
        let risky = secret.exposed().len() * 4 / 3 + 4;
        text = secret.hide_in(&text);
        let kept = text.chars().count().saturating_sub(risky);
        text = text.chars().take(kept).collect();
    }
    shown(&text, secret)
}

/// Bytes of which only the end was kept: the beginning may be a piece of the key, so as many
/// characters as the key has are given up. Of what is left, the end is shown.
pub(crate) fn shown_end(bytes: &[u8], whole: bool, secret: Option<&Secret>) -> String {
    let mut text = clean(&String::from_utf8_lossy(bytes));
    if let Some(secret) = secret {
        text = secret.hide_in(&text);
        if !whole {
            text = text.chars().skip(secret.exposed().len() * 4 / 3 + 4).collect();
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
    use proptest::prelude::*;

    use super::*;

    const KEY: &str = "sk-Proj_0123456789";

    fn secret() -> Secret {
        Secret::new(KEY).unwrap()
    }

    #[test]
    fn a_key_is_never_printed() {
        assert_eq!(format!("{:?} {:#?}", secret(), Some(secret())).matches(KEY).count(), 0);
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
