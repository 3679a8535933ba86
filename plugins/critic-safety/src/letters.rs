//! Letters behind their disguises: accents, look-alikes of other scripts, digits and signs.
//!
//! It knows single characters; `tokens` makes words of them.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Letters of other scripts and small capitals that look like a Latin letter. Taken from Unicode's
/// confusables (UTS #39), lower case, those that are mistaken at reading size.
const LOOKALIKES: &[(char, char)] = &[
    // Cyrillic
    ('а', 'a'),
    ('в', 'b'),
    ('с', 'c'),
    ('ԁ', 'd'),
    ('е', 'e'),
    ('һ', 'h'),
    ('н', 'h'),
    ('і', 'i'),
    ('ј', 'j'),
    ('к', 'k'),
    ('ӏ', 'l'),
    ('м', 'm'),
    ('о', 'o'),
    ('р', 'p'),
    ('ԛ', 'q'),
    ('ѕ', 's'),
    ('т', 't'),
    ('ц', 'u'),
    ('ѵ', 'v'),
    ('ԝ', 'w'),
    ('х', 'x'),
    ('у', 'y'),
    // Greek
    ('α', 'a'),
    ('β', 'b'),
    ('ε', 'e'),
    ('η', 'n'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('ν', 'v'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('τ', 't'),
    ('υ', 'u'),
    ('χ', 'x'),
    ('γ', 'y'),
    ('ω', 'w'),
    // Armenian
    ('օ', 'o'),
    ('ո', 'n'),
    ('ս', 'u'),
    ('հ', 'h'),
    ('ց', 'g'),
    // Latin of other kinds
    ('ı', 'i'),
    ('ɑ', 'a'),
    ('ɡ', 'g'),
    ('ł', 'l'),
    ('ø', 'o'),
    ('đ', 'd'),
    ('ħ', 'h'),
    ('ŧ', 't'),
    ('ƒ', 'f'),
    // Small capitals
    ('ᴀ', 'a'),
    ('ʙ', 'b'),
    ('ᴄ', 'c'),
    ('ᴅ', 'd'),
    ('ᴇ', 'e'),
    ('ꜰ', 'f'),
    ('ɢ', 'g'),
    ('ʜ', 'h'),
    ('ɪ', 'i'),
    ('ᴊ', 'j'),
    ('ᴋ', 'k'),
    ('ʟ', 'l'),
    ('ᴍ', 'm'),
    ('ɴ', 'n'),
    ('ᴏ', 'o'),
    ('ᴘ', 'p'),
    ('ʀ', 'r'),
    ('ꜱ', 's'),
    ('ᴛ', 't'),
    ('ᴜ', 'u'),
    ('ᴠ', 'v'),
    ('ᴡ', 'w'),
    ('ʏ', 'y'),
    ('ᴢ', 'z'),
];

/// Rows of 26 capital letters in frames that Unicode does not unfold, by their first.
const FRAMED: [u32; 3] = [0x1_F150, 0x1_F170, 0x1_F1E6];

/// A character in lower case without accents and frames; may be several (`ß` stays one).
pub fn bare(letter: char, mut take: impl FnMut(char)) {
    if letter.is_ascii() {
        take(letter.to_ascii_lowercase());
        return;
    }
    if let Some(framed) = unframed(letter) {
        take(framed);
        return;
    }
    decompose_canonical(letter, |part| {
        if !is_combining_mark(part) {
            part.to_lowercase().for_each(&mut take);
        }
    });
}

fn unframed(letter: char) -> Option<char> {
    let code = u32::from(letter);
    let places = FRAMED.iter().filter_map(|first| code.checked_sub(*first));
    let place = places.filter(|place| *place < 26).min()?;
    u8::try_from(place).ok().map(|place| char::from(b'a' + place))
}

/// The Latin letter that a letter looks like; itself if it looks like none.
pub fn latin(letter: char) -> char {
    if letter.is_ascii() {
        return letter;
    }
    let row = LOOKALIKES.iter().find(|(other, _)| *other == letter);
    row.map_or(letter, |(_, latin)| *latin)
}

/// Whether a letter belongs to the Latin script, by its blocks.
pub fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphabetic()
        || (letter.is_alphabetic()
            && matches!(letter, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}'))
}

/// Whether a sign may stand for a letter within a word.
pub fn is_sign(letter: char) -> bool {
    matches!(letter, '@' | '$' | '!' | '|' | '+' | '€' | '£')
}

/// Whether a character of a text may stand for a letter of a rule: itself, or a digit or sign that
/// is drawn like it.
pub fn stands_for(seen: char, letter: char) -> bool {
    seen == letter
        || matches!(
            (seen, letter),
            ('0', 'o')
                | ('1' | '!' | '|', 'i' | 'l')
                | ('3' | '€', 'e')
                | ('4' | '@', 'a')
                | ('5' | '$', 's')
                | ('6' | '9', 'g')
                | ('7' | '+', 't')
                | ('8', 'b')
                | ('2', 'z')
                | ('£', 'l')
        )
}

#[cfg(test)]
mod tests;
