//! `VQAScore` (arXiv:2404.01291): how likely it is that the picture shows the idea.
//!
//! score = P("yes" | picture, "does this picture show …?"), read from the probabilities of the
//! answer's tokens. Where a provider does not tell them, the question is asked several times, each
//! with another seed, and the share of yes stands in; that is coarser, and 0 or 1 only for a model
//! that always answers the same.

use pentimento_model::{Artifact, Critique, Evidence, Finding, RunEvent, Score, Severity, Token};
use pentimento_prompts::{Exam as Asked, OneWord, no_or_yes};
use pentimento_recipe::Role;

use super::question;
use crate::{RunError, ask::Question, run::Run};

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
    let seer = run.ports.models.of(Role::Seer);
    if !seer.is_some_and(|seer| seer.knows_likelihoods()) {
        return share(run, (text, picture), Vec::new(), samples).await;
    }
    let asked = put(run, (text, picture), true).await?;
    let Some((said_yes, tokens)) = asked else { return Ok(None) };
    if let Some(likelihood) = likelihood_of_yes(&tokens) {
        return Ok(Some((likelihood, "likelihood")));
    }
    run.trace.note(RunEvent::FellBack {
        step: "shows".to_owned(),
        reason: "the provider does not say how likely the answer was".to_owned(),
        instead: "the share of yes among several answers counts".to_owned(),
    })?;
    share(run, (text, picture), vec![said_yes], samples).await
}

/// The share of yes among so many answers, those included that are known.
async fn share(
    run: &mut Run<'_>,
    about: (&str, &Artifact),
    mut known: Vec<bool>,
    samples: u32,
) -> Result<Option<(Score, &'static str)>, RunError> {
    for _ in known.len()..super::count(samples) {
        if let Some((said_yes, _)) = put(run, about, false).await? {
            known.push(said_yes);
        }
    }
    let yes = known.iter().filter(|said_yes| **said_yes).count();
    Ok((!known.is_empty()).then(|| (Score::share(yes, known.len()), "share")))
}

/// One question: whether the answer is yes, and its tokens.
async fn put(
    run: &mut Run<'_>,
    (text, picture): (&str, &Artifact),
    likelihood: bool,
) -> Result<Option<(bool, Vec<Token>)>, RunError> {
    let asked = Asked::Shows { idea: text };
    let pictures = std::slice::from_ref(picture);
    let question = Question { likelihood, ..question(Role::Seer, &asked, pictures, STEP_LOST)? };
    let choices = no_or_yes("global", "").choices;
    let answer = run.put_whole(question, &OneWord { choices: &choices }, None).await?;
    Ok(answer.map(|(choice, exchange)| (choice == 1, exchange.tokens)))
}

/// The probability of yes in the place of the first token that is a yes or no; `None` if there is
/// none. All spellings count: `Yes`, ` yes`, `YES`.
fn likelihood_of_yes(tokens: &[Token]) -> Option<Score> {
    let word = |text: &str| text.trim().to_lowercase();
    let at = tokens.iter().find(|token| ["yes", "no"].contains(&word(&token.text).as_str()))?;
    let own = (at.text.clone(), at.logprob);
    let listed = at.alternatives.iter().any(|(text, _)| *text == own.0);
    let all = at.alternatives.iter().chain((!listed).then_some(&own));
    let yes = all.filter(|(text, _)| word(text) == "yes").map(|(_, logprob)| logprob.exp());
    Some(Score::clamped(yes.fold(0.0, |sum, one| sum + one)))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn token(text: &str, probability: f32, others: &[(&str, f32)]) -> Token {
        let others = others.iter().map(|(text, one)| ((*text).to_owned(), one.ln()));
        Token { text: text.to_owned(), logprob: probability.ln(), alternatives: others.collect() }
    }

    #[test]
    fn the_score_is_the_probability_of_yes_in_all_its_spellings() {
        for (tokens, score) in [
            (vec![token("Yes", 0.7, &[("Yes", 0.7), (" yes", 0.1), ("No", 0.2)])], Some("0.80")),
            (vec![token("No", 0.9, &[("No", 0.9), ("Yes", 0.05)])], Some("0.05")),
            (vec![token("No", 0.9, &[("No", 0.9)])], Some("0.00")),
            (vec![token("Yes", 0.6, &[])], Some("0.60")),
            (vec![token("**", 0.9, &[]), token(" yes", 0.75, &[])], Some("0.75")),
            (vec![token("Maybe", 0.9, &[("yes", 0.1)])], None),
            (vec![], None),
        ] {
            let found = likelihood_of_yes(&tokens).map(|score| score.to_string());
            assert_eq!(found.as_deref(), score, "{tokens:?}");
        }
    }
}
