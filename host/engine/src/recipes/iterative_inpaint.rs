//! Inpainting with iterative confidence feedback (arXiv:2005.11742): trust what is right, fill the
//! rest, and trust more of it each time.
//!
//! The examiner `map` gives every cell of the picture a digit. Cells that are not trusted are the hole;
//! the painter fills it behind a mask, the picture is looked at again, and of the hole those cells stay
//! open that are still not trusted. A cell that is outside the hole is never open again, so that the
//! hole only shrinks. An empty hole ends the run.
//!
//! What differs from the paper: its network says itself how sure it is of each pixel, and its hole is
//! the user's; here a seer says it of cells, and the first hole is what it does not trust in the
//! first picture. A picture is kept only if its mean is higher; else the same hole is filled again
//! with another seed. Guided upsampling is the painter's business.

use pentimento_model::{EditOp, Finding, Score};
use pentimento_recipe::Examiner;

use crate::{
    RunError,
    cells::Cells,
    examine::MAP,
    run::{Ending, Run},
    scored::Pool,
};

/// One filling in every round.
pub(crate) async fn perform(run: &mut Run<'_>) -> Result<Ending, RunError> {
    let idea = run.request.brief.idea.clone();
    let mut pool = Pool::begin(run, Score::ONE, 1).await?;
    let mut hole: Option<Cells> = None;
    loop {
        let best = pool.best().ok_or_else(|| run.trace.diverged())?;
        let open = untrusted(run, &best.findings);
        hole = match (open, hole) {
            (Some(open), Some(before)) => Some(open.within(&before)),
            (open, before) => open.or(before),
        };
        let regions = hole.as_ref().map(Cells::regions).unwrap_or_default();
        if let Some(ending) = pool.settle_if(run, !regions.is_empty())? {
            return Ok(ending);
        }
        run.next_round()?;
        let fill = |region| EditOp::Inpaint { region, prompt: idea.clone() };
        let ops = regions.into_iter().map(fill).collect();
        pool.change(run, ops, (&idea, &idea)).await?;
    }
}

/// The cells of a map that are not trusted, as the examiner told them.
fn untrusted(run: &Run<'_>, findings: &[Finding]) -> Option<Cells> {
    let Some(Examiner::Map { trust, .. }) = run.request.recipe.examiner else { return None };
    let text = findings.iter().find_map(|one| one.evidence_text(MAP))?;
    Cells::read(text, trust)
}
