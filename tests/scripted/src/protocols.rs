//! A good answer to each call, in the protocol its path belongs to.

mod anthropic;
mod comfyui;
mod ollama;
mod openai;
mod sdwebui;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;

/// The answer to a call, or `None` if no protocol has such a path.
pub(crate) fn answer(method: &str, path: &str, body: &Value) -> Option<Value> {
    openai::answer(method, path, body)
        .or_else(|| anthropic::answer(method, path, body))
        .or_else(|| ollama::answer(method, path, body))
        .or_else(|| sdwebui::answer(method, path, body))
        .or_else(|| comfyui::answer(method, path, body))
}

/// The name of the workflow in this call.
pub(crate) fn workflow(body: &[u8]) -> String {
    let body: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
    comfyui::id(body.to_string().as_bytes())
}

/// The words of the last message, whatever form its content has.
fn last_words(messages: Option<&Value>) -> String {
    let last = messages.and_then(Value::as_array).and_then(|all| all.last());
    let Some(content) = last.and_then(|message| message.get("content")) else {
        return String::new();
    };
    if let Some(text) = content.as_str() {
        return text.to_owned();
    }
    let parts = content.as_array().into_iter().flatten();
    parts.filter_map(|part| part.get("text").and_then(Value::as_str)).collect()
}

/// A picture whose color depends on the prompt.
fn picture(prompt: &str) -> String {
    let sum = prompt.bytes().fold(0_u8, u8::wrapping_add);
    STANDARD.encode(crate::png([sum, 0, 255 - sum]))
}

fn text<'a>(body: &'a Value, name: &str) -> &'a str {
    body.get(name).and_then(Value::as_str).unwrap_or_default()
}
