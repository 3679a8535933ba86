//! Forest-of-Thought (arXiv:2412.09078): several trees of answers that are criticized and refined, and a
//! consensus of their best.
//!
//! Each tree: choose an answer by UCB → criticize it, strictly → refine it with the history that led to
//! it → score both → an answer is worth half of itself and half of the best that came of it. The forest:
//! if more than half of the trees agree, that is the answer; else an expert chooses among their best.
//!
//! What differs from the paper and its code: the code stops when an answer equals the gold label; nobody
//! knows it here. Scores are asked for once at each visit and the least and the mean of all count, as
//! there. What a verifier refutes scores nothing. The code's correction of answers whose tokens are
//! unlikely is left out: an answer comes in a form, whose tokens would count as well. One tree alone agrees
//! with nobody.

use pentimento_model::{CandidateId, RoundNumber, Temperature};
use pentimento_prompts::{Numbers, PastText, Problems, SaidBy, Solution, TextFields, TextPrompt};
use pentimento_recipe::Role;

use crate::{
    RunError,
    answer::Kinds,
    draft::Draft,
    policy::Mark,
    run::{Ending, Run},
    search::{Policy, Tree},
    worth::{Whole, Worth, best},
    write::question,
};

/// The recipe's numbers.
#[derive(Clone, Copy)]
pub(super) struct Knobs {
    pub trees: u32,
    pub explore: f64,
    pub children: usize,
    pub temperature: f32,
}

/// An answer of a tree, with what was said of those before it. The root has none: from there the
/// question is answered anew, as from the code's "I don't know".
#[derive(Clone)]
struct Thought {
    whole: Option<Whole>,
    past: Vec<PastText>,
    scores: Vec<f64>,
}

impl Thought {
    /// (least + mean) / 2 of all scores.
    fn own(&self) -> f64 {
        let least = self.scores.iter().copied().fold(f64::INFINITY, f64::min);
        #[expect(clippy::cast_precision_loss, reason = "an answer is scored a few times")]
        let mean = self.scores.iter().sum::<f64>() / self.scores.len().max(1) as f64;
        if self.scores.is_empty() { 0.0 } else { f64::midpoint(least, mean) }
    }

    /// The answer with what it is worth by now.
    fn judged(&self) -> Option<Whole> {
        let whole = self.whole.clone()?;
        let worth = if whole.worth.is_known() { Worth::of(self.own()) } else { whole.worth };
        Some(Whole { worth, ..whole })
    }
}

/// Round 0 plants every tree; every further round lets each grow once.
pub(super) async fn perform(run: &mut Run<'_>, knobs: Knobs) -> Result<Ending, RunError> {
    run.begin_round(RoundNumber(0))?;
    let mut forest = Vec::new();
    for _ in 0..knobs.trees {
        let mut tree = Tree::rooted(Thought { whole: None, past: Vec::new(), scores: Vec::new() });
        grow(run, &mut tree, 0, knobs).await?;
        forest.push(tree);
    }
    loop {
        let draft = consensus(run, &forest).await?.ok_or(RunError::NoText)?;
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        for tree in &mut forest {
            let policy = Policy::Ucb { explore: knobs.explore };
            let chosen = tree.select_any(policy, |at| may_grow(tree, at, knobs.children));
            grow(run, tree, chosen.unwrap_or(0), knobs).await?;
        }
    }
}

/// An answer may be refined that has few refinements, or none that is better.
fn may_grow(tree: &Tree<Thought>, at: usize, most: usize) -> bool {
    let children = tree.children(at);
    let value = |at: usize| tree.node(at).map_or(0.0, |node| node.value);
    let own = tree.node(at).map_or(0.0, |node| node.own);
    children.len() < most || children.iter().all(|child| value(*child) <= own)
}

/// Refines one answer, or answers anew at the root.
async fn grow(
    run: &mut Run<'_>,
    tree: &mut Tree<Thought>,
    at: usize,
    knobs: Knobs,
) -> Result<(), RunError> {
    let Some(thought) = tree.node(at).map(|node| node.content.clone()) else { return Ok(()) };
    let mut past = thought.past;
    let parent = thought.whole.as_ref().map(|whole| whole.text.candidate);
    if let Some(whole) = thought.whole {
        let score = score(run, &whole).await?;
        if let Some(node) = tree.node_mut(at) {
            node.content.scores.push(score);
            let own = node.content.own();
            tree.back_up_best(at, own);
        }
        let said = criticism(run, &whole).await?;
        past.push(PastText::new(&whole.text.solution, SaidBy::Critic, &said));
    }
    let Some(whole) = answer(run, &past, parent, knobs.temperature).await? else { return Ok(()) };
    let scores = vec![whole.worth.rank()];
    let child = tree.add(at, Thought { whole: Some(whole), past, scores }, 1.0);
    let own = tree.node(child).map_or(0.0, |node| node.content.own());
    tree.back_up_best(child, own);
    Ok(())
}

/// What is wrong with an answer; nothing at all if nobody says anything of use.
async fn criticism(run: &mut Run<'_>, whole: &Whole) -> Result<Vec<String>, RunError> {
    let idea = &run.request.brief.idea;
    let fields = TextFields {
        question: idea,
        draft: Some(&whole.text.solution),
        findings: &whole.hearing.findings,
        ..TextFields::default()
    };
    let who = run.ports.models.judge_or_writer();
    let instead = "the writer is not told what is wrong";
    let asked = question(who, TextPrompt::Feedback, &fields, instead)?;
    Ok(run.put(asked, &Problems).await?.unwrap_or_default().problems)
}

/// A further score; verifiers do not change their minds.
async fn score(run: &mut Run<'_>, whole: &Whole) -> Result<f64, RunError> {
    if whole.hearing.proved || whole.hearing.objected {
        return Ok(whole.worth.rank());
    }
    run.promise(&whole.text.solution).await.map(Worth::rank)
}

/// A new answer, after all that was said of those before it.
async fn answer(
    run: &mut Run<'_>,
    past: &[PastText],
    parent: Option<CandidateId>,
    temperature: f32,
) -> Result<Option<Whole>, RunError> {
    let idea = &run.request.brief.idea;
    let prompt = if past.is_empty() { TextPrompt::Solve } else { TextPrompt::Refine };
    let fields = TextFields { question: idea, past, ..TextFields::default() };
    let asked = question(Role::Writer, prompt, &fields, "the tree does not grow")?;
    let Some(text) = run.write(asked, parent, Temperature::new(temperature)).await? else {
        return Ok(None);
    };
    let hearing = run.hear(text.candidate).await?;
    run.weigh(text, hearing).await.map(Some)
}

/// The best answer of a tree: the one with the greatest worth by itself, by all its scores.
fn best_of(tree: &Tree<Thought>) -> Option<Whole> {
    let judged: Vec<Whole> = tree.nodes().iter().filter_map(|node| node.content.judged()).collect();
    best(&judged).cloned()
}

/// The answer of the forest: proved by somebody, or the best of most trees; else, when no round is left,
/// the expert's choice, and before that the one that is worth most.
async fn consensus(run: &mut Run<'_>, forest: &[Tree<Thought>]) -> Result<Option<Draft>, RunError> {
    let all: Vec<Whole> = forest.iter().filter_map(best_of).collect();
    let kinds = Kinds::of(all.iter().map(|one| one.text.solution.answer.as_str()));
    let counted = kinds.count();
    // One tree agrees with nobody.
    let agree = |votes: usize| votes > 1 && 2 * votes > forest.len();
    let majority = counted.iter().find(|(_, votes)| agree(*votes));
    if let Some((kind, _)) = majority {
        let agreeing = all.iter().enumerate().filter(|(at, _)| kinds.at(*at) == Some(*kind));
        let mut draft = best(agreeing.map(|(_, one)| one)).map(Whole::draft);
        if let Some(draft) = &mut draft {
            draft.mark = Some(Mark::Agreed);
        }
        return Ok(draft);
    }
    let last = run.round.0 >= run.request.budget.rounds;
    let proved = all.iter().any(|one| one.hearing.proved);
    let chosen = if last && !proved && all.len() > 1 { expert(run, &all).await? } else { None };
    let choice = chosen.and_then(|at| all.get(at));
    Ok(choice.or_else(|| best(&all)).map(Whole::draft))
}

/// Which of several answers the judge, or the writer, takes for right.
async fn expert(run: &mut Run<'_>, all: &[Whole]) -> Result<Option<usize>, RunError> {
    let idea = &run.request.brief.idea;
    let others: Vec<Solution> = all.iter().map(|one| one.text.solution.clone()).collect();
    let fields = TextFields { question: idea, others: &others, ..TextFields::default() };
    let who = run.ports.models.judge_or_writer();
    let instead = "the answer that is worth most is taken";
    let asked = question(who, TextPrompt::Pick, &fields, instead)?;
    let form = Numbers { name: "choice", of: others.len() };
    Ok(run.put(asked, &form).await?.and_then(|numbers| numbers.first().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_worth_half_its_least_score_and_half_their_mean() {
        let thought = |scores: &[f64]| {
            Thought { whole: None, past: Vec::new(), scores: scores.to_vec() }.own()
        };
        assert!((thought(&[0.2, 0.8]) - 0.35).abs() < 1e-9);
        assert!((thought(&[0.6]) - 0.6).abs() < 1e-9);
        assert!(thought(&[]).abs() < f64::EPSILON);
    }

    #[test]
    fn an_answer_may_grow_while_it_has_few_children_or_none_that_is_better() {
        let empty = Thought { whole: None, past: Vec::new(), scores: Vec::new() };
        let mut tree = Tree::rooted(empty.clone());
        for (own, may) in [(0.2, true), (0.4, true), (0.6, false)] {
            let child = tree.add(0, empty.clone(), 1.0);
            tree.back_up_best(child, own);
            tree.node_mut(0).unwrap().own = 0.5;
            assert_eq!(may_grow(&tree, 0, 2), may, "{own}");
        }
    }
}
