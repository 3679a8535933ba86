//! What an assessor said, as an evaluation of the conventions.

use std::time::Duration;

use pentimento_model::{Assessment, Opinion, Severity};

use crate::{
    convention as names,
    span::{Moment, Value},
};

/// A grade if there is one, and a word in any case.
pub(super) fn moment(assessment: &Assessment, at: Duration, with_words: bool) -> Moment {
    let name = &assessment.assessor().name;
    let mut attributes = vec![(names::EVALUATION_NAME, name.as_str().into())];
    let label = match assessment {
        Assessment::Given { opinion: Opinion::Critique(critique), .. } => {
            let score = critique.score.map(|score| f64::from(score.value()));
            attributes.extend(score.map(|score| (names::EVALUATION_SCORE, Value::Number(score))));
            match &critique.abstained {
                Some(_) => "abstained",
                None => worst(assessment),
            }
        }
        Assessment::Given { opinion: Opinion::Check(check), .. } => check.outcome.as_str(),
        Assessment::Missing { fault, .. } => {
            attributes.push((names::ERROR_TYPE, fault.kind.as_str().into()));
            "missing"
        }
    };
    attributes.push((names::EVALUATION_LABEL, label.into()));
    if with_words {
        let said = assessment.findings().iter().map(|found| found.message.as_str());
        let said: Vec<_> = said.collect();
        attributes.push((names::EVALUATION_EXPLANATION, Value::Text(said.join("\n"))));
    }
    Moment { name: names::EVALUATION, at, attributes }
}

/// The gravest of what was found.
fn worst(assessment: &Assessment) -> &'static str {
    let worst = assessment.findings().iter().map(|found| found.severity).max();
    worst.map_or("nothing", Severity::as_str)
}
