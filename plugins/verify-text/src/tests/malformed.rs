//! Constraints that cannot be used, each with the path and cause it is refused with.

use super::read;

const TABLE: [(&str, &str, &str); 36] = [
    ("", "constraints", "no JSON: EOF"),
    ("[", "constraints", "line 1 column 1"),
    ("{}", "constraints", "a list of constraints or a row"),
    ("[]", "constraints", "the list is empty"),
    ("[3]", "constraints[0]", "an object is needed, found a number"),
    ("[{}]", "constraints[0]", "`kind` is missing"),
    (r#"[{"kind":"size"}]"#, "constraints[0].kind", "there is no constraint `size`"),
    (
        r#"[{"kind":"json"},{"kind":"json","x":1}]"#,
        "constraints[1]",
        "unknown key `x`; known here:",
    ),
    (
        r#"[{"kind":"length","unit":"feet","at-most":1}]"#,
        "constraints[0].unit",
        "`feet` is none of characters,",
    ),
    (r#"[{"kind":"length","unit":"words"}]"#, "constraints[0]", "one of `at-least`, `at-most`"),
    (
        r#"[{"kind":"length","unit":"words","at-most":-1}]"#,
        "constraints[0].at-most",
        "a count (0, 1, 2 …) is needed",
    ),
    (r#"[{"kind":"length","unit":"words","at-most":1.5}]"#, "constraints[0].at-most", "a count"),
    (r#"[{"kind":"bullets","at-least":3,"at-most":2}]"#, "constraints[0]", "no count is between"),
    (
        r#"[{"kind":"bullets","at-least":3,"exactly":2}]"#,
        "constraints[0]",
        "`exactly` leaves nothing",
    ),
    (r#"[{"kind":"number","at-least":3,"at-most":2}]"#, "constraints[0]", "no number is between"),
    (r#"[{"kind":"forbidden","words":["a"," "]}]"#, "constraints[0].words[1]", "not blank"),
    (
        r#"[{"kind":"forbidden","words":"a"}]"#,
        "constraints[0].words",
        "a list is needed, found a text",
    ),
    (
        r#"[{"kind":"contains","text":"a","ignore-case":"no"}]"#,
        "constraints[0].ignore-case",
        "true or false",
    ),
    (r#"[{"kind":"matches","pattern":"(a"}]"#, "constraints[0].pattern", "unclosed group"),
    (r#"[{"kind":"matches","pattern":"(?=a)"}]"#, "constraints[0].pattern", "look-around"),
    (
        r#"[{"kind":"matches","pattern":"((a{100}){100}){100}"}]"#,
        "constraints[0].pattern",
        "the pattern is too large",
    ),
    (r#"[{"kind":"language","is":"xx"}]"#, "constraints[0].is", "`xx` is none of the languages"),
    (r#"[{"kind":"case","is":"title"}]"#, "constraints[0].is", "`title` is none of upper, lower"),
    (r#"[{"kind":"all","of":[]}]"#, "constraints[0].of", "the list is empty"),
    (
        r#"[{"kind":"not","of":{"kind":"all","of":[{"kind":"x"}]}}]"#,
        "constraints[0].of.of[0].kind",
        "no constraint `x`",
    ),
    (
        r#"[{"instruction":"punctuation:comma"}]"#,
        "constraints[0].instruction",
        "no instruction of IFEval",
    ),
    (
        r#"[{"instruction":"punctuation:no_comma","kwargs":{"x":1}}]"#,
        "constraints[0].kwargs",
        "unknown key `x`",
    ),
    (
        r#"[{"instruction":"length_constraints:number_words","kwargs":{"relation":"at most","num_words":1}}]"#,
        "constraints[0].kwargs.relation",
        "`at most` is none of less than, at least",
    ),
    (
        r#"[{"instruction":"length_constraints:number_words","kwargs":{"relation":"less than","num_words":0}}]"#,
        "constraints[0].kwargs.num_words",
        "less than 0",
    ),
    (
        r#"{"instruction_id_list":["punctuation:no_comma"],"kwargs":[{},{}]}"#,
        "constraints.kwargs",
        "2 entries for 1",
    ),
    (
        r#"{"instruction_id_list":["keywords:letter_frequency"],"kwargs":[{"letter":"ab","let_relation":"at least","let_frequency":1}]}"#,
        "constraints.kwargs[0].letter",
        "one character",
    ),
    (
        r#"[{"kind":"json-schema","schema":{"type":"text"}}]"#,
        "constraints[0].schema.type",
        "`text` is none of null,",
    ),
    (
        r#"[{"kind":"json-schema","schema":{"properties":{"a":{"unevaluatedItems":false}}}}]"#,
        "constraints[0].schema.properties.a",
        "unknown key `unevaluatedItems`",
    ),
    (
        r##"[{"kind":"json-schema","schema":{"$ref":"#/$defs/a"}}]"##,
        "constraints[0].schema.$ref",
        "points to nothing",
    ),
    (
        r#"[{"kind":"json-schema","schema":{"$ref":"https://example.org/a"}}]"#,
        "constraints[0].schema.$ref",
        "points out of this schema",
    ),
    (
        r#"[{"kind":"json-schema","schema":{"$schema":"http://json-schema.org/draft-07/schema#"}}]"#,
        "constraints[0].schema.$schema",
        "only draft 2020-12",
    ),
];

#[test]
fn malformed_constraints_are_refused_with_path_and_cause() {
    for (json, path, cause) in TABLE {
        let malformed = read(json).expect_err(json);
        assert_eq!(malformed.path, path, "{json}: {malformed}");
        assert!(malformed.cause.contains(cause), "{json}: {malformed}");
    }
}

#[test]
fn constraints_may_be_many_and_deep_only_to_a_bound() {
    let many = format!("[{}]", vec![r#"{"kind":"json"}"#; 129].join(","));
    assert_eq!(read(&many).unwrap_err().cause, "there are more than 128 constraints");
    let deep = format!(
        "[{}{}{}]",
        r#"{"kind":"not","of":"#.repeat(9),
        r#"{"kind":"json"}"#,
        "}".repeat(9)
    );
    assert_eq!(read(&deep).unwrap_err().cause, "nested more than 8 deep");
}
