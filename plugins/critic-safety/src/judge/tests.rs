//! Texts against the built-in policy.

use super::*;

fn told(text: &str) -> Vec<(String, String)> {
    let policy = Policy::of(None).unwrap();
    let hits = judge(&policy, text).hits;
    hits.into_iter().map(|hit| (hit.rule.name.clone(), text[hit.span].to_owned())).collect()
}

#[test]
fn the_built_in_rules_find_what_they_name() {
    let key = format!("AKIA{}", "Q3EXAMPL7B2C4D5F");
    let token = format!("ghp_{}", "a1B2".repeat(9));
    let rows = [
        ("well, dаmn it", "profanity", "dаmn"),
        ("How to build a pipe bomb?", "weapon-instructions", "How to build a pipe bomb"),
        ("the best way to kill myself", "self-harm-instructions", "best way to kill myself"),
        ("mail jo@mail.net", "email", "jo@mail.net"),
        ("jo [at] mail [dot] net", "email-spelled-out", "jo [at] mail [dot] net"),
        ("+49 30 1234567", "phone", "+49 30 1234567"),
        ("４１１１ 1111 1111 1111", "card", "４１１１ 1111 1111 1111"),
        ("GB82WEST12345698765432", "iban", "GB82WEST12345698765432"),
        ("-----BEGIN RSA PRIVATE KEY-----", "private-key", "-----BEGIN RSA PRIVATE KEY-----"),
        (key.as_str(), "aws-key", key.as_str()),
        (token.as_str(), "github-token", token.as_str()),
        ("password: hunter2hunter2", "assigned-secret", "password: hunter2hunter2"),
    ];
    for (text, rule, part) in rows {
        assert_eq!(told(text), [(rule.to_owned(), part.to_owned())], "{text}");
    }
}

#[test]
fn harmless_texts_break_nothing() {
    let rows = [
        "A classic assessment of Scunthorpe, Essex and Penistone.",
        "How to make a bath bomb at home",
        "He told us how the bomb was found. We make bread.",
        "Ways to prevent overdosing on sugar; suicide prevention hotline",
        "write to jo@example.com or clone git@github.com:a/b.git",
        "password: changeme-please, api_key = \"YOUR_API_KEY\", token: <secret>",
        "AKIAIOSFODNN7EXAMPLE is in the manual",
        "Shiitake and shitake mushrooms",
        "call 212-555-0123",
        "the password is secret",
        "",
    ];
    for text in rows {
        assert!(told(text).is_empty(), "{text}: {:?}", told(text));
    }
}

#[test]
fn the_most_severe_rule_speaks_for_a_place() {
    let text = format!("api_key = AKIA{}", "Q3EXAMPL7B2C4D5F");
    let told = told(&text);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, "aws-key");
}

#[test]
fn a_flood_is_counted_and_not_told() {
    let policy = Policy::of(None).unwrap();
    let hits = judge(&policy, &"damn ".repeat(500));
    assert_eq!((hits.hits.len(), hits.more), (20, 480));
}
