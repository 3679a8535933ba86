//! Attribution: whether what a statement cites supports it, and whether it needs all of that.
//!
//! Citation recall and precision as ALCE measures them (arXiv:2305.14627, section 4), with a model's word
//! in the place of a trained entailment model.

use pentimento_model::Score;
use pentimento_prompts::{Solution, TextFields, TextPrompt};

use crate::{RunError, likelihood::Likely, run::Run, write::question};

/// A text supports a statement if that is likelier than not: the line of a classifier of two classes.
const SUPPORTED: f32 = 0.5;

/// How well the statements of a text are supported by what they cite.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attribution {
    /// Statements.
    pub statements: u32,
    /// Those of them that their citations support together.
    pub supported: u32,
    /// Citations.
    pub citations: u32,
    /// Those of them without which their statement is not supported.
    pub needed: u32,
}

impl Attribution {
    /// That of two pieces of a text together.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self {
            statements: self.statements + other.statements,
            supported: self.supported + other.supported,
            citations: self.citations + other.citations,
            needed: self.needed + other.needed,
        }
    }

    /// The harmonic mean of recall and precision, from 0 to 1; 0 if nothing is said or cited.
    pub(crate) fn f1(self) -> f64 {
        let Self { statements, supported, citations, needed } = self;
        let share =
            |part: u32, of: u32| if of == 0 { 0.0 } else { f64::from(part) / f64::from(of) };
        let (recall, precision) = (share(supported, statements), share(needed, citations));
        let both = recall + precision;
        if both > 0.0 { 2.0 * recall * precision / both } else { 0.0 }
    }
}

/// A statement with what it cites after it: `… [1][3]`.
pub(crate) fn with_citation(statement: &str, cited: &[usize]) -> String {
    if cited.is_empty() {
        return statement.to_owned();
    }
    let numbers: Vec<String> = cited.iter().map(|at| format!("[{}]", at + 1)).collect();
    format!("{statement} {}", numbers.concat())
}

impl Run<'_> {
    /// How well one statement is supported by what it cites. What nobody says anything of use about is not
    /// supported.
    pub(crate) async fn attribution(
        &mut self,
        (before, statement): (&[String], &str),
        cited: &[String],
        votes: u32,
    ) -> Result<Attribution, RunError> {
        let count = u32::try_from(cited.len()).unwrap_or(u32::MAX);
        let nothing = Attribution { statements: 1, citations: count, ..Attribution::default() };
        let about = (before, statement);
        if cited.is_empty() || !self.is_supported(about, cited, votes).await? {
            return Ok(nothing);
        }
        let mut needed = 0;
        for at in 0..cited.len() {
            needed += u32::from(self.is_needed(about, (cited, at), votes).await?);
        }
        Ok(Attribution { supported: 1, needed, ..nothing })
    }

    /// Whether one citation is no idle one: it supports the statement alone, or the others do not without
    /// it.
    async fn is_needed(
        &mut self,
        about: (&[String], &str),
        (cited, at): (&[String], usize),
        votes: u32,
    ) -> Result<bool, RunError> {
        let (alone, others): (Vec<_>, Vec<_>) =
            cited.iter().cloned().enumerate().partition(|(number, _)| *number == at);
        let texts = |of: Vec<(usize, String)>| -> Vec<String> {
            of.into_iter().map(|(_, text)| text).collect()
        };
        let (alone, others) = (texts(alone), texts(others));
        Ok(others.is_empty()
            || self.is_supported(about, &alone, votes).await?
            || !self.is_supported(about, &others, votes).await?)
    }

    async fn is_supported(
        &mut self,
        about: (&[String], &str),
        context: &[String],
        votes: u32,
    ) -> Result<bool, RunError> {
        let likely = self.supports(about, context, (votes, "it counts as not supported")).await?;
        Ok(likely.is_some_and(|likely| likely.least > Score::clamped(SUPPORTED)))
    }

    /// How likely a text supports a statement, given those before it; `None` if nobody says anything of
    /// use.
    pub(crate) async fn supports(
        &mut self,
        (before, statement): (&[String], &str),
        context: &[String],
        (votes, instead): (u32, &'static str),
    ) -> Result<Option<Likely>, RunError> {
        let before = Solution { steps: before.to_vec(), answer: String::new() };
        let fields = TextFields {
            context,
            draft: Some(&before),
            at: before.steps.len(),
            piece: statement,
            ..TextFields::default()
        };
        let who = self.ports.models.judge_or_writer();
        let asked = question(who, TextPrompt::Supports, &fields, instead)?;
        self.likelihood_of_yes(&asked, votes).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_of_recall_and_precision_is_that_of_all_statements_together() {
        let of = |statements, supported, citations, needed| Attribution {
            statements,
            supported,
            citations,
            needed,
        };
        for (attribution, f1) in [
            (Attribution::default(), 0.0),
            (of(1, 0, 0, 0), 0.0),
            (of(1, 0, 2, 0), 0.0),
            (of(1, 1, 1, 1), 1.0),
            (of(1, 1, 2, 1), 2.0 / 3.0),
            (of(2, 1, 1, 1), 2.0 / 3.0),
            (of(1, 1, 1, 1).and(of(1, 0, 1, 0)), 0.5),
        ] {
            assert!((attribution.f1() - f1).abs() < 1e-9, "{attribution:?}: {}", attribution.f1());
        }
    }
}
