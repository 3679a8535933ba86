//! Where a request goes: method, scheme, host, port and path, read one way only, and the rule that
//! names it.
//!
//! The host is taken as it is written but for its case. Numbers in disguise, trailing dots and
//! the like fit no rule, because rules are written plainly (`pentimento-manifest`).

use std::fmt;

use hyper::Uri;
use pentimento_manifest::{FetchRule, Method};
use pentimento_model::clean;

use super::failure;
use crate::{bindings::types::Failure, limits};

/// A destination of the plugin's request, and what the operator said to it.
#[derive(Clone, Debug)]
pub(crate) struct Destination {
    pub(crate) rule: FetchRule,
    pub(crate) granted: bool,
}

/// Where one request goes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Target {
    method: Method,
    scheme: String,
    /// A name in lower case, or an address without brackets.
    pub(super) host: String,
    pub(super) port: u16,
    /// Path and query, for the request's first line.
    pub(super) path: String,
}

impl Target {
    /// Reads a method and a URL.
    pub(super) fn parse(method: &str, url: &str) -> Result<Self, Failure> {
        let method = Method::from_name(method).ok_or_else(|| {
            let known = Method::ALL.map(Method::as_str).join(", ");
            bad(format!("the method `{}` is none of {known}", clean(method)))
        })?;
        let uri = read(url)?;
        let named = |what: &str| bad(format!("the URL names no {what}"));
        let scheme = uri.scheme_str().ok_or_else(|| named("scheme"))?;
        let default_port = match scheme {
            "https" => 443,
            "http" => 80,
            _ => return Err(bad("the URL's scheme is neither https nor http")),
        };
        let authority = uri.authority().ok_or_else(|| named("host"))?;
        if authority.as_str().contains('@') {
            return Err(bad("the URL has a user name or password, which no request may have"));
        }
        let written = authority.host();
        let port = match authority.port_u16() {
            Some(port) => port,
            None if authority.as_str() == written => default_port,
            None => return Err(bad("the URL's port is no number of 0 to 65535")),
        };
        let bare = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let host = bare.unwrap_or(written).to_ascii_lowercase();
        if host.is_empty() {
            return Err(named("host"));
        }
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        // `https://host?query` has no path of its own; what is sent always has one.
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        Ok(Self { method, scheme: scheme.to_owned(), host, port, path })
    }

    /// The granted rule that names this place.
    pub(super) fn rule<'a>(
        &self,
        plugin: &str,
        destinations: &'a [Destination],
    ) -> Result<&'a FetchRule, Failure> {
        let fits = |destination: &&Destination| {
            destination.rule.fits(&self.scheme, &self.host, self.port, self.method)
        };
        if let Some(found) = destinations.iter().filter(|one| one.granted).find(fits) {
            return Ok(&found.rule);
        }
        let Some(Destination { rule, .. }) = destinations.iter().find(fits) else {
            let message = format!("no rule of `fetch` in `plugin.toml` names {self}");
            return Err(failure("not-wanted", clean(&message)));
        };
        Err(failure(
            "refused",
            format!(
                "the operator did not grant `fetch {rule}`; to allow it, run `pentimento plugin \
                 grant {plugin} --allow \"fetch {rule}\"`"
            ),
        ))
    }

    /// The method's name.
    pub(super) fn method(&self) -> &'static str {
        self.method.as_str()
    }

    /// True if the connection is encrypted.
    pub(super) fn is_encrypted(&self) -> bool {
        self.scheme == "https"
    }

    /// The host with its port, as the header `host` has it.
    pub(super) fn authority(&self) -> String {
        let Self { host, port, .. } = self;
        let host = if host.contains(':') { format!("[{host}]") } else { host.clone() };
        match (self.is_encrypted(), port) {
            (true, 443) | (false, 80) => host,
            _ => format!("{host}:{port}"),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { scheme, host, port, .. } = self;
        let host = if host.contains(':') { format!("[{host}]") } else { host.clone() };
        write!(formatter, "{} {scheme}://{host}:{port}", self.method())
    }
}

/// Refuses what two readers could take for two places before it is read.
fn read(url: &str) -> Result<Uri, Failure> {
    let most = limits::FETCH_URL_BYTES;
    if url.len() > most {
        return Err(bad(format!("the URL has {} bytes; at most {most} are sent", url.len())));
    }
    if !url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
        return Err(bad("the URL has characters that are not visible ASCII, or a backslash"));
    }
    // A fragment stays with the one who asks.
    let sent = url.split('#').next().unwrap_or_default();
    sent.parse().map_err(|_| bad("the URL cannot be read"))
}

fn bad(message: impl Into<String>) -> Failure {
    failure("bad-request", message)
}

#[cfg(test)]
mod tests;
