//! `LookBack` (arXiv:2412.02172, section 5): before a step is believed, look at the picture again for what
//! it says.
//!
//! Answer in steps → for each step: what would have to be looked up? → each of these questions is put
//! alone, with the picture → an independent answer, which may be wrong → every step is judged by what was
//! seen → the answer again, knowing the judgements. If no step is wrong the answer stays.
//!
//! What differs from the paper: the steps and the questions about one are bounded; an answer without a wrong
//! step is accepted (there: corrected all the same); without judgements of use the answer stays and nothing
//! is accepted; what verifiers find is told, and what they find worse is not kept. With no questions it is
//! the paper's baseline, which judges without looking back.

use pentimento_model::Artifact;
use pentimento_prompts::{
    InSteps, Judged, Listed, OneText, Solution, StepByStep, TextFields, TextPrompt,
};
use pentimento_recipe::Role;

use super::sight::{self, about};
use crate::{
    RunError,
    draft::Draft,
    judgement::Judgement,
    run::{Ending, Run},
    write::question,
};

/// The recipe's numbers.
#[derive(Clone, Copy)]
pub(super) struct Knobs {
    pub steps: usize,
    pub questions: usize,
}

/// Round 0 answers; every further round looks back, judges and corrects.
pub(super) async fn perform(run: &mut Run<'_>, knobs: Knobs) -> Result<Ending, RunError> {
    let picture = sight::picture(run)?;
    let mut draft = sight::first(run, &picture).await?;
    loop {
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        let seen = look_back(run, &picture, &draft.text.solution, knobs).await?;
        let said = judge(run, &picture, &draft, &seen, knobs).await?;
        let Some(judged) = draft.hears(said) else { continue };
        if let Some(mended) = mend(run, &picture, &draft, &judged, &seen).await? {
            run.offer(&mut draft, TextPrompt::Mend.step(), mended).await?;
        }
    }
}

/// What the picture shows of what the steps say: a line for each question.
async fn look_back(
    run: &mut Run<'_>,
    picture: &[Artifact],
    solution: &Solution,
    knobs: Knobs,
) -> Result<Vec<String>, RunError> {
    let idea = &run.request.brief.idea;
    let mut seen = Vec::new();
    if knobs.questions == 0 {
        return Ok(seen);
    }
    for (at, step) in solution.steps.iter().enumerate().take(knobs.steps) {
        let fields = TextFields {
            question: idea,
            draft: Some(solution),
            at,
            piece: step,
            count: knobs.questions,
            ..TextFields::default()
        };
        let instead = "nothing is looked up for this step";
        let asked = question(Role::Seer, TextPrompt::Probe, &fields, instead)?;
        let form = Listed { name: "probes", most: knobs.questions };
        for probe in run.put(asked, &form).await?.unwrap_or_default() {
            // Whoever looks sees the question and the picture, and not what is claimed.
            let fields = TextFields { piece: &probe, ..TextFields::default() };
            let asked = about(picture, TextPrompt::LookUp, &fields, "it is left out")?;
            let form = OneText { name: "sight", may_be_empty: false };
            if let Some(answer) = run.put(asked, &form).await? {
                seen.push(format!("step {at}: {probe} {answer}"));
            }
        }
    }
    Ok(seen)
}

/// A judgement of every step, if not all are right. Of a text without steps none is.
async fn judge(
    run: &mut Run<'_>,
    picture: &[Artifact],
    draft: &Draft,
    seen: &[String],
    knobs: Knobs,
) -> Result<Judgement<Vec<Judged>>, RunError> {
    let idea = &run.request.brief.idea;
    if draft.text.solution.steps.is_empty() {
        return Ok(Judgement::Silent);
    }
    let fields = TextFields { question: idea, ..TextFields::default() };
    let other = if knobs.questions == 0 {
        None
    } else {
        let instead = "the steps are judged without another answer";
        run.put(about(picture, TextPrompt::Regard, &fields, instead)?, &InSteps).await?
    };
    let solution = &draft.text.solution;
    let fields = TextFields {
        draft: Some(solution),
        other: other.as_ref(),
        context: seen,
        findings: &draft.hearing.findings,
        count: solution.steps.len(),
        ..fields
    };
    let instead = "the answer is kept, and not accepted";
    let asked = about(picture, TextPrompt::CheckSteps, &fields, instead)?;
    let judged = run.put(asked, &StepByStep { steps: solution.steps.len() }).await?;
    let all_right = |all: &[Judged]| all.iter().all(|one| one.correct);
    Ok(Judgement::of(judged, |all| (!all_right(&all)).then_some(all)))
}

/// The answer again, knowing the judgements.
async fn mend(
    run: &mut Run<'_>,
    picture: &[Artifact],
    draft: &Draft,
    judged: &[Judged],
    seen: &[String],
) -> Result<Option<Solution>, RunError> {
    let idea = &run.request.brief.idea;
    let note = |(at, one): (usize, &Judged)| {
        let verdict = if one.correct { "right" } else { "wrong" };
        format!("step {at}: {verdict}. {}", one.why)
    };
    let notes: Vec<String> = judged.iter().enumerate().map(note).collect();
    let fields = TextFields {
        question: idea,
        draft: Some(&draft.text.solution),
        notes: &notes,
        context: seen,
        ..TextFields::default()
    };
    let asked = about(picture, TextPrompt::Mend, &fields, "the answer is kept")?;
    run.put(asked, &InSteps).await
}
