//! `TextNorm` (arXiv:2404.01863): how much likelier the idea is than ideas that contradict it.
//!
//! score = exp(r(idea) / τ) / Σ exp(r(text) / τ), over the idea and contrary ideas that the writer
//! makes of it once; r is `VQAScore`. A seer that likes everything scores everything alike, and then
//! nobody is favored. Whatever contrary idea is likelier than the idea is a finding.
//!
//! What differs from the paper: r is a likelihood, where it uses trained reward models, and τ is
//! ours, since theirs belong to those.

use pentimento_model::{Artifact, Critique, Evidence, Finding, Score, Severity};
use pentimento_prompts::{Contraries, Exam as Asked, no_or_yes};
use pentimento_recipe::Role;

use super::{Exam, question, vqascore};
use crate::{RunError, run::Run};

/// At a tenth, a likelihood of 0.9 against five of 0.2 scores 0.995, and one against five of 0.8
/// scores 0.35.
const TEMPERATURE: f32 = 0.1;

/// Contrary ideas, as questions of which none has a right answer.
pub(super) async fn read(run: &mut Run<'_>, most: usize) -> Result<Exam, RunError> {
    let idea = run.request.brief.idea.clone();
    let asked = Asked::Contrast { idea: &idea, most };
    let instead = "the likelihood of the idea alone counts";
    let form = Contraries { wanted: most };
    let written = run.put(question(Role::Writer, &asked, &[], instead)?, &form).await?;
    let mut contrary = written.unwrap_or_default();
    contrary.retain(|text| *text != idea);
    let queries = contrary.into_iter().map(|text| no_or_yes("contrast", text));
    Ok(Exam::of(queries.collect()))
}

/// The normalized score of one picture.
pub(super) async fn ask(
    run: &mut Run<'_>,
    exam: &Exam,
    samples: u32,
    picture: &Artifact,
) -> Result<Option<Critique>, RunError> {
    let idea = run.request.brief.idea.clone();
    let own = vqascore::likelihood(run, &idea, samples, picture).await?;
    let Some((own, how)) = own else { return Ok(None) };
    let mut others: Vec<(&str, Score)> = Vec::new();
    for query in &exam.queries {
        let text = query.question.as_str();
        if let Some((score, _)) = vqascore::likelihood(run, text, samples, picture).await? {
            others.push((text, score));
        }
    }
    if others.is_empty() {
        return Ok(Some(vqascore::critique(own, how)));
    }
    Ok(Some(critique(own, how, &others)))
}

fn critique(own: Score, how: &str, others: &[(&str, Score)]) -> Critique {
    let score = normalized(own, others.iter().map(|(_, score)| *score));
    let plain = vqascore::critique(own, how);
    let likelier = others.iter().filter(|(_, score)| score.value() > own.value());
    let contrary = likelier.map(|(text, score)| Finding {
        code: "answer.contrary".to_owned(),
        severity: Severity::Major,
        message: format!("it rather shows: {text} ({score} against {own})"),
        place: None,
        evidence: vec![Evidence {
            kind: "likelihood".to_owned(),
            text: score.to_string(),
            value: Some(f64::from(score.value())),
        }],
        suggestion: None,
    });
    let findings = plain.findings.into_iter().chain(contrary).collect();
    Critique { score: Some(score), confidence: Score::ONE, abstained: None, findings }
}

fn normalized(own: Score, others: impl Iterator<Item = Score>) -> Score {
    // Differences keep the exponents small: no score is more than 1 away from another.
    let weight = |score: Score| ((score.value() - own.value()) / TEMPERATURE).exp();
    Score::clamped(1.0 / (1.0 + others.map(weight).sum::<f32>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(own: f32, others: &[f32]) -> String {
        let score = |one: f32| Score::new(one).unwrap();
        normalized(score(own), others.iter().map(|one| score(*one))).to_string()
    }

    #[test]
    fn a_seer_that_likes_everything_favors_nothing() {
        assert_eq!(scores(0.9, &[0.9; 4]), "0.20");
        assert_eq!(scores(0.1, &[0.1; 4]), "0.20");
        assert_eq!(scores(0.9, &[0.2; 5]), "1.00");
        assert_eq!(scores(0.9, &[0.8; 5]), "0.35");
        assert_eq!(scores(0.0, &[1.0; 5]), "0.00");
    }

    #[test]
    fn what_is_likelier_than_the_idea_is_a_finding() {
        let score = |one: f32| Score::new(one).unwrap();
        let others = [("two dogs", score(0.8)), ("a cow", score(0.1))];
        let critique = critique(score(0.6), "likelihood", &others);
        let told: Vec<_> = critique
            .findings
            .iter()
            .map(|one| (one.code.as_str(), one.severity, one.message.as_str()))
            .collect();
        assert_eq!(
            told[1..],
            [
                (
                    "answer.contrary",
                    Severity::Major,
                    "it rather shows: two dogs (0.80 against 0.60)",
                )
            ]
        );
        assert_eq!(told[0].0, "answer.right");
    }
}
