//! CRITIC on programs (arXiv:2305.11738, section 4.2): a program answers, an interpreter runs it, and what
//! it came to stands before the eyes of whoever criticizes and corrects it.
//!
//! The rules are those of the paper's code: a program that comes to nothing is never criticized if
//! there is one that comes to something; a program that is written again letter by letter is not run
//! again; the run stops when the value came out the same twice in a row.
//!
//! What differs: a program that comes to nothing counts as a change of nothing (there: it takes the
//! value before it, which is the same), but two of them are no agreement; a proof by a verifier
//! ends the run, and a program whose answer verifiers find worse is not kept (there: neither).

use pentimento_prompts::{Code, Execution, ProgramFields, ProgramPrompt, Thoughts};

use crate::{
    RunError,
    draft::{Draft, NOTHING},
    policy::Until,
    program::as_text,
    run::{Ending, Run},
};

/// The paper's rule: the same value as the two programs before.
const UNTIL: [Until; 2] = [Until::Proved, Until::Unchanged(2)];
const WRITTEN: Code = Code { name: "program", before: None };
const CORRECTED: Code = Code { name: "reprogram", before: Some(Thoughts::Problems) };
/// What is evaluated after the program: the variable it assigns its answer to.
const ANSWER: &str = "answer";

/// A program that is carried on.
struct Programmed {
    code: String,
    ran: Execution,
    draft: Draft,
}

/// Round 0 programs; every further round criticizes, corrects, and runs what is new.
pub(super) async fn perform(run: &mut Run<'_>) -> Result<Ending, RunError> {
    let mut now = first(run).await?;
    loop {
        if let Some(ending) = run.settle(&now.draft, &UNTIL)? {
            return Ok(ending);
        }
        run.next_round()?;
        let (idea, trace) = (run.request.brief.idea.clone(), now.ran.report());
        let fields = ProgramFields {
            question: &idea,
            program: &now.code,
            trace: &trace,
            findings: &now.draft.hearing.findings,
            ..ProgramFields::default()
        };
        let instead = "the program is kept";
        match run.program(ProgramPrompt::Rewrite, &fields, CORRECTED, instead).await? {
            Some(code) if code != now.code => {
                let next = written(run, ProgramPrompt::Rewrite, code, Some(&now)).await?;
                now.offer(next);
            }
            _ => now.stays(),
        }
    }
}

async fn first(run: &mut Run<'_>) -> Result<Programmed, RunError> {
    run.begin_round(pentimento_model::RoundNumber(0))?;
    let idea = run.request.brief.idea.clone();
    let fields = ProgramFields { question: &idea, ..ProgramFields::default() };
    let code = run.program(ProgramPrompt::Write, &fields, WRITTEN, NOTHING).await?;
    written(run, ProgramPrompt::Write, code.ok_or(RunError::NoText)?, None).await
}

/// Runs a program, takes it into the pool, and hears what is said of its answer.
async fn written(
    run: &mut Run<'_>,
    prompt: ProgramPrompt,
    code: String,
    from: Option<&Programmed>,
) -> Result<Programmed, RunError> {
    let ran = run.execute("execute", &code, ANSWER).await?;
    let parent = from.map(|one| one.draft.text.candidate);
    let text = run.admit_text(prompt.step(), parent, as_text(&code, &ran)).await?;
    let hearing = run.hear(text.candidate).await?;
    Ok(Programmed { code, ran, draft: Draft::new(text, hearing) })
}

impl Programmed {
    /// The next program takes this one's place, or does not.
    fn offer(&mut self, next: Self) {
        match (&self.ran.value, &next.ran.value) {
            (None, _) => *self = next,
            (Some(_), None) => self.stays(),
            (Some(_), Some(_)) => {
                let Self { code, ran, draft } = next;
                let candidate = draft.text.candidate;
                self.draft.offer((draft.text, draft.hearing));
                if self.draft.text.candidate == candidate {
                    (self.code, self.ran) = (code, ran);
                }
            }
        }
    }

    /// Nothing new came of a round. Programs that come to nothing agree on nothing.
    fn stays(&mut self) {
        self.draft.unchanged += u32::from(self.ran.value.is_some());
    }
}
