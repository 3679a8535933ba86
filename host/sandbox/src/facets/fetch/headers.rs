//! The headers of a request: the plugin's own, checked, and those only the host may write.
//!
//! A plugin steers neither the connection nor the method, and writes no header a secret goes into.

use hyper::header::{HOST, HeaderMap, HeaderName, HeaderValue};
use pentimento_manifest::Secret;
use pentimento_model::clean;

use super::{failure, secret::SecretText, target::Target};
use crate::{
    bindings::{fetch::Header, types::Failure},
    limits,
};

/// Headers that steer the connection (RFC 9110, section 7.6.1, and RFC 9112), and those by which
/// some servers let a request change its method.
const STEERING: &[&str] = &[
    "connection",
    "content-length",
    "expect",
    "host",
    "http2-settings",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
];

/// Headers by which the secret's echo could come back packed or in pieces.
const PACKING: &[&str] = &["accept-encoding", "if-range", "range", "te"];

/// The whole head of a request.
pub(super) fn checked(
    headers: &[Header],
    target: &Target,
    secret: Option<(&Secret, &SecretText)>,
) -> Result<HeaderMap, Failure> {
    let most = limits::FETCH_HEADERS;
    if headers.len() > most {
        return Err(bad(format!("{} headers; at most {most} are sent", headers.len())));
    }
    let mut head = HeaderMap::new();
    head.insert(HOST, host(target)?);
    for Header { name, value } in headers {
        let (name, value) = one(name, value)?;
        check_owner(&name, secret.map(|(secret, _)| secret))?;
        head.append(name, value);
    }
    if let Some((Secret { name, header }, text)) = secret {
        let unfit = |_| bad(format!("the secret `{name}` cannot go into a header"));
        let mut value = HeaderValue::from_str(text.exposed()).map_err(unfit)?;
        value.set_sensitive(true);
        head.insert(
            HeaderName::from_bytes(header.as_bytes()).map_err(|_| unreadable(header))?,
            value,
        );
    }
    let (bytes, most) = (bytes(&head), limits::FETCH_HEADER_BYTES);
    if bytes > most {
        return Err(bad(format!("{bytes} bytes of headers; at most {most} are sent")));
    }
    Ok(head)
}

/// Names, values, and the four bytes between and after them.
pub(super) fn bytes(head: &HeaderMap) -> usize {
    head.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum()
}

/// What a plugin gets to see of an answer's headers.
pub(super) fn told(head: &HeaderMap) -> Vec<Header> {
    let one = |(name, value): (&HeaderName, &HeaderValue)| Header {
        name: name.as_str().to_owned(),
        value: String::from_utf8_lossy(value.as_bytes()).into_owned(),
    };
    head.iter().map(one).collect()
}

fn host(target: &Target) -> Result<HeaderValue, Failure> {
    HeaderValue::from_str(&target.authority()).map_err(|_| bad("the URL cannot be read"))
}

fn one(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Failure> {
    let read = HeaderName::from_bytes(name.as_bytes()).map_err(|_| unreadable(name))?;
    let unfit = || bad(format!("the value of the header `{read}` has characters no header has"));
    let plain = value.bytes().all(|byte| byte == b'\t' || byte == b' ' || byte.is_ascii_graphic());
    let value = if plain { HeaderValue::from_str(value).ok() } else { None };
    Ok((read.clone(), value.ok_or_else(unfit)?))
}

/// Some servers read `_` as `-`, so a header is compared with both taken for one.
fn check_owner(name: &HeaderName, secret: Option<&Secret>) -> Result<(), Failure> {
    let read = name.as_str().replace('_', "-");
    if STEERING.contains(&read.as_str()) || read.starts_with("proxy-") {
        return Err(bad(format!("the header `{name}` is the host's to write")));
    }
    let Some(Secret { name: secret, header }) = secret else { return Ok(()) };
    if read == *header {
        return Err(bad(format!(
            "the header `{name}` is the host's to write: it carries the secret `{secret}`"
        )));
    }
    if PACKING.contains(&read.as_str()) {
        return Err(bad(format!(
            "the header `{name}` cannot be sent beside the secret `{secret}`"
        )));
    }
    Ok(())
}

fn unreadable(name: &str) -> Failure {
    let cut = name.get(..name.floor_char_boundary(limits::CODE_BYTES)).unwrap_or_default();
    bad(format!("`{}` is no name of a header", clean(cut)))
}

fn bad(message: impl Into<String>) -> Failure {
    failure("bad-request", message)
}
