//! What a server of workflows whispers over a WebSocket while it works.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use futures::{SinkExt as _, StreamExt as _};
use hyper::{
    Request, Response, StatusCode,
    body::{Bytes, Incoming},
    upgrade::Upgraded,
};
use hyper_util::rt::TokioIo;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Message, handshake::derive_accept_key, protocol::Role},
};

use crate::serve::{Scene, Stage};

/// What a WebSocket tells of each workflow that is queued.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Whisper {
    /// How it goes, until it is done.
    #[default]
    Well,
    /// There is none.
    Refused,
    /// There is one, with another key than it was asked for.
    Forged,
    /// These frames.
    Frames(Vec<Frame>),
}

/// A part of what is told. `ID` in a text stands for the workflow's name.
#[derive(Clone, Debug, PartialEq)]
pub enum Frame {
    /// A message of text.
    Text(String),
    /// A message of so many bytes.
    Binary(usize),
    /// Bytes that are no frame.
    Junk,
    /// The connection is closed without a word.
    Break,
}

/// How often it is looked for workflows that were queued.
const LOOK: Duration = Duration::from_millis(2);

impl Whisper {
    fn frames(&self) -> Vec<Frame> {
        let good = [
            r#"{"type":"execution_start","data":{"prompt_id":"ID","timestamp":1}}"#,
            r#"{"type":"executing","data":{"node":"3","display_node":"3","prompt_id":"ID"}}"#,
            r#"{"type":"progress","data":{"value":1,"max":2,"prompt_id":"ID","node":"3"}}"#,
            r#"{"type":"execution_success","data":{"prompt_id":"ID","timestamp":2}}"#,
        ];
        if let Self::Frames(frames) = self {
            return frames.clone();
        }
        let mut frames: Vec<_> = good.map(|text| Frame::Text(text.to_owned())).into();
        frames.insert(3, Frame::Binary(1000));
        frames
    }
}

/// The answer to whoever wants a WebSocket.
pub(crate) fn answer(request: &Request<Incoming>, whisper: &Whisper) -> Response<Scene> {
    let mut response = Response::new(Scene::default());
    let key = request.headers().get("sec-websocket-key").map(|key| key.as_bytes().to_vec());
    let (Some(key), false) = (key, *whisper == Whisper::Refused) else {
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    };
    let key = if *whisper == Whisper::Forged { b"another".to_vec() } else { key };
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert("connection", "Upgrade".parse().unwrap());
    headers.insert("upgrade", "websocket".parse().unwrap());
    headers.insert("sec-websocket-accept", derive_accept_key(&key).parse().unwrap());
    response
}

/// Tells of every workflow that is queued from now on, until nobody listens.
pub(crate) async fn speak(connection: Upgraded, stage: Arc<Mutex<Stage>>) {
    let connection = TokioIo::new(connection);
    let mut socket = WebSocketStream::from_raw_socket(connection, Role::Server, None).await;
    let mut told = stage.lock().unwrap().queued.len();
    let status = r#"{"type":"status","data":{"status":{"exec_info":{"queue_remaining":0}}}}"#;
    if socket.send(Message::text(status)).await.is_err() {
        return;
    }
    loop {
        tokio::select! {
            message = socket.next() => if !matches!(message, Some(Ok(_))) { return },
            () = tokio::time::sleep(LOOK) => {}
        }
        let (next, frames) = {
            let stage = stage.lock().unwrap();
            (stage.queued.get(told).cloned(), stage.whisper.frames())
        };
        let Some(id) = next else { continue };
        told += 1;
        for frame in frames {
            let sent = match frame {
                Frame::Text(text) => socket.send(Message::text(text.replace("ID", &id))).await,
                Frame::Binary(bytes) => {
                    socket.send(Message::binary(Bytes::from(vec![0; bytes]))).await
                }
                Frame::Junk => {
                    use tokio::io::AsyncWriteExt as _;
                    socket.get_mut().write_all(&[0xFF; 64]).await.ok();
                    continue;
                }
                Frame::Break => return,
            };
            if sent.is_err() {
                return;
            }
        }
    }
}
