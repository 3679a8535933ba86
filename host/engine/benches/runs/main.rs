//! What the engine itself costs: thousands of runs at once over a writer that only waits.
//!
//! `cargo bench -p pentimento-engine` prints a table. Pass a number to make other than 10,000 runs at
//! once. Every row is a process of its own, so that none uses the memory that another left behind. No
//! disk and no network take part; the processor's time and the memory are told by Linux alone.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark prints, and what it cannot do it need not survive"
)]

mod ports;
mod process;
mod rows;

use std::{env, process::Command};

use comfy_table::{Table, presets::NOTHING};

use self::rows::{ROWS, Row};

/// The program's own allocator.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs at once.
const RUNS: usize = 10_000;
/// How a process is told which row it is.
const ROW: &str = "PENTIMENTO_BENCH_ROW";

fn main() {
    let runs = env::args().find_map(|word| word.parse().ok()).unwrap_or(RUNS);
    if let Ok(name) = env::var(ROW) {
        let row = ROWS.iter().find(|row| row.name == name).unwrap();
        println!("{}", row.measure(runs).join("\t"));
        return;
    }
    let mut table = Table::new();
    table.load_style(NOTHING).set_header(Row::HEADER);
    for row in &ROWS {
        let mut child = Command::new(env::current_exe().unwrap());
        let output = child.arg(runs.to_string()).env(ROW, row.name).output().unwrap();
        let cells = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        table.add_row(cells.trim_end().split('\t'));
    }
    println!("{runs} runs at once, {} ms a call\n\n{table}", ports::LATENCY.as_millis());
}
