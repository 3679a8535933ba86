//! The ports of the bench: a writer that waits and then says what is in a list, a journal that keeps
//! nothing but texts, the real clock. All runs share the writer, as those of a batch do.

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
use pentimento_model::{
    Answer, Artifact, ArtifactId, Chat, Finish, RunEvent, Spending, TimedEvent, Usage,
};

/// What a call takes.
pub(crate) const LATENCY: Duration = Duration::from_millis(50);
/// How much later than it should tokio's timer wakes whoever waits: it counts whole milliseconds, and rounds
/// up. Ten runs at once, of whom nobody waits for another, tell that no call takes less than it should.
const LATE: Duration = Duration::from_millis(1);

/// Waits as long as a call takes.
pub(crate) async fn wait() {
    tokio::time::sleep(LATENCY.saturating_sub(LATE)).await;
}

/// The ports of one run.
pub(crate) fn of_run(journal: &Arc<Journal>, shared: &Ports) -> Ports {
    Ports { keep: journal.clone(), ..shared.clone() }
}

/// Those that all runs share; nobody of whom no recipe for texts calls.
pub(crate) fn shared() -> Ports {
    let ports = ScriptedPorts::fresh(&Script::new("", &[])).ports;
    Ports {
        models: Models { writer: Some(Arc::new(Writer)), ..Models::default() },
        assessors: Vec::new(),
        clock: Arc::new(RealClock(Instant::now())),
        watchers: vec![Arc::new(Watcher)],
        ..ports
    }
}

/// Answers after the latency, otherwise to each question, so that no recipe ends early.
struct Writer;

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
        chat: &Chat,
        _leave: &Arc<Reservation>,
    ) -> Result<Paid<Answer>, PortError> {
        wait().await;
        // Every question has a seed of its own.
        let number = chat.seed.0 % 10_000;
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

/// Counts the answers of one run, which a disk would take, and keeps its texts, as a disk would have them.
/// Each run counts for itself: what all threads count at once, they wait for.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    pub calls: AtomicU64,
    /// Bytes of texts that were kept.
    pub words: AtomicU64,
    texts: Mutex<Vec<Artifact>>,
}

impl Keep for Journal {
    fn recall(&self, _position: usize) -> Option<TimedEvent> {
        None
    }

    fn append(&self, timed: &TimedEvent) -> Result<(), KeepError> {
        if matches!(timed.event, RunEvent::Answered { .. }) {
            self.calls.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }

    fn store(&self, artifact: &Artifact) -> Result<(), KeepError> {
        self.words.fetch_add(artifact.bytes.len() as u64, Ordering::Relaxed);
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
struct RealClock(Instant);

impl Clock for RealClock {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}
