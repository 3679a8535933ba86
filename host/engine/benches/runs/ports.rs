//! The ports of the bench: a writer that waits and then says what is in a list, a journal that keeps
//! nothing but texts, the real clock.

use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use async_trait::async_trait;
use pentimento_engine::{
    KeepError, Models, PortError, Ports, Reservation,
    ports::{Clock, Complete, Keep, Paid, Watch},
    testing::{Script, ScriptedPorts},
};
use pentimento_model::{Answer, Artifact, ArtifactId, Chat, Finish, Spending, TimedEvent, Usage};

/// What a call takes.
pub(crate) const LATENCY: Duration = Duration::from_millis(50);

/// What one run has done. Each counts for itself: what all threads count at once, they wait for.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub calls: AtomicU64,
    pub events: AtomicU64,
    /// Bytes of questions, answers and texts that were kept.
    pub words: AtomicU64,
}

/// The ports of one run.
pub(crate) fn of_run(counts: &Arc<Counts>, clock: &Arc<RealClock>, base: &Ports) -> Ports {
    let journal = Arc::new(Journal { counts: counts.clone(), texts: Mutex::default() });
    let writer = Arc::new(Writer { counts: counts.clone(), said: AtomicU64::new(0) });
    Ports {
        models: Models { writer: Some(writer), ..Models::default() },
        keep: journal,
        clock: clock.clone(),
        watchers: vec![Arc::new(Watcher)],
        ..base.clone()
    }
}

/// Those that no recipe for texts calls.
pub(crate) fn unused() -> Ports {
    let mut ports = ScriptedPorts::fresh(&Script::new("", &[])).ports;
    ports.assessors.clear();
    ports
}

/// Answers after the latency, never the same twice in a row, so that no recipe ends early.
struct Writer {
    counts: Arc<Counts>,
    said: AtomicU64,
}

#[async_trait]
impl Complete for Writer {
    fn identity(&self) -> String {
        "scripted".to_owned()
    }

    fn most(&self, chat: &Chat) -> Spending {
        let usage = Usage::of_tokens(chat.most_input_tokens(0), chat.max_tokens.into());
        Spending { usage, ..Spending::NONE }
    }

    async fn complete(
        &self,
        _chat: &Chat,
        _leave: &Arc<Reservation>,
    ) -> Result<Paid<Answer>, PortError> {
        tokio::time::sleep(LATENCY).await;
        self.counts.calls.fetch_add(1, Ordering::Relaxed);
        let number = self.said.fetch_add(1, Ordering::Relaxed);
        let text = format!(
            r#"{{"problems": ["step 2: the price of the last box is missing, which is {number}"], "correct": false, "score": 3, "steps": ["Each box holds 12 eggs, so 7 boxes hold 7 * 12 = 84 eggs.", "A quarter of 84 eggs is 84 / 4 = 21 eggs, which are eaten.", "What is left is 84 - 21 = 63 eggs, of which {number} break.", "The rest is sold: 63 - {number} eggs at 2 dollars each."], "answer": "{number}"}}"#
        );
        let (finish, model) = (Finish::Stop, "scripted".to_owned());
        let value = Answer { text, finish, model, tokens: Vec::new() };
        let cost = Spending { usage: Usage::of_tokens(300, 120), ..Spending::NONE };
        Ok(Paid { value, cost })
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Writer")
    }
}

/// Counts events, as a disk would take them, and keeps texts, as a disk would have them.
struct Journal {
    counts: Arc<Counts>,
    texts: Mutex<Vec<Artifact>>,
}

impl Keep for Journal {
    fn recall(&self, _position: usize) -> Option<TimedEvent> {
        None
    }

    fn append(&self, _event: &TimedEvent) -> Result<(), KeepError> {
        self.counts.events.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn store(&self, artifact: &Artifact) -> Result<(), KeepError> {
        self.counts.words.fetch_add(artifact.bytes.len() as u64, Ordering::Relaxed);
        self.texts.lock().unwrap_or_else(PoisonError::into_inner).push(artifact.clone());
        Ok(())
    }

    fn load(&self, id: ArtifactId) -> Result<Artifact, KeepError> {
        let texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let found = texts.iter().find(|text| text.id == id).cloned();
        found.ok_or_else(|| KeepError {
            message: "no such text".to_owned(),
            hint: None,
            cause: None,
        })
    }
}

struct Watcher;

impl Watch for Watcher {
    /// That it is called is the cost; what it does is somebody else's.
    fn on_event(&self, _event: &TimedEvent) {}
}

/// Time since the row began.
#[derive(Debug)]
pub(crate) struct RealClock(Instant);

impl RealClock {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self(Instant::now()))
    }
}

impl Clock for RealClock {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}
