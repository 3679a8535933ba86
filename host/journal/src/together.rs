//! One sync for all who wait for the same folder at the same time.
//!
//! A thousand runs that begin at once have made a thousand names in one folder. Whoever comes while a
//! sync is under way waits for the next one, since that under way may have begun before its name was
//! there; the next one is of all who came meanwhile.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, LazyLock, Mutex, MutexGuard, PoisonError},
};

use crate::{FolderError, durability::waiting};

/// Folders that somebody waits for.
static FOLDERS: LazyLock<Mutex<BTreeMap<PathBuf, Arc<Waiters>>>> = LazyLock::new(Mutex::default);

#[derive(Default)]
struct Waiters {
    turns: Mutex<Turns>,
    over: Condvar,
}

#[derive(Default)]
struct Turns {
    /// How many have asked for a sync.
    asked: u64,
    /// How many of those have got it.
    done: u64,
    under_way: bool,
}

/// Does what makes a folder's names durable, or waits for somebody else who does. What fails is
/// tried by everyone who waits, so that everyone is told.
pub(crate) fn together(
    folder: &Path,
    sync: impl Fn() -> Result<(), FolderError>,
) -> Result<(), FolderError> {
    let waiters = lock(&FOLDERS).entry(folder.to_owned()).or_default().clone();
    let result = waiting(|| waiters.wait(&sync));
    let mut folders = lock(&FOLDERS);
    // This one and that of the list.
    if folders.get(folder).is_some_and(|known| Arc::strong_count(known) <= 2) {
        folders.remove(folder);
    }
    result
}

impl Waiters {
    fn wait(&self, sync: &impl Fn() -> Result<(), FolderError>) -> Result<(), FolderError> {
        let mut turns = lock(&self.turns);
        turns.asked += 1;
        let mine = turns.asked;
        while turns.done < mine {
            if turns.under_way {
                turns = self.over.wait(turns).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            turns.under_way = true;
            let all = turns.asked;
            drop(turns);
            let result = sync();
            turns = lock(&self.turns);
            turns.under_way = false;
            self.over.notify_all();
            result?;
            turns.done = all;
        }
        Ok(())
    }
}

/// Counting cannot panic, so a poisoned lock still guards whole numbers.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        thread,
        time::Duration,
    };

    use super::*;

    #[test]
    fn who_comes_together_waits_together_and_nobody_is_passed_over() {
        let (folder, syncs) = (Path::new("many at once"), AtomicUsize::new(0));
        // What is on the disk is what was made before a sync began.
        let (made, durable) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let sync = || {
            syncs.fetch_add(1, Ordering::SeqCst);
            let seen = made.load(Ordering::SeqCst);
            thread::sleep(Duration::from_millis(20));
            durable.fetch_max(seen, Ordering::SeqCst);
            Ok(())
        };
        thread::scope(|scope| {
            for _ in 0..32 {
                scope.spawn(|| {
                    let mine = made.fetch_add(1, Ordering::SeqCst) + 1;
                    together(folder, sync).unwrap();
                    // Whoever counted before this one was counted before its sync, too.
                    assert!(durable.load(Ordering::SeqCst) >= mine);
                });
            }
        });
        let syncs = syncs.into_inner();
        assert!(syncs < 32, "{syncs} syncs of 32 who came at once");
        assert!(!lock(&FOLDERS).contains_key(folder), "nothing is left of it");
    }

    #[test]
    fn everyone_is_told_of_a_sync_that_fails() {
        let folder = Path::new("nothing is there");
        let told = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let missing = FolderError::Missing { path: folder.to_owned() };
                    let failed = together(folder, || {
                        thread::sleep(Duration::from_millis(5));
                        Err(FolderError::Missing { path: folder.to_owned() })
                    });
                    assert_eq!(failed.unwrap_err().to_string(), missing.to_string());
                    told.fetch_add(1, Ordering::SeqCst);
                });
            }
        });
        assert_eq!(told.into_inner(), 8);
    }
}
