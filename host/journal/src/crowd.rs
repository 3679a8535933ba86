//! How many wait for the disk at the same time.
//!
//! Each of them holds a thread with its stack and its memory. The file system makes durable together
//! whatever comes while it is at work, so more than some dozens at once bring no more a second.

use std::{
    io,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

use crate::durability::waiting;

/// Syncs under way at once.
const MOST: usize = 64;

static UNDER_WAY: Mutex<usize> = Mutex::new(0);
static FREE: Condvar = Condvar::new();

/// Waits for the disk, once there is a place to do so. Until then this thread does nothing else: that
/// is what keeps others from coming. Within `sync` nothing may be waited for but the disk.
pub(crate) fn syncing(sync: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    let _place = Place::take();
    waiting(sync)
}

struct Place;

impl Place {
    fn take() -> Self {
        let mut under_way = lock();
        while *under_way >= MOST {
            under_way = FREE.wait(under_way).unwrap_or_else(PoisonError::into_inner);
        }
        *under_way += 1;
        Self
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        *lock() -= 1;
        FREE.notify_one();
    }
}

/// Counting cannot panic, so a poisoned lock still guards a right number.
fn lock() -> MutexGuard<'static, usize> {
    UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner)
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
    fn no_more_than_so_many_are_at_it_and_all_get_there() {
        let (now, most, done) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        thread::scope(|scope| {
            for number in 0..3 * MOST {
                let (now, most, done) = (&now, &most, &done);
                scope.spawn(move || {
                    let synced = syncing(|| {
                        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        thread::sleep(Duration::from_millis(5));
                        now.fetch_sub(1, Ordering::SeqCst);
                        // A place is free again however it ends.
                        if number % 2 == 0 {
                            Ok(())
                        } else {
                            Err(io::ErrorKind::StorageFull.into())
                        }
                    });
                    assert_eq!(synced.is_ok(), number % 2 == 0);
                    done.fetch_add(1, Ordering::SeqCst);
                });
            }
        });
        assert_eq!(done.into_inner(), 3 * MOST);
        let most = most.into_inner();
        assert!((2..=MOST).contains(&most), "{most} at once");
    }
}
