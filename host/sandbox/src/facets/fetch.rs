//! Facet `fetch`: requests to the destinations that the plugin's request names and the operator
//! granted.
//!
//! In this order: read the request (`target.rs`, `headers.rs`), find its rule (`target.rs`), count
//! it (`quota.rs`), find the host's addresses once and judge them (`address.rs`), connect to one of
//! them (`client.rs`), take the secret out of the answer (`secret.rs`). Nothing is followed,
//! unpacked, cached or kept; no proxy is asked, since nothing here reads the environment.

pub(crate) mod address;
mod client;
mod headers;
mod quota;
mod secret;
pub(crate) mod target;

use std::sync::Arc;

use ipnet::IpNet;
use pentimento_model::Capability;
use wasmtime::component::Linker;

pub use address::Resolve;
pub(crate) use client::Network;
pub(crate) use quota::Spent;
pub use secret::SecretText;
pub(crate) use secret::Secrets;

use super::{Answer, Refused, Served, ToRefuse, ToServe, refused, served};
use crate::{
    bindings::{fetch, types::Failure},
    call::CallState,
    callee::Callee,
};
use quota::Meter;
use target::Target;

/// How plugins with the fetch facet reach the network.
#[derive(Clone, Debug, Default)]
pub struct FetchSettings {
    /// Networks that are not public and may be reached all the same, if a rule leads there.
    pub private_networks: Vec<IpNet>,
    /// Who finds the addresses of names; `None` asks the operating system.
    pub resolver: Option<Arc<dyn Resolve>>,
    /// Certificates of authorities (DER) that are believed beside those of Mozilla's list, which is
    /// built in.
    pub extra_roots: Vec<Vec<u8>>,
}

type Answered<T> = wasmtime::Result<Result<T, Failure>>;

/// Links the facet.
pub(super) fn link(linker: &mut Linker<CallState>, answer: Answer) -> wasmtime::Result<()> {
    match answer {
        Answer::Served => fetch::add_to_linker::<_, ToServe>(linker, served),
        Answer::Refused => fetch::add_to_linker::<_, ToRefuse>(linker, refused),
    }
}

fn failure(code: &str, message: impl Into<String>) -> Failure {
    Failure { code: code.to_owned(), message: message.into() }
}

async fn send(
    callee: &Callee,
    spent: &mut Spent,
    request: fetch::Request,
) -> Result<fetch::Response, Failure> {
    let fetch::Request { method, url, headers, body } = request;
    let target = Target::parse(&method, &url)?;
    let rule = target.rule(&callee.name, &callee.powers.fetch)?;
    let secret = secret::of(rule, &callee.secrets)?;
    let head = headers::checked(&headers, &target, secret)?;
    let mut meter = Meter::new(spent, &callee.run);
    meter.start_request()?;
    meter.send(url.len() + headers::bytes(&head) + body.len())?;
    let network = &callee.shared.network;
    let addresses = network.addresses(&target.host).await?;
    let stream = client::connect(&target, &addresses).await?;
    let response = network.exchange(stream, &target, head, body, &mut meter).await?;
    match secret {
        None => Ok(response),
        Some((_, text)) => text.hide_in(response),
    }
}

impl fetch::Host for Served<'_> {
    async fn send(&mut self, request: fetch::Request) -> Answered<fetch::Response> {
        let CallState { callee, fetched, .. } = &mut *self.0;
        Ok(send(callee, fetched, request).await)
    }
}

impl fetch::Host for Refused<'_> {
    async fn send(&mut self, _request: fetch::Request) -> Answered<fetch::Response> {
        Ok(Err(self.refusal(Capability::Fetch)))
    }
}
