//! Findings with their evidence and suggestions.

use pentimento_model::{Evidence, Finding, Suggestion};
use serde::{Deserialize, Serialize};

use super::{layout::PlaceV1, words};
use crate::RecordError;

#[derive(Serialize, Deserialize)]
struct EvidenceV1 {
    kind: String,
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<f64>,
}

#[derive(Serialize, Deserialize)]
struct SuggestionV1 {
    action: String,
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<PlaceV1>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct FindingV1 {
    code: String,
    severity: String,
    message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<PlaceV1>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<EvidenceV1>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    suggestion: Option<SuggestionV1>,
}

impl FindingV1 {
    pub(super) fn from_model(finding: &Finding) -> Self {
        let evidence = |evidence: &Evidence| EvidenceV1 {
            kind: evidence.kind.clone(),
            text: evidence.text.clone(),
            value: evidence.value,
        };
        let suggestion = |suggestion: &Suggestion| SuggestionV1 {
            action: suggestion.action.clone(),
            text: suggestion.text.clone(),
            place: suggestion.place.as_ref().map(PlaceV1::from_model),
        };
        Self {
            code: finding.code.clone(),
            severity: words::severity_word(finding.severity).to_owned(),
            message: finding.message.clone(),
            place: finding.place.as_ref().map(PlaceV1::from_model),
            evidence: finding.evidence.iter().map(evidence).collect(),
            suggestion: finding.suggestion.as_ref().map(suggestion),
        }
    }

    pub(super) fn into_model(self) -> Result<Finding, RecordError> {
        let evidence = |evidence: EvidenceV1| Evidence {
            kind: evidence.kind,
            text: evidence.text,
            value: evidence.value,
        };
        let suggestion = |suggestion: SuggestionV1| {
            let place = suggestion.place.map(PlaceV1::into_model).transpose()?;
            Ok(Suggestion { action: suggestion.action, text: suggestion.text, place })
        };
        Ok(Finding {
            code: self.code,
            severity: words::severity(&self.severity)?,
            message: self.message,
            place: self.place.map(PlaceV1::into_model).transpose()?,
            evidence: self.evidence.into_iter().map(evidence).collect(),
            suggestion: self.suggestion.map(suggestion).transpose()?,
        })
    }
}
