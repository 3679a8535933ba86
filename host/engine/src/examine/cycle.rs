//! The discriminator of `CyclePrompt` (arXiv:2402.08756): words → picture → words, compared.
//!
//! The seer, who is not told the idea, describes the picture; the writer says what of the idea is
//! lost in the description, and what hint would prevent that. Nothing lost is the score 1; else it
//! is the writer's grade, at most 0.9. Each difference is a finding; the first one carries the hint
//! as its suggestion.

use pentimento_model::{Artifact, Critique, Evidence, Finding, Score, Severity, Suggestion};
use pentimento_prompts::{Caption, Comparison, Cycle, Lost};
use pentimento_recipe::Role;

use crate::{
    RunError,
    ask::{Question, unwritten},
    run::Run,
};

/// The best grade of a picture in which something is lost, in tenths.
const MOST: u8 = 9;
/// The grade of one of which only differences are known: half.
const UNKNOWN: u8 = 5;

/// Backward map and discriminator.
pub(super) async fn ask(
    run: &mut Run<'_>,
    picture: &Artifact,
) -> Result<Option<Critique>, RunError> {
    let instead = "the picture is not compared with the idea";
    let pictures = std::slice::from_ref(picture);
    let asked = question(Role::Seer, &Cycle::Caption, pictures, instead)?;
    let Some(caption) = run.put(asked, &Caption).await? else { return Ok(None) };
    let idea = &run.request.brief.idea;
    let compare = Cycle::Compare { idea, caption: &caption };
    let asked = question(Role::Writer, &compare, &[], instead)?;
    let lost = run.put(asked, &Comparison).await?;
    Ok(lost.map(|lost| critique(&caption, lost)))
}

fn critique(caption: &str, lost: Lost) -> Critique {
    let Lost { differences, hint, same } = lost;
    let score = if differences.is_empty() {
        Score::ONE
    } else {
        Score::share(same.unwrap_or(UNKNOWN).min(MOST).into(), 10)
    };
    let mut hint = (!hint.is_empty()).then(|| Suggestion {
        action: "adjust".to_owned(),
        text: hint,
        place: None,
    });
    let told = finding("cycle.caption", Severity::Note, format!("described as: {caption}"), None);
    let lost = differences
        .into_iter()
        .map(|difference| finding("cycle.lost", Severity::Major, difference, hint.take()));
    let findings = std::iter::once(told).chain(lost).collect();
    Critique { score: Some(score), confidence: Score::ONE, abstained: None, findings }
}

fn finding(
    code: &str,
    severity: Severity,
    message: String,
    suggestion: Option<Suggestion>,
) -> Finding {
    let evidence: Vec<Evidence> = Vec::new();
    Finding { code: code.to_owned(), severity, message, place: None, evidence, suggestion }
}

fn question<'q>(
    role: Role,
    asked: &Cycle<'_>,
    pictures: &'q [Artifact],
    instead: &'static str,
) -> Result<Question<'q>, RunError> {
    let text = asked.render().map_err(unwritten)?;
    Ok(Question { role, step: asked.step(), text, pictures, likelihood: false, instead })
}
