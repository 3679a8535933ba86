//! One attempt with a tape in between: the answer is kept before it is used, or was kept before.

use tokio::task::{JoinError, spawn_blocking};

use super::{Call, Failed, Transport, body, client, retry::Again, too_large};
use crate::{
    error::{Because, Failure, ProviderError},
    limits,
    tape::{Asked, Parts, Tape},
};

impl Transport {
    /// The answer to a call. While the tape plays, nothing is sent. What never came is not kept.
    pub(super) async fn taped(
        &self,
        tape: &Tape,
        call: &Call,
        idempotency: &str,
    ) -> Result<reqwest::Response, Failed> {
        let asked = Asked::of(self.name(), call);
        let never = |error| Failed { error, again: Again::Never };
        if tape.is_playing() {
            return tape.answer(&asked).map_err(never);
        }
        let key = self.settings.key.as_ref();
        let lost = |error: reqwest::Error| {
            let again = client::again(&error);
            Failed { error: client::unreachable(self.name(), &error, key), again }
        };
        let response = self.wire.send(&self.settings, call, idempotency).await?;
        let parts = Parts::of(&response);
        let whole = if response.status().is_success() {
            match body::read(response, call.most).await {
                Ok(whole) => whole,
                Err(body::BodyError::Lost(error)) => return Err(lost(error)),
                Err(body::BodyError::TooLarge) => {
                    return Err(never(too_large(self.name(), call.most)));
                }
            }
        } else {
            let (bytes, whole) = body::beginning(response, limits::COMPLAINT_BYTES).await;
            match key.filter(|_| !whole) {
                Some(key) => key.hide_in_beginning(&bytes),
                None => bytes,
            }
        };
        // A disk may take its time, and so does looking for the key in a large answer.
        let (tape, key, parts) = (tape.clone(), key.cloned(), parts.with(whole));
        let kept = spawn_blocking(move || tape.keep(&asked, &parts, key.as_ref()));
        let lost = |error: JoinError| {
            never(
                ProviderError::new(Failure::Tape, "an answer could not be kept on the cassette")
                    .because(Because::of(&error, None)),
            )
        };
        kept.await.map_err(lost)?.map_err(never)
    }
}
