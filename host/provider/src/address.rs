//! Where a server is: a checked base URL.

use std::fmt;

use reqwest::Url;
use thiserror::Error;

/// A base URL: `http` or `https`, a host, no user, no query, no fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Url);

/// Why a text is no address.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadAddress {
    /// Not a URL.
    #[error("it is not a URL such as `https://api.example.com/v1`")]
    NotAUrl,
    /// Neither `http` nor `https`.
    #[error("its scheme is neither `http` nor `https`")]
    Scheme,
    /// A name or password before the host. It is not shown: it may be a key.
    #[error("it holds a user name or password; keys come from the environment")]
    User,
    /// Something after the path. It is not shown: it may be a key.
    #[error("it holds a query or fragment")]
    Query,
}

impl Address {
    /// Reads a base URL.
    pub fn new(text: &str) -> Result<Self, BadAddress> {
        let url = Url::parse(text.trim()).map_err(|_| BadAddress::NotAUrl)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(BadAddress::Scheme);
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(BadAddress::NotAUrl);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BadAddress::User);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(BadAddress::Query);
        }
        Ok(Self(url))
    }

    /// Scheme, host and port: whom a key is given to.
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// True if what is sent stays on this machine.
    pub fn is_loopback(&self) -> bool {
        let host = self.0.host_str().unwrap_or_default();
        let address = host.trim_start_matches('[').trim_end_matches(']');
        let address = address.parse::<std::net::IpAddr>();
        host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    }

    /// True if what is sent is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// A path below this address.
    pub(crate) fn join(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{base}/{path}"));
        url
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_put_below_the_base() {
        for base in ["http://localhost:1/v1", "http://localhost:1/v1/"] {
            let address = Address::new(base).unwrap();
            assert_eq!(address.join("chat/completions").path(), "/v1/chat/completions");
            assert_eq!(address.to_string(), "http://localhost:1/v1");
        }
    }

    #[test]
    fn what_could_hold_a_key_is_refused_and_not_repeated() {
        for (text, why) in [
            ("", BadAddress::NotAUrl),
            ("example.com", BadAddress::NotAUrl),
            ("ftp://example.com", BadAddress::Scheme),
            ("file:///etc/passwd", BadAddress::Scheme),
            ("https://sk-secret@example.com", BadAddress::User),
            ("https://u:sk-secret@example.com", BadAddress::User),
            ("https://example.com/v1?key=sk-secret", BadAddress::Query),
            ("https://example.com/v1#sk-secret", BadAddress::Query),
        ] {
            let error = Address::new(text).unwrap_err();
            assert_eq!(error, why, "{text}");
            assert!(!format!("{error} {error:?}").contains("sk-secret"));
        }
    }

    #[test]
    fn this_machine_and_tls_are_known() {
        for (text, loopback, encrypted) in [
            ("http://localhost:11434", true, false),
            ("http://127.3.2.1", true, false),
            ("http://[::1]:80", true, false),
            ("http://localhost.example.com", false, false),
            ("http://127.0.0.1.example.com", false, false),
            ("http://10.0.0.1", false, false),
            ("https://api.openai.com/v1", false, true),
        ] {
            let address = Address::new(text).unwrap();
            assert_eq!(
                (address.is_loopback(), address.is_encrypted()),
                (loopback, encrypted),
                "{text}"
            );
        }
    }

    #[test]
    fn an_origin_tells_hosts_and_ports_apart() {
        let origin = |text: &str| Address::new(text).unwrap().origin();
        assert_eq!(origin("https://API.openai.com:443/v1"), "https://api.openai.com");
        assert_ne!(origin("https://api.openai.com.evil.example"), "https://api.openai.com");
        assert_ne!(origin("http://api.openai.com"), origin("https://api.openai.com"));
    }
}
