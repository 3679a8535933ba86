//! Counts what runs over questions came to. Pure.

use pentimento_model::Spending;
use serde::Serialize;

use pentimento_measure::statistics::{Interval, interval, mcnemar, mean};

use super::course::Course;

/// How one recipe did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecipeResult {
    /// The recipe.
    pub recipe: String,
    /// Rounds after the first.
    pub rounds: u32,
    /// Calls it may make for a question, if every answer is of use at once.
    pub calls_allowed: u32,
    /// Calls it made, in the mean.
    pub calls: f64,
    /// Tokens it took, in the mean.
    pub tokens: f64,
    /// Dollars in all, exact.
    pub usd: String,
    /// Share of right drafts after rounds 0, 1, …
    pub by_round: Vec<f64>,
    /// Share of right texts that were handed out, over questions.
    pub accuracy: Interval,
    /// Of the texts it accepted, the share that is right; absent if it accepted none.
    pub precision: Option<f64>,
    /// Share of all texts that it accepted.
    pub accepted: f64,
    /// Share that was right after round 0 and wrong in the end.
    pub to_wrong: f64,
    /// Share that was wrong after round 0 and right in the end.
    pub to_right: f64,
    /// Relative self-correction score (Yang et al., *Confidence v.s. Critique*, arXiv:2412.19513):
    /// 0.5 is what two independent answers would come to; absent if all or none were right at first.
    pub rss: Option<f64>,
}

impl RecipeResult {
    /// Counts the courses of all questions: for each, one a seed.
    pub(crate) fn of(
        (recipe, rounds, calls_allowed): (&str, u32, u32),
        courses: &[Vec<Course>],
    ) -> Self {
        let all = || courses.iter().flatten();
        let share = |test: &dyn Fn(&Course) -> bool| mean(all().map(|one| truth(test(one))));
        let spent = all().fold(Spending::NONE, |sum, one| sum.plus(one.spending));
        let last_round = usize::try_from(rounds).unwrap_or(0);
        let by_round = (0..=last_round).map(|round| share(&|one| one.right_after(round)));
        let first = share(&|one| one.right_after(0));
        let last = share(&|one| one.last);
        let accepted = all().filter(|one| one.accepted);
        let precision = accepted.clone().count();
        let precision = (precision > 0).then(|| mean(accepted.map(|one| truth(one.last))));
        Self {
            recipe: recipe.to_owned(),
            rounds,
            calls_allowed,
            calls: mean(all().map(|one| f64::from(one.spending.usage.calls))),
            #[expect(clippy::cast_precision_loss, reason = "tokens stay far below 2^52")]
            tokens: mean(all().map(|one| one.spending.usage.tokens() as f64)),
            usd: spent.money.to_string(),
            by_round: by_round.collect(),
            accuracy: interval(&by_question(courses)),
            precision,
            accepted: share(&|one| one.accepted),
            to_wrong: share(&|one| one.right_after(0) && !one.last),
            to_right: share(&|one| !one.right_after(0) && one.last),
            rss: rss(first, last),
        }
    }
}

/// Relative self-correction score, from the accuracy before and after.
fn rss(before: f64, after: f64) -> Option<f64> {
    let span = 2.0 * before * (1.0 - before);
    (span > 0.0).then(|| (after - before * before) / span)
}

/// Two recipes on the same questions and seeds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Accuracy of the recipe less that of the other, paired by question.
    pub gain: Interval,
    /// Pairs in which only the recipe was right.
    pub only_recipe: usize,
    /// Pairs in which only the other was right.
    pub only_other: usize,
    /// `McNemar`'s exact test over all pairs. Pairs of one question with several seeds are not
    /// independent: the interval, which is drawn over questions, is the one to go by.
    pub mcnemar_p: f64,
}

impl Comparison {
    pub(crate) fn of(recipe: &[Vec<Course>], other: &[Vec<Course>]) -> Self {
        let gains: Vec<f64> = by_question(recipe)
            .into_iter()
            .zip(by_question(other))
            .map(|(one, other)| one - other)
            .collect();
        let pairs = || recipe.iter().flatten().zip(other.iter().flatten());
        let only =
            |test: fn((&Course, &Course)) -> bool| pairs().filter(|pair| test(*pair)).count();
        let only_recipe = only(|(one, other)| one.last && !other.last);
        let only_other = only(|(one, other)| !one.last && other.last);
        let mcnemar_p = mcnemar(only_recipe, only_other);
        Self { gain: interval(&gains), only_recipe, only_other, mcnemar_p }
    }
}

/// For each question the share of seeds with which it was right.
fn by_question(courses: &[Vec<Course>]) -> Vec<f64> {
    courses.iter().map(|seeds| mean(seeds.iter().map(|one| truth(one.last)))).collect()
}

fn truth(right: bool) -> f64 {
    f64::from(u8::from(right))
}

/// A whole benchmark of questions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WordsResult {
    /// Version of this form.
    pub format: u32,
    /// The benchmark.
    pub task: &'static str,
    /// Who wrote. A simulated writer says nothing of a model.
    pub writer: String,
    /// Who assessed, by name.
    pub assessors: Vec<String>,
    /// Questions.
    pub questions: usize,
    /// Seeds, each of which every question was asked with.
    pub seeds: Vec<u64>,
    /// The recipe measured.
    pub recipe: RecipeResult,
    /// The recipe it is compared with, allowed as many calls.
    pub against: Option<RecipeResult>,
    /// The two compared.
    pub comparison: Option<Comparison>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(right: &[bool], accepted: bool) -> Course {
        let last = right.last().copied().unwrap_or(false);
        Course { right: right.to_vec(), last, accepted, spending: Spending::NONE }
    }

    #[test]
    fn flips_rounds_and_scores_are_counted_over_all_seeds() {
        let courses = [
            vec![course(&[true], true), course(&[true, false], true)],
            vec![course(&[false, true], true), course(&[false, false], false)],
        ];
        let result = RecipeResult::of(("r", 1, 3), &courses);
        assert_eq!(result.by_round, [0.5, 0.5]);
        assert_eq!((result.to_wrong, result.to_right), (0.25, 0.25));
        assert_eq!((result.accuracy.mean, result.accepted), (0.5, 0.75));
        assert!(result.precision.is_some_and(|one| (one - 2.0 / 3.0).abs() < 1e-9));
        // From one half to one half: as two independent answers would.
        assert_eq!(result.rss, Some(0.5));
        assert_eq!((rss(1.0, 1.0), rss(0.5, 0.75)), (None, Some(1.0)));
    }

    #[test]
    fn recipes_are_compared_pair_by_pair() {
        let good = vec![vec![course(&[true], true)]; 10];
        let bad = vec![vec![course(&[false], true)]; 10];
        let one = Comparison::of(&good, &bad);
        assert_eq!((one.only_recipe, one.only_other, one.gain.low), (10, 0, 1.0));
        assert!(one.mcnemar_p < 0.01);
        let none = Comparison::of(&good, &good);
        assert_eq!((none.gain.mean, none.mcnemar_p), (0.0, 1.0));
    }
}
