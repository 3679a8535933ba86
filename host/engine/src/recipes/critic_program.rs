//! CRITIC on programs (arXiv:2305.11738, section 4.2): a program answers, an interpreter runs it, and what
//! it came to stands before the eyes of whoever criticizes and corrects it.
//!
//! A query to a database is a program too: what it comes to are its rows. Its writer is told which
//! tables there are before it writes.
//!
//! The rules are those of the paper's code: a program that comes to nothing is never criticized if
//! there is one that comes to something; a program that is written again letter by letter is not run
//! again; the run stops when the value came out the same twice in a row.
//!
//! What differs: a program that comes to nothing counts as a change of nothing (there: it takes the
//! value before it, which is the same), but two of them are no agreement; a proof by a verifier
//! ends the run, and a program whose answer verifiers find worse is not kept (there: neither). A query
//! without rows came to something: that there are none.

use pentimento_prompts::{Code, Execution, Language, ProgramFields, ProgramPrompt, Thoughts};

use crate::{
    RunError,
    draft::{Draft, NOTHING},
    program::as_text,
    run::{Ending, Run},
};

/// What is evaluated after a program: the variable it assigns its answer to.
const ANSWER: &str = "answer";

/// What a run's answers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Program,
    Query,
}

impl Kind {
    /// How a first program is asked for.
    const fn write(self) -> (ProgramPrompt, Code) {
        match self {
            Self::Program => (ProgramPrompt::Write, Code { name: "program", before: None }),
            Self::Query => (ProgramPrompt::Query, Code { name: "query", before: None }),
        }
    }

    /// How it is criticized and corrected.
    const fn rewrite(self) -> (ProgramPrompt, Code) {
        let before = Some(Thoughts::Problems);
        match self {
            Self::Program => (ProgramPrompt::Rewrite, Code { name: "reprogram", before }),
            Self::Query => (ProgramPrompt::Requery, Code { name: "requery", before }),
        }
    }

    async fn run(self, run: &mut Run<'_>, code: &str) -> Result<Execution, RunError> {
        match self {
            Self::Program => run.execute("execute", code, ANSWER).await,
            Self::Query => run.query("query", code).await,
        }
    }
}

/// A program that is carried on.
struct Programmed {
    code: String,
    ran: Execution,
    draft: Draft,
}

/// Round 0 programs; every further round criticizes, corrects, and runs what is new.
pub(super) async fn perform(run: &mut Run<'_>, kind: Kind) -> Result<Ending, RunError> {
    run.begin_round(pentimento_model::RoundNumber(0))?;
    let tables = match kind {
        Kind::Program => Vec::new(),
        Kind::Query => run.tables().await?,
    };
    let language = run.language();
    let mut now = first(run, (kind, language), &tables).await?;
    loop {
        if let Some(ending) = run.settle(&now.draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        let (idea, trace) = (run.request.brief.idea.clone(), now.ran.report());
        let fields = ProgramFields {
            question: &idea,
            program: &now.code,
            trace: &trace,
            findings: &now.draft.hearing.findings,
            tables: &tables,
            language,
            ..ProgramFields::default()
        };
        let (prompt, form) = kind.rewrite();
        match run.program(prompt, &fields, form, "the program is kept").await? {
            Some(code) if code != now.code => {
                let next = written(run, (kind, prompt), code, Some(&now)).await?;
                now.offer(next);
            }
            _ => now.stays(),
        }
    }
}

async fn first(
    run: &mut Run<'_>,
    (kind, language): (Kind, Language),
    tables: &[String],
) -> Result<Programmed, RunError> {
    let idea = &run.request.brief.idea;
    let fields = ProgramFields { question: idea, tables, language, ..ProgramFields::default() };
    let (prompt, form) = kind.write();
    let code = run.program(prompt, &fields, form, NOTHING).await?;
    written(run, (kind, prompt), code.ok_or(RunError::NoText)?, None).await
}

/// Runs a program, takes it into the pool, and hears what is said of its answer.
async fn written(
    run: &mut Run<'_>,
    (kind, prompt): (Kind, ProgramPrompt),
    code: String,
    from: Option<&Programmed>,
) -> Result<Programmed, RunError> {
    let ran = kind.run(run, &code).await?;
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
