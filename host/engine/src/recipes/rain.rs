//! RAIN (arXiv:2309.07124): look ahead, evaluate oneself, rewind, and commit to a step only then.
//!
//! From the steps so far: choose a place by PUCT → go on from it in several ways, to the end → the writer
//! itself evaluates each, in both orders of the options, so that whoever always takes the first one says
//! nothing → the mean comes back up; where all is bad, a further way is tried → until one step was visited often enough and
//! is worth enough, or the search is long enough → commit to the step that was visited most, and go on
//! from there. What turned out badly is never said.
//!
//! What differs from the paper and its code: a segment is a step, not some tokens; how likely a step is, is
//! how often it came up among the ways on; segments that are alike do not share their visits (there: a fifth of
//! one by the vectors of a sentence encoder), but those that say the same are one; what a verifier proves is worth 1 and what it refutes −1.

use pentimento_prompts::{OneWord, Solution, TextFields, TextPrompt};

use crate::{
    RunError,
    answer::plain,
    branches::{Branches, Stem},
    draft::Draft,
    hearing::Hearing,
    policy::Mark,
    run::{Ending, Run},
    search::Policy,
    worth::{Whole, Worth},
    write::question,
};

/// The priors of the first steps are mixed with this much of equal ones (the paper's code).
const EVEN: f64 = 0.25;
/// Ways on from one place, at most, where all are bad (the paper's code).
const MOST_WAYS: usize = 20;
/// The options, and which of them speaks for the text.
const ORDERS: [([&str; 2], usize); 2] = [
    (["a: it is right so far", "b: it is wrong"], 0),
    (["a: it is wrong", "b: it is right so far"], 1),
];

/// The recipe's numbers.
#[derive(Clone, Copy)]
pub(super) struct Knobs {
    pub explore: f64,
    pub width: usize,
    /// A step that was visited more often than this may be committed to.
    pub visits: u32,
    /// Turns of the search for one step, at most.
    pub turns: u32,
    /// A step must be worth more than this, from −1 to 1.
    pub value: f64,
    pub temperature: f32,
}

/// The tree, what is known of texts, and where the text ends so far.
struct Search {
    branches: Branches,
    known: Vec<(String, f64)>,
    at: usize,
}

/// Round 0 answers; every further round commits to one step.
pub(super) async fn perform(run: &mut Run<'_>, knobs: Knobs) -> Result<Ending, RunError> {
    let mut draft = run.first_draft().await?;
    let Draft { text, hearing, .. } = draft.clone();
    let mut known = Vec::new();
    let value = evaluate(run, &mut known, &text.solution, &hearing).await?;
    let first = Whole { text, hearing, worth: worth(value) };
    let mut search = Search { branches: Branches::of(first.clone()), known, at: 0 };
    search.take(0, &first, value);
    loop {
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        let Some(next) = search.look_ahead(run, knobs).await? else {
            draft.mark = Some(Mark::Exhausted);
            continue;
        };
        search.at = next;
        let Some(node) = search.branches.tree.node(next) else { continue };
        draft = node.content.whole.draft();
        if search.branches.is_end(next) {
            let good = node.value > knobs.value;
            draft.mark = Some(if good { Mark::Trusted } else { Mark::Exhausted });
        }
    }
}

impl Search {
    /// The step to commit to; `None` if there is none to go on with.
    async fn look_ahead(
        &mut self,
        run: &mut Run<'_>,
        knobs: Knobs,
    ) -> Result<Option<usize>, RunError> {
        for _ in 0..knobs.turns {
            let policy = Policy::Puct { explore: knobs.explore };
            let stop = |at: usize| (at != self.at && self.branches.is_end(at)) || self.is_bare(at);
            let Some(at) = self.branches.tree.select(self.at, policy, stop) else { break };
            if at != self.at && self.branches.is_end(at) {
                // What is known of it is seen once more.
                let value = self.branches.tree.node(at).map_or(0.0, |node| node.value);
                self.branches.tree.back_up_mean(at, value);
            } else if !self.widen(run, at, knobs).await? {
                break;
            }
            let most = self.branches.tree.most_visited(self.at);
            let node = most.and_then(|at| self.branches.tree.node(at));
            if node.is_some_and(|node| node.visits > knobs.visits && node.value > knobs.value) {
                break;
            }
        }
        Ok(self.branches.tree.most_visited(self.at))
    }

    /// Nothing was tried after this place yet, or nothing good came of it. That the first text goes through it
    /// is no try.
    fn is_bare(&self, at: usize) -> bool {
        let tree = &self.branches.tree;
        let children = tree.children(at);
        let bad = |child: &usize| tree.node(*child).is_some_and(|node| node.value < 0.0);
        self.branches.tries(at) == 0
            || children.is_empty()
            || (children.len() < MOST_WAYS && children.iter().all(bad))
    }

    /// Draws ways on from a place and evaluates each: several where nothing is known, else one. Says
    /// whether there is any. How likely a step is, is how often it came up.
    async fn widen(
        &mut self,
        run: &mut Run<'_>,
        at: usize,
        knobs: Knobs,
    ) -> Result<bool, RunError> {
        // What was tried is not told: how often a step comes up is how likely it is.
        let stem = Stem { tried: Vec::new(), ..self.branches.stem(at) };
        let is_new = self.branches.tries(at) == 0;
        self.branches.count_try(at);
        let ways = if is_new { knobs.width } else { 1 };
        // The first text was drawn as well.
        let known = self.branches.tree.children(at);
        let mut drawn = if is_new { known.to_vec() } else { Vec::new() };
        for _ in 0..ways {
            let Some(text) = run.grow(&stem, knobs.temperature).await? else { continue };
            let hearing = run.hear(text.candidate).await?;
            let value = evaluate(run, &mut self.known, &text.solution, &hearing).await?;
            let whole = Whole { text, hearing, worth: worth(value) };
            drawn.extend(self.take(at, &whole, value));
        }
        let children = self.branches.tree.children(at).to_vec();
        for child in &children {
            let times = drawn.iter().filter(|one| *one == child).count();
            if let Some(node) = self.branches.tree.node_mut(*child)
                && times > 0
            {
                let share = part(times, drawn.len());
                let even = part(1, children.len());
                let prior = (1.0 - EVEN) * share + EVEN * even;
                node.prior = node.prior.max(if at == self.at { prior } else { share });
            }
        }
        Ok(!drawn.is_empty())
    }

    /// Takes in an evaluated text that goes through a node; `None` if it has no step after that.
    fn take(&mut self, at: usize, whole: &Whole, value: f64) -> Option<usize> {
        let child = self.branches.take(at, whole, 0.0)?;
        self.branches.tree.back_up_mean(child, value);
        Some(child)
    }
}

#[expect(clippy::cast_precision_loss, reason = "few ways are drawn")]
fn part(of: usize, all: usize) -> f64 {
    of as f64 / all.max(1) as f64
}

/// A value from −1 to 1 as a worth from 0 to 1.
const fn worth(value: f64) -> Worth {
    Worth::of(f64::midpoint(value, 1.0))
}

/// −1, 0 or 1 for a whole text; each is evaluated once.
async fn evaluate(
    run: &mut Run<'_>,
    known: &mut Vec<(String, f64)>,
    solution: &Solution,
    hearing: &Hearing,
) -> Result<f64, RunError> {
    if hearing.proved || hearing.objected {
        return Ok(if hearing.proved { 1.0 } else { -1.0 });
    }
    let text = plain(&solution.text());
    if let Some((_, value)) = known.iter().find(|(known, _)| *known == text) {
        return Ok(*value);
    }
    let value = in_both_orders(run, solution).await?;
    known.push((text, value));
    Ok(value)
}

/// 1 if the writer says both times that a text is right, −1 if never, else 0: also where it says nothing
/// of use in one of the orders, since the other alone tells its place from its meaning in nothing.
async fn in_both_orders(run: &mut Run<'_>, text: &Solution) -> Result<f64, RunError> {
    let idea = &run.request.brief.idea;
    let who = run.ports.models.judge_or_writer();
    let mut value = 0.0;
    for (options, good) in ORDERS {
        let notes = options.map(ToOwned::to_owned);
        let fields = TextFields {
            question: idea,
            draft: Some(text),
            notes: &notes,
            ..TextFields::default()
        };
        let instead = "the text counts as neither right nor wrong";
        let asked = question(who, TextPrompt::WhichHolds, &fields, instead)?;
        let choices = ["a".to_owned(), "b".to_owned()];
        match run.put(asked, &OneWord { choices: &choices }).await? {
            Some(chosen) if chosen == good => value += 0.5,
            Some(_) => value -= 0.5,
            None => return Ok(0.0),
        }
    }
    Ok(value)
}
