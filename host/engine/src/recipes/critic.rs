//! CRITIC (arXiv:2305.11738): criticize with what tools found, and correct in the same breath.
//!
//! The tools are the verifiers: they are asked about every text, and what they find stands before
//! the eyes of the critic, who writes critique and correction in one answer (section 3.2).
//!
//! What differs from the paper and its code: the model does not choose what the tools are asked;
//! all verifiers look at the whole text. A text they find worse is not kept (there: only for
//! toxicity); if it gives another answer, the old one did not come out the same. An answer that stays the
//! same is accepted only if no verifier refutes it, whatever say that has. A proof ends the run (there:
//! never). A correction of no use is none: it neither changes the answer nor counts for it (there: it
//! counts as one that changed nothing); an answer that cannot be parsed is never criticized, as in the code.

use pentimento_prompts::{Corrected, TextFields, TextPrompt};
use pentimento_recipe::Role;

use crate::{
    RunError,
    ask::Question,
    draft::Draft,
    run::{Ending, Run},
    write::question,
};

/// Round 0 answers; every further round verifies, criticizes and corrects.
pub(super) async fn perform(run: &mut Run<'_>) -> Result<Ending, RunError> {
    let mut draft = run.first_draft().await?;
    loop {
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        let asked = critique(run, &draft)?;
        if let Some(corrected) = run.put(asked, &Corrected).await? {
            run.offer(&mut draft, "critique", corrected).await?;
        }
    }
}

fn critique(run: &Run<'_>, draft: &Draft) -> Result<Question<'static>, RunError> {
    let fields = TextFields {
        question: &run.request.brief.idea,
        draft: Some(&draft.text.solution),
        findings: &draft.hearing.findings,
        ..TextFields::default()
    };
    question(Role::Writer, TextPrompt::Critique, &fields, "the text is kept")
}
