//! Words as they are and as they are hidden.

use super::*;

fn spelled(tokens: &[Token]) -> Vec<String> {
    tokens.iter().map(|token| token.letters.iter().collect()).collect()
}

#[test]
fn words_are_runs_of_letters_and_digits() {
    let rows: [(&str, &[&str]); 6] = [
        ("Two words, here", &["two", "words", "here"]),
        ("snake_case and don't", &["snake", "case", "and", "don", "t"]),
        ("sооо lооооооng", &["sooo", "loooong"]),
        ("Сад и дом", &["сад", "и", "дом"]),
        ("", &[]),
        ("!?…", &[]),
    ];
    for (text, wanted) in rows {
        assert_eq!(spelled(&Tokens::of(&Plain::of(text)).words), wanted, "{text}");
    }
}

#[test]
fn signs_and_spaces_hide_words() {
    let rows: [(&str, &[&str]); 7] = [
        ("no signs", &[]),
        ("w@rd", &["w@rd"]),
        ("word!", &["word!"]),
        ("$ign!", &["$ign", "$ign!", "ign!"]),
        ("s p a c e d", &["spaced"]),
        ("d.o.t.s here", &["dots"]),
        ("a b", &[]),
    ];
    for (text, wanted) in rows {
        assert_eq!(spelled(&Tokens::of(&Plain::of(text)).disguised), wanted, "{text}");
    }
}

#[test]
fn a_run_without_end_is_no_word() {
    let long = "ab".repeat(100);
    assert!(Tokens::of(&Plain::of(&long)).words.is_empty());
}
