//! A yes or no, and how likely both were.

use pentimento_model::Token;

/// The likelier of both words, as a token with the likelihoods of both. What cannot be is left out.
pub(crate) fn yes_or_no(likely: f64) -> (String, Vec<Token>) {
    let word = if likely > 0.5 { "yes" } else { "no" };
    #[expect(clippy::cast_possible_truncation, reason = "tokens have probabilities of 32 bits")]
    let logprob = |chance: f64| chance.ln() as f32;
    let both = [("yes", likely), ("no", 1.0 - likely)];
    let possible = both.into_iter().filter(|(_, chance)| *chance > 0.0);
    let alternatives = possible.map(|(word, chance)| (word.to_owned(), logprob(chance))).collect();
    let logprob = logprob(likely.max(1.0 - likely));
    (word.to_owned(), vec![Token { text: word.to_owned(), logprob, alternatives }])
}
