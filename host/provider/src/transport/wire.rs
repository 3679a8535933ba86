//! What lies between a call and its answer: HTTP to a server, or the pipes of a program.
//!
//! One attempt, one answer or failure. Whether it is repeated, kept on a tape or paid is decided
//! above.

use std::sync::Arc;

use reqwest::{
    Method, Request, RequestBuilder, Response, StatusCode, Upgraded, Url,
    header::{
        ACCEPT, AUTHORIZATION, CONNECTION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
        SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE,
    },
};
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::{Call, Failed, KeyHeader, Sent, client, clients::Clients, program};
use crate::{
    address::Address,
    error::{Failure, ProviderError},
    reach::{Program, Reach},
    secret::Secret,
    settings::ProviderSettings,
};

/// The way to a server or program. Made once and cheap to clone; connections are kept.
#[derive(Clone, Debug)]
pub(super) enum Wire {
    Http(Arc<Way>),
    Program(Program),
}

/// The way to a server.
#[derive(Debug)]
pub(super) struct Way {
    clients: Clients,
    /// Of every call.
    headers: HeaderMap,
    base: Address,
}

impl Wire {
    /// Sets everything up; nothing is sent or started.
    pub(super) fn open(
        settings: &ProviderSettings,
        key: KeyHeader,
        more: &[(&'static str, &'static str)],
    ) -> Result<Self, ProviderError> {
        let base = match &settings.reach {
            Reach::Server(address) => address.clone(),
            Reach::Program(program) => return Ok(Self::Program(program.clone())),
        };
        let clients = Clients::open(settings)?;
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        for (name, value) in more {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        if let Some(secret) = &settings.key {
            if !is_private(&base, settings) {
                let name = &settings.name;
                let message = format!("the key of provider `{name}` would be sent unencrypted");
                return Err(ProviderError::new(Failure::WrongUse, message)
                    .hint("use an `https` URL, or a server on this machine without a proxy"));
            }
            let (name, value) = key_header(key, secret)?;
            headers.insert(name, value);
        }
        Ok(Self::Http(Arc::new(Way { clients, headers, base })))
    }

    /// One attempt.
    pub(super) async fn send(
        &self,
        settings: &ProviderSettings,
        call: &Call,
        idempotency: &str,
    ) -> Result<Response, Failed> {
        let way = match self {
            Self::Http(way) => way,
            Self::Program(command) => return program::ask(settings, command, call).await,
        };
        let lost = |error: reqwest::Error| {
            let again = client::again(&error);
            let key = settings.key.as_ref();
            Failed { error: client::unreachable(&settings.name, &error, key), again }
        };
        let method = if matches!(call.sent, Sent::Nothing) { Method::GET } else { Method::POST };
        let request = way.begin(settings, method, call);
        let request = match &call.sent {
            Sent::Nothing => request,
            Sent::Json { body, .. } => {
                request.header(CONTENT_TYPE, "application/json").body(body.body())
            }
            Sent::Form(fields) => request.multipart(client::form(fields).map_err(lost)?),
        };
        request.header("idempotency-key", idempotency).send().await.map_err(lost)
    }
}

impl Way {
    /// A request with what all have.
    fn begin(&self, settings: &ProviderSettings, method: Method, call: &Call) -> RequestBuilder {
        let mut request = Request::new(method, url(&self.base, call));
        request.headers_mut().clone_from(&self.headers);
        RequestBuilder::from_parts(self.clients.here(settings), request)
    }
}

impl Wire {
    /// A WebSocket in place of an answer (RFC 6455, section 4.1), if the server opens one.
    pub(super) async fn upgrade(
        &self,
        settings: &ProviderSettings,
        call: &Call,
        chance: &[u8],
    ) -> Option<Upgraded> {
        use base64::{Engine as _, engine::general_purpose::STANDARD};
        let Self::Http(way) = self else { return None };
        let key = STANDARD.encode(chance);
        let response = way
            .begin(settings, Method::GET, call)
            .header(CONNECTION, "Upgrade")
            .header(UPGRADE, "websocket")
            .header(SEC_WEBSOCKET_VERSION, "13")
            .header(SEC_WEBSOCKET_KEY, key.as_str())
            .send()
            .await
            .ok()?;
        let expected = derive_accept_key(key.as_bytes());
        let accepted = response.headers().get(SEC_WEBSOCKET_ACCEPT)?.as_bytes();
        if response.status() != StatusCode::SWITCHING_PROTOCOLS || accepted != expected.as_bytes() {
            return None;
        }
        response.upgrade().await.ok()
    }
}

fn url(base: &Address, call: &Call) -> Url {
    let mut url = base.join(&call.path);
    if !call.query.is_empty() {
        url.query_pairs_mut().extend_pairs(&call.query);
    }
    url
}

/// True if nobody on the way can read along. A proxy could, even on the way back to this machine.
fn is_private(base: &Address, settings: &ProviderSettings) -> bool {
    base.is_encrypted() || (base.is_loopback() && settings.proxy.is_none())
}

fn key_header(
    header: KeyHeader,
    secret: &Secret,
) -> Result<(HeaderName, HeaderValue), ProviderError> {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let (name, text) = match header {
        KeyHeader::Bearer => (AUTHORIZATION, format!("Bearer {}", secret.exposed())),
        KeyHeader::Basic => (AUTHORIZATION, format!("Basic {}", STANDARD.encode(secret.exposed()))),
        KeyHeader::ApiKey => (HeaderName::from_static("x-api-key"), secret.exposed().to_owned()),
    };
    // A secret is visible ASCII, which every header takes.
    let mut value = HeaderValue::from_str(&text)
        .map_err(|_| ProviderError::new(Failure::WrongUse, "the key is no text for a header"))?;
    value.set_sensitive(true);
    Ok((name, value))
}
