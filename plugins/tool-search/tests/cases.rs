//! The golden cases, tried natively, and what no case shows: bounds, order, and hostile corpora.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use tool_search::{MOST_BYTES, MOST_DOCUMENTS, search};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    about: String,
    #[serde(default)]
    arguments: BTreeMap<String, String>,
    #[serde(default)]
    settings: BTreeMap<String, String>,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Expect {
    answer: Option<String>,
    #[serde(default)]
    answer_has: Vec<String>,
    fails: Option<String>,
}

#[test]
fn every_golden_case_holds() {
    golden::each(env!("CARGO_MANIFEST_DIR"), |case: &Case| {
        let Case { about, arguments, settings, expect } = case;
        let pairs = arguments.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let setting = |key: &str| settings.get(key).map(String::as_str);
        match (search(pairs, setting("corpus"), setting("language")), &expect.fails) {
            (Ok(answer), None) => {
                assert!(
                    expect.answer.as_ref().is_none_or(|all| *all == answer),
                    "{about}: {answer}"
                );
                for part in &expect.answer_has {
                    assert!(answer.contains(part), "{about}: {answer}");
                }
            }
            (Err(failure), Some(code)) => assert_eq!(failure.code, *code, "{about}: {failure:?}"),
            (found, _) => panic!("{about}: {found:?}"),
        }
    });
}

fn corpus(texts: &[(&str, &str)]) -> String {
    let line = |(name, text): &(&str, &str)| json!({ "document": name, "text": text }).to_string();
    texts.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Names of the documents that are found, best first.
fn names(corpus: &str, query: &str) -> Vec<String> {
    let answer = search([("query", query), ("count", "20")], Some(corpus), None).unwrap();
    let answer: Value = serde_json::from_str(&answer).unwrap();
    let results = answer["results"].as_array().unwrap();
    results.iter().map(|one| one["document"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_byte_order_mark_makes_no_plain_text_of_documents() {
    let plain = corpus(&[("one", "a river"), ("two", "a river and a mill")]);
    let marked = format!("\u{feff}{}", plain.replace('\n', "\r\n\u{feff}"));
    assert_eq!(names(&marked, "river"), ["one", "two"]);
    assert_eq!(names("\u{feff}A river runs.", "river"), ["corpus"]);
    let wrong = search([("query", "river")], Some("\u{feff}{\"document\": 3}"), None);
    assert!(wrong.unwrap_err().message.contains("line 1"));
}

#[test]
fn rare_words_and_short_passages_weigh_more_and_equals_keep_their_order() {
    let corpus = corpus(&[
        ("long", "a river and many other words about boats, fish, bridges, mills and people"),
        ("short", "a river"),
        ("rare", "the Danube is wide"),
        ("twin", "a river"),
        ("none", "mountains"),
    ]);
    assert_eq!(names(&corpus, "river"), ["short", "twin", "long"]);
    assert_eq!(names(&corpus, "Danube river")[0], "rare");
    assert_eq!(names(&corpus, "rivers"), names(&corpus, "RIVER"));
    assert!(names(&corpus, "zebra").is_empty());
}

#[test]
fn bounds_are_told_by_the_key_they_belong_to() {
    let many: Vec<_> = (0..=MOST_DOCUMENTS).map(|at| at.to_string()).collect();
    let many: Vec<_> = many.iter().map(|name| (name.as_str(), "x")).collect();
    let long = "é".repeat(MOST_BYTES / 2 + 1);
    for (setting, words) in [
        (corpus(&many), "more than 10000 documents"),
        (long, "at most 2097152 are searched"),
        (corpus(&[("a", "x"), ("a", "y")]), "names the document `a` again"),
        (corpus(&[(&"n".repeat(999), "x")]), "too long"),
        (format!("{}\n{{\"document\": \"b\"}}", corpus(&[("a", "x")])), "line 2 is no document"),
        (format!("{{{}", "[".repeat(9_999)), "line 1 is no document"),
    ] {
        let failure = search([("query", "x")], Some(&setting), None).unwrap_err();
        assert_eq!(failure.code, "bad-setting");
        assert!(failure.message.contains(words), "{}", failure.message);
        assert!(failure.message.contains("corpus"));
    }
}

#[test]
fn the_largest_answer_fits_what_the_host_takes() {
    let texts: Vec<_> = (0..50).map(|at| (at.to_string(), "\u{1}x ".repeat(400))).collect();
    let texts: Vec<_> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let answer = search([("query", "x"), ("count", "20")], Some(&corpus(&texts)), None).unwrap();
    assert!(answer.len() < 64 << 10, "{}", answer.len());
}

proptest! {
    #[test]
    fn any_corpus_and_query_are_answered_or_refused(
        setting in "(?s).{0,300}", query in "(?s).{0,80}", text in "(?s).{0,300}",
    ) {
        for setting in [setting, corpus(&[("a", &text), ("b", "other words")])] {
            if let Ok(answer) = search([("query", query.as_str())], Some(&setting), None) {
                let answer: Value = serde_json::from_str(&answer).unwrap();
                for one in answer["results"].as_array().unwrap() {
                    let score: f32 = one["score"].as_str().unwrap().parse().unwrap();
                    prop_assert!(score.is_finite() && score >= 0.0);
                }
            }
        }
    }
}
