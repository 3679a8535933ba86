//! FABRIC (arXiv:2307.10159): the painter is shown what was liked and what was not.
//!
//! The idea is painted several times. The best picture of a round is liked and the worst disliked, by the
//! examiner's scores, and the next round is painted after all of them. The prompt never changes; the best
//! picture of all rounds is handed out.
//!
//! What differs from the paper: there a person, or a preference model, likes and dislikes; here the examiner
//! does. Between pictures of one score nothing is liked or disliked, only the newest few are shown, and a
//! picture that is good enough ends the run. How the painter goes by the pictures (the paper: through the
//! keys and values of its attention) is the painter's business.

use pentimento_model::{CandidateId, Score};

use crate::{
    RunError,
    generate::Feedback,
    run::{Ending, Run},
    scored::Pool,
};

/// `drafts` pictures in every round, after the `shown` newest that were liked and as many disliked.
pub(crate) async fn perform(
    run: &mut Run<'_>,
    drafts: u32,
    shown: usize,
    good: Score,
) -> Result<Ending, RunError> {
    let idea = run.request.brief.idea.clone();
    let (mut pool, first) = Pool::begin_after(run, good, drafts).await?;
    let mut feedback = Feedback::default();
    give(&mut feedback, &first, shown);
    loop {
        if let Some(ending) = pool.settle_with(run, true, &in_words(&feedback))? {
            return Ok(ending);
        }
        run.next_round()?;
        let round = pool.paint_after(run, &idea, drafts, &feedback).await?;
        give(&mut feedback, &round, shown);
    }
}

/// Likes the best picture of a round and dislikes the worst, the earliest of equals each; neither if all are
/// as good. One that has no score is neither.
fn give(feedback: &mut Feedback, round: &[(CandidateId, Option<Score>)], shown: usize) {
    let scored = || round.iter().filter_map(|(id, score)| Some((*id, score.as_ref()?.value())));
    let better = |one: &(CandidateId, f32), other: &(CandidateId, f32)| one.1.total_cmp(&other.1);
    // Of equals, `max_by` takes the last, and `min_by` the first.
    let best = scored().rev().max_by(better);
    let worst = scored().min_by(better);
    if let (Some(best), Some(worst)) = (best, worst)
        && worst.1 < best.1
    {
        for (list, one) in [(&mut feedback.liked, best.0), (&mut feedback.disliked, worst.0)] {
            list.push(one);
            list.drain(..list.len().saturating_sub(shown));
        }
    }
}

fn in_words(feedback: &Feedback) -> String {
    let list =
        |ids: &[CandidateId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ");
    if feedback.liked.is_empty() {
        return String::new();
    }
    format!("; liked {}, disliked {}", list(&feedback.liked), list(&feedback.disliked))
}
