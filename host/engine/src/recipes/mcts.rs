//! Monte Carlo tree search over steps, as by `AlphaLLM` (arXiv:2404.12253) and Think&Cite
//! (arXiv:2412.14860): UCT chooses where to go on, a whole text says what that is worth.
//!
//! Go down by UCT to steps after which more may be tried → go on from there otherwise, to the end → weigh
//! the whole text → the mean of what was seen comes back up → again. The best text is kept.
//!
//! What differs from the papers: their values come from trained reward models, these from verifiers, the
//! judge or the writer; a step is grown and the text played out to its end in one answer; there are no
//! retrieved documents and no rewritten queries (Think&Cite).

use crate::{
    RunError,
    branches::Branches,
    draft::Draft,
    policy::Mark,
    run::{Ending, Run},
    search::Policy,
};

/// The recipe's numbers.
#[derive(Clone, Copy)]
pub(super) struct Knobs {
    pub explore: f64,
    pub width: usize,
    pub temperature: f32,
    pub good: f64,
}

/// Round 0 answers; every further round is one turn of the search.
pub(super) async fn perform(run: &mut Run<'_>, knobs: Knobs) -> Result<Ending, RunError> {
    let Draft { text, hearing, .. } = run.first_draft().await?;
    let first = run.weigh(text, hearing).await?;
    let reward = first.worth.rank();
    let mut branches = Branches::of(first.clone());
    branches.count_try(0);
    if let Some(child) = branches.take(0, &first, 1.0) {
        branches.tree.back_up_mean(child, reward);
    }
    loop {
        let chosen = where_to_grow(&mut branches, knobs);
        let best = branches.best().ok_or(RunError::NoText)?;
        let mut draft = best.draft();
        draft.mark = match chosen {
            _ if best.worth.reaches(knobs.good) => Some(Mark::Trusted),
            None => Some(Mark::Exhausted),
            Some(_) => None,
        };
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        let at = chosen.unwrap_or(0);
        let stem = branches.stem(at);
        branches.count_try(at);
        if let Some(whole) = run.grow_whole(&stem, knobs.temperature).await? {
            let reward = whole.worth.rank();
            let grown = branches.take(at, &whole, 1.0).unwrap_or(at);
            branches.tree.back_up_mean(grown, reward);
        }
    }
}

/// The place below which the search tries something next; `None` if nothing is left to try. Nothing
/// grows after the end of a text, nor where every try was of no use.
fn where_to_grow(branches: &mut Branches, knobs: Knobs) -> Option<usize> {
    let policy = Policy::Uct { explore: knobs.explore };
    loop {
        let may_grow = |at: usize| branches.tries(at) < knobs.width;
        let done = match branches.tree.select(0, policy, |at| branches.is_end(at) || may_grow(at)) {
            Some(at) if branches.is_end(at) || !may_grow(at) => at,
            chosen => return chosen,
        };
        let tries: Vec<usize> =
            (0..branches.tree.nodes().len()).map(|at| branches.tries(at)).collect();
        branches.tree.close(done, |at| tries.get(at).is_none_or(|tries| *tries >= knobs.width));
    }
}
