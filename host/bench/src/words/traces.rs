//! BIG-Bench Mistake (arXiv:2311.08516): does a verifier find the first step that is wrong?
//!
//! The labels are people's, and some are wrong: a step is told to be right whose equation is false.
//! So agreement is counted, and beside it how often the verifier proves an earlier step false than
//! the label says.

use std::{fs, path::PathBuf, sync::Arc};

use pentimento_app::{Settings, Workshop};
use pentimento_engine::ports::Assess;
use pentimento_model::{
    Artifact, Assessment, Brief, CheckOutcome, MediaType, Opinion, Place, Seed,
};
use serde::{Deserialize, Serialize};

use super::compare::{Interval, interval};
use crate::BenchError;

/// The verifier that is measured.
const VERIFIER: &str = "verify-steps";
/// The benchmark's name on the command line.
pub const NAME: &str = "big-bench-mistake";

/// The tasks that can be checked by computation, and their traces; see the folder's
/// `PROVENANCE.txt`.
const TASKS: [(&str, &str); 2] = [
    (
        "multistep_arithmetic",
        include_str!("../../../../assets/benchmarks/big-bench-mistake/multistep_arithmetic.jsonl"),
    ),
    (
        "word_sorting",
        include_str!("../../../../assets/benchmarks/big-bench-mistake/word_sorting_100.jsonl"),
    ),
];

/// What to measure.
#[derive(Clone, Debug)]
pub struct TraceRequest {
    /// Where plugins come from.
    pub settings: Settings,
    /// The folder with the benchmark's own files, in place of what comes with the program.
    pub data: Option<PathBuf>,
    /// Only the first so many traces of each task.
    pub limit: Option<usize>,
}

/// A line of the benchmark.
#[derive(Deserialize)]
struct Row {
    input: String,
    steps: Vec<String>,
    target: String,
    answer: String,
    mistake_index: Option<u32>,
}

/// How the verifier did on one task.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TraceTask {
    /// The task.
    pub task: String,
    /// Traces.
    pub traces: usize,
    /// Share in which the verifier names the label's step, or neither names one.
    pub agrees: Interval,
    /// Traces in which it proves a step false that the label holds for right.
    pub label_refuted: usize,
    /// Traces in which it holds the label's step for right.
    pub label_not_found: usize,
    /// Share of answers it judges as the benchmark's own answer does.
    pub answers: f64,
    /// Traces it could not decide, or broke on.
    pub undecided: usize,
}

/// The whole benchmark.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TraceResult {
    /// Version of this form.
    pub format: u32,
    /// Always `big-bench-mistake`.
    pub task: &'static str,
    /// Who was measured.
    pub verifier: &'static str,
    /// One line a task.
    pub tasks: Vec<TraceTask>,
}

/// Asks the verifier about every trace.
pub async fn verify(request: &TraceRequest) -> Result<TraceResult, BenchError> {
    let mut settings = request.settings.clone();
    settings.plugins.entry(VERIFIER.to_owned()).or_default();
    let clock = Arc::new(pentimento_app::SystemClock);
    let workshop = Workshop::open(&settings, clock)?;
    let found = workshop.assessors().iter().find(|one| one.plugin().name == VERIFIER);
    let verifier = found.cloned().ok_or(BenchError::NoVerifier { name: VERIFIER })?;
    let mut tasks = Vec::new();
    for (task, text) in TASKS {
        let rows = rows(request, task, text)?;
        tasks.push(measured(task, &rows, verifier.as_ref()).await);
    }
    Ok(TraceResult { format: 1, task: NAME, verifier: VERIFIER, tasks })
}

fn rows(request: &TraceRequest, task: &'static str, text: &str) -> Result<Vec<Row>, BenchError> {
    let path = request.data.as_ref().map(|folder| folder.join(format!("{task}.jsonl")));
    let own = path.as_deref().map(own::bytes).transpose()?;
    let lines = own.as_deref().unwrap_or(text.as_bytes()).split(|byte| *byte == b'\n').enumerate();
    let lines = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
    let read = |(number, line): (usize, &[u8])| {
        serde_json::from_slice(line).map_err(|source| match &path {
            Some(path) => {
                let (path, line, form) = (path.clone(), number + 1, FORM);
                BenchError::Row { path, line, problem: without_place(&source), form }
            }
            None => BenchError::Task { task, line: number + 1, source },
        })
    };
    lines.take(request.limit.unwrap_or(usize::MAX)).map(read).collect()
}

async fn measured(task: &str, rows: &[Row], verifier: &dyn Assess) -> TraceTask {
    let (mut agrees, mut refuted, mut not_found) = (Vec::new(), 0, 0);
    let (mut answers, mut undecided) = (0_u32, 0);
    for row in rows {
        // A step has no line breaks; a trace of the benchmark may.
        let steps: Vec<String> = row.steps.iter().map(|step| step.replace('\n', " ")).collect();
        let trace = Artifact::new(MediaType::Text, steps.join("\n").into_bytes());
        let brief = Brief::from_idea(row.input.clone());
        let Found { outcome, step } = Found::of(&verifier.assess(&brief, &trace, Seed(1)).await);
        match (step, row.mistake_index) {
            (Some(step), label) if label.is_none_or(|label| step < label) => refuted += 1,
            (step, Some(label)) if step != Some(label) => not_found += 1,
            _ => {}
        }
        agrees.push(f64::from(u8::from(step == row.mistake_index)));
        let right = row.answer == row.target;
        // A trace may be wrong on the way and right in the end.
        let judged = match outcome {
            CheckOutcome::Pass => right,
            CheckOutcome::Fail => !right || step.is_some(),
            CheckOutcome::Unknown => false,
        };
        answers += u32::from(judged);
        undecided += usize::from(outcome == CheckOutcome::Unknown);
    }
    #[expect(clippy::cast_precision_loss, reason = "a benchmark has few traces")]
    let traces = rows.len().max(1) as f64;
    TraceTask {
        task: task.to_owned(),
        traces: rows.len(),
        agrees: interval(&agrees),
        label_refuted: refuted,
        label_not_found: not_found,
        answers: f64::from(answers) / traces,
        undecided,
    }
}

/// What the verifier said.
struct Found {
    outcome: CheckOutcome,
    /// The first step that is false.
    step: Option<u32>,
}

impl Found {
    fn of(assessment: &Assessment) -> Self {
        let places = assessment.findings().iter().filter_map(|one| match one.place {
            Some(Place::Step(step)) => Some(step),
            _ => None,
        });
        let outcome = match assessment {
            Assessment::Given { opinion: Opinion::Check(check), .. } => check.outcome,
            _ => CheckOutcome::Unknown,
        };
        Self { outcome, step: places.min() }
    }
}
