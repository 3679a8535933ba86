//! What is refused, and how it is said.

use super::*;

/// The idea is refused with this message, and the hint says something.
fn refuse(idea: &str, message: &str) {
    match read(idea) {
        Ok(constraints) => panic!("`{idea}` was read as {}", told(&constraints)),
        Err(error) => {
            assert_eq!(error.to_string(), message, "{idea}");
            assert!(!error.hint().is_empty());
        }
    }
}

fn hint(idea: &str, hint: &str) {
    assert_eq!(read(idea).unwrap_err().hint(), hint, "{idea}");
}

#[test]
fn nothing_at_all_is_refused() {
    for idea in ["", "  ", "a photo", "A realistic photo of a scene", "...", "please draw"] {
        refuse(idea, "the idea asks for nothing");
    }
}

#[test]
fn unknown_words_are_named_all_at_once_with_what_may_be_meant() {
    refuse("a dinosaur riding a cat", "the closed world does not know `dinosaur`, `riding`");
    refuse("a big cat", "the closed world does not know `big`");
    refuse("a 🐱 cat", "the closed world does not know `🐱`");
    refuse("a cat behind a dog", "the closed world does not know `behind`");
    hint("two aples", "did you mean `apples`?");
    assert!(read("a hat").unwrap_err().hint().starts_with("leave these words out"));
    hint("a mouse", "did you mean `computer mouse`?");
    hint("a man and a gitar", "did you mean `person`, `guitar`?");
    assert!(read("a dinosaur").unwrap_err().hint().starts_with("leave these words out"));
}

#[test]
fn contradictions_are_named() {
    refuse(
        "two cats without cats",
        "the idea contradicts itself: `cat` is both asked for and ruled out",
    );
    refuse(
        "a red car left of a red car",
        "the idea contradicts itself: `red car` would be left of itself",
    );
    refuse(
        "two cats and three cats",
        "the idea contradicts itself: `cat` is asked for twice, 2 and 3 times",
    );
    refuse(
        "a cat left of a dog and the dog left of the cat",
        "the idea contradicts itself: `cat` would be left and right of the same thing",
    );
    refuse(
        "a cat on the left and a dog on the right, the dog is left of the cat",
        "the idea contradicts itself: `cat` would be left and right of the same thing",
    );
    refuse(
        "a cat at the top and at the bottom",
        "the idea contradicts itself: `cat` would be above and below of the same thing",
    );
}

#[test]
fn a_plural_needs_a_number() {
    refuse("cats", "`cats` does not say how many");
    refuse("several cats", "`several cats` does not say how many");
    refuse("a dog and some red apples", "`some red apples` does not say how many");
}

#[test]
fn too_much_is_refused() {
    refuse("thirteen cats", "the idea asks for 13 objects, more than 12");
    refuse("ten cats and 3 dogs", "the idea asks for 13 objects, more than 12");
    refuse("99999999999999999999 cats", "the idea asks for 4294967295 objects, more than 12");
    let long = "a cat ".repeat(20_000);
    refuse(&long, "the idea is 120000 bytes long, more than 4000");
}

#[test]
fn what_the_world_cannot_say_is_refused_and_not_dropped() {
    refuse("a red blue car", "one object cannot be both red and blue");
    refuse("a red car made of wood", "`car` cannot be both red and wooden");
    refuse("a dog and no red cats", "`red cats` cannot be ruled out by color or material");
    refuse("a dog on a beach at night", "`beach` and `night` cannot be the background at once");
    refuse("a cat and a cat", "`cat` is asked for more than once");
    refuse("a dog without a cat and a bird", "`and …` after `without` can be read both ways");
}

#[test]
fn known_words_in_the_wrong_place_are_named() {
    refuse("a cat of", "could not make sense of `of` after `cat`");
    refuse("a red", "could not make sense of `red` after `a`");
    refuse("a cat dog", "could not make sense of `dog` after `cat`");
    refuse("left of a cat", "could not make sense of `cat` after `a`");
    refuse("a cat and", "could not make sense of `and` after `cat`");
    refuse("apples in a bowl", "`apples` does not say how many");
    refuse("three apples in a bowl", "could not make sense of `in a bowl` after `apples`");
    refuse("2.5 cats", "could not make sense of `,` after `2`");
}

#[test]
fn messages_keep_to_the_house_style() {
    for idea in ["", "dinosaur", "cats", "two cats without cats", "a cat of", "a red blue car"] {
        let error = read(idea).unwrap_err();
        let message = error.to_string();
        assert!(!message.ends_with('.') && !message.starts_with(char::is_uppercase), "{message}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(idea in "\\PC{0,200}") {
        let _ = read(&idea);
    }

    #[test]
    fn no_row_of_known_phrases_makes_the_reader_panic(
        picks in proptest::collection::vec(proptest::prelude::any::<proptest::sample::Index>(), 0..20),
    ) {
        let phrases: Vec<&str> = lexicon::PHRASES.keys().map(String::as_str).collect();
        let words: Vec<&str> = picks.iter().map(|pick| *pick.get(&phrases)).collect();
        if let Ok(constraints) = read(&words.join(" ")) {
            proptest::prop_assert!(constraints != Constraints::default());
        }
    }
}
