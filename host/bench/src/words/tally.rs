//! Counts what runs over questions came to. Pure.

use pentimento_measure::{
    Change,
    statistics::{Interval, interval, mcnemar, mean},
};
use pentimento_model::{Spending, StopReason};
use serde::Serialize;

use super::{course::Course, judge::JudgeResult};

/// Places at most at which accuracy is told by what was spent.
const MOST_PLACES: usize = 12;

/// How one recipe did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecipeResult {
    /// The recipe.
    pub recipe: String,
    /// Rounds after the first, at most.
    pub rounds: u32,
    /// Calls it may make for a question, if every answer is of use at once.
    pub calls_allowed: u32,
    /// Calls it made, in the mean.
    pub calls: f64,
    /// Tokens it took, in the mean.
    pub tokens: f64,
    /// Dollars in all, exact; `None` if the price of a call is not known.
    pub usd: Option<String>,
    /// Share of right drafts after rounds 0, 1, …, over questions.
    pub by_round: Vec<Interval>,
    /// Share of right drafts after so many calls.
    pub by_calls: Vec<AtBudget>,
    /// Share of right drafts after so many tokens.
    pub by_tokens: Vec<AtBudget>,
    /// Share of right texts that were handed out, over questions.
    pub accuracy: Interval,
    /// Of the texts it accepted, the share that is right; absent if it accepted none.
    pub precision: Option<f64>,
    /// Share of all texts that it accepted.
    pub accepted: f64,
    /// Runs that were cut off because their tokens were used up.
    pub cut: usize,
    /// Runs that gave no text.
    pub without: usize,
    /// Answers that were of no use, even when they were asked for again.
    pub fell_back: usize,
    /// Right at first (the first answer of all, before any choice), right in the end.
    pub change: Change,
    /// Runs that were stopped because they pleased their judge.
    pub stopped_for_hacking: usize,
    /// How well those judge that steer it; absent if nobody graded anything.
    pub judge: Option<JudgeResult>,
}

/// What would have come of a budget.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct AtBudget {
    /// The most that a run might have spent.
    pub most: u64,
    /// Share of right drafts by then, over questions; wrong without a draft.
    pub right: Interval,
}

impl RecipeResult {
    /// Counts the courses of all questions: for each, one a seed.
    pub(crate) fn of(
        (recipe, rounds, calls_allowed): (&str, u32, u32),
        courses: &[Vec<Course>],
    ) -> Self {
        let all = || courses.iter().flatten();
        let share = |test: &dyn Fn(&Course) -> bool| mean(all().map(|one| truth(test(one))));
        let over = |test: &dyn Fn(&Course) -> bool| interval(&by_question(courses, test));
        let spent = all().fold(Spending::NONE, |sum, one| sum.plus(one.spending()));
        let last_round = usize::try_from(rounds).unwrap_or(0);
        let by_round = (0..=last_round).map(|round| over(&|one| one.right_after(round)));
        let accepted = all().filter(|one| one.accepted);
        let precision = accepted.clone().count();
        let precision = (precision > 0).then(|| mean(accepted.map(|one| truth(one.last))));
        let hacking = |one: &&Course| one.stop == Some(StopReason::Hacking);
        Self {
            recipe: recipe.to_owned(),
            rounds,
            calls_allowed,
            calls: mean(all().map(|one| f64::from(one.spending().usage.calls))),
            tokens: mean(all().map(|one| float(one.spending().usage.tokens()))),
            usd: (spent.unpriced == 0).then(|| spent.money.to_string()),
            by_round: by_round.collect(),
            by_calls: by_budget(courses, |spent| u64::from(spent.usage.calls)),
            by_tokens: by_budget(courses, |spent| spent.usage.tokens()),
            accuracy: over(&|one| one.last),
            precision,
            accepted: share(&|one| one.accepted),
            cut: all().filter(|one| one.is_cut()).count(),
            without: all().filter(|one| one.made.is_empty()).count(),
            fell_back: all().map(|one| one.fell_back).sum(),
            change: Change::of(all().map(|one| (one.right_at_first(), one.last))),
            stopped_for_hacking: all().filter(hacking).count(),
            judge: JudgeResult::of(courses),
        }
    }
}

/// Accuracy by what was spent, from the first draft that anybody had to the last that anybody paid
/// for.
fn by_budget(courses: &[Vec<Course>], spent: fn(Spending) -> u64) -> Vec<AtBudget> {
    let all = || courses.iter().flatten().flat_map(|one| &one.journal.settled);
    let spendings = || all().map(|settled| spent(settled.spent));
    let (Some(first), Some(last)) = (spendings().min(), spendings().max()) else {
        return Vec::new();
    };
    let places = (last - first).min(MOST_PLACES as u64 - 1);
    let place = |at: u64| first + (last - first) * at / places.max(1);
    let told = (0..=places).map(|at| {
        let most = place(at);
        let within = |one: &Course| one.right_within(&|so_far| spent(so_far) <= most);
        AtBudget { most, right: interval(&by_question(courses, &within)) }
    });
    told.collect()
}

/// Two recipes on the same questions and seeds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Accuracy of the recipe less that of the other, paired by question.
    pub gain: Interval,
    /// Questions on which the recipe was right with more seeds; with one seed, where only it was right.
    pub ahead: usize,
    /// Questions on which the other was right with more seeds.
    pub behind: usize,
    /// `McNemar`'s exact test over the questions on which one was ahead. Seeds of one question are not
    /// independent, so they do not count as pairs of their own.
    pub mcnemar_p: f64,
}

impl Comparison {
    /// For each question, for each seed: whether it was right.
    pub(crate) fn of(recipe: &[Vec<bool>], other: &[Vec<bool>]) -> Self {
        let share = |seeds: &Vec<bool>| mean(seeds.iter().map(|right| truth(*right)));
        let gains: Vec<f64> =
            recipe.iter().zip(other).map(|(one, other)| share(one) - share(other)).collect();
        let ahead = gains.iter().filter(|gain| **gain > 0.0).count();
        let behind = gains.iter().filter(|gain| **gain < 0.0).count();
        Self { gain: interval(&gains), ahead, behind, mcnemar_p: mcnemar(ahead, behind) }
    }
}

/// For each question the share of seeds of which this holds.
fn by_question(courses: &[Vec<Course>], test: &dyn Fn(&Course) -> bool) -> Vec<f64> {
    courses.iter().map(|seeds| mean(seeds.iter().map(|one| truth(test(one))))).collect()
}

/// For each question, for each seed: whether what was handed out is right.
pub(crate) fn rights(courses: &[Vec<Course>]) -> Vec<Vec<bool>> {
    courses.iter().map(|seeds| seeds.iter().map(|one| one.last).collect()).collect()
}

pub(crate) fn truth(right: bool) -> f64 {
    f64::from(u8::from(right))
}

#[expect(clippy::cast_precision_loss, reason = "tokens stay far below 2^52")]
const fn float(count: u64) -> f64 {
    count as f64
}

/// A whole benchmark of questions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WordsResult {
    /// Version of this form.
    pub format: u32,
    /// The benchmark.
    pub task: &'static str,
    /// Who answered. A simulation says nothing of a model.
    pub writer: String,
    /// As whom: `writer`, or `seer` of pictures.
    pub role: &'static str,
    /// Who assessed, by name.
    pub assessors: Vec<String>,
    /// Questions.
    pub questions: usize,
    /// Seeds, each of which every question was asked with.
    pub seeds: Vec<u64>,
    /// The recipe measured.
    pub recipe: RecipeResult,
    /// What the other recipe may spend: `calls` or `tokens`, as many for each question and seed as
    /// the recipe took there, or `allowed`, as many calls as the recipe might make.
    pub equal: &'static str,
    /// The recipe it is compared with.
    pub against: Option<RecipeResult>,
    /// The two compared.
    pub comparison: Option<Comparison>,
    /// The tokens that every recipe might take on each question and seed; absent if they were not capped.
    /// The other recipe then ran up to the cap, and is compared as it stood when it had taken as many
    /// as the recipe took.
    pub tokens: Option<u64>,
    /// More recipes under the same cap.
    pub also: Vec<Entrant>,
    /// Questions that were wanted; fewer were done by all recipes if only finished runs were read.
    pub wanted: usize,
    /// The models that answered, as their servers call them.
    pub served: Vec<String>,
}

/// One more recipe.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entrant {
    /// How it did.
    pub result: RecipeResult,
    /// It and the one that all are compared with.
    pub comparison: Option<Comparison>,
}

impl WordsResult {
    /// All recipes with what came of comparing them, in the order asked for.
    pub fn entrants(&self) -> impl Iterator<Item = (&RecipeResult, Option<&Comparison>)> {
        let more = self.also.iter().map(|one| (&one.result, one.comparison.as_ref()));
        std::iter::once((&self.recipe, self.comparison.as_ref())).chain(more)
    }
}

#[cfg(test)]
mod tests {
    use pentimento_model::CandidateId;

    use super::*;

    fn course(right: &[bool], accepted: bool) -> Course {
        Course { accepted, stop: Some(StopReason::Rounds), ..Course::of_drafts(right) }
    }

    #[test]
    fn flips_rounds_and_scores_are_counted_over_all_seeds() {
        let courses = [
            vec![course(&[true], true), course(&[true, false], true)],
            vec![course(&[false, true], true), course(&[false, false], false)],
        ];
        let result = RecipeResult::of(("r", 1, 3), &courses);
        let by_round: Vec<f64> = result.by_round.iter().map(|one| one.mean).collect();
        assert_eq!(by_round, [0.5, 0.5]);
        assert_eq!((result.change.to_wrong, result.change.to_right), (0.25, 0.25));
        assert_eq!((result.accuracy.mean, result.accepted), (0.5, 0.75));
        assert!(result.precision.is_some_and(|one| (one - 2.0 / 3.0).abs() < 1e-9));
        // From one half to one half: as many lost as won.
        assert_eq!((result.change.rss, result.stopped_for_hacking), (Some(0.5), 0));
        assert_eq!((result.calls, result.tokens), (1.75, 17.5));
    }

    #[test]
    fn right_at_first_is_the_first_answer_and_not_the_best_of_many_before_the_round_is_over() {
        // Three answers were drawn in round 0, and a choice among them was right.
        let mut drawn = course(&[true], true);
        drawn.made = [false, true, true]
            .iter()
            .zip(0..)
            .map(|(right, id)| (CandidateId(id), *right))
            .collect();
        if let Some(settled) = drawn.journal.settled.first_mut() {
            settled.draft = CandidateId(1);
        }
        let result = RecipeResult::of(("r", 0, 3), &[vec![drawn]]);
        assert_eq!(result.by_round.first().map(|one| one.mean), Some(1.0));
        assert_eq!((result.change.before, result.change.to_right), (0.0, 1.0));
        let without = RecipeResult::of(("r", 0, 3), &[vec![Course::default()]]);
        assert_eq!((without.change.before, without.without), (0.0, 1));
    }

    #[test]
    fn accuracy_by_budget_counts_what_was_there_by_then() {
        let courses = [vec![course(&[false, true, true], true)], vec![course(&[true], true)]];
        let result = RecipeResult::of(("r", 2, 3), &courses);
        let told: Vec<_> = result.by_calls.iter().map(|one| (one.most, one.right.mean)).collect();
        assert_eq!(told, [(1, 0.5), (2, 1.0), (3, 1.0)]);
        let tokens: Vec<u64> = result.by_tokens.iter().map(|one| one.most).collect();
        assert_eq!((tokens.first(), tokens.last()), (Some(&10), Some(&30)));
        assert_eq!(result.by_tokens.first().map(|one| one.right.mean), Some(0.5));
    }

    #[test]
    fn a_run_that_is_cut_hands_out_the_draft_it_had() {
        let whole = course(&[false, true, false], true);
        let cut = whole.clone().within_tokens(25);
        assert_eq!((cut.last, cut.accepted, cut.spending().usage.calls), (true, false, 2));
        assert_eq!(whole.clone().within_tokens(30), whole, "nothing is cut that fits");
        let first = whole.within_tokens(3);
        assert_eq!((first.last, first.spending().usage.calls), (false, 1), "one is always there");
    }

    #[test]
    fn recipes_are_compared_question_by_question() {
        let (good, bad) = (vec![vec![true]; 10], vec![vec![false]; 10]);
        let one = Comparison::of(&good, &bad);
        assert_eq!((one.ahead, one.behind, one.gain.low), (10, 0, 1.0));
        assert!(one.mcnemar_p < 0.01);
        // Seeds of one question are no questions of their own.
        let repeated = Comparison::of(&[vec![true; 10]], &[vec![false; 10]]);
        assert_eq!((repeated.ahead, repeated.behind, repeated.mcnemar_p), (1, 0, 1.0));
        let mixed = Comparison::of(
            &[vec![true, false], vec![true, true]],
            &[vec![false, true], vec![true, false]],
        );
        assert_eq!((mixed.ahead, mixed.behind), (1, 0));
        let none = Comparison::of(&good, &good);
        assert_eq!((none.gain.mean, none.mcnemar_p), (0.0, 1.0));
    }
}
