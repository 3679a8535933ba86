//! What the plugins of one run share: a budget, and what each of them remembers.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
    time::Duration,
};

use pentimento_model::{Fault, FaultKind};

use crate::quarantine::Wards;

/// What all plugins of one run may use together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunLimits {
    /// Time in plugins. Default ten minutes: a hundred times what the longest run of the bundled
    /// critics needs.
    pub time: Duration,
    /// Calls of one plugin by another. Default 1,000: ten candidates in ten rounds, and ten
    /// questions about each.
    pub calls: u32,
    /// Questions to models. Default 200: two a candidate in the longest runs.
    pub model_calls: u32,
    /// Tokens that models read and write. Default 100,000: some 500 for each question, and what
    /// a small model takes for a few cents.
    pub model_tokens: u64,
    /// Requests. Default 64: eight calls that send as many as one may.
    pub requests: u64,
    /// Bytes sent and received. Default 32 MiB: eight calls that receive as many as one may.
    pub traffic: u64,
}

impl RunLimits {
    /// As much as anybody likes, for measurements.
    pub const UNBOUNDED: Self = Self {
        time: Duration::MAX,
        calls: u32::MAX,
        model_calls: u32::MAX,
        model_tokens: u64::MAX,
        requests: u64::MAX,
        traffic: u64::MAX,
    };
}

impl Default for RunLimits {
    fn default() -> Self {
        Self {
            time: Duration::from_mins(10),
            calls: 1_000,
            model_calls: 200,
            model_tokens: 100_000,
            requests: 64,
            traffic: 32 << 20,
        }
    }
}

/// One run, as its plugins see it. Cheap to clone; all clones are the same run.
#[derive(Clone, Default)]
pub struct RunScope {
    shared: Arc<Common>,
}

#[derive(Default)]
struct Common {
    limits: RunLimits,
    /// Microseconds spent in plugins.
    time: AtomicU64,
    /// Calls of one plugin by another.
    calls: AtomicU32,
    /// Questions to models.
    model_calls: AtomicU32,
    /// Tokens that models took, and those set aside for questions on their way.
    model_tokens: AtomicU64,
    /// Requests sent by plugins.
    requests: AtomicU64,
    /// Bytes sent and received by plugins.
    traffic: AtomicU64,
    /// How often something went wrong that another run may be spared.
    mishaps: AtomicU64,
    /// How the calls of tools went.
    wards: OnceLock<Wards>,
    /// By plugin digest.
    memories: Mutex<BTreeMap<String, Memory>>,
}

/// What one plugin keeps.
pub(crate) type Memory = BTreeMap<String, Vec<u8>>;

impl RunScope {
    /// A run with nothing spent and nothing remembered.
    pub fn new(limits: RunLimits) -> Self {
        Self { shared: Arc::new(Common { limits, ..Common::default() }) }
    }

    /// Time spent in plugins so far.
    pub fn time_spent(&self) -> Duration {
        Duration::from_micros(self.shared.time.load(Ordering::Relaxed))
    }

    /// How long a call may take that wants so much; a fault if the run's time is used up.
    pub(crate) fn time_for(&self, wanted: Duration) -> Result<Duration, Fault> {
        let time = self.shared.limits.time;
        let left = time.saturating_sub(self.time_spent());
        if !left.is_zero() {
            return Ok(wanted.min(left));
        }
        let message = format!("the plugins of this run have used up their {time:?} together");
        Err(Fault { kind: FaultKind::Limit, message, log: Vec::new() })
    }

    pub(crate) fn spend_time(&self, spent: Duration) {
        let micros = u64::try_from(spent.as_micros()).unwrap_or(u64::MAX);
        let add = |time: u64| Some(time.saturating_add(micros));
        // The closure never declines, so there is nothing to look at.
        let _ = self.shared.time.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }

    /// Counts a call of one plugin by another; the most there may be, if that was reached.
    pub(crate) fn count_call(&self) -> Result<(), u32> {
        count(&self.shared.calls, self.shared.limits.calls).inspect_err(|_| self.note_mishap())
    }

    /// Something went wrong for a plugin that has nothing to do with what it was asked, and it may have
    /// answered all the same.
    pub(crate) fn note_mishap(&self) {
        self.shared.mishaps.fetch_add(1, Ordering::Relaxed);
    }

    /// How often that was so.
    pub(crate) fn mishaps(&self) -> u64 {
        self.shared.mishaps.load(Ordering::Relaxed)
    }

    /// Counts a question to a model; the most there may be, if that was reached.
    pub(crate) fn count_question(&self) -> Result<(), u32> {
        count(&self.shared.model_calls, self.shared.limits.model_calls)
    }

    /// Sets tokens aside; how many are left, if those are too few.
    pub(crate) fn set_aside(&self, tokens: u64) -> Result<(), u64> {
        let most = self.shared.limits.model_tokens;
        let take = |taken: u64| taken.checked_add(tokens).filter(|taken| *taken <= most);
        let taken =
            self.shared.model_tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take);
        taken.map(drop).map_err(|taken| most.saturating_sub(taken))
    }

    /// Puts what was really taken in the place of what was set aside.
    pub(crate) fn settle(&self, aside: u64, taken: u64) {
        let settled = |all: u64| Some(all.saturating_sub(aside).saturating_add(taken));
        // The closure never declines, so there is nothing to look at.
        let _ =
            self.shared.model_tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, settled);
    }

    /// Tokens that models took so far.
    pub fn tokens_spent(&self) -> u64 {
        self.shared.model_tokens.load(Ordering::Relaxed)
    }

    /// Counts a request, or says that there were enough.
    pub(crate) fn spend_request(&self) -> Result<(), String> {
        let most = self.shared.limits.requests;
        let over =
            || format!("the plugins of this run have used up their {most} requests together");
        spend(&self.shared.requests, 1, most).ok_or_else(over)
    }

    /// Counts bytes sent or received, or says that there were enough.
    pub(crate) fn spend_traffic(&self, bytes: usize) -> Result<(), String> {
        let most = self.shared.limits.traffic;
        let over = || {
            format!("the plugins of this run have used up their {most} bytes of traffic together")
        };
        spend(&self.shared.traffic, bytes as u64, most).ok_or_else(over)
    }

    /// How the calls of tools went in this run; `all` has the policy.
    pub(crate) fn wards(&self, all: &Wards) -> &Wards {
        self.shared.wards.get_or_init(|| all.of_run())
    }

    /// What all plugins keep, by digest.
    pub(crate) fn memories(&self) -> MutexGuard<'_, BTreeMap<String, Memory>> {
        // Nothing panics while it holds the lock; if it did, the values would still be values.
        self.shared.memories.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One more; the most there may be, if that was reached.
fn count(so_far: &AtomicU32, most: u32) -> Result<(), u32> {
    let one_more = |count: u32| count.checked_add(1).filter(|count| *count <= most);
    let counted = so_far.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_more);
    counted.map(drop).map_err(|_| most)
}

/// Adds to a counter. What goes over the bound is counted too, so that it stays used up.
fn spend(counter: &AtomicU64, more: u64, most: u64) -> Option<()> {
    let add = |spent: u64| Some(spent.saturating_add(more));
    let before = counter.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add).ok()?;
    (before.saturating_add(more) <= most).then_some(())
}

impl fmt::Debug for RunScope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("RunScope").field("time_spent", &self.time_spent()).finish()
    }
}
