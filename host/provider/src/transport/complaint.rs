//! What a server says when it does not answer: read, understood, and put into words.

use std::time::Duration;

use reqwest::{Response, StatusCode, header::LOCATION};
use serde_json::Value;

use super::{
    Failed, body, header,
    retry::{self, Again},
};
use crate::{
    error::{Because, Failure, ProviderError},
    limits,
    secret::{shown, shown_beginning},
    settings::{Kind, ProviderSettings},
};

/// What is known of the refusal.
struct Complaint {
    status: StatusCode,
    code: String,
    words: String,
}

pub(super) async fn read(settings: &ProviderSettings, response: Response, now: Duration) -> Failed {
    let key = settings.key.as_ref();
    let status = response.status();
    let wished = retry::retry_after(header(response.headers(), "retry-after"), now);
    let location = shown(header(response.headers(), LOCATION.as_str()), key);
    let (bytes, whole) = body::beginning(response, limits::COMPLAINT_BYTES).await;
    let (code, words) = understood(&bytes);
    let words = match words {
        Some(words) => shown(&words, key),
        None => shown_beginning(&bytes, whole, key),
    };
    let complaint = Complaint { status, code, words };
    let failure = failure(&complaint);
    let name = &settings.name;
    let message = match failure {
        Failure::RateLimited if is_purse(&complaint) => {
            format!(
                "provider `{name}` takes no more calls: nothing is left to spend there ({status})"
            )
        }
        Failure::Redirected => format!("provider `{name}` sends callers elsewhere ({status})"),
        Failure::RateLimited => format!("provider `{name}` takes no more calls for now ({status})"),
        Failure::ServerBroken => format!("provider `{name}` failed ({status})"),
        Failure::Unauthorized => format!("provider `{name}` does not accept the key ({status})"),
        Failure::NotFound => format!("provider `{name}` has no such model or call ({status})"),
        Failure::TimedOut => format!("provider `{name}` did not come to answer ({status})"),
        Failure::Declined => format!("provider `{name}` declined ({status})"),
        _ => format!("provider `{name}` did not take the question ({status})"),
    };
    let cause = match (failure, complaint.words.is_empty()) {
        (Failure::Redirected, _) => Because::new(&format!("to `{location}`"), key),
        (_, true) => Because::new("the server gives no reason", key),
        _ => Because::new(&format!("the server says: {}", complaint.words), key),
    };
    let again = again(&complaint, failure, wished);
    let error = ProviderError::new(failure, message).because(cause);
    let error = error.unpaid(is_unpaid(status, failure));
    Failed { error: error.hint(hint(settings, &complaint, failure)), again }
}

/// Code and words of the errors of all servers: `{"error": {"code", "type", "message"}}`,
/// `{"error": "…"}`, `{"detail": "…"}`, `{"message": "…"}`.
fn understood(bytes: &[u8]) -> (String, Option<String>) {
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return (String::new(), None) };
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    let error = value.get("error").unwrap_or(&value);
    let code = text(error.get("code")).or_else(|| text(error.get("type"))).unwrap_or_default();
    let words = [error.get("message"), Some(error), value.get("detail"), value.get("message")];
    let words = words.into_iter().find_map(text);
    // ComfyUI tells apart which node takes no such value.
    let node =
        value.get("node_errors").and_then(Value::as_object).and_then(|map| map.values().next());
    let detail = |key: &str| text(node.and_then(|node| node.pointer(&format!("/errors/0/{key}"))));
    match (words, detail("message"), detail("details")) {
        (Some(words), Some(message), details) => {
            let details = details.unwrap_or_default();
            (code, Some(format!("{words}: {message}: {details}")))
        }
        (words, ..) => (code, words),
    }
}

fn failure(complaint: &Complaint) -> Failure {
    let declined = ["moderation_blocked", "content_policy_violation", "content_filter"];
    match complaint.status.as_u16() {
        300..=399 => Failure::Redirected,
        401 | 403 => Failure::Unauthorized,
        404 | 405 | 501 => Failure::NotFound,
        402 | 429 => Failure::RateLimited,
        408 | 425 => Failure::TimedOut,
        // How llama.cpp says that a model has no eyes; it will not grow any.
        500 if complaint.words.contains("is not supported") => Failure::Rejected,
        500..=599 => Failure::ServerBroken,
        _ if declined.contains(&complaint.code.as_str()) => Failure::Declined,
        _ => Failure::Rejected,
    }
}

/// True for what a server says instead of doing the work. After others it may have done it: a filter
/// that declines may have looked at a finished picture, and a gateway that gave up may have had a
/// server behind it.
fn is_unpaid(status: StatusCode, failure: Failure) -> bool {
    let not_understood = matches!(status.as_u16(), 400 | 500) && failure == Failure::Rejected;
    not_understood
        || matches!(status.as_u16(), 300..=399 | 401..=405 | 413 | 415 | 422 | 429 | 501 | 503)
}

/// True if there is nothing left to spend there.
fn is_purse(complaint: &Complaint) -> bool {
    complaint.status == StatusCode::PAYMENT_REQUIRED || complaint.code == "insufficient_quota"
}

fn again(complaint: &Complaint, failure: Failure, wished: Option<Duration>) -> Again {
    // An empty purse is not filled by waiting.
    match failure {
        Failure::RateLimited | Failure::ServerBroken if !is_purse(complaint) => {
            wished.map_or(Again::Sometime, Again::After)
        }
        _ => Again::Never,
    }
}

/// How `OpenAI` and llama.cpp call it.
const TOO_LONG: [&str; 2] = ["context_length_exceeded", "exceed_context_size_error"];

fn hint(settings: &ProviderSettings, complaint: &Complaint, failure: Failure) -> String {
    let name = &settings.name;
    match failure {
        Failure::Redirected => "redirects are not followed, so that the key goes nowhere else; if \
                                the new place is right, set it as `url`"
            .to_owned(),
        Failure::RateLimited if is_purse(complaint) => {
            "there is no money or quota left there".to_owned()
        }
        Failure::RateLimited => {
            format!("`calls-per-minute` under `[providers.{name}]` spreads calls from the start")
        }
        Failure::ServerBroken => "try again later, or bind the role to another provider".to_owned(),
        Failure::Unauthorized if settings.key.is_none() => {
            format!("no key was sent: `key-env` under `[providers.{name}]` names the variable")
        }
        Failure::Unauthorized => {
            "see that the key is whole, not expired, and good for this model".to_owned()
        }
        Failure::NotFound if settings.kind == Kind::Ollama => {
            "`ollama pull MODEL` fetches a model".to_owned()
        }
        Failure::NotFound => {
            format!("`pentimento model list {name}` shows the models; look at the URL's path too")
        }
        Failure::Rejected if TOO_LONG.contains(&complaint.code.as_str()) => {
            "the question is longer than the model reads at once: a server of your own can be started \
             with a larger context; else choose another model or a shorter idea"
                .to_owned()
        }
        Failure::Rejected if complaint.status == StatusCode::PAYLOAD_TOO_LARGE => {
            "the server takes no question of this size: fewer or smaller pictures, or a shorter idea, make \
             it smaller"
                .to_owned()
        }
        Failure::TimedOut => {
            "the server gave up waiting: it, or what stands before it, may be overloaded".to_owned()
        }
        Failure::Declined => "its filter objects: say it in other words".to_owned(),
        _ => {
            "the model may not know a part of the question, such as pictures or a schema".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_every_server_are_found() {
        for (body, code, words) in [
            (r#"{"error":{"code":"c","message":"m"}}"#, "c", Some("m")),
            (r#"{"type":"error","error":{"type":"t","message":"m"}}"#, "t", Some("m")),
            (r#"{"error":{"code":null,"type":"t","message":"m"}}"#, "t", Some("m")),
            (r#"{"error":"m"}"#, "", Some("m")),
            (r#"{"detail":"m"}"#, "", Some("m")),
            (r#"{"detail":[{"loc":1}]}"#, "", None),
            (
                r#"{"error":{"type":"t","message":"m"},"node_errors":{"4":{"errors":[
                    {"message":"Value not in list","details":"ckpt_name: 'x'"}]}}}"#,
                "t",
                Some("m: Value not in list: ckpt_name: 'x'"),
            ),
            (r#"{"error":{"message":"m"},"node_errors":{}}"#, "", Some("m")),
            (r#"{"error":{"message":"m"},"node_errors":[]}"#, "", Some("m")),
            ("[]", "", None),
            ("<html>", "", None),
            ("", "", None),
        ] {
            let found = understood(body.as_bytes());
            assert_eq!(found, (code.to_owned(), words.map(str::to_owned)), "{body}");
        }
    }
}
