//! What a server of `ComfyUI` says while it works, over its WebSocket: read until one workflow is done.
//!
//! It is a courtesy: what became of a workflow is asked for afterwards, and where nothing can be heard,
//! asking is all there is.

use std::time::Duration;

use futures::StreamExt as _;
use reqwest::Upgraded;
use serde::Deserialize;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Message,
        protocol::{Role, WebSocketConfig},
    },
};

use crate::limits;

/// A connection on which the server tells of its work.
#[derive(Debug)]
pub(super) struct Progress {
    socket: WebSocketStream<Upgraded>,
    heard: usize,
}

/// What was heard.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// The workflow is done, well or not.
    Done,
    /// Nothing for a while; the server may be loading a model.
    Nothing,
    /// Nothing more will be heard here.
    Closed,
}

#[derive(Deserialize)]
struct Told {
    #[serde(rename = "type")]
    kind: String,
    data: Option<Data>,
}

#[derive(Deserialize)]
struct Data {
    prompt_id: Option<String>,
    #[serde(default)]
    node: Node,
}

/// Older servers say that they are done by naming no node; a node left out says nothing.
#[derive(Default, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
enum Node {
    Named(String),
    Nobody(()),
    #[default]
    #[serde(skip)]
    LeftOut,
}

impl Progress {
    pub(super) async fn on(connection: Upgraded) -> Self {
        let config = WebSocketConfig::default()
            .max_message_size(Some(limits::MESSAGE_BYTES))
            .max_frame_size(Some(limits::MESSAGE_BYTES));
        let socket = WebSocketStream::from_raw_socket(connection, Role::Client, Some(config));
        Self { socket: socket.await, heard: 0 }
    }

    /// Waits until this workflow is done, for so long at most.
    pub(super) async fn wait(&mut self, prompt: &str, time: Duration) -> Heard {
        let until_done = async {
            while let Some(Ok(message)) = self.socket.next().await {
                self.heard += 1;
                if self.heard > limits::MESSAGES {
                    return Heard::Closed;
                }
                // Previews are binary, and not looked at.
                if let Message::Text(text) = message
                    && is_done(&text, prompt)
                {
                    return Heard::Done;
                }
            }
            Heard::Closed
        };
        tokio::time::timeout(time, until_done).await.unwrap_or(Heard::Nothing)
    }
}

/// True if this message says that the workflow ended. What cannot be read says nothing.
fn is_done(text: &str, prompt: &str) -> bool {
    let Ok(Told { kind, data: Some(data) }) = serde_json::from_str(text) else { return false };
    let ended = ["execution_success", "execution_error", "execution_interrupted"];
    data.prompt_id.as_deref() == Some(prompt)
        && (ended.contains(&kind.as_str())
            || (kind == "executing" && data.node == Node::Nobody(())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_of_this_workflow_ends_the_wait() {
        for (text, done) in [
            (r#"{"type":"execution_success","data":{"prompt_id":"p","timestamp":1}}"#, true),
            (r#"{"type":"execution_error","data":{"prompt_id":"p","node_id":"1"}}"#, true),
            (r#"{"type":"execution_interrupted","data":{"prompt_id":"p"}}"#, true),
            (r#"{"type":"executing","data":{"node":null,"prompt_id":"p"}}"#, true),
            (r#"{"type":"executing","data":{"node":"3","prompt_id":"p"}}"#, false),
            (r#"{"type":"executing","data":{"prompt_id":"p"}}"#, false),
            (r#"{"type":"execution_success","data":{"prompt_id":"q"}}"#, false),
            (
                r#"{"type":"progress","data":{"value":1,"max":20,"prompt_id":"p","node":"3"}}"#,
                false,
            ),
            (r#"{"type":"status","data":{"status":{"exec_info":{"queue_remaining":1}}}}"#, false),
            (r#"{"type":"crystools.monitor"}"#, false),
            ("[]", false),
            ("{", false),
        ] {
            assert_eq!(is_done(text, "p"), done, "{text}");
        }
    }
}
