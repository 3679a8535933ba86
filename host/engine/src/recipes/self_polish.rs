//! Self-Polish (arXiv:2305.14497, algorithm 1): write the question again, until the answer to it stays
//! the same.
//!
//! Answer → write the question again, so that it is easier to understand → answer that → the same answer
//! as before? then it is the answer. What is in the way is the question, not the reasoning.
//!
//! What differs from the paper: no examples are shown; if the answers never converge the last one is
//! handed out, as in the paper's script, but not accepted. Verifiers see the question as it was asked.

use pentimento_prompts::{OneText, TextFields, TextPrompt};
use pentimento_recipe::Role;

use crate::{
    RunError,
    draft::again,
    policy::Mark,
    run::{Ending, Run},
    write::question,
};

/// Round 0 answers; every further round writes the latest question again and answers it.
pub(super) async fn perform(run: &mut Run<'_>) -> Result<Ending, RunError> {
    let mut draft = run.first_draft().await?;
    let mut asking = run.request.brief.idea.clone();
    loop {
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        let fields = TextFields { question: &asking, ..TextFields::default() };
        let instead = "the question stays as it is";
        let asked = question(Role::Writer, TextPrompt::Polish, &fields, instead)?;
        let form = OneText { name: "question", may_be_empty: false };
        let Some(polished) = run.put(asked, &form).await? else {
            draft.mark = Some(Mark::Exhausted);
            continue;
        };
        asking = polished;
        let fields = TextFields { question: &asking, ..TextFields::default() };
        if let Some(answered) = run.rewrite(again(TextPrompt::Solve, &fields)?, &draft).await? {
            draft.offer(answered);
        }
    }
}
