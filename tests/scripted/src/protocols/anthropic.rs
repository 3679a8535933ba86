//! Anthropic's messages, at the root. Paths that `OpenAI` has too are answered there.

use serde_json::{Value, json};

use super::{last_words, text};

pub(super) fn answer(method: &str, path: &str, body: &Value) -> Option<Value> {
    if (method, path) != ("POST", "/v1/messages") {
        return None;
    }
    let words = format!("you said: {}", last_words(body.get("messages")));
    let (content, reason) = match body.get("tool_choice").and_then(|choice| choice.get("name")) {
        Some(name) => {
            let used = json!({ "type": "tool_use", "id": "t1", "name": name,
                "input": { "said": words } });
            (used, "tool_use")
        }
        None => (json!({ "type": "text", "text": words }), "end_turn"),
    };
    Some(json!({
        "id": "msg_1", "type": "message", "role": "assistant", "model": text(body, "model"),
        "content": [content], "stop_reason": reason,
        "usage": { "input_tokens": 8, "cache_read_input_tokens": 3, "output_tokens": 7 },
    }))
}
