//! Reading an answer, no further than its limit.

use reqwest::Response;

/// Why an answer was not read to its end.
pub(super) enum BodyError {
    /// The connection broke or a time ran out.
    Lost(reqwest::Error),
    /// It is longer than its limit, or says that it will be.
    TooLarge,
}

/// Bytes that an announcement is believed to be true for, so that most pictures are read into the place
/// where they stay.
const BELIEVED_BYTES: u64 = 1 << 20;

/// Beyond that, memory is taken as bytes arrive: what a server announces is only checked.
pub(super) async fn read(mut response: Response, most: usize) -> Result<Vec<u8>, BodyError> {
    if response.content_length().is_some_and(|announced| announced > most as u64) {
        return Err(BodyError::TooLarge);
    }
    let announced = response.content_length().unwrap_or(0).min(BELIEVED_BYTES);
    let mut bytes = Vec::with_capacity(usize::try_from(announced).unwrap_or(0));
    while let Some(chunk) = response.chunk().await.map_err(BodyError::Lost)? {
        if bytes.len() + chunk.len() > most {
            return Err(BodyError::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// The beginning of a refusal, and whether that is all of it. A connection that breaks leaves what
/// was read.
pub(super) async fn beginning(mut response: Response, most: usize) -> (Vec<u8>, bool) {
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => return (bytes, true),
            Err(_) => return (bytes, false),
        }
        if bytes.len() > most {
            bytes.truncate(most);
            return (bytes, false);
        }
    }
}
