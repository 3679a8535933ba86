//! Texts and constraints made to break something. What they cost is counted where the component runs,
//! in `host/app/tests/work.rs`.

use super::{CheckOutcome, check, read};
use crate::LONGEST_TEXT;

fn long(piece: &str) -> String {
    piece.repeat(usize::try_from(LONGEST_TEXT).unwrap() / piece.len())
}

/// One of each kind that searches or counts.
const ALL: &str = r#"[
    {"kind":"length","unit":"sentences","at-most":1}, {"kind":"length","unit":"words","at-most":1},
    {"kind":"length","unit":"paragraphs","at-most":1}, {"kind":"length","unit":"lines","at-most":1},
    {"kind":"contains","text":"aaaaaaaab","whole-words":false}, {"kind":"forbidden","words":["*","["]},
    {"kind":"matches","pattern":"(a*)*b"}, {"kind":"matches-not","pattern":"(?i)(x|y)+\\bz"},
    {"kind":"json","fenced":true}, {"kind":"case","is":"upper"}, {"kind":"language","is":"sw"},
    {"kind":"language","is":"en"}, {"kind":"number"}, {"kind":"bullets","at-most":1},
    {"kind":"headings","at-most":1}, {"kind":"no-repetition"},
    {"instruction":"detectable_content:number_placeholders","kwargs":{"num_placeholders":1}},
    {"instruction":"detectable_format:number_bullet_lists","kwargs":{"num_bullets":1}},
    {"instruction":"detectable_format:number_highlighted_sections","kwargs":{"num_highlights":1}},
    {"instruction":"detectable_format:multiple_sections","kwargs":{"section_spliter":"*","num_sections":1}},
    {"instruction":"detectable_content:postscript","kwargs":{"postscript_marker":"P.P.S"}},
    {"instruction":"detectable_format:title"}, {"instruction":"combination:two_responses"},
    {"instruction":"length_constraints:number_sentences","kwargs":{"relation":"at least","num_sentences":1}},
    {"instruction":"change_case:capital_word_frequency","kwargs":{"capital_relation":"at least","capital_frequency":1}},
    {"instruction":"length_constraints:nth_paragraph_first_word","kwargs":{"num_paragraphs":2,"nth_paragraph":1,"first_word":"a"}}
]"#;

#[test]
fn no_text_breaks_the_checks() {
    let constraints = read(ALL).unwrap();
    let pieces = [
        "a", "[", "*", "* ", "**a", "<<", "p.p.", "p. ", "\n", "\n\n", " ", ".", ". ", "\"", "'",
        "[[]", "{\"a\":[", "İ", "ß", "\u{301}", "。", "😀", "#", "# a\n", "- ", "\u{feff}", "\0",
    ];
    let mut texts: Vec<String> = pieces.iter().map(|piece| long(piece)).collect();
    texts.push(String::new());
    for text in texts {
        let check = check(&constraints, &text);
        let first = text.chars().take(9).collect::<String>();
        assert!(check.proof.len() <= 2048, "{first:?}: {} bytes of proof", check.proof.len());
        for finding in &check.findings {
            assert!(finding.message.len() <= 2048, "{first:?}: {}", finding.message);
            if let Some(super::Place::TextSpan(span)) = finding.place {
                assert!(text.get(span.start as usize..span.end as usize).is_some(), "{first:?}");
            }
        }
    }
}

#[test]
fn a_pattern_too_large_for_a_text_is_not_tried() {
    // Near the limit of a compiled pattern, and every position starts a match that fails late.
    let pattern = r#"[{"kind":"matches-not","pattern":"(a?){700}a{700}b"}]"#;
    let constraints = read(pattern).unwrap();
    assert_eq!(check(&constraints, &"a".repeat(5_700)).outcome, CheckOutcome::Pass);
    assert_eq!(check(&constraints, &"a".repeat(5_800)).outcome, CheckOutcome::Unknown);
}

#[test]
fn a_hundred_broken_constraints_still_make_a_short_proof() {
    let one = format!(r#"{{"kind":"contains","text":"{}"}}"#, "ä".repeat(900));
    let check = check(&read(&format!("[{}]", vec![one.as_str(); 100].join(","))).unwrap(), "x");
    assert_eq!((check.outcome, check.findings.len()), (CheckOutcome::Fail, 100));
    assert!(
        check.proof.len() <= 2048 && check.proof.ends_with("of which 0 hold"),
        "{}",
        check.proof
    );
}
