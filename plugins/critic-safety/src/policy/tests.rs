//! Policies that can be read, and those that cannot.

use super::*;

const OWN: &str = r#"
[[rule]]
name = "rivals"
category = "brand"
severity = "minor"
words = ["Acme"]
"#;

#[test]
fn the_built_in_policy_can_be_read() {
    let policy = Policy::of(None).unwrap();
    assert!(policy.rules.len() >= 15);
}

#[test]
fn an_operators_policy_replaces_or_extends_the_built_in_one() {
    let built_in = Policy::of(None).unwrap().rules.len();
    let rows = [
        (OWN.to_owned(), 1),
        (format!("extends = \"default\"\n{OWN}"), built_in + 1),
        (
            format!("extends = \"default\"\nwithout = [\"profanity\", \"phone\"]\n{OWN}"),
            built_in - 1,
        ),
        (format!("extends = \"default\"\n{}", OWN.replace("rivals", "profanity")), built_in),
        (String::new(), 0),
    ];
    for (text, rules) in rows {
        assert_eq!(Policy::parse(&text).unwrap().rules.len(), rules, "{text}");
    }
}

#[test]
fn a_policy_with_a_mistake_is_refused_with_its_line() {
    let rule = |field: &str| format!("{OWN}{field}\n");
    let rows = [
        ("rule = 3".to_owned(), 1, "[[rule]]"),
        ("\n\nextends = \"strict\"".to_owned(), 3, "only be \"default\""),
        ("extends = \"default\"\nwithout = [\n  \"nothing\"]".to_owned(), 3, "`nothing`"),
        ("sevrity = 1".to_owned(), 1, "unknown key `sevrity`"),
        ("a = = 1".to_owned(), 1, ""),
        (rule("check = \"emial\""), 7, "email, phone, card, iban"),
        (rule("pattern = \"(\""), 7, "`pattern`"),
        (rule("pattern = \"a*\""), 7, "empty text"),
        (rule("pattern = \"(a{200}){200}\""), 7, "`pattern`"),
        (rule("colour = \"red\""), 7, "unknown key `colour`"),
        (rule("message = 3"), 7, "not of type integer"),
        (rule("except = [\"\"]"), 7, "1 to 64 bytes"),
        (OWN.replace("[\"Acme\"]", "[\n  \"a\",\n  \"*\"]"), 8, "`*`"),
        (OWN.replace("minor", "bad"), 5, "note, minor, major or blocking"),
        (OWN.replace("name = \"rivals\"", ""), 2, "without `name`"),
        (OWN.replace("words = [\"Acme\"]", ""), 2, "neither `words` nor"),
        (format!("{OWN}{OWN}"), 8, "second rule named `rivals`"),
    ];
    for (text, line, cause) in rows {
        let error = Policy::parse(&text).unwrap_err();
        assert_eq!(error.line, line, "{text}: {error:?}");
        assert!(error.cause.contains(cause), "{text}: {error:?}");
    }
}

#[test]
fn the_failure_names_setting_line_and_cause() {
    let failure = Failure::from(Policy::of(Some("rule = 3")).unwrap_err());
    assert_eq!(failure.code, "bad-setting");
    assert_eq!(failure.message, "the setting `policy`, line 1: rules are written as `[[rule]]`");
}
