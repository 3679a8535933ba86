//! Texts and times as a person sees them.

use std::time::Duration;

use pentimento_model::Seed;

use super::{block, command, cost, duration, from_cache, line, perhaps_twice, under_way};
use crate::{CachedSummary, CostSummary};

fn check_line(text: &str, expected: &str) {
    assert_eq!(line(text, 12), expected, "{text:?}");
}

#[test]
fn a_line_is_one_line_of_visible_characters() {
    check_line("", "");
    check_line("two\n words\t.", "two words .");
    check_line("\u{1b}[31mred", "\u{fffd}[31mred");
    check_line("a\u{202e}b\u{2066}c\u{200f}", "a\u{fffd}b\u{fffd}c\u{fffd}");
    check_line("nul\0, \u{ffff}", "nul\u{fffd}, \u{fffd}");
    check_line("שלום", "שלום");
}

#[test]
fn a_long_text_is_cut_and_says_so() {
    check_line(&"ä".repeat(12), &"ä".repeat(12));
    check_line(&"ä".repeat(13), &format!("{}… (13 characters)", "ä".repeat(12)));
    assert_eq!(line(&"x".repeat(65_536), 3), "xxx… (65536 characters)");
}

#[test]
fn a_block_keeps_its_line_breaks() {
    assert_eq!(block("a\r\nb\u{7}\n\nc", 100), "a\nb\u{fffd}\n\nc");
}

#[test]
fn times_have_a_unit_that_fits() {
    let rows = [(0, "0 ms"), (99, "99 ms"), (840, "0.84 s"), (185_400, "3 min 05 s")];
    for (millis, expected) in rows {
        assert_eq!(duration(Duration::from_millis(millis)), expected);
    }
}

#[test]
fn the_command_survives_a_shell() {
    let rows = [
        ("a cat", Some("'a cat'")),
        ("the cat's $HOME `id`", Some(r"'the cat'\''s $HOME `id`'")),
        ("-- no", Some("-- '-- no'")),
        ("two\nlines", None),
        ("\u{1b}[2J", None),
    ];
    for (idea, end) in rows {
        let told = command(idea, ("sld", "dalle3-like"), (Seed(7), 3), &[]);
        let start = "pentimento refine --recipe sld --preset dalle3-like --seed 7 --rounds 3";
        assert_eq!(told, end.map(|end| format!("{start} {end}")));
    }
}

#[test]
fn whoever_else_is_named_is_part_of_the_command() {
    let named = [("examiner", Some("dsg")), ("detector", None), ("held-out", Some("verify-count"))];
    let told = command("cats", ("sld", "careful"), (Seed(7), 3), &named);
    let words = "pentimento refine --recipe sld --preset careful --seed 7 --rounds 3 --examiner dsg \
                 --held-out verify-count cats";
    assert_eq!(told.as_deref(), Some(words));
}

#[test]
fn a_price_that_is_not_known_is_no_price_of_nothing() {
    let told = |usd: Option<&str>, unpriced_calls| CostSummary {
        calls: 5,
        input_tokens: 0,
        output_tokens: 0,
        pictures: 5,
        usd: usd.map(str::to_owned),
        unpriced_calls,
    };
    let (known, none, some) = (told(Some("0.05"), 0), told(None, 5), told(Some("0.05"), 3));
    assert_eq!(cost(&known), "$0.05, 5 calls");
    assert_eq!(cost(&none), "5 calls, price not known");
    assert_eq!(cost(&some), "$0.05 and 3 of 5 calls without a price");
    assert!(perhaps_twice(&known).ends_with(": up to $0.05 may have been paid twice"));
    assert!(perhaps_twice(&none).ends_with("twice, at a price that is not known"));
    assert!(under_way(&some).ends_with("$0.05 and 3 calls without a price may have been paid"));
    let saved =
        |cost: &CostSummary| from_cache(&CachedSummary { results: 5, saved: Some(cost.clone()) });
    assert!(saved(&none).ends_with("they cost what nobody knows when they were made"));
}
