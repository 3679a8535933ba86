//! Self-correcting LLM-controlled Diffusion (arXiv:2311.16090, algorithm 1).
//!
//! Look, compare with the idea, change only the difference, look again. Two things differ from the
//! paper: a corrected picture is kept only if it is better than the draft (the paper always goes
//! on with the last one), and another round begins from the draft with another seed.

use pentimento_model::RoundNumber;

use crate::{
    RunError,
    decide::Facts,
    review::Look,
    run::{Ending, Run},
    standing::is_better,
};

/// Round 0 paints; every further round corrects the draft.
pub(crate) async fn perform(run: &mut Run<'_>) -> Result<Ending, RunError> {
    let mut round = RoundNumber(0);
    run.begin_round(round)?;
    let first = run.generate(round).await?;
    let mut draft = run.look(first).await?;
    loop {
        let facts = facts(run, round, &draft);
        if let Some(stop) = run.end_round(round, &draft, &facts)? {
            return Ok(Ending::of(draft.candidate, stop));
        }
        round = run.next_round()?;
        let corrected = run.correct(&draft, round).await?;
        let look = run.look(corrected).await?;
        if is_better(look.standing, draft.standing) {
            draft = look;
        }
    }
}

/// What is known of the draft after a round.
fn facts(run: &Run<'_>, round: RoundNumber, draft: &Look) -> Facts {
    Facts {
        accepted: draft.accepted,
        seen: draft.standing.is_some(),
        can_go_on: !draft.ops.is_empty(),
        round: round.0,
        images: run.images(),
        budget: run.request.budget,
        time: run.time(),
    }
}
