//! Turns a run's events into spans: the run's own, and one below it for each primitive.
//!
//! An event tells when its primitive ended and how long it took. What was there before this program
//! took the run up was told then, and is only followed.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use pentimento_engine::ports::Watch;
use pentimento_model::{
    Assessment, Candidate, Errand, Exchange, Finish, Loss, Origin, RunEvent, Seed, Spending,
    StepKey, TimedEvent,
};

use crate::{
    convention as names,
    span::{Kind, Moment, Sink, Span, SpanId, TraceId, Value},
};

mod opinion;

/// A model, as conventions name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Player {
    /// Its maker or server, such as `openai`.
    pub provider: String,
    /// Its name there.
    pub model: String,
}

/// Who plays which role in a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cast {
    /// Who paints; `None` if nobody does.
    pub painter: Option<Player>,
    /// Who answers in words, by role.
    pub roles: BTreeMap<String, Player>,
}

/// A run that is told in spans.
pub struct Told {
    sink: Arc<dyn Sink>,
    cast: Cast,
    /// Words of people and models may be told too.
    with_words: bool,
    /// So many events were told before. Their times say nothing of that: somebody may set the clock.
    n_known: u64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    position: u64,
    /// The latest event was not told before.
    is_news: bool,
    root: Option<Span>,
    round: u32,
    last: Duration,
    /// The primitive whose result comes next, out of the cache.
    cached: Option<StepKey>,
    /// It had ended when this program began with it.
    is_over: bool,
}

type Attributes = Vec<(&'static str, Value)>;

impl Told {
    /// Tells a run from its event of this number on, counted from 0. Words are told if `with_words` says so.
    pub fn new(sink: Arc<dyn Sink>, cast: Cast, with_words: bool, n_known: usize) -> Self {
        Self { sink, cast, with_words, n_known: n_known as u64, state: Mutex::default() }
    }

    /// The state is whole between any two events.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(&self, state: &mut State, at: Duration, event: &RunEvent) {
        let RunEvent::RunStarted { run, idea, recipe, painter, seed, .. } = event else { return };
        let trace = TraceId::of(run.as_str(), at);
        let mut attributes: Attributes = vec![
            (names::OPERATION, names::INVOKE_WORKFLOW.into()),
            (names::WORKFLOW, recipe.as_str().into()),
            // The run's name is made of the idea's words.
            (names::CONVERSATION, Value::Text(trace.to_string())),
        ];
        attributes.extend(drawn(*seed));
        if painter != "none" {
            attributes.push((names::REQUEST_MODEL, painter.as_str().into()));
        }
        if self.with_words {
            attributes.push((names::RUN, run.as_str().into()));
            attributes.push((names::IDEA, idea.as_str().into()));
        }
        state.root = Some(Span {
            trace,
            id: SpanId::of(trace, 0),
            parent: None,
            name: format!("{} {recipe}", names::INVOKE_WORKFLOW),
            kind: Kind::Internal,
            start: at,
            end: at,
            attributes,
            moments: Vec::new(),
            failed: None,
        });
    }

    /// A span below the run's, of the primitive that this event ends.
    fn below(state: &State, timed: &TimedEvent, name: String) -> Option<Span> {
        let root = state.root.as_ref().filter(|_| state.is_news)?;
        let mut attributes = vec![(names::ROUND, u64::from(state.round).into())];
        if state.cached.is_some() && state.cached == timed.event.key() {
            attributes.push((names::CACHED, Value::Switch(true)));
        }
        Some(Span {
            trace: root.trace,
            id: SpanId::of(root.trace, state.position),
            parent: Some(root.id),
            name,
            kind: Kind::Internal,
            start: timed.at.saturating_sub(timed.event.took()),
            end: timed.at,
            attributes,
            moments: Vec::new(),
            failed: None,
        })
    }

    fn tell(&self, span: Option<Span>, more: Attributes) {
        if let Some(mut span) = span {
            span.attributes.extend(more);
            self.sink.take(span);
        }
    }

    fn note(state: &mut State, name: &'static str, at: Duration, attributes: Attributes) {
        if let Some(root) = &mut state.root {
            root.moments.push(Moment { name, at, attributes });
        }
    }

    fn answered(&self, state: &State, timed: &TimedEvent, exchange: &Exchange) {
        let player = self.cast.roles.get(&*exchange.role);
        let model = player.map_or(exchange.model.as_str(), |player| player.model.as_str());
        let span = Self::below(state, timed, format!("{} {model}", names::CHAT));
        let span = span.map(|span| Span { kind: kind(&span), ..span });
        let mut more: Attributes = vec![
            (names::OPERATION, names::CHAT.into()),
            (names::REQUEST_MODEL, model.into()),
            (names::RESPONSE_MODEL, exchange.model.as_str().into()),
            (names::FINISH_REASONS, Value::Texts(vec![finish(&exchange.finish)])),
            (names::OUTPUT_TYPE, "text".into()),
            (names::ROLE, (&*exchange.role).into()),
            (names::STEP, (&*exchange.step).into()),
        ];
        more.extend(player.map(|player| (names::PROVIDER, player.provider.as_str().into())));
        more.extend(spent(timed.event.spending()));
        if self.with_words {
            more.push((names::INPUT_MESSAGES, message("user", &exchange.asked.words(), None)));
            let finish = finish(&exchange.finish);
            more.push((
                names::OUTPUT_MESSAGES,
                message("assistant", &exchange.answer, Some(&finish)),
            ));
        }
        self.tell(span, more);
    }

    fn made(&self, state: &State, timed: &TimedEvent, candidate: &Candidate) {
        let id = (names::CANDIDATE, Value::Text(candidate.id.to_string()));
        match &candidate.origin {
            Origin::Generated { prompt, seed } => {
                let player = self.cast.painter.as_ref();
                let model = player.map_or("painter", |player| player.model.as_str());
                let span = Self::below(state, timed, format!("{} {model}", names::GENERATE));
                let paid = timed.event.spending() != Spending::NONE;
                let span =
                    span.map(|span| if paid { Span { kind: kind(&span), ..span } } else { span });
                let mut more: Attributes = vec![
                    (names::OPERATION, names::GENERATE.into()),
                    (names::REQUEST_MODEL, model.into()),
                    (names::OUTPUT_TYPE, "image".into()),
                    id,
                ];
                more.extend(drawn(*seed));
                more.extend(player.map(|one| (names::PROVIDER, one.provider.as_str().into())));
                more.extend(spent(timed.event.spending()));
                if self.with_words {
                    more.push((names::INPUT_MESSAGES, message("user", prompt, None)));
                }
                self.tell(span, more);
            }
            Origin::Corrected { ops, .. } => {
                let span = Self::below(state, timed, format!("{} edit", names::EXECUTE_TOOL));
                let done = ops.iter().map(|done| done.op.code().to_owned()).collect();
                let more = vec![
                    (names::OPERATION, names::EXECUTE_TOOL.into()),
                    (names::TOOL, "edit".into()),
                    (names::TOOL_TYPE, "extension".into()),
                    (names::STEP, Value::Texts(done)),
                    id,
                ];
                self.tell(span, more);
            }
            // The answer it was taken from has its own span; what the user gave needs none.
            Origin::Written { .. } | Origin::Given => {}
        }
    }

    fn assessed(&self, state: &State, timed: &TimedEvent, assessment: &Assessment) {
        let who = assessment.assessor();
        let span = Self::below(state, timed, format!("{} {}", names::EXECUTE_TOOL, who.name));
        let Some(mut span) = span else { return };
        let moment = opinion::moment(assessment, timed.at, self.with_words);
        if let Assessment::Missing { fault, .. } = assessment {
            span.failed = Some(fault.kind.as_str().to_owned());
            span.attributes.push((names::ERROR_TYPE, fault.kind.as_str().into()));
        }
        span.moments.push(moment);
        let mut more: Attributes = vec![
            (names::OPERATION, names::EXECUTE_TOOL.into()),
            (names::TOOL, who.name.as_str().into()),
            (names::TOOL_TYPE, "extension".into()),
            (names::DIGEST, who.digest.as_str().into()),
            (names::FINDINGS, (assessment.findings().len() as u64).into()),
        ];
        if let RunEvent::Assessed { candidate, mode, .. } = &timed.event {
            more.push((names::CANDIDATE, Value::Text(candidate.to_string())));
            more.extend(mode.map(|mode| (names::MODE, mode.as_str().into())));
        }
        self.tell(Some(span), more);
    }

    fn performed(&self, state: &State, timed: &TimedEvent, errand: &Errand) {
        let tool = errand.tool.name.as_str();
        let span = Self::below(state, timed, format!("{} {tool}", names::EXECUTE_TOOL));
        let fault = errand.answer.as_ref().err().map(|fault| fault.kind.as_str());
        let span = span.map(|span| Span { failed: fault.map(str::to_owned), ..span });
        let mut more: Attributes = vec![
            (names::OPERATION, names::EXECUTE_TOOL.into()),
            (names::TOOL, tool.into()),
            (names::TOOL_TYPE, "extension".into()),
            (names::DIGEST, errand.tool.digest.as_str().into()),
            (names::STEP, errand.step.as_str().into()),
        ];
        more.extend(fault.map(|word| (names::ERROR_TYPE, word.into())));
        if self.with_words {
            let told = errand
                .arguments
                .iter()
                .map(|one| format!("{}:{}", quoted(&one.name), quoted(&one.value)));
            let told: Vec<_> = told.collect();
            more.push((names::TOOL_ARGUMENTS, Value::Text(format!("{{{}}}", told.join(",")))));
            let answer = errand.answer.as_ref().ok();
            more.extend(answer.map(|answer| (names::TOOL_RESULT, Value::Text(quoted(answer)))));
        }
        self.tell(span, more);
    }

    fn lost(&self, state: &State, timed: &TimedEvent, how: Loss) {
        let word = match how {
            Loss::Failed => "failed",
            Loss::Retried => "retried",
            Loss::Interrupted => "interrupted",
        };
        let span = Self::below(state, timed, "call lost".to_owned());
        let failed = Some(word.to_owned());
        let span = span.map(|span| Span { kind: Kind::Client, failed, ..span });
        let mut more: Attributes = vec![(names::ERROR_TYPE, word.into())];
        more.extend(spent(timed.event.spending()));
        self.tell(span, more);
    }

    fn end(&self, state: &mut State, failed: Option<&str>) {
        let Some(mut root) = state.root.take() else { return };
        root.end = state.last.max(root.start);
        if let Some(word) = failed {
            root.failed = Some(word.to_owned());
            root.attributes.push((names::ERROR_TYPE, word.into()));
        }
        if state.is_news {
            self.sink.take(root);
        }
    }
}

impl Watch for Told {
    fn on_event(&self, timed: &TimedEvent) {
        let mut guard = self.state();
        let state = &mut *guard;
        state.last = timed.at;
        state.is_news = state.position >= self.n_known;
        match &timed.event {
            event @ RunEvent::RunStarted { .. } => self.begin(state, timed.at, event),
            RunEvent::RoundStarted { round } => state.round = round.0,
            RunEvent::Parsed { .. } => {
                self.tell(Self::below(state, timed, "parse".to_owned()), Vec::new());
            }
            RunEvent::Reviewed { candidate, .. } => {
                let id = (names::CANDIDATE, Value::Text(candidate.to_string()));
                self.tell(Self::below(state, timed, "review".to_owned()), vec![id]);
            }
            RunEvent::Answered { exchange, .. } => self.answered(state, timed, exchange),
            RunEvent::CandidateReady { candidate, .. } => self.made(state, timed, candidate),
            RunEvent::Performed { errand, .. } => self.performed(state, timed, errand),
            RunEvent::Assessed { assessment, .. } => self.assessed(state, timed, assessment),
            RunEvent::CallLost { how, .. } => self.lost(state, timed, *how),
            RunEvent::FromCache { key, .. } => state.cached = Some(*key),
            RunEvent::FellBack { step, reason, .. } => {
                let mut more: Attributes = vec![(names::STEP, step.as_str().into())];
                if self.with_words {
                    more.push((names::REASON, reason.as_str().into()));
                }
                Self::note(state, "pentimento.fell_back", timed.at, more);
            }
            RunEvent::BudgetReached { stop, .. } => {
                let more = vec![(names::STOP, stop.as_str().into())];
                Self::note(state, "pentimento.budget_reached", timed.at, more);
            }
            RunEvent::Decided { round, verdict, draft, .. } => {
                let more = vec![
                    (names::ROUND, u64::from(round.0).into()),
                    (names::VERDICT, verdict.as_str().into()),
                    (names::CANDIDATE, Value::Text(draft.to_string())),
                ];
                Self::note(state, "pentimento.decided", timed.at, more);
            }
            RunEvent::WentOn { .. } => {
                Self::note(state, "pentimento.went_on", timed.at, Vec::new());
                state.is_over = false;
            }
            // An end from before is told already, unless it is gone on from.
            RunEvent::RunFinished { .. } if !state.is_news => state.is_over = true,
            RunEvent::RunFinished { outcome } => {
                if let Some(root) = &mut state.root {
                    root.attributes.push((names::VERDICT, outcome.verdict.as_str().into()));
                    root.attributes.push((names::STOP, outcome.stop.as_str().into()));
                }
                self.end(state, None);
            }
            RunEvent::CallBegun { .. } | RunEvent::CorrectionPlanned { .. } => {}
        }
        state.position += 1;
    }
}

impl Drop for Told {
    /// A run that came to no end is told as far as it got.
    fn drop(&mut self) {
        let mut guard = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut state = std::mem::take(&mut *guard);
        drop(guard);
        let failed = (!state.is_over).then_some("unfinished");
        self.end(&mut state, failed);
    }
}

impl std::fmt::Debug for Told {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Told").field("cast", &self.cast).finish_non_exhaustive()
    }
}

/// What comes out of the cache is no call.
fn kind(span: &Span) -> Kind {
    let cached = span.attributes.iter().any(|(name, _)| *name == names::CACHED);
    if cached { Kind::Internal } else { Kind::Client }
}

/// A seed; the conventions' has one bit less.
fn drawn(seed: Seed) -> Attributes {
    let whole = i64::try_from(seed.0).map(|seed| (names::REQUEST_SEED, Value::Whole(seed)));
    whole.into_iter().chain([(names::SEED, Value::Text(seed.to_string()))]).collect()
}

fn finish(finish: &Finish) -> String {
    match finish {
        Finish::Stop => "stop".to_owned(),
        Finish::Length => "length".to_owned(),
        Finish::Refusal => "content_filter".to_owned(),
        Finish::Tool => "tool_call".to_owned(),
        Finish::Other(word) => word.clone(),
    }
}

/// What it took.
fn spent(spending: Spending) -> Attributes {
    let usage = spending.usage;
    if spending == Spending::NONE {
        return Vec::new();
    }
    let mut said: Attributes = Vec::new();
    if usage.tokens() > 0 {
        said.push((names::INPUT_TOKENS, usage.input_tokens.into()));
        said.push((names::OUTPUT_TOKENS, usage.output_tokens.into()));
    }
    if usage.cached_tokens > 0 {
        said.push((names::CACHE_READ_TOKENS, usage.cached_tokens.into()));
    }
    // What nobody knows is not told as nothing.
    if spending.unpriced == 0 {
        said.push((names::COST, Value::Text(spending.money.to_string())));
    }
    said
}

/// One message in the conventions' JSON.
fn message(role: &str, content: &str, finish: Option<&str>) -> Value {
    let finish = finish.map(|word| format!(",\"finish_reason\":{}", quoted(word)));
    Value::Text(format!(
        "[{{\"role\":\"{role}\",\"parts\":[{{\"type\":\"text\",\"content\":{}}}]{}}}]",
        quoted(content),
        finish.unwrap_or_default()
    ))
}

/// A text as JSON writes it (RFC 8259, section 7).
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            control if control < ' ' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
