//! Why a plugin was not fetched, and what to do.

use thiserror::Error;

use crate::source::BadSource;

/// Nothing was fetched; nothing was kept.
#[derive(Debug, Error)]
pub enum FetchError {
    /// The source cannot be used; nothing was sent.
    #[error("`{place}` cannot be fetched: {problem}")]
    Source {
        /// The source, without what could be a key.
        place: String,
        /// What is wrong with it.
        problem: BadSource,
    },
    /// The certificates that were to be trusted cannot be read; nothing was sent.
    #[error("the extra certificates cannot be used: {problem}")]
    Certificates {
        /// What is wrong.
        problem: String,
    },
    /// TLS or the HTTP client cannot be set up; nothing was sent.
    #[error("the HTTP client cannot be set up: {problem}")]
    Client {
        /// What is wrong.
        problem: String,
    },
    /// There is nobody, or the connection broke.
    #[error("`{place}` cannot be reached")]
    Unreachable {
        /// Where.
        place: String,
        /// Why.
        source: reqwest::Error,
    },
    /// Nobody trusted vouches for the server.
    #[error("no trusted connection to `{place}`")]
    Untrusted {
        /// Where.
        place: String,
        /// Why.
        source: reqwest::Error,
    },
    /// The server was silent for too long, or too slow.
    #[error("`{place}` took too long")]
    TimedOut {
        /// Where.
        place: String,
    },
    /// The bytes ended before their end.
    #[error("the answer of `{place}` broke off")]
    BrokeOff {
        /// Where.
        place: String,
        /// Why.
        source: reqwest::Error,
    },
    /// The server answered something else than the bytes.
    #[error("`{place}` answered {status}")]
    Status {
        /// Where.
        place: String,
        /// The status, in number and words.
        status: String,
    },
    /// The server sends callers where nobody follows.
    #[error("`{place}` sends callers elsewhere, and they do not follow: {problem}")]
    Redirect {
        /// Where.
        place: String,
        /// Why not.
        problem: &'static str,
    },
    /// More bytes than anything it could be.
    #[error("`{place}` has more than the {limit} bytes that are read")]
    TooLarge {
        /// Where.
        place: String,
        /// The bound.
        limit: usize,
    },
    /// Other bytes than those that were named.
    #[error("`{place}` has the digest {found}, not {wanted}")]
    Digest {
        /// Where.
        place: String,
        /// What was asked for.
        wanted: String,
        /// What came.
        found: String,
    },
    /// A manifest that is none of a plugin.
    #[error("`{place}` is no plugin: {problem}")]
    Manifest {
        /// Where.
        place: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The registry shows it to some people only.
    #[error("`{place}` needs a login")]
    Login {
        /// Where.
        place: String,
    },
    /// A text that is none.
    #[error("`{place}` is no text")]
    NoText {
        /// Where.
        place: String,
    },
}

impl FetchError {
    /// What to do, as a sentence without a full stop.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Source { problem, .. } => match problem {
                BadSource::NotAUrl | BadSource::Scheme => {
                    "name a file, a folder, an `https://` URL or an `oci://` reference"
                }
                BadSource::User | BadSource::Query => {
                    "it could be a key, and the lock file is shared; download the component \
                     yourself and add the file"
                }
                BadSource::Reference | BadSource::NoRegistry => {
                    "a reference is `oci://REGISTRY/REPOSITORY[:TAG]@sha256:DIGEST`"
                }
                BadSource::NoPin => {
                    "a tag can be moved: look at what it means today, with `oras resolve` or \
                     `crane digest`, and add `@sha256:DIGEST`"
                }
                BadSource::NoDigest => {
                    "ask its author for the digest, and name it with `--sha256`; what a server \
                     says today it may not say tomorrow"
                }
                BadSource::NotADigest => "`sha256sum FILE` prints the one of a file",
            },
            Self::Certificates { .. } => "name a file with certificates in PEM",
            Self::Client { .. } => "download the component yourself and add the file",
            Self::Unreachable { .. } => "see that the address is right and the network is there",
            Self::Untrusted { .. } => {
                "if its certificate is signed by your own authority, name that with `--ca-file`"
            }
            Self::TimedOut { .. } | Self::BrokeOff { .. } => {
                "nothing was kept; try again, or download the component yourself and add the file"
            }
            Self::Status { .. } => {
                "see that the address is right and needs no login; else download the component \
                 yourself and add the file"
            }
            Self::Redirect { .. } => {
                "name the address that it is sent to, if it is one that you trust"
            }
            Self::TooLarge { .. } => "it is no plugin of ours; see that the address is right",
            Self::Digest { .. } => {
                "it is not the component that you named; do not use it unasked: it may be a newer \
                 version, or somebody's that is not the author"
            }
            Self::Manifest { .. } => {
                "a plugin is pushed as one layer of type `application/wasm`, as `oras` and `wkg` \
                 do; for an index, name the digest of one of its manifests"
            }
            Self::Login { .. } => {
                "plugins are fetched without one: see that the reference is right, or download the \
                 component yourself and add the file"
            }
            Self::NoText { .. } => "name the address of a `.minisig` file",
        }
    }

    /// True if it is the caller's move: the words were wrong, or what is there is not what was
    /// named.
    pub fn is_wrong_use(&self) -> bool {
        !matches!(
            self,
            Self::Client { .. }
                | Self::Unreachable { .. }
                | Self::TimedOut { .. }
                | Self::BrokeOff { .. }
        )
    }
}
