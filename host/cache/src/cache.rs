//! The cache as runs and people meet it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use pentimento_engine::{Shared, Turn, ports::Share};
use pentimento_model::{Artifact, MediaType, Money, RunEvent, StepKey, TimedEvent};

use crate::{
    CacheError,
    error::{is_busy, is_damage},
    limits::{KEPT_PERCENT, LARGEST_PART},
    store::{Entry, Found, Store},
    turns::Turns,
};

/// Results of other runs. Its file is opened once, and may be shared with any number of processes.
#[derive(Debug)]
pub struct Cache {
    path: PathBuf,
    /// Bytes of results, at most.
    most: u64,
    state: Mutex<State>,
    turns: Turns,
}

#[derive(Debug)]
struct State {
    /// `None` once it could not be used.
    store: Option<Store>,
    /// Why not.
    trouble: Option<CacheError>,
    /// Results that were found changed, and are gone.
    damaged: usize,
}

/// What a cache holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// By kind.
    pub kinds: Vec<Kind>,
    /// Bytes of all results.
    pub bytes: u64,
    /// Bytes of the file.
    pub file_bytes: u64,
}

/// The results of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// `answer`, `errand`, `opinion` or `picture`.
    pub kind: String,
    /// How many there are.
    pub count: u64,
    /// Their bytes.
    pub bytes: u64,
    /// What they cost when they were made, as far as that is known.
    pub cost: Money,
    /// Of so many, nobody knows what they cost.
    pub unpriced: u64,
    /// How often they were of use.
    pub hits: u64,
    /// What making them again would have cost, as far as that is known.
    pub saved: Money,
    /// So many times, nobody knows what that saved.
    pub unpriced_hits: u64,
}

/// What was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pruned {
    /// Results that were not what was put in.
    pub damaged: usize,
    /// Results that were used least.
    pub oldest: usize,
    /// Bytes of what is left.
    pub bytes: u64,
}

impl Cache {
    /// Opens the cache of this file, or makes it; it may take so many bytes.
    pub fn open(path: &Path, most: u64) -> Result<Self, CacheError> {
        let store = opened(path)?;
        let state = State { store: Some(store), trouble: None, damaged: 0 };
        let (path, state) = (path.to_owned(), Mutex::new(state));
        Ok(Self { path, most, state, turns: Turns::default() })
    }

    /// What went wrong while it was used, in words for the user; nothing if all went well.
    pub fn notices(&self) -> Vec<String> {
        let state = self.state();
        let path = self.path.display();
        let damaged = (state.damaged > 0).then(|| {
            let (count, were) = (state.damaged, if state.damaged == 1 { "was" } else { "were" });
            format!("{count} of the results in the cache `{path}` {were} damaged, and made anew")
        });
        let trouble = state.trouble.as_ref().map(|error| {
            let cause = std::error::Error::source(error).map(|cause| format!(": {cause}"));
            let (cause, hint) = (cause.unwrap_or_default(), error.hint());
            format!("{error}{cause}; the run went on without it. {hint}")
        });
        damaged.into_iter().chain(trouble).collect()
    }

    /// What it holds.
    pub fn held(&self) -> Result<Held, CacheError> {
        let read = |store: &mut Store| Ok((store.tallies()?, store.bytes()?));
        let (tallies, bytes) = self.ask(read)?;
        let kinds = tallies.into_iter().map(|tally| Kind {
            kind: tally.kind,
            count: tally.count,
            bytes: tally.bytes,
            cost: Money::from_nanos(tally.cost),
            unpriced: tally.unpriced,
            hits: tally.hits,
            saved: Money::from_nanos(tally.saved),
            unpriced_hits: tally.unpriced_hits,
        });
        let file_bytes = files(&self.path).into_iter().filter_map(|file| fs::metadata(file).ok());
        let file_bytes = file_bytes.map(|file| file.len()).sum();
        Ok(Held { kinds: kinds.collect(), bytes, file_bytes })
    }

    /// Removes what is damaged, and what was used least until so many bytes are left.
    pub fn prune(&self, most: u64) -> Result<Pruned, CacheError> {
        self.ask(|store| {
            let damaged = store.weed()?;
            let oldest = store.shrink(most)?;
            store.settle()?;
            Ok(Pruned { damaged, oldest, bytes: store.bytes()? })
        })
    }

    /// Empties the cache of this file; one that is damaged is removed. Says how many bytes of results
    /// went; `None` if nobody knows.
    pub fn clear(path: &Path) -> Result<Option<u64>, CacheError> {
        if !path.exists() {
            return Ok(Some(0));
        }
        let emptied = Self::open(path, 0).and_then(|cache| {
            cache.ask(|store| {
                let bytes = store.bytes()?;
                store.shrink(0)?;
                store.settle()?;
                Ok(bytes)
            })
        });
        match emptied {
            Ok(bytes) => Ok(Some(bytes)),
            // Whoever has it open has nothing of use, so nothing is taken from anybody.
            Err(CacheError::Store { source, .. }) if is_damage(&source) => {
                for file in files(path) {
                    match fs::remove_file(&file) {
                        Err(source) if source.kind() != io::ErrorKind::NotFound => {
                            return Err(CacheError::Remove { path: file, source });
                        }
                        _ => {}
                    }
                }
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Asks the file something for a person, who is told what goes wrong.
    fn ask<T>(
        &self,
        question: impl FnOnce(&mut Store) -> rusqlite::Result<T>,
    ) -> Result<T, CacheError> {
        let mut state = self.state();
        let foreign = || CacheError::Foreign { path: self.path.clone() };
        let store = state.store.as_mut().ok_or_else(foreign)?;
        question(store).map_err(|source| CacheError::Store { path: self.path.clone(), source })
    }

    /// Asks the file something for a run, which goes on without an answer. Whoever else is writing is
    /// no trouble; anything else is, and ends the use of the cache.
    fn try_ask<T>(&self, question: impl FnOnce(&mut Store) -> rusqlite::Result<T>) -> Option<T> {
        let mut state = self.state();
        match question(state.store.as_mut()?) {
            Ok(answer) => Some(answer),
            Err(error) if is_busy(&error) => None,
            Err(source) => {
                state.store = None;
                state.trouble = Some(CacheError::Store { path: self.path.clone(), source });
                None
            }
        }
    }

    fn count_damaged(&self) {
        self.state().damaged += 1;
    }

    /// The file and its state go together, and no code between lock and unlock can panic.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Share for Cache {
    async fn turn(&self, name: StepKey) -> Turn {
        self.turns.wait(name).await
    }

    fn find(&self, name: StepKey) -> Option<Shared> {
        match self.try_ask(|store| store.find(name))? {
            Found::Nothing => None,
            Found::Damaged => {
                self.count_damaged();
                None
            }
            // A result that this version does not understand is made anew.
            Found::Whole(event, media, artifact) => read(&event, &media, artifact),
        }
    }

    fn keep(&self, name: StepKey, result: &Shared) {
        let Some(entry) = written(result) else { return };
        let size = (entry.event.len() + entry.artifact.len()) as u64;
        if size > self.most / LARGEST_PART {
            return;
        }
        self.try_ask(|store| {
            if store.put(name, &entry)? > self.most {
                store.shrink(self.most / 100 * KEPT_PERCENT)?;
            }
            Ok(())
        });
    }
}

fn opened(path: &Path) -> Result<Store, CacheError> {
    if let Some(folder) = path.parent() {
        let refused = |source| CacheError::Folder { path: path.to_owned(), source };
        fs::create_dir_all(folder).map_err(refused)?;
    }
    let refused = |source| CacheError::Store { path: path.to_owned(), source };
    let foreign = || CacheError::Foreign { path: path.to_owned() };
    Store::open(path).map_err(refused)?.ok_or_else(foreign)
}

/// The file, and those that `SQLite` has beside it.
fn files(path: &Path) -> [PathBuf; 3] {
    let beside = |more: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(more);
        PathBuf::from(name)
    };
    [path.to_owned(), beside("-wal"), beside("-shm")]
}

/// `None` for what is never shared.
fn written(result: &Shared) -> Option<Entry> {
    let kind = match &result.event {
        RunEvent::CandidateReady { .. } => "picture",
        RunEvent::Answered { .. } => "answer",
        RunEvent::Assessed { .. } => "opinion",
        RunEvent::Performed { .. } => "errand",
        _ => return None,
    };
    // When it was made is no part of it: the same result is the same bytes.
    let timed = TimedEvent { at: Duration::ZERO, event: result.event.clone() };
    let event = pentimento_record::event_to_json(&timed).ok()?;
    let (media, artifact) = match &result.artifact {
        Some(artifact) => (artifact.media_type.as_str().to_owned(), artifact.bytes.to_vec()),
        None => (String::new(), Vec::new()),
    };
    let cost = result.event.spending().money.nanos();
    Some(Entry { kind, event, media, artifact, cost })
}

fn read(event: &str, media: &str, artifact: Vec<u8>) -> Option<Shared> {
    let event = pentimento_record::event_from_json(event).ok()?.event;
    let artifact = match media {
        "" => None,
        name => Some(Artifact::new(MediaType::from_name(name)?, artifact)),
    };
    Some(Shared { event, artifact })
}
