//! Checks reasoning in steps by doing it again: calculations exactly, and sorting word by word.
//!
//! It says which step is the first that is false, and proves it. What a question in words means is
//! not its business: only a question that is itself a calculation, or a list of words that is being
//! sorted, is answered here too.

mod claims;
mod scan;
mod sorting;
mod trace;
mod value;

use pentimento_sdk::{Artifact, Brief, Check, Failure, Finding, Place, Severity, Verifier};

pub use trace::Trace;

/// Bytes of the longest text that is checked; a long trace has some ten thousand.
const LONGEST_TEXT: u64 = 256 << 10;
/// Bytes of a quotation in a message or proof.
const QUOTED_BYTES: usize = 300;

/// Checks the steps of texts.
#[derive(Debug)]
pub struct Steps;

impl Verifier for Steps {
    fn verify(brief: &Brief, candidate: &Artifact) -> Result<Check, Failure> {
        let media_type = candidate.media_type();
        if !media_type.starts_with("text/") {
            return Ok(Check::unknown(format!("steps are in texts, not in {media_type}")));
        }
        if candidate.size() > LONGEST_TEXT {
            let bytes = candidate.size();
            let message = format!("the text has {bytes} bytes; at most {LONGEST_TEXT} are checked");
            return Err(Failure::new("too-large", message));
        }
        Ok(check(&brief.idea, &candidate.text(0, u32::MAX)?))
    }
}

/// What is false in a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct False {
    /// Counted from 0.
    pub step: usize,
    /// What should be there.
    pub required: String,
    /// What is there.
    pub actual: String,
}

/// What is known after checking all steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// The first false step, and what is false in it; every false step, in order.
    pub wrong: Vec<False>,
    /// Claims that were checked and hold.
    pub held: usize,
    /// The answer to the question, if it can be found without the text.
    pub answer: Option<String>,
    /// Whether the text's answer is that.
    pub right: Option<bool>,
}

/// Checks a text that answers a question.
pub fn check(question: &str, text: &str) -> Check {
    let trace = Trace::read(text);
    let verdict = match sorting::check(question, &trace) {
        Some(verdict) => verdict,
        None => claims::check(question, &trace),
    };
    told(&verdict, &trace)
}

fn told(verdict: &Verdict, trace: &Trace<'_>) -> Check {
    let Verdict { wrong, held, answer, right } = verdict;
    let findings = wrong.iter().map(|one| {
        let message =
            format!("`{}` is there; it must be `{}`", cut(&one.actual), cut(&one.required));
        // A place beyond what a number of steps can be is none.
        let step = u32::try_from(one.step).unwrap_or(u32::MAX);
        Finding::new("step.wrong", Severity::Major, message)
            .at(Place::Step(step))
            .shown("required", cut(&one.required))
            .shown("actual", cut(&one.actual))
    });
    let mut findings: Vec<Finding> = findings.collect();
    if let (Some(required), Some(false)) = (answer, right) {
        let message =
            format!("the answer is `{}`; it must be `{}`", cut(trace.answer), cut(required));
        let finding = Finding::new("result.wrong", Severity::Major, message)
            .shown("required", cut(required))
            .shown("actual", cut(trace.answer));
        findings.push(finding);
    }
    let proof = match (wrong.first(), answer, right) {
        (Some(first), ..) => {
            format!(
                "step {}: `{}` is not `{}`",
                first.step,
                cut(&first.actual),
                cut(&first.required)
            )
        }
        (None, Some(answer), Some(true)) => {
            format!("the answer is `{}`, as a calculation of its own says", cut(answer))
        }
        (None, Some(answer), Some(false)) => format!("the answer must be `{}`", cut(answer)),
        _ => format!("{held} claims were checked and hold; the answer itself cannot be proved"),
    };
    let check = if !findings.is_empty() {
        Check::fail(proof)
    } else if *right == Some(true) {
        Check::pass(proof)
    } else {
        Check::unknown(proof)
    };
    findings.into_iter().fold(check, Check::with)
}

/// A text as far as it fits into a message.
fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(QUOTED_BYTES)]
}

// Native linkers do not take the names of WebAssembly exports; tests call `check`.
#[cfg(target_family = "wasm")]
pentimento_sdk::export_verifier!(Steps);
