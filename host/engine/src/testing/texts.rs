//! A model that answers what the script says, and a verifier that proves what a function says.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use pentimento_model::{
    Answer, Artifact, Assessment, Brief, Chat, Check, CheckOutcome, Finding, Finish, Mode, Opinion,
    Place, PluginId, Seed, Severity, Spending, Usage,
};

use crate::{
    PortError, Reservation,
    ports::{Assess, Complete, Paid},
};

/// Answers one reply after the other, the last one again and again, and remembers what it was asked.
#[derive(Debug)]
pub struct ScriptedWriter {
    name: String,
    replies: Mutex<VecDeque<String>>,
    asked: Mutex<Vec<(String, String)>>,
}

impl ScriptedWriter {
    /// A model of this name with these replies.
    pub fn new<T: Into<String>>(name: &str, replies: impl IntoIterator<Item = T>) -> Arc<Self> {
        let replies = replies.into_iter().map(Into::into).collect();
        let asked = Mutex::default();
        Arc::new(Self { name: name.to_owned(), replies: Mutex::new(replies), asked })
    }

    /// What it was asked, in order: the name of the form, and the last message.
    pub fn asked(&self) -> Vec<(String, String)> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The forms it was asked for, in order.
    pub fn forms(&self) -> Vec<String> {
        self.asked().into_iter().map(|(form, _)| form).collect()
    }

    fn next(&self) -> String {
        let mut replies = self.replies.lock().unwrap_or_else(PoisonError::into_inner);
        match replies.len() {
            0 | 1 => replies.front().cloned().unwrap_or_default(),
            _ => replies.pop_front().unwrap_or_default(),
        }
    }
}

#[async_trait]
impl Complete for ScriptedWriter {
    fn identity(&self) -> String {
        format!("scripted {}", self.name)
    }

    fn most(&self, _chat: &Chat) -> Spending {
        Spending { usage: Usage::of_tokens(0, 0), ..Spending::NONE }
    }

    async fn complete(
        &self,
        chat: &Chat,
        _leave: &Arc<Reservation>,
    ) -> Result<Paid<Answer>, PortError> {
        let form = chat.contract.as_ref().map(|one| one.name.to_string()).unwrap_or_default();
        let text = super::said(chat);
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push((form, text));
        let value = Answer {
            text: self.next(),
            finish: Finish::Stop,
            model: self.name.clone(),
            tokens: Vec::new(),
        };
        let usage = Usage::of_tokens(0, 0);
        Ok(Paid { value, cost: Spending { usage, ..Spending::NONE } })
    }
}

/// Proves or refutes a text. `None` is that it cannot tell; a number is the step that is wrong.
pub struct ScriptedVerifier {
    plugin: PluginId,
    mode: Mode,
    check: fn(&str) -> Option<Result<(), u32>>,
}

impl ScriptedVerifier {
    /// A verifier with its own way of checking.
    pub fn new(check: fn(&str) -> Option<Result<(), u32>>) -> Self {
        let plugin = PluginId::of("verify-script", b"scripted verifier");
        Self { plugin, mode: Mode::Enforce, check }
    }

    /// The same with another say.
    #[must_use]
    pub fn with_mode(self, mode: Mode) -> Self {
        Self { mode, ..self }
    }
}

impl fmt::Debug for ScriptedVerifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ScriptedVerifier").finish_non_exhaustive()
    }
}

#[async_trait]
impl Assess for ScriptedVerifier {
    fn plugin(&self) -> &PluginId {
        &self.plugin
    }

    fn mode(&self) -> Mode {
        self.mode
    }

    async fn assess(&self, _brief: &Brief, candidate: &Artifact, _seed: Seed) -> Assessment {
        let checked = (self.check)(&String::from_utf8_lossy(&candidate.bytes));
        let (outcome, wrong) = match checked {
            None => (CheckOutcome::Unknown, None),
            Some(Ok(())) => (CheckOutcome::Pass, None),
            Some(Err(step)) => (CheckOutcome::Fail, Some(step)),
        };
        let finding = |step: u32| Finding {
            code: "step.wrong".to_owned(),
            severity: Severity::Major,
            message: "it does not follow".to_owned(),
            place: Some(Place::Step(step)),
            evidence: Vec::new(),
            suggestion: None,
        };
        let check = Check {
            outcome,
            proof: "by the script".to_owned(),
            findings: wrong.map(finding).into_iter().collect(),
        };
        Assessment::Given { assessor: self.plugin.clone(), opinion: Opinion::Check(check) }
    }
}
