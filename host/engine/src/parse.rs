//! Primitive *propose*: reads the idea once, at the start of the run.

use pentimento_model::{Constraints, RunEvent, StepKey};

use crate::{Ports, RunError, RunRequest, trace::Trace};

/// What the idea asks for, and the key under which that is remembered.
pub(crate) async fn parse(
    request: &RunRequest,
    ports: &Ports,
    trace: &mut Trace<'_>,
) -> Result<(Constraints, StepKey), RunError> {
    let parser = ports.parser.identity();
    let key = StepKey::of([b"parse".as_slice(), parser.as_bytes(), request.brief.idea.as_bytes()]);
    let work = async {
        let read = ports.parser.parse(&request.brief).await;
        read.map_err(|source| RunError::Port { role: "parser", source })
    };
    let event = |constraints, took| RunEvent::Parsed { key, constraints, took };
    match trace.perform(key, work, event).await? {
        RunEvent::Parsed { constraints, .. } => Ok((constraints, key)),
        _ => Err(trace.diverged()),
    }
}
