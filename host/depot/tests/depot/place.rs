//! A server of one's own, and a depot that trusts it.

use std::{error::Error, time::Duration};

use pentimento_depot::{Depot, FetchError, Fetched, Limits, Source};
use pentimento_model::PluginId;
use pentimento_scripted::{Act, Scripted};

/// Bytes that a depot here takes at most.
pub(crate) const MOST: usize = 1000;

/// Longer than any test may take.
const LONG: Duration = Duration::from_hours(1);

/// A server with TLS, and the certificates of all servers that are trusted.
pub(crate) struct Place {
    pub(crate) server: Scripted,
    pub(crate) roots: String,
    pub(crate) limits: Limits,
}

impl Place {
    pub(crate) fn new() -> Self {
        let server = Scripted::start_with_tls();
        let roots = server.certificate().unwrap().to_owned();
        Self { server, roots, limits: Limits::for_components_of(MOST) }
    }

    /// The same with no patience.
    pub(crate) fn hasty() -> Self {
        let limits = Limits { deadline: Duration::from_millis(300), ..Self::new().limits };
        Self { limits, ..Self::new() }
    }

    /// The same with all the time there is, and no patience with a server that is silent.
    pub(crate) fn wary() -> Self {
        let brief = Duration::from_millis(200);
        let limits = Self::new().limits;
        let limits = Limits { deadline: LONG, connect: brief, silence: brief, ..limits };
        Self { limits, ..Self::new() }
    }

    pub(crate) fn depot(&self) -> Depot {
        Depot::new(self.limits, Some(self.roots.as_bytes())).unwrap()
    }

    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.server.url())
    }

    /// What comes of this source after these acts.
    pub(crate) fn fetch(
        &self,
        acts: impl IntoIterator<Item = Act>,
        word: &str,
        sha256: Option<&str>,
    ) -> Result<Fetched, FetchError> {
        self.server.script(acts);
        let source = Source::of(word, sha256)?.unwrap();
        wait(self.depot().fetch(&source))
    }
}

pub(crate) fn wait<T>(work: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap().block_on(work)
}

pub(crate) fn digest(bytes: &[u8]) -> String {
    PluginId::of("", bytes).digest
}

/// The error, word for word; that it has a hint; and that no key is anywhere in it.
#[track_caller]
pub(crate) fn says<T: std::fmt::Debug>(result: Result<T, FetchError>, message: &str) {
    let error = result.unwrap_err();
    assert_eq!(error.to_string(), message);
    assert!(!error.hint().is_empty() && !error.hint().ends_with('.'), "{}", error.hint());
    let mut whole = format!("{error:?} {error}");
    let mut cause = error.source();
    while let Some(one) = cause {
        whole = format!("{whole}: {one}");
        cause = one.source();
    }
    assert!(!whole.contains("secret"), "{whole}");
}
