//! Our own kinds of constraints.

use super::{CheckOutcome, Place, check, read};

/// Constraint, text, whether it holds.
const HOLD: [(&str, &str, bool); 58] = [
    (r#"{"kind":"length","unit":"words","at-most":3}"#, "one, two - three!", true),
    (r#"{"kind":"length","unit":"words","at-most":3}"#, "one two three four", false),
    (r#"{"kind":"length","unit":"words","exactly":0}"#, " -- ", true),
    (r#"{"kind":"length","unit":"characters","exactly":4}"#, "Äpfe", true),
    (r#"{"kind":"length","unit":"bytes","exactly":4}"#, "Äpfe", false),
    (r#"{"kind":"length","unit":"lines","exactly":2}"#, "a\nb\n", true),
    (r#"{"kind":"length","unit":"paragraphs","at-least":2}"#, "a\nb\n\n \nc", true),
    (r#"{"kind":"length","unit":"paragraphs","at-least":2}"#, "a\nb\nc", false),
    (
        r#"{"kind":"length","unit":"sentences","exactly":2}"#,
        "Dr. Who came at 3.15 p.m. today. He left!",
        true,
    ),
    (r#"{"kind":"length","unit":"sentences","exactly":3}"#, "你好。你叫什么名字？再见", true),
    (r#"{"kind":"length","unit":"sentences","exactly":1}"#, "no mark at all", true),
    (r#"{"kind":"contains","text":"fox"}"#, "The Fox.", true),
    (r#"{"kind":"contains","text":"fox"}"#, "The foxes", false),
    (r#"{"kind":"contains","text":"fox","whole-words":false}"#, "The foxes", true),
    (r#"{"kind":"contains","text":"fox","ignore-case":false}"#, "The Fox.", false),
    (r#"{"kind":"contains","text":"fox","exactly":2}"#, "fox fox fox", false),
    (r#"{"kind":"contains","text":"STRASSE"}"#, "Die Strasse", true),
    (r#"{"kind":"contains","text":"école"}"#, "L'ÉCOLE est là", true),
    (r#"{"kind":"forbidden","words":["rock","c++"]}"#, "rocks and C", true),
    (r#"{"kind":"forbidden","words":["rock","c++"]}"#, "I like C++.", false),
    (r#"{"kind":"starts-with","text":"Dear"}"#, "  Dear Sir", true),
    (r#"{"kind":"starts-with","text":"Dear"}"#, "dear Sir", false),
    (r#"{"kind":"starts-with","text":"Dear","ignore-case":true}"#, "dear Sir", true),
    (r#"{"kind":"ends-with","text":"Yours, A."}"#, "… Yours, A.\n", true),
    (r#"{"kind":"ends-with","text":"Yours, A."}"#, "A.", false),
    (r#"{"kind":"equals","text":"yes"}"#, " yes\n", true),
    (r#"{"kind":"equals","text":"yes"}"#, "Yes", false),
    (r#"{"kind":"one-of","texts":["yes","no"]}"#, "no", true),
    (r#"{"kind":"one-of","texts":["yes","no"]}"#, "maybe", false),
    (r#"{"kind":"matches","pattern":"\\d{4}-\\d{2}"}"#, "on 2024-05", true),
    (r#"{"kind":"matches","pattern":"\\d+","at-most":1}"#, "1 and 2", false),
    (r#"{"kind":"matches-not","pattern":"(?i)\\bsecret\\b"}"#, "A SECRET", false),
    (r#"{"kind":"matches-not","pattern":"(?i)\\bsecret\\b"}"#, "secrets", true),
    (r#"{"kind":"json"}"#, " [1, {\"a\": null}] ", true),
    (r#"{"kind":"json"}"#, "```json\n[]\n```", false),
    (r#"{"kind":"json","fenced":true}"#, "```json\n[]\n```", true),
    (r#"{"kind":"json"}"#, "{'a': 1}", false),
    (r#"{"kind":"json-schema","schema":{"type":"object","required":["a"]}}"#, "{\"a\":1}", true),
    (r#"{"kind":"json-schema","schema":{"type":"object","required":["a"]}}"#, "{\"b\":1}", false),
    (r#"{"kind":"case","is":"upper"}"#, "ALL 3 ÄÖ!", true),
    (r#"{"kind":"case","is":"upper"}"#, "ALL but", false),
    (r#"{"kind":"case","is":"lower"}"#, "all small", true),
    (r#"{"kind":"case","is":"lower"}"#, "123", false),
    (
        r#"{"kind":"language","is":"fr"}"#,
        "Il est très important de manger des fruits et des légumes chaque jour.",
        true,
    ),
    (
        r#"{"kind":"language","is":"ru"}"#,
        "Il est très important de manger des fruits et des légumes chaque jour.",
        false,
    ),
    (r#"{"kind":"number","at-least":1,"at-most":2.5}"#, "2.5\n", true),
    (r#"{"kind":"number","at-least":1,"at-most":2.5}"#, "2.6", false),
    (r#"{"kind":"number"}"#, "NaN", false),
    (r#"{"kind":"bullets","exactly":2}"#, "- a\n  * b\n* * *\n-c\n```\n- code\n```", true),
    (r#"{"kind":"headings","exactly":2}"#, "# A\n## B\n#C\n####### D", true),
    (r#"{"kind":"headings","level":2,"exactly":1}"#, "# A\n## B", true),
    (r#"{"kind":"no-repetition"}"#, "a\n\nb\n\nc", true),
    (r#"{"kind":"no-repetition"}"#, "a\nb\n a", false),
    (r#"{"kind":"not","of":{"kind":"json"}}"#, "text", true),
    (r#"{"kind":"any","of":[{"kind":"json"},{"kind":"number"}]}"#, "x", false),
    (r#"{"kind":"any","of":[{"kind":"json"},{"kind":"case","is":"lower"}]}"#, "x", true),
    (r#"{"kind":"all","of":[{"kind":"json"},{"kind":"number"}]}"#, "3", true),
    (r#"{"kind":"all","of":[{"kind":"json"},{"kind":"number"}]}"#, "\"3\"", false),
];

#[test]
fn each_kind_tells_texts_that_keep_it_from_texts_that_break_it() {
    for (constraint, text, holds) in HOLD {
        let constraints = read(&format!("[{constraint}]")).unwrap();
        let check = check(&constraints, text);
        let wanted = if holds { CheckOutcome::Pass } else { CheckOutcome::Fail };
        assert_eq!(check.outcome, wanted, "{constraint} on {text:?}: {}", check.proof);
        assert_eq!(check.findings.len(), usize::from(!holds), "{constraint} on {text:?}");
    }
}

#[test]
fn what_breaks_a_constraint_is_pointed_at() {
    let table = [
        (r#"{"kind":"forbidden","words":["b","a"]}"#, "ä a b", "a"),
        (r#"{"kind":"length","unit":"words","at-most":2}"#, "één two  three four", "three four"),
        (r#"{"kind":"length","unit":"sentences","at-most":1}"#, "One. Two. ", "Two. "),
        (r#"{"kind":"length","unit":"lines","at-most":1}"#, "One\nTwo", "Two"),
        (r#"{"kind":"length","unit":"characters","at-most":2}"#, "äöü", "ü"),
        (r#"{"kind":"contains","text":"İ","at-most":1}"#, "İ İ!", "İ"),
        (r#"{"kind":"case","is":"lower"}"#, "aÄ", "Ä"),
        (r#"{"kind":"matches-not","pattern":"\\d+"}"#, "in 1984", "1984"),
        (r#"{"kind":"no-repetition"}"#, "ü\nx\n x", " x"),
        (r#"{"instruction":"punctuation:no_comma"}"#, "ü, x", ","),
        (
            r#"{"instruction":"keywords:forbidden_words","kwargs":{"forbidden_words":["x"]}}"#,
            "xy X",
            "X",
        ),
    ];
    for (constraint, text, place) in table {
        let check = check(&read(&format!("[{constraint}]")).unwrap(), text);
        let Some(Place::TextSpan(span)) = check.findings[0].place else {
            panic!("{constraint} has no place")
        };
        assert_eq!(&text[span.start as usize..span.end as usize], place, "{constraint}");
    }
}
