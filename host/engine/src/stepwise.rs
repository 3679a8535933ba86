//! Correcting from a step on: where a text goes wrong, and how it goes on from there.

use pentimento_model::Temperature;
use pentimento_prompts::{Continuation, FirstWrong, Solution, TextFields, TextPrompt};
use pentimento_recipe::Role;

use crate::{RunError, draft::Draft, judgement::Judgement, run::Run, write::question};

impl Draft {
    /// The first step that a verifier found wrong, if it is one of the text's.
    pub(crate) fn first_refuted(&self) -> Option<usize> {
        let at = usize::try_from(self.hearing.first_wrong?).ok()?;
        (at < self.text.solution.steps.len()).then_some(at)
    }
}

impl Run<'_> {
    /// The first step that is wrong: as a verifier says, or else as the judge or the writer says. Of a
    /// text without steps nobody can say that none is.
    pub(crate) async fn first_wrong(
        &mut self,
        draft: &Draft,
    ) -> Result<Judgement<usize>, RunError> {
        if let Some(at) = draft.first_refuted() {
            return Ok(Judgement::Objects(at));
        }
        if draft.text.solution.steps.is_empty() {
            return Ok(Judgement::Silent);
        }
        let idea = &self.request.brief.idea;
        let solution = &draft.text.solution;
        let fields = TextFields { question: idea, draft: Some(solution), ..TextFields::default() };
        let who = self.ports.models.judge_or_writer();
        let instead = "no step is taken for wrong, and the answer is not accepted";
        let asked = question(who, TextPrompt::Locate, &fields, instead)?;
        let form = FirstWrong { steps: solution.steps.len() };
        Ok(Judgement::of(self.put(asked, &form).await?, |first| first))
    }

    /// The text again, with the steps before this one kept, and it and all others written anew;
    /// `None` if there is no answer of use.
    pub(crate) async fn go_on(
        &mut self,
        draft: &Draft,
        at: usize,
        why: &[String],
        temperature: Option<Temperature>,
    ) -> Result<Option<Solution>, RunError> {
        let idea = &self.request.brief.idea;
        let solution = &draft.text.solution;
        let fields = TextFields {
            question: idea,
            draft: Some(solution),
            findings: why,
            at,
            ..TextFields::default()
        };
        let instead = "the step is not written otherwise";
        let asked = question(Role::Writer, TextPrompt::Continue, &fields, instead)?;
        let more = self.put_freely(asked, &Continuation, temperature).await?;
        Ok(more.map(|more| {
            let kept = solution.steps.iter().take(at).cloned();
            Solution { steps: kept.chain(more.steps).collect(), answer: more.answer }
        }))
    }

    /// Takes a text into the pool, hears what is said of it, and carries it on unless it is worse.
    pub(crate) async fn offer(
        &mut self,
        draft: &mut Draft,
        step: &'static str,
        solution: Solution,
    ) -> Result<(), RunError> {
        let parent = Some(draft.text.candidate);
        let text = self.admit_text(step, parent, solution).await?;
        let hearing = self.hear(text.candidate).await?;
        draft.offer((text, hearing));
        Ok(())
    }
}
