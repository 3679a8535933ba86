//! Rich human feedback (arXiv:2312.10240, section 5): what is marked is masked and painted anew.
//!
//! The examiner `rich` marks regions that are wrong and words that are not shown. Regions, the gravest
//! first, are painted anew behind a mask, each with what it should show. Where only words are named,
//! the writer stresses them in the prompt, and that is painted.
//!
//! What differs from the paper: it repairs implausible regions alone, once, with masks cut from heat
//! maps; here misaligned ones are repaired too, round by round, by boxes of a seer; words that are not
//! shown lead to another prompt (there they only measure); and a picture is kept only if it scores
//! higher. An answer of no use says the words again at the end of the prompt.

use pentimento_model::{EditOp, Finding, Place, Score};
use pentimento_prompts::{Climb, Thought};

use super::climb::question;
use crate::{
    RunError,
    examine::{INPAINT, WORD},
    run::{Ending, Run},
    scored::Pool,
};

/// One repair in every round, of at most so many regions; a picture with score `good` ends the run.
pub(crate) async fn perform(
    run: &mut Run<'_>,
    regions: usize,
    good: Score,
) -> Result<Ending, RunError> {
    let idea = run.request.brief.idea.clone();
    let mut pool = Pool::begin(run, good, 1).await?;
    loop {
        if let Some(ending) = pool.settle(run)? {
            return Ok(ending);
        }
        run.next_round()?;
        let best = pool.best().ok_or_else(|| run.trace.diverged())?;
        let (ops, prompt) = (repairs(&best.findings, regions), best.prompt.clone());
        if ops.is_empty() {
            let prompt = stressed(run, &prompt, &words(&best.findings)).await?;
            pool.paint(run, &prompt, 1).await?;
        } else {
            // What is changed still has the prompt it was painted from.
            pool.change(run, ops, (&idea, &prompt)).await?;
        }
    }
}

/// What the marked places should show, the first so many of them.
fn repairs(findings: &[Finding], most: usize) -> Vec<EditOp> {
    let repair = |finding: &Finding| {
        let suggestion = finding.suggestion.as_ref().filter(|one| one.action == INPAINT)?;
        let Some(Place::Region(region)) = suggestion.place else { return None };
        Some(EditOp::Inpaint { region, prompt: suggestion.text.clone() })
    };
    findings.iter().filter_map(repair).take(most).collect()
}

/// Words of the idea that are not shown.
fn words(findings: &[Finding]) -> Vec<String> {
    findings.iter().filter_map(|one| one.evidence_text(WORD)).map(str::to_owned).collect()
}

/// A prompt that stresses these words.
async fn stressed(run: &mut Run<'_>, prompt: &str, words: &[String]) -> Result<String, RunError> {
    let idea = &run.request.brief.idea;
    if words.is_empty() {
        return Ok(prompt.to_owned());
    }
    let asked = Climb::Stress { idea, prompt, words };
    let instead = "the words are said again at the end of the prompt";
    let written = run.put(question(&asked, instead)?, &Thought).await?;
    let again = || format!("{}, {}", prompt.trim_end_matches(['.', ' ']), words.join(", "));
    Ok(written.unwrap_or_else(again))
}
