//! AUTOMATIC1111's API.

use serde_json::{Value, json};

use super::{picture, text};

pub(super) fn answer(method: &str, path: &str, body: &Value) -> Option<Value> {
    Some(match (method, path) {
        ("POST", "/sdapi/v1/txt2img" | "/sdapi/v1/img2img") => {
            json!({ "images": [picture(text(body, "prompt"))], "parameters": {}, "info": "{}" })
        }
        ("GET", "/sdapi/v1/sd-models") => json!([{ "title": "sd.safetensors [abc]" }]),
        _ => return None,
    })
}
