//! Perspective-Taking (arXiv:2407.15366): answer, imagine how those concerned would feel about it, write
//! it again.
//!
//! Nobody says what is wrong with the answer; imagining its readers is enough for a model to see what
//! hurts. `PeT-io` imagines others, `PeT-is` oneself in their place.
//!
//! What differs from the paper: if nobody would mind anything, the answer stays as it is (there: it is
//! always written again); more rounds do the same again.

use pentimento_prompts::{Listed, TextFields, TextPrompt};
use pentimento_recipe::Role;

use crate::{
    RunError,
    draft::{Draft, again},
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
        let views = imagined(run, &draft, own).await?;
        if views.is_empty() {
            draft.pleases();
            continue;
        }
        let idea = &run.request.brief.idea;
        let solution = draft.text.solution.clone();
        let fields = TextFields {
            question: idea,
            draft: Some(&solution),
            notes: &views,
            ..TextFields::default()
        };
        match run.rewrite(again(TextPrompt::Consider, &fields)?, &draft).await? {
            Some(again) => draft.offer(again),
            None => draft.unchanged += 1,
        }
    }
}

/// How the draft is received; empty if nobody would mind.
async fn imagined(run: &mut Run<'_>, draft: &Draft, own: bool) -> Result<Vec<String>, RunError> {
    let idea = &run.request.brief.idea;
    let solution = &draft.text.solution;
    let fields = TextFields { question: idea, draft: Some(solution), own, ..TextFields::default() };
    let instead = "nobody is taken to mind anything";
    let asked = question(Role::Writer, TextPrompt::Imagine, &fields, instead)?;
    Ok(run.put(asked, &Listed { name: "views", most: MOST_VIEWS }).await?.unwrap_or_default())
}
