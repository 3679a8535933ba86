//! What a journal costs: events appended and read back, and whether either grows with the run.
//!
//! `cargo bench -p pentimento-journal` prints a table. Pass a number to make the longest run shorter
//! than a million events. The folder is the operating system's for temporary files: set `TMPDIR` to
//! measure another disk.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark prints, and what it cannot do it need not survive"
)]

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use pentimento_engine::ports::Keep as _;
use pentimento_journal::{Durability, PastRun, RunFolder};
use pentimento_model::{
    Exchange, Finish, Money, RunEvent, RunId, Spending, StepKey, TimedEvent, Usage,
};

/// The longest run.
const MOST_EVENTS: u64 = 1_000_000;
/// Events of a run that is synced.
const SYNCED_EVENTS: u64 = 2000;
/// Slices of the longest run whose costs are compared.
const SLICES: u64 = 10;

fn main() {
    let number = std::env::args().find_map(|word| word.parse::<u64>().ok());
    let most = number.unwrap_or(MOST_EVENTS).max(SLICES);
    let place = tempfile::tempdir().unwrap();
    println!("an answer to a paid question, {} bytes a line\n", line_bytes(place.path()));
    println!("{:<28} {:>12} {:>12}", "append", "events/s", "µs/event");
    for policy in Durability::ALL {
        let events = if policy == Durability::Never { most } else { SYNCED_EVENTS };
        let took = append(place.path(), policy, events).iter().sum();
        row(&format!("{events} events, {}", policy.as_str()), events, took);
    }
    let slices = append(place.path(), Durability::Never, most);
    let each = most / SLICES;
    println!("\n{:<28} {:>12} {:>12}", "as the run grows, never", "events/s", "µs/event");
    for (number, took) in (1..).zip(&slices) {
        row(&format!("up to {} events", number * each), each, *took);
    }
    let growth = slices.last().unwrap().as_secs_f64() / slices.first().unwrap().as_secs_f64();
    println!("\n{:<28} {:>12} {:>12}", "read back", "events/s", "µs/event");
    for events in [most / 100, most / 10, most] {
        append(place.path(), Durability::Never, events);
        let start = Instant::now();
        let past = PastRun::read(&place.path().join("run")).unwrap();
        assert_eq!(past.events.len() as u64, events);
        row(&format!("{events} events"), events, start.elapsed());
    }
    println!("\nthe last slice costs {growth:.2} of the first");
}

fn row(what: &str, events: u64, took: Duration) {
    let each = took.as_secs_f64() / events as f64;
    println!("{what:<28} {:>12.0} {:>12.2}", 1.0 / each, each * 1e6);
}

/// Writes a run of so many events, and says how long each slice of it took.
fn append(place: &Path, policy: Durability, events: u64) -> Vec<Duration> {
    let _ = fs::remove_dir_all(place.join("run"));
    let folder = RunFolder::create(place, &RunId::new("run").unwrap()).unwrap().with(policy);
    let slice = |slice: u64| {
        let start = Instant::now();
        for number in 0..events / SLICES {
            folder.append(&event(slice * events + number)).unwrap();
        }
        start.elapsed()
    };
    (0..SLICES).map(slice).collect()
}

/// An answer in words, as a run journals it.
fn event(number: u64) -> TimedEvent {
    let exchange = Exchange {
        role: "seer".into(),
        step: "reason".into(),
        asked: "user: say the one thing that is most wrong".into(),
        answer: "the umbrella is too small".to_owned(),
        finish: Finish::Stop,
        model: "m-1".to_owned(),
        tokens: Vec::new(),
    };
    let key = StepKey::of([number.to_le_bytes().as_slice()]);
    let spending =
        Spending { usage: Usage::of_tokens(300, 20), money: Money::from_nanos(1), unpriced: 0 };
    let took = Duration::from_millis(20);
    TimedEvent { at: took, event: RunEvent::Answered { key, exchange, spending, took } }
}

fn line_bytes(place: &Path) -> u64 {
    append(place, Durability::Never, SLICES);
    fs::metadata(place.join("run/journal.jsonl")).unwrap().len() / SLICES
}
