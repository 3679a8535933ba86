//! Monte Carlo tree search over steps, as by `AlphaLLM` (arXiv:2404.12253): UCT chooses where to go on, a
//! whole text says what that is worth.
//!
//! Go down by UCT to steps after which more may be tried → go on from there otherwise, to the end → weigh
//! the whole text → the mean of what was seen comes back up → again. The best text is kept.
//!
//! What differs from the paper: its values come from trained reward models, these from verifiers, the
//! judge or the writer; a step is grown and the text played out to its end in one answer. The same search
//! over statements on evidence is `think_cite.rs`.

use crate::{
    RunError,
    branches::Branches,
    draft::Draft,
    run::{Ending, Run},
    search::{Place, Policy},
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
        if let Some(ending) = run.settle_search(best, chosen.is_some(), knobs.good)? {
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

/// The place below which the search tries something next; `None` if nothing is left to try.
fn where_to_grow(branches: &mut Branches, knobs: Knobs) -> Option<usize> {
    let place = |at: usize| Place {
        is_end: branches.is_end(at),
        is_full: branches.tries(at) >= knobs.width,
    };
    let places: Vec<Place> = (0..branches.tree.nodes().len()).map(place).collect();
    branches.tree.where_to_grow(Policy::Uct { explore: knobs.explore }, &places)
}
