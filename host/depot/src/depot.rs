//! Fetches a plugin: from its source, within the deadline, held against its digest.

use crate::{
    FetchError, Limits, Source, limits,
    oci::Registry,
    source::{self, check_digest, shown},
    transport::{Served, Transport},
};

/// What came from outside, and is what was asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The component.
    pub component: Vec<u8>,
    /// Who served it, if that is another server than the one that was named.
    pub served_by: Option<String>,
}

impl std::fmt::Debug for Fetched {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} bytes, served by {:?}", self.component.len(), self.served_by)
    }
}

/// Fetches plugins.
#[derive(Debug)]
pub struct Depot {
    transport: Transport,
    limits: Limits,
}

impl Depot {
    /// A depot that also trusts these certificates (PEM), beside those that everybody trusts.
    pub fn new(limits: Limits, extra_roots: Option<&[u8]>) -> Result<Self, FetchError> {
        Ok(Self { transport: Transport::new(limits, extra_roots)?, limits })
    }

    /// The component of this source. What is not exactly what the source names is an error.
    pub async fn fetch(&self, source: &Source) -> Result<Fetched, FetchError> {
        match source {
            Source::Https { url, sha256 } => {
                let get = self.transport.get(url, self.limits.component);
                let Served { bytes, by } = self.in_time(shown(url), get).await?;
                check_digest(&shown(&by), sha256, &bytes)?;
                let served_by = (by.origin() != url.origin()).then(|| shown(&by));
                Ok(Fetched { component: bytes, served_by })
            }
            Source::Oci { pinned, sha256 } => {
                let registry =
                    Registry { transport: &self.transport, pinned, most: self.limits.component };
                let work = registry.component(sha256.as_ref());
                let Served { bytes, by } = self.in_time(pinned.shown(), work).await?;
                let served_by = (!pinned.is_at(&by)).then(|| shown(&by));
                Ok(Fetched { component: bytes, served_by })
            }
        }
    }

    /// A detached signature at this URL. It needs no digest: it is checked against keys.
    pub async fn signature(&self, url: &str) -> Result<String, FetchError> {
        let url = source::https(url)?;
        let get = self.transport.get(&url, limits::SIGNATURE_BYTES);
        let served = self.in_time(shown(&url), get).await?;
        let no_text = |_| FetchError::NoText { place: shown(&url) };
        String::from_utf8(served.bytes).map_err(no_text)
    }

    async fn in_time<T>(
        &self,
        place: String,
        work: impl Future<Output = Result<T, FetchError>>,
    ) -> Result<T, FetchError> {
        let late = |_| FetchError::TimedOut { place };
        tokio::time::timeout(self.limits.deadline, work).await.map_err(late)?
    }
}
