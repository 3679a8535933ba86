//! Iterative Deepening Sampling (arXiv:2502.05449): let an answer grow in budgets, and at the end of each
//! make the writer doubt what it has.
//!
//! Several ways on, up to the budget → keep the best beginning → "wait, maybe I made some mistakes" → the
//! writer may take steps back and goes on → a budget that is longer by a factor → again. What is
//! sampled is not many whole answers, but many corrections at the places where they are due.
//!
//! What differs from the paper: budgets are counted in steps, not in tokens, because an answer that is
//! cut in the middle of a step keeps no form; each way on is written to its end, so that there is a
//! whole text whenever the means run out; its reward model is the judge or the writer.

use pentimento_model::{CandidateId, Temperature};
use pentimento_prompts::{Deepened, Solution, TextFields, TextPrompt};
use pentimento_recipe::Role;

use crate::{
    RunError, answer,
    policy::Mark,
    run::{Ending, Run},
    worth::{Whole, Worth},
    write::{Text, question},
};

/// The recipe's numbers.
#[derive(Clone, Copy)]
pub(super) struct Knobs {
    /// Steps of the first budget.
    pub steps: usize,
    /// By how much each budget is longer than the one before.
    pub growth: usize,
    pub samples: u32,
    pub temperature: f32,
}

/// A text, and what its beginning within the budget promises.
struct Way {
    whole: Whole,
    promise: Worth,
}

/// Round 0 answers; every further round is one budget.
pub(super) async fn perform(run: &mut Run<'_>, knobs: Knobs) -> Result<Ending, RunError> {
    let mut draft = run.first_draft().await?;
    let first = run.weigh(draft.text.clone(), draft.hearing.clone()).await?;
    let mut kept = first.text.clone();
    let mut best = first;
    let mut budget = knobs.steps;
    loop {
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        let from = (beginning(&kept.solution, budget), kept.candidate);
        let whole_was_kept = kept.solution.steps.len() <= budget;
        let mut ways: Vec<Way> = Vec::new();
        for _ in 0..knobs.samples {
            ways.extend(way_on(run, &from, budget, knobs).await?);
        }
        // Of equals the earliest.
        let promising = ways.iter().rev().max_by(|one, other| {
            let proved = |way: &Way| way.whole.hearing.proved;
            let rank = |way: &Way| way.promise.rank();
            proved(one).cmp(&proved(other)).then(rank(one).total_cmp(&rank(other)))
        });
        // Nothing stays the same where nobody went on, or nobody said which way on is good.
        let came = promising.filter(|way| way.promise.is_known());
        let stayed = came.is_some_and(|way| same(&way.whole.text, &kept));
        if let Some(way) = promising {
            kept = way.whole.text.clone();
        }
        for way in ways {
            if way.whole.outranks(&best) {
                best = way.whole;
            }
        }
        draft = best.draft();
        // Doubted as a whole, it came out the same, and nothing that was seen is better.
        let is_it = whole_was_kept && stayed && same(&best.text, &kept);
        draft.mark = is_it.then_some(Mark::Trusted);
        budget = budget.saturating_mul(knobs.growth);
    }
}

/// The steps within the budget.
fn beginning(text: &Solution, budget: usize) -> Vec<String> {
    text.steps.iter().take(budget).cloned().collect()
}

fn same(one: &Text, other: &Text) -> bool {
    answer::same(&one.solution.answer, &other.solution.answer)
}

/// One way on from the steps so far, doubted first; `None` without an answer of use.
async fn way_on(
    run: &mut Run<'_>,
    (steps, parent): &(Vec<String>, CandidateId),
    budget: usize,
    knobs: Knobs,
) -> Result<Option<Way>, RunError> {
    let idea = &run.request.brief.idea;
    let so_far = Solution { steps: steps.clone(), answer: String::new() };
    let fields = TextFields {
        question: idea,
        draft: Some(&so_far),
        at: steps.len(),
        ..TextFields::default()
    };
    let asked = question(Role::Writer, TextPrompt::Deepen, &fields, "one way less is tried")?;
    let form = Deepened { steps: steps.len() };
    let temperature = Temperature::new(knobs.temperature);
    let Some((keep, more)) = run.put_freely(asked, &form, temperature).await? else {
        return Ok(None);
    };
    let all = steps.iter().take(keep).cloned().chain(more.steps).collect();
    let solution = Solution { steps: all, answer: more.answer };
    let text = run.admit_text("deepen", Some(*parent), solution).await?;
    let hearing = run.hear(text.candidate).await?;
    let is_whole = text.solution.steps.len() <= budget.saturating_mul(knobs.growth);
    let whole = run.weigh(text, hearing).await?;
    let promise = if is_whole {
        whole.worth
    } else {
        let next = beginning(&whole.text.solution, budget.saturating_mul(knobs.growth));
        run.promise(&Solution { steps: next, answer: String::new() }).await?
    };
    Ok(Some(Way { whole, promise }))
}
