//! Ideas and what they ask for.

use super::*;

#[test]
fn ideas_ask_by_whole_words() {
    let rows = [
        ("a street at Night", Wish::Dark, Some("night")),
        ("a knight in the sun", Wish::Dark, None),
        ("not too dark a forest", Wish::Dark, None),
        ("a forest without any fog", Wish::Faint, None),
        ("a foggy morning", Wish::Faint, Some("foggy")),
        ("a cat, out of focus", Wish::Soft, Some("out of focus")),
        ("black and white portrait", Wish::Tinted, Some("black and white")),
        ("a BLUE cup", Wish::Tinted, Some("blue")),
        ("low-key portrait", Wish::Dark, Some("low key")),
        ("a cat", Wish::Plain, None),
        ("", Wish::Bright, None),
    ];
    for (idea, wish, wanted) in rows {
        assert_eq!(Wishes::of(idea).asks(wish), wanted, "{idea}");
    }
}

#[test]
fn every_listed_word_can_be_matched() {
    for list in [DARK, BRIGHT, FAINT, SOFT, TINTED, PLAIN] {
        for phrase in list {
            let words = Wishes::of(phrase).0;
            assert_eq!(words.join(" "), **phrase);
        }
    }
}
