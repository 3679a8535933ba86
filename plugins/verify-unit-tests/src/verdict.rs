//! Runs the program alone and then with each test, and says what does not hold.

use pentimento_sdk::{Check, CheckOutcome, Failure, Finding, Severity};

use crate::program::Program;
use crate::run::{Ended, Interpreter, Raised};
use crate::suite::Suite;

/// Tests that may run into a limit before the rest is left out: each costs a part of the call's time.
const MOST_ENDLESS: usize = 3;

/// Bytes of a piece of evidence; the host takes 2 KiB.
const EVIDENCE_BYTES: usize = 1_900;

/// Checks a program by tests, each of which may take so many steps.
pub fn verdict(
    program: &Program,
    tests: &str,
    steps: &str,
    interpreter: &mut Interpreter<'_>,
) -> Result<Check, Failure> {
    let tests = match Suite::read(program, tests, steps, interpreter)? {
        Suite::Tests(tests) => tests,
        Suite::Broken(alone) => {
            let proof = format!("the program does not run: {}", in_words(&alone));
            let finding = finding(program, None, &alone);
            return Ok(Check {
                findings: finding.into_iter().collect(),
                ..Check::fail(cut(&proof, false))
            });
        }
    };
    let (mut findings, mut endless, mut ran) = (Vec::new(), 0, 0);
    for test in &tests {
        if endless == MOST_ENDLESS {
            break;
        }
        let ended = interpreter.run(&program.code, Some(&test.code), "", steps)?;
        ran += 1;
        match &ended {
            Ended::Stopped(..) => endless += 1,
            // The tool used up most of the time there was.
            Ended::Lost(_) => endless = MOST_ENDLESS,
            _ => {}
        }
        findings.extend(finding(program, Some(&test.name), &ended));
    }
    let all = tests.len();
    let held = format!("{} of {all} tests hold", ran - findings.len());
    let proof = match all - ran {
        0 => held,
        left => format!("{held}; {left} were not run, because others did not end"),
    };
    let outcome = if findings.is_empty() { CheckOutcome::Pass } else { CheckOutcome::Fail };
    Ok(Check { outcome, proof, findings })
}

/// What is wrong with an end; `test` is none for the program alone.
fn finding(program: &Program, test: Option<&str>, ended: &Ended) -> Option<Finding> {
    let (code, nothing) = match (test, ended) {
        (_, Ended::Well { .. }) => return None,
        (None, _) => ("program.broken", Raised::default()),
        (_, Ended::Stopped(..) | Ended::Lost(_)) => ("test.endless", Raised::default()),
        _ => ("test.failed", Raised::default()),
    };
    let (limit, raised) = match ended {
        Ended::Stopped(limit, raised) => (Some(limit.as_str()), raised),
        Ended::Raised(raised) => (None, raised),
        Ended::Lost(_) => (Some("host"), &nothing),
        _ => (None, &nothing),
    };
    let whose = test.map_or("the program".to_owned(), |test| format!("the test `{}`", short(test)));
    let message = format!("{whose} {}", in_words(ended));
    let mut finding = Finding::new(code, Severity::Major, cut(&message, false));
    if let Some(span) = raised.program_line.and_then(|line| program.span(line)) {
        finding = finding.at(span);
    }
    for (kind, text) in [
        ("test", test.unwrap_or_default()),
        ("exception", &raised.words),
        ("limit", limit.unwrap_or_default()),
        ("traceback", &raised.traceback),
    ] {
        if !text.is_empty() {
            finding = finding.shown(kind, cut(text, kind == "traceback"));
        }
    }
    Some(finding)
}

/// How it ended, completing "the test …".
fn in_words(ended: &Ended) -> String {
    match ended {
        Ended::Well { .. } => "holds".to_owned(),
        Ended::Left(status) => format!("is left by `exit`, with {status}, before its end"),
        Ended::Raised(raised) => format!("raises {}", raised.words),
        Ended::Stopped(_, raised) => format!("was stopped: {}", raised.words),
        Ended::Lost(said) => format!("had the tool ended: {said}"),
    }
}

/// The first line of a name, not too long for a sentence.
fn short(name: &str) -> String {
    let line = name.lines().next().unwrap_or_default();
    let cut: String = line.chars().take(80).collect();
    if cut.len() < name.len() { format!("{cut}…") } else { cut }
}

/// A text that the host takes: its beginning or its end.
fn cut(text: &str, end: bool) -> String {
    if text.len() <= EVIDENCE_BYTES {
        return text.to_owned();
    }
    let (begin, stop) = if end {
        (text.ceil_char_boundary(text.len() - EVIDENCE_BYTES), text.len())
    } else {
        (0, text.floor_char_boundary(EVIDENCE_BYTES))
    };
    text.get(begin..stop).unwrap_or_default().to_owned()
}
