//! Volcano (arXiv:2311.07362): answer, say what does not agree with the picture, answer again, and decide
//! which of the two is better.
//!
//! The same seer does all four, looking at the picture each time. The run stops once it prefers the old
//! answer, which then is the answer.
//!
//! What differs from the paper's code: the two answers stand in random order (there: the old one always
//! first, which pays it for its place); a revision that says the same needs no decision; without a decision
//! of use the old one is kept, and the run goes on, as there; a proof by a verifier ends the run, and what
//! verifiers find worse is not kept.

use pentimento_model::Artifact;
use pentimento_prompts::{InSteps, Listed, OneWord, Solution, TextFields, TextPrompt};

use super::sight::{self, about};
use crate::{
    RunError,
    draft::Draft,
    policy::Mark,
    run::{Ending, Run},
};

/// What does not agree, at most; ours.
const POINTS: Listed = Listed { name: "points", most: 16 };

/// Round 0 answers; every further round looks again, revises and decides.
pub(super) async fn perform(run: &mut Run<'_>) -> Result<Ending, RunError> {
    let picture = sight::picture(run)?;
    let mut draft = sight::first(run, &picture).await?;
    loop {
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        let Some((revised, held_against)) = revise(run, &picture, &draft).await? else { continue };
        let prefers = if revised == draft.text.solution {
            // Who said nothing of use of it does not stand by it.
            held_against.then_some(false)
        } else {
            prefers(run, &picture, &draft.text.solution, &revised).await?
        };
        match prefers {
            Some(true) => run.offer(&mut draft, TextPrompt::Revise.step(), revised).await?,
            Some(false) => {
                draft.mark = Some(Mark::Preferred);
                draft.unchanged += 1;
            }
            None => draft.mark = None,
        }
    }
}

/// The answer again, knowing what does not agree with the picture, and whether anybody said that.
async fn revise(
    run: &mut Run<'_>,
    picture: &[Artifact],
    draft: &Draft,
) -> Result<Option<(Solution, bool)>, RunError> {
    let idea = &run.request.brief.idea;
    let fields = TextFields {
        question: idea,
        draft: Some(&draft.text.solution),
        findings: &draft.hearing.findings,
        ..TextFields::default()
    };
    let instead = "the answer is written again without it";
    let asked = about(picture, TextPrompt::HoldAgainst, &fields, instead)?;
    let points = run.put(asked, &POINTS).await?;
    let fields = TextFields { notes: points.as_deref().unwrap_or_default(), ..fields };
    let asked = about(picture, TextPrompt::Revise, &fields, "the answer is kept")?;
    let revised = run.put(asked, &InSteps).await?;
    Ok(revised.map(|revised| (revised, points.is_some())))
}

/// Whether the new answer is better; `None` if nobody says.
async fn prefers(
    run: &mut Run<'_>,
    picture: &[Artifact],
    old: &Solution,
    new: &Solution,
) -> Result<Option<bool>, RunError> {
    let idea = &run.request.brief.idea;
    let new_first = run.request.seed.derive("prefer", run.round.0.into()).0.is_multiple_of(2);
    let (one, other) = if new_first { (new, old) } else { (old, new) };
    let fields = TextFields {
        question: idea,
        draft: Some(one),
        other: Some(other),
        ..TextFields::default()
    };
    let asked = about(picture, TextPrompt::Prefer, &fields, "the old answer is kept")?;
    let choices = ["a".to_owned(), "b".to_owned()];
    let chosen = run.put(asked, &OneWord { choices: &choices }).await?;
    Ok(chosen.map(|chosen| (chosen == 0) == new_first))
}
