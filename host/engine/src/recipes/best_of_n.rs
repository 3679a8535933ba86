//! Best of n: the baseline that spends the same pictures on blind resampling.
//!
//! The judge is the same detector and controller that `sld` uses, so that the two differ only in
//! what they do with its findings: here they choose, there they correct.

use pentimento_model::RoundNumber;

use crate::{
    RunError,
    decide::Facts,
    run::{Ending, Run},
    standing::is_better,
};

/// Every round paints anew; the draft is the best picture so far, the earliest of equals. With
/// `stop_early` the first picture with nothing wrong in it ends the run, as it does in `sld`;
/// without, the whole budget is spent and the verdict is that of the best picture.
pub(crate) async fn perform(run: &mut Run<'_>, stop_early: bool) -> Result<Ending, RunError> {
    let mut round = RoundNumber(0);
    run.begin_round(round)?;
    let first = run.generate(round).await?;
    let mut draft = run.look(first).await?;
    loop {
        let budget = run.request.budget;
        let last = round.0 >= budget.rounds || run.images() >= budget.images;
        let facts = Facts {
            accepted: draft.accepted && (stop_early || last),
            // A picture nobody could look at is no reason to stop sampling.
            seen: draft.standing.is_some() || !last,
            can_go_on: true,
            round: round.0,
            images: run.images(),
            budget,
            time: run.time(),
        };
        if let Some(stop) = run.end_round(round, &draft, &facts)? {
            return Ok(Ending::of(draft.candidate, stop));
        }
        round = run.next_round()?;
        let next = run.generate(round).await?;
        let look = run.look(next).await?;
        if is_better(look.standing, draft.standing) {
            draft = look;
        }
    }
}
