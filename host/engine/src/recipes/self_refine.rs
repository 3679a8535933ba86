//! Self-Refine (arXiv:2303.17651, algorithm 1): answer, say what is wrong, answer again.
//!
//! The same model does all three, unless a judge is bound for the feedback. All answers and all
//! feedback so far stand before the eyes of whoever writes again (section 2: the history is kept), or the
//! latest of them.
//!
//! What differs from the paper and its code: what verifiers and critics find is told to both; a text
//! they find worse than the draft does not take its place, and feedback that is content does not
//! end the run while somebody objects; a text that a verifier proves needs no feedback; feedback of
//! no use ends nothing, and the answer is simply tried again (there: the whole instance). With
//! nobody to check, the newest text is always kept, as in the paper.

use pentimento_prompts::{PastText, Problems, Said, SaidBy, TextFields, TextPrompt};

use crate::{
    RunError,
    ask::Question,
    draft::{Draft, again},
    history::History,
    run::{Ending, Run},
    write::question,
};

/// Round 0 answers; every further round asks for feedback and, unless it is content, for a better
/// answer.
pub(super) async fn perform(
    run: &mut Run<'_>,
    mut past: History<PastText>,
) -> Result<Ending, RunError> {
    let mut draft = run.first_draft().await?;
    loop {
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        let asked = feedback(run, &draft, past.told())?;
        // Nothing at all if nobody says anything of use.
        let said: Said = run.put(asked, &Problems).await?.unwrap_or_default();
        draft.content = said.correct;
        if said.correct && !draft.hearing.objected {
            draft.pleases();
            continue;
        }
        past.push(PastText::new(&draft.text.solution, SaidBy::Critic, &said.problems));
        let asked = better(run, &draft, past.told())?;
        if let Some(refined) = run.rewrite(asked, &draft).await? {
            draft.offer(refined);
        }
    }
}

/// What is wrong with the draft?
fn feedback(
    run: &Run<'_>,
    draft: &Draft,
    past: &[PastText],
) -> Result<Question<'static>, RunError> {
    let fields = TextFields {
        question: &run.request.brief.idea,
        draft: Some(&draft.text.solution),
        past,
        findings: &draft.hearing.findings,
        ..TextFields::default()
    };
    let who = run.ports.models.judge_or_writer();
    question(who, TextPrompt::Feedback, &fields, "the writer is not told what is wrong")
}

/// The answer again, knowing that.
fn better(run: &Run<'_>, draft: &Draft, past: &[PastText]) -> Result<Question<'static>, RunError> {
    let fields = TextFields {
        question: &run.request.brief.idea,
        past,
        findings: &draft.hearing.findings,
        ..TextFields::default()
    };
    again(TextPrompt::Refine, &fields)
}
