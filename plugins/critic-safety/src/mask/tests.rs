//! What is left of what was found.

use super::*;

#[test]
fn only_the_ends_are_left() {
    let rows = [
        ("apple", "a•••e"),
        ("word", "w•••"),
        ("x", "x•••"),
        ("", "•••"),
        ("a b c", "a•••"),
        ("4111 1111 1111 1111", "4•••1"),
        ("été là-bas", "é•••s"),
        ("\n\u{7}", "•••"),
    ];
    for (found, wanted) in rows {
        assert_eq!(masked(found), wanted, "{found}");
    }
}
