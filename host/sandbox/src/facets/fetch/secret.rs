//! Secrets: kept from whoever prints, put into headers, taken out of answers.
//!
//! An honest server that repeats what it was sent does not hand the secret to the plugin. A server
//! that means to can: it knows the secret, so the operator must trust it anyway.

use std::{collections::BTreeMap, fmt, sync::Arc};

use pentimento_manifest::{FetchRule, Secret};

use super::failure;
use crate::bindings::{
    fetch::{Header, Response},
    types::Failure,
};

/// What stands where a secret stood.
const HIDDEN: &str = "•••";

/// The fewest bytes of a secret: with less, hiding it would tell what it is to whoever tries all.
const FEWEST_BYTES: usize = 8;

/// A secret's text. Cheap to clone; never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText(Arc<str>);

impl SecretText {
    /// The whole value of a header, such as `Bearer abcdefgh`. `None` if it is shorter than 8 bytes
    /// or is not visible ASCII with single spaces within.
    pub fn new(text: &str) -> Option<Self> {
        let visible = text
            .split(' ')
            .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_graphic()));
        (visible && text.len() >= FEWEST_BYTES).then(|| Self(Arc::from(text)))
    }

    /// The text itself, for the header and nothing else.
    pub(super) fn exposed(&self) -> &str {
        &self.0
    }

    /// The whole, and the words of it that are long enough to be secrets of their own: servers
    /// repeat the token without the `Bearer` before it.
    fn parts(&self) -> impl Iterator<Item = &str> {
        let words = self.0.split(' ').filter(|word| word.len() >= FEWEST_BYTES);
        std::iter::once(self.exposed()).chain(words)
    }

    /// The answer without the secret. One that is packed cannot be looked through, so nobody gets
    /// it.
    pub(super) fn hide_in(&self, mut response: Response) -> Result<Response, Failure> {
        let packed = |header: &Header| {
            let value = header.value.trim().to_ascii_lowercase();
            match header.name.as_str() {
                "content-encoding" => value != "identity",
                "transfer-encoding" => value != "chunked",
                _ => false,
            }
        };
        if response.headers.iter().any(packed) {
            let message = "the answer is packed, so the secret could be in it unseen";
            return Err(failure("bad-response", message));
        }
        for part in self.parts() {
            for header in &mut response.headers {
                header.value = header.value.replace(part, HIDDEN);
            }
            response.body = without(&response.body, part.as_bytes());
        }
        Ok(response)
    }
}

fn without(body: &[u8], part: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.windows(part.len()).position(|window| window == part) {
        let (before, after) = rest.split_at(at);
        kept.extend_from_slice(before);
        kept.extend_from_slice(HIDDEN.as_bytes());
        rest = after.get(part.len()..).unwrap_or_default();
    }
    kept.extend_from_slice(rest);
    kept
}

impl fmt::Debug for SecretText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SecretText({HIDDEN})")
    }
}

/// What the operator keeps for a plugin, by the names its rules give.
pub(crate) type Secrets = Arc<BTreeMap<String, SecretText>>;

/// The secret that goes with a rule, if it wants one.
pub(super) fn of<'a>(
    rule: &'a FetchRule,
    secrets: &'a BTreeMap<String, SecretText>,
) -> Result<Option<(&'a Secret, &'a SecretText)>, Failure> {
    let Some(secret) = &rule.secret else { return Ok(None) };
    let missing = || {
        let message = format!("the operator keeps no secret `{}` for this plugin", secret.name);
        failure("no-secret", message)
    };
    Ok(Some((secret, secrets.get(&secret.name).ok_or_else(missing)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(name: &str, value: &str, body: &str) -> Response {
        let header = Header { name: name.to_owned(), value: value.to_owned() };
        Response { status: 200, headers: vec![header], body: body.as_bytes().to_vec() }
    }

    #[test]
    fn a_secret_is_never_printed() {
        let secret = SecretText::new("Bearer 0123456789").unwrap();
        assert_eq!(format!("{secret:?}"), "SecretText(•••)");
    }

    #[test]
    fn a_secret_is_long_enough_and_one_line() {
        for bad in
            ["", "1234567", "Bearer  0123456789", "12345678\r\nx: y", " 12345678", "ä12345678"]
        {
            assert_eq!(SecretText::new(bad), None, "{bad}");
        }
        assert!(SecretText::new("12345678").is_some());
    }

    #[test]
    fn an_echo_comes_back_without_the_secret_or_its_token() {
        let secret = SecretText::new("Bearer 0123456789").unwrap();
        let echoed = answer("x-echo", "<Bearer 0123456789>", "a 0123456789b0123456789 012345678");
        let hidden = secret.hide_in(echoed).unwrap();
        assert_eq!(hidden.headers[0].value, "<•••>");
        assert_eq!(String::from_utf8(hidden.body).unwrap(), "a •••b••• 012345678");
    }

    #[test]
    fn a_packed_answer_is_kept_back() {
        let secret = SecretText::new("0123456789").unwrap();
        for (name, value, kept_back) in [
            ("content-encoding", "gzip", true),
            ("content-encoding", "Identity", false),
            ("transfer-encoding", "gzip, chunked", true),
            ("transfer-encoding", "chunked", false),
        ] {
            let hidden = secret.hide_in(answer(name, value, ""));
            assert_eq!(hidden.is_err(), kept_back, "{name}: {value}");
        }
    }
}
