//! Perspective-Taking (arXiv:2407.15366): answer, imagine how those concerned would feel about it, write
//! it again.
//!
//! Nobody says what is wrong with the answer; imagining its readers is enough for a model to see what
//! hurts. `PeT-io` imagines others, `PeT-is` oneself in their place.
//!
//! What differs from the paper: if nobody would mind anything, the answer stays as it is (there: it is
//! always written again); without views of use it stays too, and is not accepted; more rounds do the same
//! again.

use pentimento_prompts::{Listed, TextFields, TextPrompt};
use pentimento_recipe::Role;

use crate::{
    RunError,
    draft::{Draft, again},
    judgement::Judgement,
    run::{Ending, Run},
    write::question,
};

/// Views of one answer, at most; ours.
const MOST_VIEWS: usize = 8;

/// Round 0 answers; every further round imagines and writes again.
pub(super) async fn perform(run: &mut Run<'_>, own: bool) -> Result<Ending, RunError> {
    let mut draft = run.first_draft().await?;
    loop {
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        let said = imagined(run, &draft, own).await?;
        let Some(views) = draft.hears(said) else { continue };
        let idea = &run.request.brief.idea;
        let solution = draft.text.solution.clone();
        let fields = TextFields {
            question: idea,
            draft: Some(&solution),
            notes: &views,
            ..TextFields::default()
        };
        if let Some(again) = run.rewrite(again(TextPrompt::Consider, &fields)?, &draft).await? {
            draft.offer(again);
        }
    }
}

/// How the draft is received by those who mind it.
async fn imagined(
    run: &mut Run<'_>,
    draft: &Draft,
    own: bool,
) -> Result<Judgement<Vec<String>>, RunError> {
    let idea = &run.request.brief.idea;
    let solution = &draft.text.solution;
    let fields = TextFields { question: idea, draft: Some(solution), own, ..TextFields::default() };
    let instead = "the answer is kept, and not accepted";
    let asked = question(Role::Writer, TextPrompt::Imagine, &fields, instead)?;
    let views = run.put(asked, &Listed { name: "views", most: MOST_VIEWS }).await?;
    Ok(Judgement::of(views, |views| (!views.is_empty()).then_some(views)))
}
