//! `SelfCite` (arXiv:2502.09604): of several citations of a statement, keep the one that is needed and
//! enough, as found by leaving parts of the text away.
//!
//! Answer → for each statement: draw citations → for each: how likely does the text hold the statement
//! with the cited sentences alone (hold), and how likely without them (drop)? → the citation with the
//! greatest hold − drop is written after the statement.
//!
//! What differs from the paper: the reward is made of the likelihoods that a model says the text supports
//! the statement (there: of the statement's own log probability, which chat interfaces do not tell); the
//! statements are written first and cited then; a citation that does not make its statement likelier is
//! left away, and of equals the shortest is kept. Tokens of cited text (384 at most, unless it is one sentence,
//! as in the paper's code) are counted as bytes, four of them each. The code's top-p of 0.9 and its 24 tokens
//! for a citation are not told to the model. Of its ablations both are here (hold alone, drop alone), each with
//! a line of its own for what is worth nothing. The text is what stands before the question, sentence by
//! sentence.

use pentimento_model::{Score, Temperature};
use pentimento_prompts::{Numbers, Solution, TextFields, TextPrompt};
use pentimento_recipe::Role;

use crate::{
    RunError,
    attribution::with_citation,
    likelihood::Likely,
    policy::Mark,
    run::{Ending, Run},
    sentences::{split, statements, with_statements},
    write::question,
};

/// A citation must make its statement this much likelier; ours: the paper takes the best whatever it is
/// worth.
const LEAST_REWARD: f64 = 0.0;
/// A citation that alone makes its statement no likelier than not is worth nothing where that is all that
/// counts; ours, as above.
const EVEN: f64 = 0.5;

/// Tokens that a citation of several sentences may cite (the paper's code).
const CITED_TOKENS: usize = 384;
/// Bytes of a token, roughly: who tells tokens tells them of answers alone.
const BYTES_PER_TOKEN: usize = 4;

/// The recipe's numbers.
#[derive(Clone, Copy)]
pub(super) struct Knobs {
    pub sentences: usize,
    pub citations: u32,
    pub temperature: f32,
    pub votes: u32,
    pub reward: Reward,
}

/// What a citation is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reward {
    /// Hold − drop: it is enough, and it is needed.
    Both,
    /// How likely it holds the statement alone, beyond even odds.
    Hold,
    /// How much less likely the statement is without it than with the whole text.
    Drop,
}

impl Reward {
    /// As recipes write it.
    pub(super) const fn of(number: u32) -> Self {
        match number {
            0 => Self::Both,
            1 => Self::Hold,
            _ => Self::Drop,
        }
    }
}

/// Round 0 answers; round 1 cites. The draft is trusted if every statement is supported.
pub(super) async fn perform(run: &mut Run<'_>, knobs: Knobs) -> Result<Ending, RunError> {
    let mut draft = run.first_draft().await?;
    let mut context = split(&run.request.brief.idea);
    let asked = context.pop().unwrap_or_default();
    draft.mark = context.is_empty().then_some(Mark::Exhausted);
    loop {
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        let said = statements(&draft.text.solution);
        let looked_at = said.len().min(knobs.sentences);
        let (mut written, mut supported) = (said.clone(), 0);
        for (at, place) in written.iter_mut().enumerate().take(looked_at) {
            let about = About { context: &context, asked: &asked, said: &said, at };
            if let Some(cited) = best_citation(run, &about, knobs).await? {
                supported += 1;
                *place = with_citation(place, &cited);
            }
        }
        if let Some(cited) = with_statements(&draft.text.solution, written) {
            run.offer(&mut draft, "cite", cited).await?;
        }
        let all = supported == said.len();
        draft.mark = Some(if all { Mark::Trusted } else { Mark::Exhausted });
    }
}

/// The statement that is cited, and the text it is about.
struct About<'a> {
    context: &'a [String],
    asked: &'a str,
    said: &'a [String],
    at: usize,
}

impl About<'_> {
    fn statement(&self) -> &str {
        self.said.get(self.at).map(String::as_str).unwrap_or_default()
    }

    /// The statements before it.
    fn before(&self) -> &[String] {
        self.said.get(..self.at).unwrap_or_default()
    }
}

/// The citation with the greatest reward, the shortest of equals; `None` if none is worth anything.
async fn best_citation(
    run: &mut Run<'_>,
    about: &About<'_>,
    knobs: Knobs,
) -> Result<Option<Vec<usize>>, RunError> {
    let mut tried: Vec<Vec<usize>> = Vec::new();
    let mut best: (f64, Option<Vec<usize>>) = (LEAST_REWARD, None);
    let mut whole: Option<Likely> = None;
    for _ in 0..knobs.citations {
        let Some(drawn) = draw(run, about, knobs.temperature).await? else { continue };
        if drawn.is_empty() || tried.contains(&drawn) || is_too_long(about.context, &drawn) {
            continue;
        }
        tried.push(drawn.clone());
        let Some(reward) = reward(run, about, (&drawn, &mut whole), knobs).await? else { continue };
        let shorter = best.1.as_ref().is_some_and(|known| drawn.len() < known.len());
        if reward > best.0 || (reward >= best.0 && shorter) {
            best = (reward, Some(drawn));
        }
    }
    Ok(best.1)
}

/// True of several sentences that are more than may be cited; one may be as long as it is.
fn is_too_long(context: &[String], cited: &[usize]) -> bool {
    let bytes: usize = cited.iter().filter_map(|at| context.get(*at)).map(String::len).sum();
    cited.len() > 1 && bytes > CITED_TOKENS * BYTES_PER_TOKEN
}

/// One citation, as indexes of sentences.
async fn draw(
    run: &mut Run<'_>,
    about: &About<'_>,
    temperature: f32,
) -> Result<Option<Vec<usize>>, RunError> {
    let number = |(at, sentence): (usize, &String)| format!("[{}] {sentence}", at + 1);
    let context: Vec<String> = about.context.iter().enumerate().map(number).collect();
    let before = Solution { steps: about.before().to_vec(), answer: String::new() };
    let fields = TextFields {
        question: about.asked,
        context: &context,
        draft: Some(&before),
        at: about.at,
        piece: about.statement(),
        ..TextFields::default()
    };
    let instead = "one citation less is tried";
    let asked = question(Role::Writer, TextPrompt::Cite, &fields, instead)?;
    let form = Numbers { name: "citation", of: context.len() };
    run.put_freely(asked, &form, Temperature::new(temperature)).await
}

/// What a citation is worth, from −1 to 1, at least: what is not known is not in its favour. `None` if
/// nobody says anything of use of what it stands on.
async fn reward(
    run: &mut Run<'_>,
    about: &About<'_>,
    (cited, whole): (&[usize], &mut Option<Likely>),
    knobs: Knobs,
) -> Result<Option<f64>, RunError> {
    let part = |wanted: bool| -> Vec<String> {
        let all = about.context.iter().enumerate();
        let chosen = all.filter(|(at, _)| cited.contains(at) == wanted);
        chosen.map(|(_, sentence)| sentence.clone()).collect()
    };
    let statement = (about.before(), about.statement());
    let ask = (knobs.votes, "the citation is not taken");
    let value = |one: Score| f64::from(one.value());
    // What speaks for it: that it holds alone, or that the whole text holds.
    let mut alone = None;
    let (with, held) = match knobs.reward {
        Reward::Both | Reward::Hold => (part(true), &mut alone),
        Reward::Drop => (about.context.to_vec(), whole),
    };
    if held.is_none() {
        *held = run.supports(statement, &with, ask).await?;
    }
    let Some(held) = held.map(|likely| value(likely.least)) else { return Ok(None) };
    if knobs.reward == Reward::Hold {
        return Ok(Some(held - EVEN));
    }
    let dropped = run.supports(statement, &part(false), ask).await?;
    Ok(dropped.map(|likely| held - value(likely.most)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_sentences_are_cited_only_if_they_are_short_enough_together() {
        let context = [800, 800, 1, 9000].map(|bytes| "a".repeat(bytes));
        for (cited, is_long) in
            [(&[0, 1][..], true), (&[0, 2], false), (&[3], false), (&[2, 3], true), (&[], false)]
        {
            assert_eq!(is_too_long(&context, cited), is_long, "{cited:?}");
        }
    }
}
