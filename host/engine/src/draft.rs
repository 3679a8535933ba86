//! The one text that a recipe carries on, round by round: how it is begun, replaced and settled.

use std::{
    borrow::Cow,
    fmt::{self, Write},
};

use pentimento_model::{RoundNumber, StopReason, Verdict};
use pentimento_prompts::{TextFields, TextPrompt};
use pentimento_recipe::Role;

use crate::{
    RunError,
    answer::same,
    ask::Question,
    decide::{self, Facts},
    hearing::Hearing,
    policy::{Mark, Reached, State, takes},
    run::{Ending, Run},
    write::{Text, question},
};

/// A text with what is known of it.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub text: Text,
    pub hearing: Hearing,
    /// Whoever gives feedback found nothing more wrong with it.
    pub content: bool,
    /// Rounds in a row in which it was looked at again and its answer came out the same.
    pub unchanged: u32,
    /// What the recipe says of it.
    pub mark: Option<Mark>,
}

impl Draft {
    pub(crate) const fn new(text: Text, hearing: Hearing) -> Self {
        Self { text, hearing, content: false, unchanged: 0, mark: None }
    }

    /// A new text takes this one's place, or does not. One that is found worse and gives another answer
    /// leaves the old one where it is, and says nothing for it: whoever wrote it did not come to the
    /// same.
    pub(crate) fn offer(&mut self, (text, hearing): (Text, Hearing)) {
        let stays = same(&text.solution.answer, &self.text.solution.answer);
        self.unchanged = if stays { self.unchanged + 1 } else { 0 };
        if takes(hearing.standing, self.hearing.standing) {
            (self.text, self.hearing, self.content) = (text, hearing, false);
            self.mark = None;
        }
    }

    /// Whoever gives feedback finds nothing more: the round ends with the answer it began with.
    pub(crate) const fn pleases(&mut self) {
        self.content = true;
        self.unchanged += 1;
    }

    const fn state(&self, round: u32) -> State {
        State {
            round,
            proved: self.hearing.proved,
            content: self.content,
            objected: self.hearing.objected,
            unchanged: self.unchanged,
            mark: self.mark,
        }
    }
}

impl Run<'_> {
    /// Round 0 of most recipes: the writer answers the question.
    pub(crate) async fn first_draft(&mut self) -> Result<Draft, RunError> {
        self.begin_round(RoundNumber(0))?;
        let asked = self.first_question()?;
        let text = self.write(asked, None, None).await?.ok_or(RunError::NoText)?;
        let hearing = self.hear(text.candidate).await?;
        Ok(Draft::new(text, hearing))
    }

    fn first_question(&self) -> Result<Question<'static>, RunError> {
        let idea = &self.request.brief.idea;
        let fields = TextFields { question: idea, ..TextFields::default() };
        question(Role::Writer, TextPrompt::Solve, &fields, NOTHING)
    }

    /// Asks for a new text that starts from the draft, and for what is said of it.
    pub(crate) async fn rewrite(
        &mut self,
        asked: Question<'_>,
        draft: &Draft,
    ) -> Result<Option<(Text, Hearing)>, RunError> {
        let parent = Some(draft.text.candidate);
        let Some(text) = self.write(asked, parent, None).await? else { return Ok(None) };
        let hearing = self.hear(text.candidate).await?;
        Ok(Some((text, hearing)))
    }

    /// Ends the round under way: remembers the draft and why, and says whether the run ends.
    pub(crate) fn settle(&mut self, draft: &Draft) -> Result<Option<Ending>, RunError> {
        let reached = Reached::by(self.until, &draft.state(self.round.0));
        let stop = match &reached {
            Some(reached) => Some(reached.stop()),
            None => decide::stop_reason(&self.facts_of_texts()),
        };
        let accepts = |reached: &Reached| reached.accepts(draft.hearing.refuted);
        let consents = reached.as_ref().is_some_and(accepts) && !draft.hearing.objected;
        let accepted = draft.hearing.proved || consents;
        let reason = match reached {
            Some(reached) => Cow::Owned(reached.reason()),
            None => Cow::Borrowed(decide::reason(stop)),
        };
        self.settle_text(draft, (stop, accepted), &reason)
    }

    /// The same with a decision already made.
    fn settle_text(
        &mut self,
        draft: &Draft,
        (stop, accepted): (Option<StopReason>, bool),
        reason: &str,
    ) -> Result<Option<Ending>, RunError> {
        let (best, verdict) = (draft.text.candidate, verdict(stop, accepted));
        let mut words = String::with_capacity(BEFORE_REASON + reason.len());
        // A text takes whatever is written into it.
        let _ = write!(words, "{}: {reason}", Checked(draft));
        self.decided(self.round, (best, accepted), verdict, words)?;
        Ok(stop.map(|stop| Ending { best, stop, verdict }))
    }

    /// What is known after a round of a recipe for texts: nothing but budgets can end it.
    pub(crate) fn facts_of_texts(&self) -> Facts {
        Facts {
            accepted: false,
            seen: true,
            can_go_on: true,
            round: self.round.0,
            images: 0,
            budget: self.request.budget,
            time: self.time(),
        }
    }
}

/// The verdict on a text, if it is handed out for this reason.
pub(crate) const fn verdict(stop: Option<StopReason>, accepted: bool) -> Verdict {
    match stop {
        None => Verdict::Revise,
        Some(_) if accepted => Verdict::Accept,
        Some(_) => Verdict::GiveUp,
    }
}

/// A question to the writer for a text in the last one's place.
pub(crate) fn again(
    prompt: TextPrompt,
    fields: &TextFields<'_>,
) -> Result<Question<'static>, RunError> {
    question(Role::Writer, prompt, fields, "the last text is kept")
}

/// What is done without a first text.
pub(crate) const NOTHING: &str = "there is no text";

/// Bytes that are usually said of a draft before the reason.
const BEFORE_REASON: usize = 32;

/// What is known of a draft, in words.
struct Checked<'d>(&'d Draft);

impl fmt::Display for Checked<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(draft) = self;
        let id = draft.text.candidate;
        match draft.hearing.standing.map(|standing| standing.n_findings()) {
            None => write!(formatter, "nobody could check {id}"),
            Some(0) => write!(formatter, "{id} has no finding"),
            Some(1) => write!(formatter, "{id} has 1 finding"),
            Some(count) => write!(formatter, "{id} has {count} findings"),
        }
    }
}
