//! CRITIC on questions of fact (arXiv:2305.11738, section 4.1): the writer asks a search tool for
//! evidence, one query after the other, until it knows enough to say what is wrong with the answer and
//! to correct it; what the corrected answer stands on is cited.
//!
//! The rules are those of the paper's code: one passage a query; a query that was put before gets the
//! next one that was not seen yet; after the last search an answer is due; the run stops when the answer
//! came out the same twice in a row.
//!
//! What differs: evidence of earlier rounds stays before the writer's eyes (there: each round begins
//! without any); it names the passages that its answer stands on, which are kept with the text; a
//! passage that cannot be had is told as such; a proof by a verifier ends the run, and an answer that
//! verifiers find worse is not kept (there: neither).

use std::collections::BTreeMap;

use pentimento_prompts::{Inquired, Inquiry, Solution, TextFields, TextPrompt};
use pentimento_recipe::Role;

use crate::{
    RunError,
    draft::Draft,
    evidence::Passages,
    run::{Ending, Run},
    write::question,
};

/// Ranks that are tried for a passage that was not seen yet (the paper's code: up to 7).
const RANKS: usize = 7;

/// Round 0 answers from memory; every further round searches, criticizes and corrects.
pub(super) async fn perform(run: &mut Run<'_>, searches: usize) -> Result<Ending, RunError> {
    let mut draft = run.first_draft().await?;
    let mut evidence = Evidence::default();
    loop {
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        if let Some(corrected) = inquire(run, &draft, &mut evidence, searches).await? {
            run.offer(&mut draft, "inquire", corrected).await?;
        }
    }
}

/// One round: as many searches as the writer wants, at most so many, then its correction. `None` if it
/// gives nothing of use.
async fn inquire(
    run: &mut Run<'_>,
    draft: &Draft,
    evidence: &mut Evidence,
    searches: usize,
) -> Result<Option<Solution>, RunError> {
    let idea = &run.request.brief.idea;
    let fields = TextFields {
        question: idea,
        draft: Some(&draft.text.solution),
        findings: &draft.hearing.findings,
        ..TextFields::default()
    };
    for left in (0..=searches).rev() {
        let told = evidence.told.clone();
        let fields = TextFields { context: &told, count: left, ..fields };
        let asked = question(Role::Writer, TextPrompt::Inquire, &fields, "the text is kept")?;
        let form = Inquiry { may_search: left > 0, passages: evidence.passages.len() };
        match run.put(asked, &form).await? {
            None => break,
            Some(Inquired::Search(query)) => evidence.search(run, query).await?,
            Some(Inquired::Corrected { solution, cited }) => {
                return Ok(Some(evidence.cite(solution, &cited)));
            }
        }
    }
    Ok(None)
}

/// What was found so far.
#[derive(Default)]
struct Evidence {
    /// Passages that can be cited.
    passages: Passages,
    /// What the writer is told: passages, and searches that came to nothing.
    told: Vec<String>,
    /// How many passages each query has led to.
    ranks: BTreeMap<String, usize>,
}

impl Evidence {
    /// Puts a query, and takes the first passage that was not seen yet.
    async fn search(&mut self, run: &mut Run<'_>, query: String) -> Result<(), RunError> {
        loop {
            let rank = self.ranks.entry(query.clone()).or_default();
            if *rank >= RANKS {
                self.nothing(&query, "nothing more was found");
                return Ok(());
            }
            let skip = *rank;
            *rank += 1;
            let found = run.search(&query, 1, skip).await?;
            match found.map(|found| found.into_iter().next()) {
                Ok(Some(passage)) if self.passages.contains(&passage) => continue,
                Ok(Some(passage)) => {
                    let at = self.passages.place(passage);
                    self.told.extend(self.passages.in_words([at]));
                }
                Ok(None) => self.nothing(&query, "nothing was found"),
                Err(why) => self.nothing(&query, &why),
            }
            return Ok(());
        }
    }

    /// A search that came to nothing new.
    fn nothing(&mut self, query: &str, why: &str) {
        self.told.push(format!("{query}: {why}"));
    }

    /// The answer with what it stands on as its last steps. Citations of the answer before are not
    /// taken over: whoever stands on them still names them again.
    fn cite(&self, solution: Solution, cited: &[usize]) -> Solution {
        let Solution { steps, answer } = solution;
        let all = self.passages.in_words(0..self.passages.len());
        let own = steps.into_iter().filter(|step| !all.contains(step));
        let cited = self.passages.in_words(cited.iter().copied());
        Solution { steps: own.chain(cited).collect(), answer }
    }
}
