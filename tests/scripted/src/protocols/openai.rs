//! `OpenAI`'s API under `/v1`; under `/old/v1` a compatible server without the Responses API; under
//! `/half/v1` one with half of it, as llama.cpp's is: it takes no notice of forms and tells no
//! probabilities there.

use serde_json::{Value, json};

use super::{last_words, picture, text};

pub(super) fn answer(method: &str, path: &str, body: &Value) -> Option<Value> {
    let old = path.strip_prefix("/old");
    let half = path.strip_prefix("/half");
    let model = text(body, "model");
    Some(match (method, old.or(half).unwrap_or(path)) {
        ("POST", "/v1/responses") if half.is_some() => {
            let words = format!("you said: {}", last_words(body.get("input")));
            json!({
                "id": "resp_1", "object": "response", "status": "completed", "model": model,
                "output": [{ "type": "message", "role": "assistant", "content": [
                    { "type": "output_text", "text": words, "logprobs": [] },
                ]}],
                "usage": { "input_tokens": 11, "output_tokens": 7 },
            })
        }
        ("POST", "/v1/responses") if old.is_none() => {
            let words = format!("you said: {}", last_words(body.get("input")));
            let logprobs = body.get("top_logprobs").map(|_| likely());
            json!({
                "id": "resp_1", "object": "response", "status": "completed", "model": model,
                "text": body.get("text"),
                "output": [
                    { "type": "reasoning", "summary": [] },
                    { "type": "message", "role": "assistant", "content": [
                        { "type": "output_text", "text": words, "logprobs": logprobs },
                    ]},
                ],
                "usage": { "input_tokens": 11, "output_tokens": 7,
                    "input_tokens_details": { "cached_tokens": 3 } },
            })
        }
        ("POST", "/v1/chat/completions") => {
            let words = format!("you said: {}", last_words(body.get("messages")));
            let logprobs = body.get("logprobs").map(|_| json!({ "content": likely() }));
            json!({
                "id": "chat_1", "object": "chat.completion", "model": model,
                "choices": [{ "index": 0, "finish_reason": "stop", "logprobs": logprobs,
                    "message": { "role": "assistant", "content": words } }],
                "usage": { "prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18,
                    "prompt_tokens_details": { "cached_tokens": 3 } },
            })
        }
        ("POST", "/v1/images/generations" | "/v1/images/edits") => {
            json!({ "created": 1, "data": [{ "b64_json": picture(text(body, "prompt")) }] })
        }
        ("POST", "/v1/embeddings") => {
            let texts = body.get("input").and_then(Value::as_array).cloned().unwrap_or_default();
            let one = |(index, text): (usize, &Value)| {
                let length = text.as_str().map_or(0, str::len);
                json!({ "index": index, "embedding": [1.0, length, 0.5] })
            };
            // The last one first: their order is said by their index alone.
            let data: Vec<_> = texts.iter().enumerate().map(one).rev().collect();
            json!({ "data": data, "usage": { "prompt_tokens": 5, "total_tokens": 5 } })
        }
        ("GET", "/v1/models") => json!({ "data": [{ "id": "large" }, { "id": "small" }] }),
        _ => return None,
    })
}

fn likely() -> Value {
    json!([{ "token": "you", "logprob": -0.25, "top_logprobs": [
        { "token": "we", "logprob": -2.0 }, { "token": "you", "logprob": -0.25 },
    ]}])
}
