//! What a scripted server answers, as the Responses API sends it, and what it was asked.

use pentimento_scripted::{Act, Scripted, png};
use serde_json::{Value, json};

/// An answer in words, as the Responses API sends it.
pub(crate) fn words(text: &str) -> Act {
    said(&json!([{ "type": "output_text", "text": text }]))
}

/// An answer of one word, and how likely yes and no were in its place.
pub(crate) fn likely(word: &str, yes: f64) -> Act {
    let one = |token: &str, share: f64| json!({ "token": token, "logprob": share.ln() });
    let both = json!([one("Yes", yes), one("No", 1.0 - yes)]);
    let own = if word == "Yes" { yes } else { 1.0 - yes };
    let token = json!({ "token": word, "logprob": own.ln(), "top_logprobs": both });
    said(&json!([{ "type": "output_text", "text": word, "logprobs": [token] }]))
}

fn said(content: &Value) -> Act {
    let output = json!([{ "type": "message", "role": "assistant", "content": content }]);
    let usage = json!({ "input_tokens": 11, "output_tokens": 7 });
    let body = json!({
        "id": "r", "object": "response", "status": "completed", "model": "m-1",
        "output": output, "usage": usage, "text": { "format": { "type": "json_schema" } },
    });
    Act::Body(body.to_string())
}

pub(crate) fn refusal() -> Act {
    let content = json!([{ "type": "refusal", "refusal": "I must not" }]);
    let output = json!([{ "type": "message", "role": "assistant", "content": content }]);
    let body = json!({
        "id": "r", "object": "response", "status": "completed", "model": "m-1", "output": output,
    });
    Act::Body(body.to_string())
}

pub(crate) fn prompts(texts: &[&str]) -> Act {
    words(&json!({ "prompts": texts }).to_string())
}

pub(crate) fn picture(shade: u8) -> Act {
    Act::picture(&png([shade, 0, 0]))
}

/// What was asked for, call by call: a picture's prompt, or the beginning of a question.
pub(crate) fn asked(server: &Scripted) -> Vec<String> {
    let told = |body: &str| {
        let body: Value = serde_json::from_str(body).unwrap();
        match body.get("prompt").and_then(Value::as_str) {
            Some(prompt) => format!("paint {prompt}"),
            None => format!(
                "{} {}",
                body["model"].as_str().unwrap(),
                body["text"]["format"]["name"].as_str().unwrap()
            ),
        }
    };
    server.stats().asked.iter().map(|asked| told(&asked.body)).collect()
}

/// What was done without an answer of use, in order.
pub(crate) fn fallbacks(summary: &Value) -> Vec<String> {
    let rounds = summary["rounds"].as_array().unwrap();
    let talk = rounds.iter().flat_map(|round| round["talk"].as_array().into_iter().flatten());
    talk.filter_map(|said| {
        Some(format!("{}: {}", said["reason"].as_str()?, said["instead"].as_str()?))
    })
    .collect()
}
