//! Backtracking (arXiv:2311.08516, section 4): find the first step that is wrong, and go on from the
//! steps before it.
//!
//! Answer → where is the first mistake? → keep the steps before it, write that step otherwise several
//! times, and go on. A verifier that names the step is believed; otherwise the judge, or the writer,
//! is asked.
//!
//! What differs from the paper: where it takes the likeliest of the alternatives by their log
//! probability, here each is gone on with, and the answer given most often wins, the earliest of equals: an
//! alternative comes in a form with all that follows, and the likelihood of that is not its own. An answer
//! of no use is no "no step is wrong": it ends the run, and accepts nothing. As there, an alternative that repeats the old step is dropped.
//! The paper makes one pass; more rounds make more.

use pentimento_model::Temperature;

use crate::{
    RunError,
    answer::Kinds,
    run::{Ending, Run},
};

/// Round 0 answers; every further round goes back once, with so many alternatives.
pub(super) async fn perform(run: &mut Run<'_>, alternatives: u32) -> Result<Ending, RunError> {
    let mut draft = run.first_draft().await?;
    loop {
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        let said = run.first_wrong(&draft).await?;
        let Some(at) = draft.hears(said) else { continue };
        let mut others = Vec::new();
        for _ in 0..alternatives {
            let other = run.go_on(&draft, at, &[], Temperature::new(1.0)).await?;
            // What repeats the old step is no alternative.
            let old = draft.text.solution.steps.get(at);
            others.extend(other.filter(|other| other.steps.get(at) != old));
        }
        let counted = Kinds::of(others.iter().map(|other| other.answer.as_str())).count();
        let most = counted.iter().rev().max_by_key(|(_, votes)| *votes);
        if let Some(chosen) = most.and_then(|(first, _)| others.get(*first)).cloned() {
            run.offer(&mut draft, "continue", chosen).await?;
        }
    }
}
