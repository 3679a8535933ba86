//! TIFA (arXiv:2303.11897): how an idea becomes questions with choices.
//!
//! The writer makes a quiz of the idea, then answers it from the idea's words alone; questions
//! whose answer does not follow from the words are dropped. The score is the share of questions
//! that are answered right by who sees only the picture.
//!
//! What differs from the paper and its code: the writer itself stands in for `UnifiedQA` (without
//! the second check, a free answer's word overlap of 0.6), and the seer is shown the choices, where
//! the paper maps a free answer to the nearest one by its embedding.

use pentimento_prompts::{Answers, Exam as Asked, Query, Quiz};
use pentimento_recipe::Role;

use super::{Exam, question};
use crate::{RunError, run::Run};

/// Question generation and filtering.
pub(super) async fn read(run: &mut Run<'_>, most: usize) -> Result<Exam, RunError> {
    let idea = run.request.brief.idea.clone();
    let asked = Asked::Quiz { idea: &idea, most };
    let instead = "the picture is asked about as a whole";
    let quiz = run.put(question(Role::Writer, &asked, &[], instead)?, &Quiz { most }).await?;
    let Some(queries) = quiz else { return Ok(Exam::of_the_whole(&idea)) };
    let asked = Asked::FromWords { idea: &idea, queries: &queries };
    let instead = "no question is dropped";
    let form = Answers { queries: &queries };
    let known = run.put(question(Role::Writer, &asked, &[], instead)?, &form).await?;
    let Some(known) = known else { return Ok(Exam::of(queries)) };
    let sure = queries.into_iter().zip(known);
    let sure: Vec<Query> =
        sure.filter_map(|(query, answer)| (answer == Some(query.right)).then_some(query)).collect();
    Ok(if sure.is_empty() { Exam::of_the_whole(&idea) } else { Exam::of(sure) })
}
