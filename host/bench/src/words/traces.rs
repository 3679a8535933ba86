//! BIG-Bench Mistake (arXiv:2311.08516): does a verifier find the first step that is wrong?
//!
//! The labels are people's, and some are wrong: a step is told to be right whose equation is false.
//! So agreement is counted, and beside it how often the verifier proves an earlier step false than
//! the label says. Every trace on which both differ is told with the proof, so that anybody can see
//! who is right. And what every trace states is computed once more, by other code (`proof.rs`): how often
//! that confirms the step that the verifier names is a figure that no label has a part in.

use std::{path::PathBuf, sync::Arc};

use pentimento_app::{Settings, Workshop};
use pentimento_engine::ports::Assess;
use pentimento_model::{
    Artifact, Assessment, Brief, CheckOutcome, MediaType, Opinion, Place, Seed,
};
use serde::Serialize;
use serde_json::{Map, Value};

use pentimento_measure::statistics::{Interval, interval};

use super::own;
use crate::BenchError;

mod proof;

/// The verifier that is measured.
const VERIFIER: &str = "verify-steps";
/// The benchmark's name on the command line.
pub const NAME: &str = "big-bench-mistake";

const ARITHMETIC: &str = "multistep_arithmetic";
/// The tasks that can be checked by computation, and their traces; see the folder's
/// `PROVENANCE.txt`.
const TASKS: [(&str, &str); 2] = [
    (
        ARITHMETIC,
        include_str!("../../../../assets/benchmarks/big-bench-mistake/multistep_arithmetic.jsonl"),
    ),
    (
        "word_sorting",
        include_str!("../../../../assets/benchmarks/big-bench-mistake/word_sorting_100.jsonl"),
    ),
];

/// A line of such a file.
const FORM: &str = "{\"input\": \"…\", \"steps\": [\"…\"], \"target\": \"…\", \"answer\": \"…\", \
                    \"mistake_index\": null}";

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

/// A trace with its label.
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
    /// Share in which it names the label's step or proves an earlier one false.
    pub agrees_or_refutes: Interval,
    /// Share in which what it says is proved by a second computation: the step that it names states
    /// something false and none before it does; or nothing that is stated is false, and the answer is
    /// right.
    pub proved: Interval,
    /// The other traces, by their lines, counted from 1.
    pub unproved: Vec<usize>,
    /// The traces in which it names another step than the label.
    pub disagreements: Vec<Disagreement>,
}

/// A trace on which verifier and label differ. Steps are counted from 0; none is `null`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Disagreement {
    /// Its line in the file, counted from 1, empty lines left out.
    pub trace: usize,
    /// The step that the label names.
    pub label: Option<u32>,
    /// The step that the verifier names.
    pub found: Option<u32>,
    /// That step as it stands there.
    pub step: Option<String>,
    /// What the verifier says of it, or of the whole.
    pub proof: String,
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
    let name = format!("{task}.jsonl");
    let own = request.data.as_ref().map(|folder| folder.join(&name));
    let bytes = own.as_deref().map(own::bytes).transpose()?;
    let path = own.unwrap_or_else(|| name.into());
    let mut rows = own::rows((&path, FORM), bytes.as_deref().unwrap_or(text.as_bytes()), row)?;
    rows.truncate(request.limit.unwrap_or(usize::MAX));
    Ok(rows)
}

/// A line of the benchmark. Fields that are not known are passed over.
fn row(line: &Map<String, Value>) -> Result<Row, String> {
    let steps = own::field(line, "steps")?;
    let texts = steps.as_array().and_then(|steps| {
        steps.iter().map(|step| step.as_str().map(str::to_owned)).collect::<Option<_>>()
    });
    let label = own::field(line, "mistake_index")?;
    let wrong = || own::wrong("mistake_index", label, "the number of a step, or `null`");
    let number = || label.as_u64().and_then(|number| u32::try_from(number).ok());
    Ok(Row {
        input: own::text(line, "input")?,
        steps: texts.ok_or_else(|| own::wrong("steps", steps, "a list of texts"))?,
        target: own::text(line, "target")?,
        answer: own::text(line, "answer")?,
        mistake_index: if label.is_null() { None } else { Some(number().ok_or_else(wrong)?) },
    })
}

async fn measured(task: &str, rows: &[Row], verifier: &dyn Assess) -> TraceTask {
    let (mut agrees, mut refuted, mut not_found) = (Vec::new(), 0, 0);
    let (mut answers, mut undecided) = (0_u32, 0);
    let (mut either, mut disagreements) = (Vec::new(), Vec::new());
    let (mut proofs, mut unproved) = (Vec::new(), Vec::new());
    for (number, row) in rows.iter().enumerate() {
        // A step has no line breaks; a trace of the benchmark may.
        let steps: Vec<String> = row.steps.iter().map(|step| step.replace('\n', " ")).collect();
        let trace = Artifact::new(MediaType::Text, steps.join("\n").into_bytes());
        let brief = Brief::from_idea(row.input.clone());
        let Found { outcome, step, proof } =
            Found::of(&verifier.assess(&brief, &trace, Seed(1)).await);
        let label = row.mistake_index;
        let is_earlier = step.is_some_and(|step| label.is_none_or(|label| step < label));
        refuted += usize::from(is_earlier);
        not_found += usize::from(!is_earlier && step != label);
        let is_proved = is_proved(task, row, step);
        proofs.push(f64::from(u8::from(is_proved)));
        unproved.extend((!is_proved).then_some(number + 1));
        either.push(f64::from(u8::from(is_earlier || step == label)));
        if step != label {
            let at = step.and_then(|step| row.steps.get(usize::try_from(step).ok()?)).cloned();
            let trace = number + 1;
            disagreements.push(Disagreement { trace, label, found: step, step: at, proof });
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
        agrees_or_refutes: interval(&either),
        proved: interval(&proofs),
        unproved,
        disagreements,
    }
}

/// True if a computation that the verifier has no part in finds the same first false step; or none, and
/// the answer is right.
fn is_proved(task: &str, row: &Row, step: Option<u32>) -> bool {
    let wrong = match task {
        ARITHMETIC => proof::first_false_of_arithmetic(&row.input, &row.steps),
        _ => proof::first_false_of_sorting(&row.input, &row.steps),
    };
    match (wrong, step) {
        (Some(wrong), Some(step)) => usize::try_from(step) == Ok(wrong),
        (None, None) => row.answer == row.target,
        _ => false,
    }
}

/// What the verifier said.
struct Found {
    outcome: CheckOutcome,
    /// The first step that is false.
    step: Option<u32>,
    /// Why.
    proof: String,
}

impl Found {
    fn of(assessment: &Assessment) -> Self {
        let places = assessment.findings().iter().filter_map(|one| match one.place {
            Some(Place::Step(step)) => Some(step),
            _ => None,
        });
        let (outcome, proof) = match assessment {
            Assessment::Given { opinion: Opinion::Check(check), .. } => {
                (check.outcome, check.proof.clone())
            }
            Assessment::Given { .. } => (CheckOutcome::Unknown, String::new()),
            Assessment::Missing { fault, .. } => (CheckOutcome::Unknown, fault.message.clone()),
        };
        Self { outcome, step: places.min(), proof }
    }
}
