//! JSON Schema: keywords, references, circles, and what is said of a misfit.

use super::{CheckOutcome, check, read};

/// Schema, document that fits, document that does not, where it does not.
const TABLE: [(&str, &str, &str, &str); 22] = [
    (
        r#"{"type":["integer","null"]}"#,
        "1.0",
        "1.5",
        "the whole: wanted integer or null, found number",
    ),
    (r#"{"enum":[1,{"a":[true]}]}"#, r#"{"a":[true]}"#, r#"{"a":[1]}"#, "the whole: "),
    (r#"{"const":{"a":1,"b":2}}"#, r#"{"b":2.0,"a":1}"#, r#"{"a":1}"#, "is not"),
    (r#"{"multipleOf":0.0001}"#, "0.0075", "0.00751", "is not a multiple of"),
    (r#"{"multipleOf":1e-8}"#, "12391239123", "1e-9", "is not a multiple of"),
    (r#"{"minimum":1,"exclusiveMaximum":2}"#, "1", "2", "2 is not below 2"),
    (r#"{"minLength":2,"maxLength":3}"#, "\"äö\"", "\"ä\"", "1 characters, wanted at least 2"),
    (r#"{"pattern":"^a+$"}"#, "\"aa\"", "\"ab\"", "`ab` does not match"),
    (r#"{"required":["a"]}"#, r#"{"a":1}"#, "{}", "`a` is missing"),
    (
        r#"{"properties":{"a/b":{"items":{"type":"string"}}}}"#,
        r#"{"a/b":["x"]}"#,
        r#"{"a/b":["x",1]}"#,
        "`/a~1b/1`: wanted string, found integer",
    ),
    (
        r#"{"properties":{"a":true},"patternProperties":{"^x":true},"additionalProperties":false}"#,
        r#"{"a":1,"xy":2}"#,
        r#"{"b":1}"#,
        "`/b`: nothing is allowed here",
    ),
    (r#"{"propertyNames":{"maxLength":1}}"#, r#"{"a":1}"#, r#"{"ab":1}"#, "2 characters"),
    (r#"{"minProperties":1,"maxProperties":1}"#, r#"{"a":1}"#, "{}", "0 properties"),
    (r#"{"dependentRequired":{"a":["b"]}}"#, r#"{"b":1}"#, r#"{"a":1}"#, "`b` is missing"),
    (
        r#"{"dependentSchemas":{"a":{"required":["b"]}}}"#,
        r#"{"a":1,"b":1}"#,
        r#"{"a":1}"#,
        "`b` is missing",
    ),
    (r#"{"prefixItems":[{"type":"null"}],"items":false}"#, "[null]", "[null,1]", "`/1`: nothing"),
    (
        r#"{"contains":{"type":"null"},"maxContains":1}"#,
        "[1,null]",
        "[null,null]",
        "2 items that `contains`",
    ),
    (r#"{"uniqueItems":true}"#, "[1,\"1\"]", "[1,2,1.0]", "`/2`: was there before"),
    (r#"{"anyOf":[{"type":"null"},{"minimum":3}]}"#, "4", "2", "fits none of the 2 in `anyOf`"),
    (r#"{"oneOf":[{"type":"integer"},{"minimum":3}]}"#, "2", "4", "fits 2 of the 2 in `oneOf`"),
    (
        r#"{"not":{"type":"null"},"if":{"type":"string"},"then":{"minLength":1},"else":{"minimum":0}}"#,
        "0",
        "\"\"",
        "0 characters",
    ),
    (
        r##"{"$defs":{"tree":{"type":"object","properties":{"kids":{"items":{"$ref":"#/$defs/tree"}}}}},"$ref":"#/$defs/tree"}"##,
        r#"{"kids":[{"kids":[]}]}"#,
        r#"{"kids":[{"kids":[3]}]}"#,
        "`/kids/0/kids/0`: wanted object",
    ),
];

fn judged(schema: &str, document: &str) -> (CheckOutcome, String) {
    let constraint = format!(r#"[{{"kind":"json-schema","schema":{schema}}}]"#);
    let check = check(&read(&constraint).unwrap(), document);
    (check.outcome, check.proof)
}

#[test]
fn documents_fit_a_schema_or_the_place_of_the_misfit_is_named() {
    for (schema, fits, does_not, said) in TABLE {
        let (good, bad) = (judged(schema, fits), judged(schema, does_not));
        assert_eq!(good.0, CheckOutcome::Pass, "{schema} on {fits}: {}", good.1);
        assert_eq!(bad.0, CheckOutcome::Fail, "{schema} on {does_not}: {}", bad.1);
        assert!(bad.1.contains(said), "{schema} on {does_not}: {}", bad.1);
    }
}

#[test]
fn a_schema_that_leads_in_a_circle_comes_to_an_end() {
    let circles = [
        r##"{"$ref":"#"}"##,
        r##"{"anyOf":[{"$ref":"#"},{"$ref":"#"}]}"##,
        r##"{"allOf":[{"not":{"$ref":"#"}},{"not":{"$ref":"#"}}]}"##,
    ];
    for schema in circles {
        assert_eq!(judged(schema, "1").0, CheckOutcome::Unknown, "{schema}");
    }
}
