//! JSON with pictures in it, in pieces: a picture is written in base64 while it is sent, a chunk at a
//! time, so that no call holds it twice while it waits for its answer.

use std::{
    convert::Infallible,
    mem,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use pentimento_model::Artifact;

use crate::encoded;

/// Bytes of a picture that are written at once: 32 KiB of base64. It is a multiple of three, so that
/// only a picture's last chunk is padded.
const CHUNK: usize = 24 << 10;

/// A piece of what is sent.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    /// As it is.
    Text(Bytes),
    /// In base64.
    Picture(Artifact),
}

impl Piece {
    /// Bytes of it as they are sent.
    fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Picture(picture) => encoded::len(&picture.bytes),
        }
    }
}

/// Everything that is sent. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Pieces(Arc<[Piece]>);

impl Pieces {
    pub(crate) fn new(pieces: Vec<Piece>) -> Self {
        Self(pieces.into())
    }

    /// All of it at once.
    pub(crate) fn whole(&self) -> Vec<u8> {
        let mut whole = Vec::with_capacity(self.0.iter().map(Piece::len).sum());
        for piece in &*self.0 {
            match piece {
                Piece::Text(text) => whole.extend_from_slice(text),
                Piece::Picture(picture) => encoded::append(&picture.bytes, &mut whole),
            }
        }
        whole
    }

    /// All of it, if there is no picture in it.
    pub(super) fn text(&self) -> Option<Bytes> {
        match &*self.0 {
            [Piece::Text(text)] => Some(text.clone()),
            _ => None,
        }
    }

    /// The body of a request.
    pub(super) fn body(&self) -> reqwest::Body {
        match &*self.0 {
            [Piece::Text(text)] => text.clone().into(),
            pieces => {
                let left = pieces.iter().map(Piece::len).sum();
                reqwest::Body::wrap(Sending { pieces: self.clone(), at: 0, within: 0, left })
            }
        }
    }
}

/// What is left of it to be sent.
struct Sending {
    pieces: Pieces,
    /// The piece under way.
    at: usize,
    /// Bytes of its picture that are sent.
    within: usize,
    /// Bytes that are to come.
    left: usize,
}

impl Sending {
    fn next(&mut self) -> Option<Bytes> {
        let chunk = match self.pieces.0.get(self.at)? {
            Piece::Text(text) => {
                self.at += 1;
                text.clone()
            }
            Piece::Picture(picture) => {
                let rest = picture.bytes.get(self.within..).unwrap_or_default();
                let now = rest.get(..CHUNK).unwrap_or(rest);
                let mut chunk = Vec::with_capacity(encoded::len(now));
                encoded::append(now, &mut chunk);
                self.within += now.len();
                if now.len() == rest.len() {
                    (self.at, self.within) = (self.at + 1, 0);
                }
                chunk.into()
            }
        };
        self.left -= chunk.len();
        Some(chunk)
    }
}

impl Body for Sending {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.next().map(|chunk| Ok(Frame::data(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    /// Exact, so that the length is announced.
    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left as u64)
    }
}

/// Collects pieces: text until a picture comes, then the picture.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    pub(crate) text: Vec<u8>,
    pieces: Vec<Piece>,
}

impl Collected {
    pub(crate) fn push_picture(&mut self, picture: &Artifact) {
        self.end_text();
        self.pieces.push(Piece::Picture(picture.clone()));
    }

    pub(crate) fn pieces(mut self) -> Pieces {
        self.end_text();
        Pieces::new(self.pieces)
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            self.pieces.push(Piece::Text(mem::take(&mut self.text).into()));
        }
    }
}

#[cfg(test)]
mod tests {
    use pentimento_model::MediaType;

    use super::*;

    #[test]
    fn what_is_sent_in_chunks_is_what_it_is_as_a_whole() {
        for bytes in [0, 1, 2, 3, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 2] {
            let picture: Vec<u8> = (0..=u8::MAX).cycle().take(bytes).collect();
            let picture = Artifact::new(MediaType::Png, picture);
            let mut collected = Collected::default();
            collected.text.extend_from_slice(b"{\"");
            collected.push_picture(&picture);
            collected.push_picture(&picture);
            collected.text.extend_from_slice(b"\"}");
            let pieces = collected.pieces();
            let left = pieces.0.iter().map(Piece::len).sum();
            let mut sending = Sending { pieces: pieces.clone(), at: 0, within: 0, left };
            let mut sent = Vec::new();
            while let Some(chunk) = sending.next() {
                assert!(chunk.len() <= CHUNK / 3 * 4);
                sent.extend_from_slice(&chunk);
            }
            assert!(sending.is_end_stream());
            assert_eq!(sent.len(), left);
            assert_eq!(sent, pieces.whole(), "{bytes} bytes");
        }
    }
}
