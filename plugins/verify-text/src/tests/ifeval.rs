//! The 25 instructions of `IFEval`, each followed and not followed. The texts are our own.

use super::{CheckOutcome, check, read};

const TABLE: [(&str, &str, &str, &str); 44] = [
    ("keywords:existence", r#"{"keywords":["sun","Moon"]}"#, "Sunny moonlight", "sun only"),
    (
        "keywords:frequency",
        r#"{"keyword":"cat","relation":"at least","frequency":2}"#,
        "Cat, concatenate",
        "cat",
    ),
    (
        "keywords:frequency",
        r#"{"keyword":"cat","relation":"less than","frequency":2}"#,
        "cat",
        "cat cat",
    ),
    ("keywords:forbidden_words", r#"{"forbidden_words":["rock"]}"#, "rocks", "a ROCK!"),
    (
        "keywords:letter_frequency",
        r##"{"letter":"#","let_relation":"at least","let_frequency":2}"##,
        "#a #b",
        "#a",
    ),
    (
        "keywords:letter_frequency",
        r#"{"letter":"t","let_relation":"less than","let_frequency":2}"#,
        "tea",
        "Tat",
    ),
    (
        "language:response_language",
        r#"{"language":"hi"}"#,
        "यह एक छोटा सा वाक्य है",
        "This is no Hindi at all, as everybody can see at once.",
    ),
    (
        "language:response_language",
        r#"{"language":"sw"}"#,
        "Watoto wa shule walikuwa na furaha kwa sababu ya likizo katika kijiji.",
        "The children of the school were happy about their holidays.",
    ),
    (
        "length_constraints:number_sentences",
        r#"{"relation":"less than","num_sentences":3}"#,
        "Dr. Who left. We stayed.",
        "One. Two. Three.",
    ),
    (
        "length_constraints:number_sentences",
        r#"{"relation":"at least","num_sentences":2}"#,
        "all small. yes.",
        "One, e.g. this",
    ),
    ("length_constraints:number_paragraphs", r#"{"num_paragraphs":2}"#, "a\n***\nb", "a\n\nb"),
    (
        "length_constraints:number_paragraphs",
        r#"{"num_paragraphs":2}"#,
        "***a***b***",
        "a *** *** b",
    ),
    (
        "length_constraints:number_words",
        r#"{"relation":"at least","num_words":3}"#,
        "don't go",
        "do go",
    ),
    (
        "length_constraints:number_words",
        r#"{"relation":"less than","num_words":3}"#,
        "do go",
        "don't go",
    ),
    (
        "length_constraints:nth_paragraph_first_word",
        r#"{"num_paragraphs":2,"nth_paragraph":2,"first_word":"Weak"}"#,
        "A.\n\n\"weak, yes",
        "A.\n\nweakly",
    ),
    (
        "length_constraints:nth_paragraph_first_word",
        r#"{"num_paragraphs":1,"nth_paragraph":1,"first_word":"a"}"#,
        "A.",
        "A\n\nB",
    ),
    (
        "detectable_content:number_placeholders",
        r#"{"num_placeholders":2}"#,
        "[a] to [b c]",
        "[a\n] [b]",
    ),
    ("detectable_content:postscript", r#"{"postscript_marker":"P.S."}"#, "x\np. s. y", "P.S y"),
    ("detectable_content:postscript", r#"{"postscript_marker":"P.P.S"}"#, "x P.P. S y", "P.S. y"),
    ("detectable_content:postscript", r#"{"postscript_marker":"PS:"}"#, "x ps: y", "PS y"),
    ("detectable_format:number_bullet_lists", r#"{"num_bullets":2}"#, "* a\n  - b\n** c", "* a"),
    (
        "detectable_format:number_bullet_lists",
        r#"{"num_bullets":1}"#,
        "*\n* taken along",
        "* a\n* b",
    ),
    (
        "detectable_format:constrained_response",
        "{}",
        "Well. My answer is maybe.",
        "My answer is perhaps.",
    ),
    (
        "detectable_format:number_highlighted_sections",
        r#"{"num_highlights":2}"#,
        "*a* and **b**",
        "*a* and ** **",
    ),
    ("detectable_format:number_highlighted_sections", r#"{"num_highlights":1}"#, "***x*", "* \n *"),
    (
        "detectable_format:multiple_sections",
        r#"{"section_spliter":"SECTION","num_sections":2}"#,
        "SECTION 1 a SECTION2",
        "SECTION 1 Section 2",
    ),
    ("detectable_format:json_format", "{}", "```json\n{\"a\": 1}\n```", "{a: 1}"),
    ("detectable_format:title", "{}", "<<A song>>\nla", "<< >> <<\n>>"),
    ("combination:two_responses", "{}", "a\n******\nb", "a ****** a "),
    ("combination:two_responses", "{}", "******a******b", "a ****** b ****** c"),
    ("combination:two_responses", "{}", "a ****** b ******", "a ****** ****** b"),
    (
        "combination:repeat_prompt",
        r#"{"prompt_to_repeat":"Say Hi."}"#,
        " say hi. Hi!",
        "Hi! Say hi.",
    ),
    (
        "startend:end_checker",
        r#"{"end_phrase":"Any questions?"}"#,
        "\"Yes. any QUESTIONS?\" ",
        "Any questions? No.",
    ),
    ("startend:quotation", "{}", " \"all of it\"\n", "\"half\" of it"),
    ("startend:quotation", "{}", "\"\"", "\""),
    (
        "change_case:capital_word_frequency",
        r#"{"capital_relation":"at least","capital_frequency":3}"#,
        "I'M HERE now",
        "I AM here",
    ),
    (
        "change_case:capital_word_frequency",
        r#"{"capital_relation":"less than","capital_frequency":2}"#,
        "U.S.-MADE thing",
        "A, B",
    ),
    (
        "change_case:english_capital",
        "{}",
        "THIS IS WRITTEN IN CAPITAL LETTERS, AND IT IS ENGLISH FOR SURE.",
        "This Is Not.",
    ),
    (
        "change_case:english_lowercase",
        "{}",
        "this is written in small letters, and it is english for sure.",
        "this is Not.",
    ),
    (
        "change_case:english_capital",
        "{}",
        "THE ANSWER TO THE QUESTION IS THAT THERE IS NONE.",
        "ЭТО НАПИСАНО НЕ ПО-АНГЛИЙСКИ, НО БОЛЬШИМИ БУКВАМИ.",
    ),
    ("punctuation:no_comma", "{}", "none here", "one, here"),
    ("punctuation:no_comma", "{}", "full-width ， is another mark", "1,000"),
    ("startend:quotation", "{}", "\"ä\"", " \n"),
    ("punctuation:no_comma", "{}", "x", "   "),
];

fn outcome(id: &str, kwargs: &str, text: &str) -> (CheckOutcome, String) {
    let row =
        format!(r#"{{"key":1,"prompt":"p","instruction_id_list":["{id}"],"kwargs":[{kwargs}]}}"#);
    let check = check(&read(&row).unwrap(), text);
    (check.outcome, check.proof)
}

#[test]
fn each_instruction_of_ifeval_is_followed_or_not() {
    for (id, kwargs, follows, does_not) in TABLE {
        let (good, bad) = (outcome(id, kwargs, follows), outcome(id, kwargs, does_not));
        assert_eq!(good.0, CheckOutcome::Pass, "{follows:?}: {}", good.1);
        assert_eq!(bad.0, CheckOutcome::Fail, "{does_not:?}: {}", bad.1);
    }
}

#[test]
fn the_table_holds_every_instruction() {
    let mut ids: Vec<&str> = TABLE.iter().map(|row| row.0).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 25);
}

#[test]
fn unused_kwargs_may_be_null_as_in_published_tables() {
    let row = r#"{"instruction_id_list": ["length_constraints:number_words"], "kwargs": [
        {"num_highlights": null, "relation": "less than", "num_words": 3.0, "keywords": null}]}"#;
    assert_eq!(check(&read(row).unwrap(), "two words").outcome, CheckOutcome::Pass);
}

#[test]
fn a_language_that_cannot_be_told_leaves_the_outcome_open() {
    let (outcome, proof) = outcome("language:response_language", r#"{"language":"de"}"#, "Ok");
    assert_eq!(outcome, CheckOutcome::Unknown, "{proof}");
}
