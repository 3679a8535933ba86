//! Self-correcting LLM-controlled Diffusion (arXiv:2311.16090, algorithm 1).
//!
//! Look, compare with the idea, change only the difference, look again. Parser and controller are
//! the closed world's rules, or, as in the paper, questions to a writer; who looks is a plugin, or the
//! seer.
//!
//! What differs from the paper and its code: a corrected picture is kept only if it is better than
//! the draft (there, the last one is always gone on with), and another round begins from the draft
//! with another seed; the run ends if there is nothing to change, or nobody could say. Of models: the
//! answers have JSON forms and are asked for once more (there, without end); boxes are told with as
//! many digits as they have (there: three); the writer says what is wrong in words beside the layout;
//! everything that is seen is listed; an attribute that is neither a color nor a material is a part of
//! the noun; and an idea that cannot be taken apart is told to the controller in its own words alone.
//!
//! **Editing** (section 3.4): with a picture of the user's, the idea says what to change in it. The
//! picture is the first candidate, and the controller plans once what it shall become; later pictures
//! are held against that plan, since to plan again would do the instruction again. What differs: no
//! parser is asked, everything that is seen is listed with its look; and a thing has arrived when it
//! lies in its box (`toward.rs`).

use pentimento_model::RoundNumber;

use crate::{
    RunError,
    decide::Facts,
    review::Look,
    run::{Ending, Run},
    standing::is_better,
};

/// Round 0 paints, or takes the user's own picture; every further round corrects the draft.
pub(crate) async fn perform(run: &mut Run<'_>, asks_writer: bool) -> Result<Ending, RunError> {
    let mut round = RoundNumber(0);
    run.begin_round(round)?;
    if asks_writer && run.given.is_none() {
        run.parse_by_writer().await?;
    }
    let first = run.begin_with(round).await?;
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
