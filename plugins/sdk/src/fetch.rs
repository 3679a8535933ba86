//! Facet `fetch`: requests to the destinations that `plugin.toml` names.
//!
//! ```
//! use pentimento_sdk::{Argument, Artifact, Failure, Tool, fetch};
//!
//! struct Dictionary;
//!
//! impl Tool for Dictionary {
//!     fn perform(arguments: &[Argument], _inputs: &[Artifact]) -> Result<String, Failure> {
//!         let word = arguments.first().map_or("", |argument| argument.value.as_str());
//!         let answer = fetch::post("https://dictionary.example/words", word)
//!             .header("accept", "text/plain")
//!             .send()?;
//!         if !answer.is_success() {
//!             return Err(Failure::new("failed", format!("status {}", answer.status)));
//!         }
//!         Ok(answer.text()?.to_owned())
//!     }
//! }
//!
//! pentimento_sdk::export_tool!(Dictionary);
//! ```
//!
//! with this in `plugin.toml`; the host puts the operator's secret into the header, unseen:
//!
//! ```toml
//! [wants.fetch]
//! reason = "looks words up"
//!
//! [[wants.fetch.rules]]
//! host = "dictionary.example"
//! methods = ["POST"]
//! secret = { name = "token", header = "authorization" }
//! ```
//!
//! The host follows no redirect, unpacks nothing and keeps no cookies. A plugin that may send
//! requests is told no idea and shown no picture, unless the operator allowed both together.

use crate::{
    Failure,
    bindings::critic::pentimento::plugin::fetch::{self as facet, Header},
};
pub use facet::Response;

/// A request that is being put together.
#[derive(Clone, Debug)]
pub struct Request(facet::Request);

/// Reads what is there.
pub fn get(url: impl Into<String>) -> Request {
    Request::new("GET", url)
}

/// Sends something there.
pub fn post(url: impl Into<String>, body: impl Into<Vec<u8>>) -> Request {
    Request::new("POST", url).body(body)
}

impl Request {
    /// Any method that a rule can name: `GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE`. The URL
    /// is absolute and of visible ASCII characters.
    pub fn new(method: impl Into<String>, url: impl Into<String>) -> Self {
        let (method, url) = (method.into(), url.into());
        Self(facet::Request { method, url, headers: Vec::new(), body: Vec::new() })
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.headers.push(Header { name: name.into(), value: value.into() });
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.0.body = body.into();
        self
    }

    /// Sends it and waits for the whole answer. An answer with an error status is an answer.
    pub fn send(self) -> Result<Response, Failure> {
        facet::send(&self.0)
    }
}

impl Response {
    /// True for the statuses 200 to 299.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The first header with this name, in whatever case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let named = |header: &&Header| header.name.eq_ignore_ascii_case(name);
        self.headers.iter().find(named).map(|header| header.value.as_str())
    }

    /// The body as text; a failure if it is not UTF-8.
    pub fn text(&self) -> Result<&str, Failure> {
        str::from_utf8(&self.body).map_err(|_| Failure::new("failed", "the answer is not UTF-8"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &[u8]) -> Response {
        let header = Header { name: "content-type".to_owned(), value: "text/plain".to_owned() };
        Response { status, headers: vec![header], body: body.to_vec() }
    }

    #[test]
    fn a_request_keeps_what_it_is_given() {
        let Request(request) = post("https://a.example/", "body").header("Accept", "*/*");
        assert_eq!((request.method.as_str(), request.body.as_slice()), ("POST", &b"body"[..]));
        assert_eq!(request.headers[0].name, "Accept");
        assert!(get("https://a.example/").0.body.is_empty());
    }

    #[test]
    fn an_answer_is_read_by_status_header_and_text() {
        assert!(answer(204, b"").is_success() && !answer(302, b"").is_success());
        assert_eq!(answer(200, b"").header("Content-Type"), Some("text/plain"));
        assert_eq!(answer(200, b"").header("location"), None);
        assert_eq!(answer(200, "ä".as_bytes()).text().unwrap(), "ä");
        assert!(answer(200, b"\xff").text().is_err());
    }
}
