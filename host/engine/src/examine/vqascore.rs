//! `VQAScore` (arXiv:2404.01291): how likely it is that the picture shows the idea.
//!
//! score = P("yes" | picture, "does this picture show …?"), as `likelihood.rs` finds it.

use pentimento_model::{Artifact, Critique, Evidence, Finding, Score, Severity};
use pentimento_prompts::Exam as Asked;
use pentimento_recipe::Role;

use super::question;
use crate::{RunError, run::Run};

const STEP_LOST: &str = "nothing is known of the picture";

/// The score of one picture.
pub(super) async fn ask(
    run: &mut Run<'_>,
    samples: u32,
    picture: &Artifact,
) -> Result<Option<Critique>, RunError> {
    let idea = run.request.brief.idea.clone();
    let found = likelihood(run, &idea, samples, picture).await?;
    Ok(found.map(|(score, how)| critique(score, how)))
}

/// How likely the picture shows what a text says, and how that is known.
pub(super) async fn likelihood(
    run: &mut Run<'_>,
    text: &str,
    samples: u32,
    picture: &Artifact,
) -> Result<Option<(Score, &'static str)>, RunError> {
    let pictures = std::slice::from_ref(picture);
    let shows = question(Role::Seer, &Asked::Shows { idea: text }, pictures, STEP_LOST)?;
    let likely = run.likelihood_of_yes(&shows, samples).await?;
    Ok(likely.map(|likely| (likely.least, likely.how)))
}

pub(super) fn critique(score: Score, how: &str) -> Critique {
    let shown = score.value() >= 0.5;
    let (code, severity, answer) = if shown {
        ("answer.right", Severity::Note, "yes")
    } else {
        ("answer.wrong", Severity::Major, "no")
    };
    let evidence =
        |kind: &str, text: String, value| Evidence { kind: kind.to_owned(), text, value };
    let finding = Finding {
        code: code.to_owned(),
        severity,
        message: format!("Does the picture show the idea? {answer} ({how} of yes: {score})"),
        place: None,
        evidence: vec![
            evidence("answer", answer.to_owned(), None),
            evidence("likelihood", score.to_string(), Some(f64::from(score.value()))),
        ],
        suggestion: None,
    };
    let confidence = Score::clamped((score.value() - 0.5).abs() * 2.0);
    Critique { score: Some(score), confidence, abstained: None, findings: vec![finding] }
}
