//! Results of other runs: where they are kept, and whether they may be used.
//!
//! A cache that cannot be opened is told, and no run fails of it. What it holds is `cache`'s business.

use std::{path::PathBuf, sync::Arc};

use pentimento_cache::{Cache, Held, Pruned};
use pentimento_engine::ports::Share;

use crate::{
    Settings,
    error::{AppError, in_words},
};

/// The file, below the cache folder.
const FILE: &str = "results.sqlite";

/// Where the results of other runs are.
pub fn path(settings: &Settings) -> PathBuf {
    settings.cache_dir.join(FILE)
}

/// What the cache holds; `None` if there is none yet.
pub fn held(settings: &Settings) -> Result<Option<Held>, AppError> {
    let path = path(settings);
    if !path.exists() {
        return Ok(None);
    }
    Ok(Some(Cache::open(&path, settings.cache_bytes)?.held()?))
}

/// Removes what is damaged, and what was used least until so many bytes are left; `None` if there is no
/// cache.
pub fn prune(settings: &Settings, most: Option<u64>) -> Result<Option<Pruned>, AppError> {
    let path = path(settings);
    if !path.exists() {
        return Ok(None);
    }
    let most = most.unwrap_or(settings.cache_bytes);
    Ok(Some(Cache::open(&path, settings.cache_bytes)?.prune(most)?))
}

/// Removes everything. Says how many bytes that were; `None` if nobody knows.
pub fn clear(settings: &Settings) -> Result<Option<u64>, AppError> {
    Ok(Cache::clear(&path(settings))?)
}

/// The results that the runs of one session use and add to.
#[derive(Debug, Default)]
pub(crate) struct Results {
    cache: Option<Arc<Cache>>,
    /// Why there are none, though they were asked for.
    notice: Option<String>,
}

impl Results {
    /// Those that the settings ask for.
    pub(crate) fn open(settings: &Settings) -> Self {
        if !settings.cache {
            return Self::default();
        }
        if settings.providers.is_on_tape() {
            let notice = "the cache is not used while a cassette is recorded or played";
            return Self { cache: None, notice: Some(notice.to_owned()) };
        }
        match Cache::open(&path(settings), settings.cache_bytes) {
            Ok(cache) => Self { cache: Some(Arc::new(cache)), notice: None },
            Err(error) => {
                let (told, hint) = (in_words(&error), error.hint());
                let notice = format!("{told}; the run goes on without it. {hint}");
                Self { cache: None, notice: Some(notice) }
            }
        }
    }

    /// For the engine.
    pub(crate) fn port(&self) -> Option<Arc<dyn Share>> {
        self.cache.clone().map(|cache| cache as Arc<dyn Share>)
    }

    /// What one should know of it.
    pub(crate) fn notices(&self) -> Vec<String> {
        let used = self.cache.as_ref().map(|cache| cache.notices()).unwrap_or_default();
        self.notice.iter().cloned().chain(used).collect()
    }
}
