//! What callers send: bodies within bounds of size and time, and of the kind they must be.

use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::{
    StatusCode,
    body::{Body, Bytes},
    header::{CONTENT_TYPE, HeaderMap},
};
use serde::de::DeserializeOwned;

use crate::{limits, refusal::Refusal};

/// The whole body, at most so many bytes of it.
pub(crate) async fn body<B>(body: B, most: usize) -> Result<Bytes, Refusal>
where
    B: Body<Data = Bytes>,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let too_large = || {
        let message = format!("the call is larger than {most} bytes");
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, message)
    };
    if body.size_hint().lower() > most as u64 {
        return Err(too_large());
    }
    let collected = Limited::new(body, most).collect();
    match tokio::time::timeout(limits::BODY_TIME, collected).await {
        Ok(Ok(whole)) => Ok(whole.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large()),
        Ok(Err(_)) => Err(Refusal::new(StatusCode::BAD_REQUEST, "the call broke off")),
        Err(_) => Err(Refusal::new(StatusCode::REQUEST_TIMEOUT, "the call took too long to come")),
    }
}

/// The media type without its parameters, in lower case.
pub(crate) fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A JSON body. Its media type must say so: a page in a browser cannot send that to another origin
/// without asking first, and is answered no.
pub(crate) async fn json<T>(headers: &HeaderMap, bytes: Bytes) -> Result<T, Refusal>
where
    T: DeserializeOwned + Send + 'static,
{
    if media_type(headers) != "application/json" {
        return Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "send JSON, with `content-type: application/json`",
        ));
    }
    elsewhere(move || {
        let wrong = |why: String| {
            Refusal::new(StatusCode::BAD_REQUEST, format!("the call cannot be read: {why}"))
        };
        // A list of the values in their order would do for the reader, and is not in the API.
        if bytes.trim_ascii_start().first() != Some(&b'{') {
            return Err(wrong("it is no JSON object".to_owned()));
        }
        serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string()))
    })
    .await
}

/// Work that takes a thread longer than others should wait for it.
pub(crate) async fn elsewhere<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let lost = |_| Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "the work was cut off");
    tokio::task::spawn_blocking(work).await.map_err(lost)?
}
