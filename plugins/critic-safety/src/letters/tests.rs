//! Single letters behind their disguises.

use super::*;

fn bared(letter: char) -> String {
    let mut found = String::new();
    bare(letter, |part| found.push(part));
    found
}

#[test]
fn accents_case_and_frames_go() {
    let rows = [
        ('A', "a"),
        ('é', "e"),
        ('Ñ', "n"),
        ('Ж', "ж"),
        ('\u{1F170}', "a"),
        ('\u{1F1F9}', "t"),
        ('ß', "ß"),
    ];
    for (letter, wanted) in rows {
        assert_eq!(bared(letter), wanted, "{letter}");
    }
}

#[test]
fn lookalikes_are_lower_case_and_no_latin_letter_is_one() {
    for (other, latin_letter) in LOOKALIKES {
        assert!(!other.is_ascii() && latin_letter.is_ascii_lowercase(), "{other}");
        assert_eq!(bared(*other), other.to_string(), "{other} is never seen as such");
        assert_eq!(latin(*other), *latin_letter);
    }
    assert_eq!(latin('a'), 'a');
}

#[test]
fn digits_and_signs_stand_for_letters_that_look_like_them() {
    for (seen, letter) in [('0', 'o'), ('1', 'i'), ('1', 'l'), ('@', 'a'), ('$', 's'), ('x', 'x')] {
        assert!(stands_for(seen, letter), "{seen} {letter}");
    }
    for (seen, letter) in [('0', 'a'), ('o', '0'), ('x', 'y'), ('!', 'o')] {
        assert!(!stands_for(seen, letter), "{seen} {letter}");
    }
}
