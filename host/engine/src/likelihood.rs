//! How likely a yes-or-no question is answered with yes.
//!
//! Read from the probabilities of the answer's tokens. Where a provider does not tell them, the
//! question is asked several times, each with another seed, and the share of yes stands in; that is
//! coarser, and 0 or 1 only for a model that always answers the same. An answer of no use is no yes.

use pentimento_model::{RunEvent, Score, Temperature, Token};
use pentimento_prompts::{OneWord, no_or_yes};

use crate::{RunError, ask::Question, judgement::Votes, run::Run};

/// How likely the answer to a question is yes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Likely {
    /// At least so likely: answers of no use count as no.
    pub least: Score,
    /// At most so likely: they count as yes.
    pub most: Score,
    /// The least as its share of yes and no together; the same where the chance of no is not told.
    pub between: Score,
    /// How that is known.
    pub how: &'static str,
}

impl Likely {
    /// The chances of yes and of no in the place of the answer. No may not be among those told.
    fn told(yes: f64, no: Option<f64>) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "a score is as exact as is told")]
        let score = |share: f64| Score::clamped(share as f32);
        let both = no.map_or(1.0, |no| yes + no);
        let between = if both > 0.0 { score(yes / both) } else { Score::ZERO };
        Self { least: score(yes), most: score(yes), between, how: "likelihood" }
    }

    /// The share of yes among votes; `None` if nobody voted.
    fn of(votes: Votes) -> Option<Self> {
        let (least, most) = votes.shares()?;
        Some(Self { least, most, between: least, how: "share" })
    }
}

impl Run<'_> {
    /// How likely the answer is yes; `None` without an answer of use.
    pub(crate) async fn likelihood_of_yes(
        &mut self,
        question: &Question<'_>,
        samples: u32,
    ) -> Result<Option<Likely>, RunError> {
        let asked = self.ports.models.of(question.role);
        if self.silent.contains(&question.role)
            || !asked.is_some_and(|model| model.knows_likelihoods())
        {
            let votes = self.votes(question, Votes::default(), samples, None).await?;
            return Ok(Likely::of(votes));
        }
        let likely = Question { likelihood: true, ..question.clone() };
        let Some((said_yes, tokens)) = self.yes_or_no(likely, None).await? else {
            return Ok(None);
        };
        if let Some(likely) = likelihood_in(&tokens) {
            return Ok(Some(likely));
        }
        // One that answered in other words may answer better the next time; one that told nothing of
        // its words will not, and is not asked for it again.
        self.silent.extend(tokens.is_empty().then_some(question.role));
        self.trace.note(RunEvent::FellBack {
            step: question.step.to_owned(),
            reason: "the provider does not say how likely the answer was".to_owned(),
            instead: "the share of yes among several answers counts".to_owned(),
        })?;
        let mut known = Votes::default();
        known.count(Some(said_yes));
        Ok(Likely::of(self.votes(question, known, samples, None).await?))
    }

    /// So many votes on whether the answer is yes.
    pub(crate) async fn votes_on(
        &mut self,
        question: &Question<'_>,
        samples: u32,
        temperature: Option<Temperature>,
    ) -> Result<Votes, RunError> {
        self.votes(question, Votes::default(), samples, temperature).await
    }

    /// The same, those included that are known.
    async fn votes(
        &mut self,
        question: &Question<'_>,
        mut known: Votes,
        samples: u32,
        temperature: Option<Temperature>,
    ) -> Result<Votes, RunError> {
        for _ in known.all()..usize::try_from(samples).unwrap_or(usize::MAX) {
            let asked = self.yes_or_no(question.clone(), temperature).await?;
            known.count(asked.map(|(said_yes, _)| said_yes));
        }
        Ok(known)
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

/// The chances of yes and of no in the place of the first token that is one of both; `None` if there
/// is none. All spellings count: `Yes`, ` yes`, `YES`.
fn likelihood_in(tokens: &[Token]) -> Option<Likely> {
    let word = |text: &str| text.trim().to_lowercase();
    let at = tokens.iter().find(|token| ["yes", "no"].contains(&word(&token.text).as_str()))?;
    let own = (at.text.clone(), at.logprob);
    let listed = at.alternatives.iter().any(|(text, _)| *text == own.0);
    let chance = |wanted: &str| {
        let all = at.alternatives.iter().chain((!listed).then_some(&own));
        let said = all.filter(|(text, _)| word(text) == wanted);
        said.map(|(_, logprob)| f64::from(logprob.exp())).reduce(|sum, one| sum + one)
    };
    Some(Likely::told(chance("yes").unwrap_or(0.0), chance("no")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(text: &str, probability: f32, others: &[(&str, f32)]) -> Token {
        let others = others.iter().map(|(text, one)| ((*text).to_owned(), one.ln()));
        Token { text: text.to_owned(), logprob: probability.ln(), alternatives: others.collect() }
    }

    #[test]
    fn the_score_is_the_probability_of_yes_in_all_its_spellings_and_its_share_of_both() {
        for (tokens, score, between) in [
            (
                vec![token("Yes", 0.7, &[("Yes", 0.7), (" yes", 0.1), ("No", 0.2)])],
                Some("0.80"),
                "0.80",
            ),
            // What is neither yes nor no is left out between both (arXiv:2207.05221).
            (vec![token("Yes", 0.3, &[("Yes", 0.3), ("no", 0.1)])], Some("0.30"), "0.75"),
            (vec![token("No", 0.9, &[("No", 0.9), ("Yes", 0.05)])], Some("0.05"), "0.05"),
            (vec![token("No", 0.9, &[("No", 0.9)])], Some("0.00"), "0.00"),
            // How likely no is, nobody says.
            (vec![token("Yes", 0.6, &[])], Some("0.60"), "0.60"),
            (vec![token("Yes", 0.4, &[("Yes", 0.4), ("No", 0.0)])], Some("0.40"), "1.00"),
            (vec![token("**", 0.9, &[]), token(" yes", 0.75, &[])], Some("0.75"), "0.75"),
            (vec![token("Maybe", 0.9, &[("yes", 0.1)])], None, ""),
            (vec![], None, ""),
        ] {
            let found = likelihood_in(&tokens);
            let told = |one: fn(Likely) -> Score| found.map(|likely| one(likely).to_string());
            assert_eq!(told(|likely| likely.least).as_deref(), score, "{tokens:?}");
            let expected = score.map(|_| between);
            assert_eq!(told(|likely| likely.between).as_deref(), expected, "{tokens:?}");
        }
    }

    #[test]
    fn answers_of_no_use_are_no_yes() {
        let votes = Votes { yes: 1, no: 1, missing: 2 };
        let likely = Likely::of(votes).unwrap();
        let told = [likely.least, likely.most, likely.between].map(|one| one.to_string());
        assert_eq!(told, ["0.25", "0.75", "0.25"]);
        assert_eq!(Likely::of(Votes { missing: 5, ..Votes::default() }), None);
    }
}
