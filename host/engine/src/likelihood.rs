//! How likely a yes-or-no question is answered with yes.
//!
//! Read from the probabilities of the answer's tokens. Where a provider does not tell them, the
//! question is asked several times, each with another seed, and the share of yes stands in; that is
//! coarser, and 0 or 1 only for a model that always answers the same.

use pentimento_model::{RunEvent, Score, Temperature, Token};
use pentimento_prompts::{OneWord, no_or_yes};

use crate::{RunError, ask::Question, run::Run};

impl Run<'_> {
    /// How likely the answer is yes, and how that is known; `None` without an answer of use.
    pub(crate) async fn likelihood_of_yes(
        &mut self,
        question: &Question<'_>,
        samples: u32,
    ) -> Result<Option<(Score, &'static str)>, RunError> {
        let asked = self.ports.models.of(question.role);
        if self.silent.contains(&question.role)
            || !asked.is_some_and(|model| model.knows_likelihoods())
        {
            return self.rest_of_share(question, Vec::new(), samples, None).await;
        }
        let likely = Question { likelihood: true, ..question.clone() };
        let Some((said_yes, tokens)) = self.yes_or_no(likely, None).await? else {
            return Ok(None);
        };
        if let Some(likelihood) = likelihood_in(&tokens) {
            return Ok(Some((likelihood, "likelihood")));
        }
        // One that answered in other words may answer better the next time; one that told nothing of
        // its words will not, and is not asked for it again.
        self.silent.extend(tokens.is_empty().then_some(question.role));
        self.trace.note(RunEvent::FellBack {
            step: question.step.to_owned(),
            reason: "the provider does not say how likely the answer was".to_owned(),
            instead: "the share of yes among several answers counts".to_owned(),
        })?;
        self.rest_of_share(question, vec![said_yes], samples, None).await
    }

    /// The share of yes among so many answers; `None` without an answer of use.
    pub(crate) async fn share_of_yes(
        &mut self,
        question: &Question<'_>,
        samples: u32,
        temperature: Option<Temperature>,
    ) -> Result<Option<Score>, RunError> {
        let share = self.rest_of_share(question, Vec::new(), samples, temperature).await?;
        Ok(share.map(|(share, _)| share))
    }

    /// The same, those answers included that are known.
    async fn rest_of_share(
        &mut self,
        question: &Question<'_>,
        mut known: Vec<bool>,
        samples: u32,
        temperature: Option<Temperature>,
    ) -> Result<Option<(Score, &'static str)>, RunError> {
        for _ in known.len()..usize::try_from(samples).unwrap_or(usize::MAX) {
            let asked = self.yes_or_no(question.clone(), temperature).await?;
            known.extend(asked.map(|(said_yes, _)| said_yes));
        }
        let yes = known.iter().filter(|said_yes| **said_yes).count();
        Ok((!known.is_empty()).then(|| (Score::share(yes, known.len()), "share")))
    }

    /// One question: whether the answer is yes, and its tokens.
    pub(crate) async fn yes_or_no(
        &mut self,
        question: Question<'_>,
        temperature: Option<Temperature>,
    ) -> Result<Option<(bool, Vec<Token>)>, RunError> {
        let choices = no_or_yes("global", "").choices;
        let answer = self.put_whole(question, &OneWord { choices: &choices }, temperature).await?;
        Ok(answer.map(|(choice, exchange)| (choice == 1, exchange.tokens)))
    }
}

/// The probability of yes in the place of the first token that is a yes or no; `None` if there is
/// none. All spellings count: `Yes`, ` yes`, `YES`.
fn likelihood_in(tokens: &[Token]) -> Option<Score> {
    let word = |text: &str| text.trim().to_lowercase();
    let at = tokens.iter().find(|token| ["yes", "no"].contains(&word(&token.text).as_str()))?;
    let own = (at.text.clone(), at.logprob);
    let listed = at.alternatives.iter().any(|(text, _)| *text == own.0);
    let all = at.alternatives.iter().chain((!listed).then_some(&own));
    let yes = all.filter(|(text, _)| word(text) == "yes").map(|(_, logprob)| logprob.exp());
    Some(Score::clamped(yes.fold(0.0, |sum, one| sum + one)))
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
            let found = likelihood_in(&tokens).map(|score| score.to_string());
            assert_eq!(found.as_deref(), score, "{tokens:?}");
        }
    }
}
