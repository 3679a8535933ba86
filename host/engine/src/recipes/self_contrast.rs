//! Self-Contrast (arXiv:2401.02009): answer from several sides, hold what differs against each other,
//! look again with a checklist.
//!
//! Sides → an answer from each → in pairs: where do they part? → a checklist out of that → every answer
//! is looked at again with it, until all are the same. The paper finds that a model which cannot judge
//! an answer can still tell two apart.
//!
//! Of more different answers than are contrasted, an embedder's vectors choose, as in the paper: the
//! centers of clusters (section 3.2). Where nobody is bound to the role, the most frequent are taken.
//!
//! What differs from the paper: answers that come to the same result are one, of as much weight as there
//! are; a cluster of those that differ in their words alone would be contrasted for nothing. If they never
//! agree, each weighs as many votes as its answer had at first (there: a vote). Whatever verifiers find
//! worse is not kept.

use pentimento_model::RoundNumber;
use pentimento_prompts::{Listed, TextFields, TextPrompt};
use pentimento_recipe::Role;

use crate::{
    RunError,
    answer::{Kinds, heaviest},
    draft::{Draft, again},
    policy::Mark,
    run::{Ending, Run},
    samples::{Chosen, Samples},
    write::question,
};

/// Differences of a pair, and lines of a checklist, at most; ours.
const MOST_NOTES: usize = 8;

/// An answer that is contrasted, with the votes it had at first.
struct Side {
    draft: Draft,
    votes: usize,
}

/// Round 0 answers from all sides; every further round contrasts and looks again.
pub(super) async fn perform(
    run: &mut Run<'_>,
    perspectives: usize,
    contrasted: usize,
) -> Result<Ending, RunError> {
    run.begin_round(RoundNumber(0))?;
    let samples = from_all_sides(run, perspectives).await?;
    let different = unlike(run, samples.different(), contrasted).await?;
    let side = |one: Chosen| Side { draft: Draft::new(one.text, one.hearing), votes: one.votes };
    let mut sides: Vec<Side> = different.into_iter().map(side).collect();
    loop {
        let chosen = chosen(&sides).ok_or(RunError::NoText)?;
        if let Some(ending) = run.settle(&chosen)? {
            return Ok(ending);
        }
        run.next_round()?;
        let checks = checklist(run, &sides).await?;
        for side in &mut sides {
            look_again(run, &mut side.draft, &checks).await?;
        }
    }
}

/// The answers from all sides; from none in particular where no side is named.
async fn from_all_sides(run: &mut Run<'_>, count: usize) -> Result<Samples, RunError> {
    let idea = &run.request.brief.idea;
    let fields = TextFields { question: idea, count, ..TextFields::default() };
    let instead = "the question is answered once, from no side in particular";
    let asked = question(Role::Writer, TextPrompt::Perspectives, &fields, instead)?;
    let form = Listed { name: "perspectives", most: count };
    let views = run.put(asked, &form).await?.unwrap_or_default();
    let mut samples = Samples::default();
    for view in &views {
        let notes = std::slice::from_ref(view);
        let fields = TextFields { question: idea, notes, ..TextFields::default() };
        let instead = "the question is not answered from this side";
        let asked = question(Role::Writer, TextPrompt::SolveAs, &fields, instead)?;
        samples.ask(run, asked, None).await?;
    }
    if samples.texts().is_empty() {
        let fields = TextFields { question: idea, ..TextFields::default() };
        let asked = question(Role::Writer, TextPrompt::Solve, &fields, "there is no text")?;
        samples.ask(run, asked, None).await?;
    }
    Ok(samples)
}

/// The answers that are held against each other: at most so many, as unlike as they come.
async fn unlike(
    run: &mut Run<'_>,
    mut different: Vec<Chosen>,
    contrasted: usize,
) -> Result<Vec<Chosen>, RunError> {
    // What is proved is the answer: nothing has to be held against it.
    if let Some(proved) = different.iter().position(|one| one.hearing.proved) {
        return Ok(vec![different.swap_remove(proved)]);
    }
    if different.len() > contrasted {
        let texts: Vec<String> = different.iter().map(|one| one.text.solution.text()).collect();
        if let Some(likeness) = run.liken("choose-sides", &texts).await? {
            let votes: Vec<usize> = different.iter().map(|one| one.votes).collect();
            let centers = likeness.centers(&votes, contrasted);
            let mut at = 0..;
            different.retain(|_| at.next().is_some_and(|at| centers.contains(&at)));
        }
    }
    different.truncate(contrasted);
    Ok(different)
}

/// What differs between each two of them, as things to check.
async fn checklist(run: &mut Run<'_>, sides: &[Side]) -> Result<Vec<String>, RunError> {
    let idea = &run.request.brief.idea;
    let who = run.ports.models.judge_or_writer();
    let mut differences = Vec::new();
    for (at, one) in sides.iter().enumerate() {
        for other in sides.iter().skip(at + 1) {
            let fields = TextFields {
                question: idea,
                draft: Some(&one.draft.text.solution),
                other: Some(&other.draft.text.solution),
                ..TextFields::default()
            };
            let instead = "these two are not contrasted";
            let asked = question(who, TextPrompt::Differences, &fields, instead)?;
            let form = Listed { name: "differences", most: MOST_NOTES };
            differences.extend(run.put(asked, &form).await?.unwrap_or_default());
        }
    }
    if differences.is_empty() {
        return Ok(differences);
    }
    let fields = TextFields { question: idea, notes: &differences, ..TextFields::default() };
    let asked = question(who, TextPrompt::Checklist, &fields, "the differences are the checklist")?;
    let form = Listed { name: "checklist", most: MOST_NOTES };
    let checks = run.put(asked, &form).await?.unwrap_or_default();
    Ok(if checks.is_empty() { differences } else { checks })
}

async fn look_again(
    run: &mut Run<'_>,
    draft: &mut Draft,
    checks: &[String],
) -> Result<(), RunError> {
    let idea = &run.request.brief.idea;
    let solution = draft.text.solution.clone();
    let fields = TextFields {
        question: idea,
        draft: Some(&solution),
        notes: checks,
        ..TextFields::default()
    };
    if let Some(again) = run.rewrite(again(TextPrompt::Recheck, &fields)?, draft).await? {
        draft.offer(again);
    }
    Ok(())
}

/// The side whose answer weighs most, marked if all are the same. One that is proved stands above all.
fn chosen(sides: &[Side]) -> Option<Draft> {
    if let Some(proved) = sides.iter().find(|side| side.draft.hearing.proved) {
        return Some(proved.draft.clone());
    }
    #[expect(clippy::cast_precision_loss, reason = "a question is answered from few sides")]
    let weight = |side: &Side| side.votes as f64;
    let kinds = Kinds::of(sides.iter().map(|side| side.draft.text.solution.answer.as_str()));
    let weighed = kinds.weigh(|place| sides.get(place).map_or(0.0, weight));
    let mut chosen = sides.get(heaviest(&weighed)?)?.draft.clone();
    let votes: usize = sides.iter().map(|side| side.votes).sum();
    chosen.mark = match weighed.len() {
        // One answer agrees with nobody, and can be held against none.
        _ if votes < 2 => Some(Mark::Exhausted),
        1 => Some(Mark::Agreed),
        _ => None,
    };
    Some(chosen)
}
