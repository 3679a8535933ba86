//! `ProgCo` (arXiv:2501.01264): a program verifies the answer (`ProgVe`), and both the answer and the
//! program are thought over while it does not pass (`ProgRe`).
//!
//! The program is written from the question alone, before any answer is looked at, and goes back
//! from an answer to what was given. If thinking changed the answer, both answers are contrasted in
//! random order, and a new one is written from what came of that.
//!
//! What differs from the paper and its code: the program is a real one and is executed by the
//! recipe's tool (there: the model plays the interpreter); one that does not come to true or false
//! says nothing of the answer, and is thought over alone (there: it passes); a program that is
//! missing is asked for again in the next turn; an answer that verifiers find worse is not kept,
//! and one they object to is not accepted by the program alone.

use pentimento_prompts::{
    Code, Execution, InSteps, Listed, ProgramFields, ProgramPrompt, Reflected, Solution, Thoughts,
};

use crate::{
    RunError,
    answer::same,
    draft::Draft,
    program::{literal, question},
    run::{Ending, Run},
};

const VERIFICATION: Code = Code { name: "verification", before: None };
const REVERIFIED: Code = Code { name: "verification", before: Some(Thoughts::Reflection) };

/// What was found, or what matters. More than so many points are no help.
const POINTS: Listed = Listed { name: "points", most: 16 };

/// What a verification says of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    Right,
    Wrong,
    Nothing,
}

impl Says {
    fn of(ran: &Execution) -> Self {
        match ran.value.as_deref() {
            Some("True" | "true") => Self::Right,
            Some("False" | "false") => Self::Wrong,
            _ => Self::Nothing,
        }
    }
}

/// The verification and what came of it last.
#[derive(Default)]
struct Check {
    code: Option<String>,
    trace: Vec<String>,
}

/// Round 0 answers and verifies; every further round thinks over both.
pub(super) async fn perform(run: &mut Run<'_>) -> Result<Ending, RunError> {
    let mut draft = run.first_draft().await?;
    let mut check = Check::default();
    loop {
        let says = verify(run, &mut check, &draft).await?;
        draft.content = says == Says::Right;
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        let before = draft.text.solution.clone();
        if says == Says::Wrong || draft.hearing.objected {
            reflect_on_answer(run, &check, &mut draft).await?;
        }
        if says == Says::Right {
            draft.unchanged += 1;
        } else {
            reflect_on_program(run, &mut check, &before).await?;
        }
        if !same(&before.answer, &draft.text.solution.answer) {
            contrast(run, &before, &mut draft).await?;
        }
    }
}

/// `ProgVe`: writes the verification if there is none yet, and runs it on the answer.
async fn verify(run: &mut Run<'_>, check: &mut Check, draft: &Draft) -> Result<Says, RunError> {
    if check.code.is_none() {
        let idea = &run.request.brief.idea;
        let language = run.language();
        let fields = ProgramFields { question: idea, language, ..ProgramFields::default() };
        let instead = "the answer is not verified";
        let prompt = ProgramPrompt::Verify;
        check.code = run.program(prompt, &fields, VERIFICATION, instead).await?;
    }
    let Some(code) = &check.code else { return Ok(Says::Nothing) };
    let then = format!("verify({})", literal(&draft.text.solution.answer));
    let ran = run.execute("verify", code, &then).await?;
    check.trace = ran.report();
    Ok(Says::of(&ran))
}

/// `ProgRe`, first half: what was found in words, and the answer again.
async fn reflect_on_answer(
    run: &mut Run<'_>,
    check: &Check,
    draft: &mut Draft,
) -> Result<(), RunError> {
    let idea = &run.request.brief.idea;
    let (solution, findings) = (draft.text.solution.clone(), draft.hearing.findings.clone());
    let fields = ProgramFields {
        question: idea,
        draft: Some(&solution),
        program: check.code.as_deref().unwrap_or_default(),
        trace: &check.trace,
        findings: &findings,
        ..ProgramFields::default()
    };
    let instead = "the writer is told what the program printed";
    let asked = question(ProgramPrompt::Explain, &fields, instead)?;
    let points = run.put(asked, &POINTS).await?.filter(|points| !points.is_empty());
    let points = points.unwrap_or_else(|| check.trace.clone());
    let fields = ProgramFields { points: &points, ..fields };
    let asked = question(ProgramPrompt::Reflect, &fields, "the answer is kept")?;
    match run.put(asked, &Reflected).await? {
        Some(again) => run.offer(draft, ProgramPrompt::Reflect.step(), again).await,
        None => Ok(()),
    }
}

/// `ProgRe`, second half: the program again, knowing the answer that it verified.
async fn reflect_on_program(
    run: &mut Run<'_>,
    check: &mut Check,
    verified: &Solution,
) -> Result<(), RunError> {
    let Some(code) = &check.code else { return Ok(()) };
    let idea = &run.request.brief.idea;
    let fields = ProgramFields {
        question: idea,
        draft: Some(verified),
        program: code,
        trace: &check.trace,
        language: run.language(),
        ..ProgramFields::default()
    };
    let instead = "the verification is kept";
    let again = run.program(ProgramPrompt::Reverify, &fields, REVERIFIED, instead).await?;
    check.code = again.or(check.code.take());
    Ok(())
}

/// Contrasts the answer before with the one now, and writes a third one from what came of it.
async fn contrast(run: &mut Run<'_>, before: &Solution, draft: &mut Draft) -> Result<(), RunError> {
    let idea = &run.request.brief.idea;
    let now = draft.text.solution.clone();
    let order = run.request.seed.derive("contrast", u64::from(run.round.0)).0;
    let (one, other) = if order.is_multiple_of(2) { (before, &now) } else { (&now, before) };
    let fields = ProgramFields {
        question: idea,
        draft: Some(one),
        other: Some(other),
        ..ProgramFields::default()
    };
    let asked = question(ProgramPrompt::Contrast, &fields, "the new answer is kept")?;
    let points = run.put(asked, &POINTS).await?.filter(|points| !points.is_empty());
    let Some(points) = points else { return Ok(()) };
    let fields = ProgramFields { question: idea, points: &points, ..ProgramFields::default() };
    let asked = question(ProgramPrompt::Again, &fields, "the new answer is kept")?;
    match run.put(asked, &InSteps).await? {
        Some(again) => run.offer(draft, ProgramPrompt::Again.step(), again).await,
        None => Ok(()),
    }
}
