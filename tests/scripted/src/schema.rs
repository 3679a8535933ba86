//! Answers that keep to the JSON schema that came with the question.

use serde_json::{Map, Value, json};

/// What good answers in words begin with.
const WORDS: &str = "you said: ";

/// The same answer with JSON in place of its words, if the question came with a schema. `salt` is
/// another one for every other question.
pub(crate) fn fit(answer: Value, question: &Value, salt: u64) -> Value {
    let Some(schema) = schema(question) else { return answer };
    let fitting = instance(schema, salt).to_string();
    replaced(answer, &fitting)
}

/// The schema, wherever the protocol has it.
fn schema(question: &Value) -> Option<&Value> {
    let places = ["/text/format/schema", "/response_format/json_schema/schema", "/format"];
    places.iter().find_map(|place| question.pointer(place)).filter(|schema| schema.is_object())
}

/// The least that a schema allows; no boolean is true, and every text has the salt in it.
fn instance(schema: &Value, salt: u64) -> Value {
    if let Some(first) = schema.pointer("/enum/0") {
        return first.clone();
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("object") => {
            let properties = schema.get("properties").and_then(Value::as_object);
            let filled: Map<_, _> = properties
                .into_iter()
                .flatten()
                .map(|(name, inner)| (name.clone(), instance(inner, salt)))
                .collect();
            filled.into()
        }
        Some("array") => {
            let items = schema.get("items").unwrap_or(&Value::Null);
            json!([instance(items, salt)])
        }
        Some("boolean") => false.into(),
        Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or(json!(1)),
        _ => format!("words {salt:016x}").into(),
    }
}

fn replaced(value: Value, words: &str) -> Value {
    match value {
        Value::String(text) if text.starts_with(WORDS) => words.into(),
        Value::Array(all) => all.into_iter().map(|one| replaced(one, words)).collect(),
        Value::Object(all) => {
            all.into_iter().map(|(name, one)| (name, replaced(one, words))).collect()
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocols;

    #[test]
    fn an_answer_keeps_to_the_schema_and_differs_with_the_question() {
        let schema = json!({
            "type": "object",
            "properties": {
                "steps": { "type": "array", "items": { "type": "string" } },
                "kind": { "enum": ["a", "b"] },
                "correct": { "type": "boolean" },
                "score": { "type": "integer", "minimum": 1 },
            },
        });
        let asked = |words: &str| {
            let body = json!({
                "messages": [{ "role": "user", "content": words }],
                "response_format": { "json_schema": { "schema": schema } },
            });
            let answer = protocols::answer("POST", "/v1/chat/completions", &body).unwrap();
            let answer = fit(answer, &body, words.len() as u64);
            let words = answer.pointer("/choices/0/message/content").unwrap().as_str().unwrap();
            serde_json::from_str::<Value>(words).unwrap()
        };
        let first = asked("one");
        assert_eq!(first["kind"], "a");
        assert_eq!((&first["correct"], &first["score"]), (&json!(false), &json!(1)));
        assert_ne!(first["steps"], asked("three")["steps"]);
        assert_eq!(first, asked("one"));
    }

    #[test]
    fn without_a_schema_nothing_is_changed() {
        let answer = json!({ "text": "you said: hello" });
        assert_eq!(fit(answer.clone(), &json!({ "model": "m" }), 1), answer);
    }
}
