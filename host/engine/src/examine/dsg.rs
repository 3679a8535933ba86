//! Davidsonian Scene Graph (arXiv:2310.18235): how an idea becomes questions.
//!
//! The writer says which atomic facts the idea has, which of them need which others, and what to
//! ask for each: three steps, as in the paper. A question is not asked of a picture if one that it
//! needs was answered wrong; it counts as wrong then, which is the paper's score at fewer calls.
//!
//! What differs from the paper and its code: the writer is given rules and a JSON form in place of
//! worked examples; a fact may say that something is absent; and there is a bound on questions.

use pentimento_prompts::{Exam as Asked, Facts, OF_FACT, Parents, Query, Questions, no_or_yes};
use pentimento_recipe::Role;

use super::{Exam, question};
use crate::{RunError, run::Run};

/// The three steps by which the paper makes a graph of questions.
pub(super) async fn read(run: &mut Run<'_>, most: usize) -> Result<Exam, RunError> {
    let idea = run.request.brief.idea.clone();
    let asked = Asked::Facts { idea: &idea, most };
    let instead = "the picture is asked about as a whole";
    let facts = run.put(question(Role::Writer, &asked, &[], instead)?, &Facts { most }).await?;
    let Some(facts) = facts else { return Ok(Exam::of_the_whole(&idea)) };
    let form = Parents { facts: facts.len() };
    let parents = if facts.len() > 1 {
        let asked = Asked::Parents { facts: &facts };
        let instead = "every question is asked, whatever is answered to the others";
        run.put(question(Role::Writer, &asked, &[], instead)?, &form).await?
    } else {
        None
    };
    let asked = Asked::Questions { facts: &facts };
    let form = Questions { facts: facts.len() };
    let instead = "it is asked whether each fact is true";
    let questions = run.put(question(Role::Writer, &asked, &[], instead)?, &form).await?;
    let plain = || facts.iter().map(|fact| format!("{OF_FACT}{}?", fact.text));
    let questions = questions.unwrap_or_else(|| plain().collect());
    let kinds = facts.iter().map(|fact| fact.kind.clone());
    let queries: Vec<Query> =
        kinds.zip(questions).map(|(kind, question)| no_or_yes(kind, question)).collect();
    let exam = Exam::of(queries);
    Ok(Exam { parents: parents.unwrap_or_else(|| exam.parents.clone()), ..exam })
}
