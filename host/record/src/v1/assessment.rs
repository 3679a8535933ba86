//! What assessors said, or how they broke.

use pentimento_model::{Assessment, Check, Critique, Fault, Opinion, PluginId, Score};
use serde::{Deserialize, Serialize};

use super::{finding::FindingV1, layout::score, list, words};
use crate::RecordError;

#[derive(Serialize, Deserialize)]
pub(crate) struct PluginIdV1 {
    name: String,
    digest: String,
}

impl PluginIdV1 {
    pub(super) fn from_model(plugin: &PluginId) -> Self {
        Self { name: plugin.name.clone(), digest: plugin.digest.clone() }
    }

    pub(super) fn into_model(self) -> PluginId {
        PluginId { name: self.name, digest: self.digest }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub(crate) enum AssessmentV1 {
    Critique {
        assessor: PluginIdV1,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        score: Option<f32>,
        confidence: f32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        abstained: Option<String>,
        findings: Vec<FindingV1>,
    },
    Check {
        assessor: PluginIdV1,
        outcome: String,
        proof: String,
        findings: Vec<FindingV1>,
    },
    Missing {
        assessor: PluginIdV1,
        fault: String,
        message: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        log: Vec<String>,
    },
}

impl AssessmentV1 {
    pub(crate) fn from_model(assessment: &Assessment) -> Self {
        let assessor = PluginIdV1::from_model(assessment.assessor());
        let findings = assessment.findings().iter().map(FindingV1::from_model).collect();
        match assessment {
            Assessment::Given { opinion: Opinion::Critique(critique), .. } => Self::Critique {
                assessor,
                score: critique.score.map(Score::value),
                confidence: critique.confidence.value(),
                abstained: critique.abstained.clone(),
                findings,
            },
            Assessment::Given { opinion: Opinion::Check(check), .. } => Self::Check {
                assessor,
                outcome: words::check_outcome_word(check.outcome).to_owned(),
                proof: check.proof.clone(),
                findings,
            },
            Assessment::Missing { fault, .. } => Self::Missing {
                assessor,
                fault: words::fault_word(fault.kind).to_owned(),
                message: fault.message.clone(),
                log: fault.log.clone(),
            },
        }
    }

    pub(super) fn into_model(self) -> Result<Assessment, RecordError> {
        Ok(match self {
            Self::Critique { assessor, score: grade, confidence, abstained, findings } => {
                let critique = Critique {
                    score: grade.map(score).transpose()?,
                    confidence: score(confidence)?,
                    abstained,
                    findings: list(findings, FindingV1::into_model)?,
                };
                given(assessor, Opinion::Critique(critique))
            }
            Self::Check { assessor, outcome, proof, findings } => {
                let check = Check {
                    outcome: words::check_outcome(&outcome)?,
                    proof,
                    findings: list(findings, FindingV1::into_model)?,
                };
                given(assessor, Opinion::Check(check))
            }
            Self::Missing { assessor, fault, message, log } => Assessment::Missing {
                assessor: assessor.into_model(),
                fault: Fault { kind: words::fault(&fault)?, message, log },
            },
        })
    }
}

/// An answer.
fn given(assessor: PluginIdV1, opinion: Opinion) -> Assessment {
    Assessment::Given { assessor: assessor.into_model(), opinion }
}
