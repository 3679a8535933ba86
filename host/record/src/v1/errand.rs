//! What a tool was told, and what came of it.

use std::time::Duration;

use pentimento_model::{Argument, Errand, Fault, RunEvent};
use serde::{Deserialize, Serialize};

use super::{assessment::PluginIdV1, words};
use crate::RecordError;

#[derive(Serialize, Deserialize)]
pub(super) struct ErrandV1 {
    tool: PluginIdV1,
    step: String,
    /// Name and value.
    arguments: Vec<(String, String)>,
    /// Exactly one of this and the next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    broke: Option<FaultV1>,
}

#[derive(Serialize, Deserialize)]
struct FaultV1 {
    fault: String,
    message: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    log: Vec<String>,
}

impl ErrandV1 {
    pub(super) fn from_model(errand: &Errand) -> Self {
        let Errand { tool, step, arguments, answer } = errand.clone();
        let (answer, broke) = match answer {
            Ok(answer) => (Some(answer), None),
            Err(Fault { kind, message, log }) => {
                (None, Some(FaultV1 { fault: words::fault_word(kind).to_owned(), message, log }))
            }
        };
        let arguments = arguments.into_iter().map(|one| (one.name, one.value)).collect();
        Self { tool: PluginIdV1::from_model(&tool), step, arguments, answer, broke }
    }

    pub(super) fn into_event(self, hex: &str, took: Duration) -> Result<RunEvent, RecordError> {
        Ok(RunEvent::Performed { key: super::key(hex)?, errand: self.into_model()?, took })
    }

    fn into_model(self) -> Result<Errand, RecordError> {
        let Self { tool, step, arguments, answer, broke } = self;
        let answer = match (answer, broke) {
            (Some(answer), None) => Ok(answer),
            (None, Some(FaultV1 { fault, message, log })) => {
                Err(Fault { kind: words::fault(&fault)?, message, log })
            }
            (Some(_), Some(_)) => return Err(RecordError::bad("errand", "answer and broke")),
            (None, None) => return Err(RecordError::bad("errand", "neither answer nor broke")),
        };
        let arguments = arguments.into_iter().map(|(name, value)| Argument { name, value });
        Ok(Errand { tool: tool.into_model(), step, arguments: arguments.collect(), answer })
    }
}
