//! Word lists against evasion, and against the words that only contain them.

use super::*;
use crate::plain::Plain;

fn found(entry: &str, text: &str) -> Vec<String> {
    let plain = Plain::of(text);
    let places = Entry::parse(entry).unwrap().places(&Tokens::of(&plain)).into_iter();
    let mut parts: Vec<String> = places.map(|place| plain.text()[place].to_owned()).collect();
    parts.dedup();
    parts
}

#[test]
fn disguised_words_are_found() {
    let rows = [
        ("damn", "Damn it", "Damn"),
        ("damn", "oh d4mn it", "d4mn"),
        ("damn", "d@mn!", "d@mn"),
        ("damn", "daaaaaamn", "daaaaaamn"),
        ("damn", "d a m n", "d a m n"),
        ("damn", "d-a-m-n", "d-a-m-n"),
        ("damn", "dаmn", "dаmn"),
        ("damn", "ⓓⓐⓜⓝ", "damn"),
        ("damn", "dämn", "dämn"),
        ("damn", "d\u{200b}amn", "damn"),
        ("crap*", "a crappy day", "crappy"),
        ("crap*", "¢rap crapp", "crapp"),
        ("bloody hell", "Bloody, hell", "Bloody, hell"),
        ("hill", "h1!l", "h1!l"),
        ("ass", "asssss", "asssss"),
        ("mp3", "an MP3 file", "MP3"),
        ("damn", "d\u{430}mn", "d\u{430}mn"),
    ];
    for (entry, text, wanted) in rows {
        assert!(found(entry, text).contains(&wanted.to_owned()), "{entry} in {text}");
    }
}

#[test]
fn words_that_contain_others_are_not_found() {
    let rows = [
        ("ass", "classic assessment of a bass, and of assassins"),
        ("cunt", "Scunthorpe"),
        ("sex", "Essex, Sussex and Middlesex"),
        ("god", "a good day"),
        ("damn", "damnation"),
        ("ass", "as if; A55 and a 455"),
        ("bloody hell", "bloody well hell"),
        ("tit", "title, Titian, constitution"),
        ("hell", "hello, shell, Hellas, Michelle"),
        ("boo", "book 800 b00"),
    ];
    for (entry, text) in rows {
        assert!(found(entry, text).is_empty(), "{entry} in {text}: {:?}", found(entry, text));
    }
}

#[test]
fn words_of_other_scripts_stay_what_they_are() {
    // A Russian word whose letters look like a Latin one.
    assert!(found("cop", "В доме был сор и пыль").is_empty());
    assert!(!found("cop", "call the сop").is_empty());
    assert!(!found("сор", "В доме был сор").is_empty());
}

#[test]
fn an_entry_that_means_nothing_is_refused() {
    for written in ["*", "a*b", "…", "two *", ""] {
        assert!(Entry::parse(written).is_err(), "{written}");
    }
}
