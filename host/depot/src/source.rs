//! Where a plugin is fetched from, and which bytes it must be: both are said before anything is
//! sent.

use std::fmt;

use pentimento_model::{PluginId, clean};
use reqwest::Url;
use thiserror::Error;

use crate::{
    FetchError,
    oci::{self, Pinned},
};

/// A SHA-256, as 64 lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sha256(String);

impl Sha256 {
    /// Reads one. Some tools print upper case.
    pub fn from_hex(text: &str) -> Option<Self> {
        let is_hex = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex.then(|| Self(text.to_ascii_lowercase()))
    }

    /// That of these bytes.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self(PluginId::of("", bytes).digest)
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A place outside this machine, and the bytes that must come from there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file on a web server.
    Https {
        /// Where.
        url: Url,
        /// The SHA-256 of the component.
        sha256: Sha256,
    },
    /// A plugin in an OCI registry.
    Oci {
        /// Where; it names the manifest's digest.
        pinned: Pinned,
        /// The SHA-256 of the component, if somebody knows it already.
        sha256: Option<Sha256>,
    },
}

/// Why a text cannot be used as a source.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadSource {
    /// Not a URL.
    #[error("it is not a URL such as `https://example.org/critic.wasm`")]
    NotAUrl,
    /// Some other scheme.
    #[error("only `https` and `oci` are fetched")]
    Scheme,
    /// A name or password before the host. It is not shown: it may be a key.
    #[error("it holds a user name or password")]
    User,
    /// Something after the path. It is not shown: it may be a key.
    #[error("it holds a query or fragment")]
    Query,
    /// Not an OCI reference.
    #[error("it is no OCI reference")]
    Reference,
    /// A reference that leaves it open whom to ask.
    #[error("it names no registry, such as `ghcr.io/…`")]
    NoRegistry,
    /// A reference by tag, which can be moved.
    #[error("it names no digest, such as `…@sha256:…`")]
    NoPin,
    /// Nobody said which bytes are meant.
    #[error("nobody said which SHA-256 its component has")]
    NoDigest,
    /// That is no digest.
    #[error("a SHA-256 has 64 hexadecimal digits")]
    NotADigest,
}

impl Source {
    /// Reads what somebody typed, or what a lock file says. `None`: it is nothing to be fetched.
    pub fn of(word: &str, sha256: Option<&str>) -> Result<Option<Self>, FetchError> {
        if !word.contains("://") {
            return Ok(None);
        }
        if word.trim_start().starts_with(oci::SCHEME) {
            return Self::oci(word, sha256).map(Some);
        }
        let url = https(word)?;
        let wrong = |problem| FetchError::Source { place: shown(&url), problem };
        let sha256 = sha256.ok_or_else(|| wrong(BadSource::NoDigest))?;
        let sha256 = Sha256::from_hex(sha256).ok_or_else(|| wrong(BadSource::NotADigest))?;
        Ok(Some(Self::Https { url, sha256 }))
    }

    fn oci(word: &str, sha256: Option<&str>) -> Result<Self, FetchError> {
        let pinned = Pinned::of(word)?;
        let wrong = || FetchError::Source { place: pinned.shown(), problem: BadSource::NotADigest };
        let sha256 = sha256.map(|text| Sha256::from_hex(text).ok_or_else(wrong)).transpose()?;
        Ok(Self::Oci { pinned, sha256 })
    }
}

/// A checked `https` URL. What could hold a key is refused: a lock file is shared.
pub(crate) fn https(word: &str) -> Result<Url, FetchError> {
    let wrong = |place: String, problem| FetchError::Source { place, problem };
    let Ok(url) = Url::parse(word.trim()) else {
        // Up to what may be a name, a password or a query: those are not repeated.
        let scheme = word.split("://").next().unwrap_or_default();
        return Err(wrong(format!("{}://…", clean(scheme)), BadSource::NotAUrl));
    };
    let problem = match () {
        () if !url.username().is_empty() || url.password().is_some() => BadSource::User,
        () if url.query().is_some() || url.fragment().is_some() => BadSource::Query,
        () if url.scheme() != "https" => BadSource::Scheme,
        () => return Ok(url),
    };
    Err(wrong(shown(&url), problem))
}

/// An error unless the bytes of this place have this digest.
pub(crate) fn check_digest(place: &str, wanted: &Sha256, bytes: &[u8]) -> Result<(), FetchError> {
    let found = Sha256::of(bytes);
    if found == *wanted {
        return Ok(());
    }
    let (place, wanted, found) = (place.to_owned(), wanted.to_string(), found.to_string());
    Err(FetchError::Digest { place, wanted, found })
}

/// A URL for people: without what could be a key.
pub(crate) fn shown(url: &Url) -> String {
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let host = url.host_str().unwrap_or_default();
    clean(&format!("{}://{host}{port}{}", url.scheme(), url.path()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_names_are_not_fetched() {
        for word in ["critic.wasm", "./a/b", "critic-palette", "C:\\critic.wasm", "ghcr.io/a/b:1"] {
            assert_eq!(Source::of(word, None).unwrap(), None, "{word}");
        }
    }

    #[test]
    fn a_digest_may_be_in_upper_case() {
        let digest = "AB".repeat(32);
        let source = Source::of("https://example.org/a.wasm", Some(&digest)).unwrap().unwrap();
        let Source::Https { url, sha256 } = source else { panic!("another source") };
        assert_eq!(sha256.to_string(), "ab".repeat(32));
        assert_eq!(url.as_str(), "https://example.org/a.wasm");
    }

    proptest::proptest! {
        /// Whatever is typed: what is taken asks `https` of the host that was typed, and what is
        /// refused is told on one line.
        #[test]
        fn any_word_is_taken_or_refused(
            word in "(https|oci|http)://[a-z0-9@:/.?#\\[\\]%\\\\ \u{1b}\u{202e}-]{0,60}"
        ) {
            let zero = "0".repeat(64);
            match Source::of(&word, Some(&zero)) {
                Ok(Some(Source::Https { url, .. })) => {
                    assert!(url.scheme() == "https" && url.password().is_none(), "{word}");
                    assert!(url.username().is_empty() && url.query().is_none(), "{word}");
                }
                Ok(Some(Source::Oci { pinned, .. })) => {
                    assert!(word.trim().starts_with(pinned.shown().split('/').next().unwrap()));
                }
                Ok(None) => panic!("{word} is no path"),
                Err(error) => {
                    let said = error.to_string();
                    assert_eq!(clean(&said), said);
                }
            }
        }

        /// A reference with a digest is asked of its own registry, over TLS.
        #[test]
        fn a_reference_leads_to_its_registry(
            registry in "[a-z]{1,9}\\.(io|org)(:[1-9][0-9]{0,3})?", path in "[a-z]{1,9}(/[a-z]{1,9}){0,2}"
        ) {
            let word = format!("oci://{registry}/{path}@sha256:{}", "0".repeat(64));
            let Ok(Some(Source::Oci { pinned, .. })) = Source::of(&word, None) else {
                panic!("{word} is a reference")
            };
            let there = Url::parse(&format!("https://{registry}/")).unwrap();
            assert!(pinned.is_at(&there), "{word}");
        }
    }
}
