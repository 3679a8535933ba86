//! How the simulated writer answers: solving, finding fault, writing again.

use pentimento_model::Seed;
use serde_json::json;

use super::{
    Ability,
    asked::Asked,
    chance::{below, happens, seed_of},
    sum::{Sum, operands},
};

/// What a rewriting adds, if the writer is vain.
const FLOURISH: &str = "As every expert will confirm at once, this is beyond all doubt.";
/// A judge's score of a right answer and of a wrong one, of 10, before anything sways it.
const SCORES: (f64, f64) = (7.0, 4.0);
/// A wrong result is off by at most this much.
const OFF_BY: usize = 9;

/// A text as results of its steps, and flourishes after them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Work {
    pub results: Vec<i64>,
    pub flourishes: usize,
}

/// Answers in the form that is wanted.
pub(super) fn answer(asked: &Asked, ability: &Ability, seed: Seed) -> String {
    let Some(sum) = Sum::find(&asked.question) else { return String::new() };
    let writer = Writer { sum: &sum, ability, seed, habits: seed_of(&asked.question) };
    let draft = asked.draft.as_ref().map(|lines| writer.read(lines));
    match (asked.form.as_str(), draft) {
        ("problems", Some(draft)) => writer.judge(&draft),
        (_, Some(draft)) => writer.written(&writer.again(&draft, asked)),
        (_, None) => writer.written(&Work { results: writer.solve(&[]), flourishes: 0 }),
    }
}

struct Writer<'a> {
    sum: &'a Sum,
    ability: &'a Ability,
    seed: Seed,
    /// Where its habits with this question come from.
    habits: Seed,
}

impl Writer<'_> {
    /// Works the steps out that follow these results.
    fn solve(&self, before: &[i64]) -> Vec<i64> {
        let mut results = before.to_vec();
        for at in before.len()..self.sum.steps.len() {
            let Some(right) = self.right(&results, at) else { break };
            // Whether this step is done by habit is itself one.
            let by_habit = happens(self.ability.habit, self.habits, "by habit", at);
            let (seed, purpose) =
                if by_habit { (self.habits, "habit") } else { (self.seed, "step") };
            let is_right = happens(self.ability.step, seed, purpose, at);
            results.push(if is_right { right } else { wrong(right, seed, at) });
        }
        results
    }

    /// What a step must come to, given the results before it.
    fn right(&self, results: &[i64], at: usize) -> Option<i64> {
        let step = self.sum.steps.get(at)?;
        let (left, right) = operands(step, results)?;
        step.sign.of(left, right)
    }

    /// The first step of a text that is wrong, seen from what stands before it.
    fn first_wrong(&self, work: &Work) -> Option<usize> {
        let steps = 0..self.sum.steps.len();
        steps.into_iter().find(|at| {
            let before = work.results.get(..*at).unwrap_or_default();
            self.right(before, *at) != work.results.get(*at).copied()
        })
    }

    /// Says what is wrong with a text, as well as it can.
    fn judge(&self, work: &Work) -> String {
        let wrong = self.first_wrong(work);
        let Ability { notice, false_alarm, locate, vanity, .. } = *self.ability;
        let seen = happens(if wrong.is_some() { notice } else { false_alarm }, self.seed, "see", 0);
        let steps = self.sum.steps.len();
        let right_place = wrong.filter(|_| happens(locate, self.seed, "locate", 0));
        let step = right_place.unwrap_or_else(|| below(steps, self.seed, "blame", 0));
        let base = if wrong.is_some() { SCORES.1 } else { SCORES.0 };
        #[expect(clippy::cast_precision_loss, reason = "a text has few flourishes")]
        let score = (base + vanity * work.flourishes as f64).clamp(1.0, 10.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is from 1 to 10"
        )]
        let score = score.round() as u8;
        let problems = if seen { vec![format!("step {step} is wrong")] } else { Vec::new() };
        json!({ "problems": problems, "correct": !seen, "score": score }).to_string()
    }

    /// Writes a text again, knowing what was said of it. What verifiers say is heard first.
    fn again(&self, work: &Work, asked: &Asked) -> Work {
        let flourish = happens(self.ability.flourish, self.seed, "flourish", 0);
        let flourishes = work.flourishes + usize::from(flourish);
        let complaint = asked.found.first().or(asked.said.first());
        if complaint.is_some() && happens(self.ability.stubborn, self.seed, "stubborn", 0) {
            return Work { flourishes, ..work.clone() };
        }
        let blamed = complaint.and_then(|text| blamed(text));
        let results = match blamed.filter(|at| *at < self.sum.steps.len()) {
            Some(at) => self.redo(work, at),
            None => self.solve(&[]),
        };
        Work { results, flourishes }
    }

    /// Does one step otherwise, as it was told, and all after it anew.
    fn redo(&self, work: &Work, at: usize) -> Vec<i64> {
        let mut results = work.results.get(..at).unwrap_or(&work.results).to_vec();
        let (said, right) = (work.results.get(at).copied(), self.right(&results, at));
        let Some(right) = right else { return work.results.clone() };
        let is_wrong = said != Some(right);
        let repaired = is_wrong && happens(self.ability.repair, self.seed, "repair", at);
        // Told that a right step is wrong, whoever is not stubborn makes it wrong.
        results.push(if repaired { right } else { wrong(right, self.seed, at) });
        self.solve(&results)
    }

    /// A text as it is written.
    fn written(&self, work: &Work) -> String {
        let lines = self.sum.steps.iter().zip(&work.results).map(|(step, result)| {
            let (left, right) = operands(step, &work.results).unwrap_or_default();
            format!("{} {} {} = {result}", number(left), step.sign, number(right))
        });
        let flourishes = std::iter::repeat_n(FLOURISH.to_owned(), work.flourishes);
        let steps: Vec<String> = lines.chain(flourishes).collect();
        let answer = work.results.last().copied().unwrap_or_default();
        json!({ "steps": steps, "answer": answer.to_string() }).to_string()
    }

    /// A text as it was written; what cannot be read as the next step is none.
    fn read(&self, lines: &[String]) -> Work {
        let results = lines.iter().filter_map(|line| {
            let (_, result) = line.rsplit_once(" = ")?;
            result.trim().parse().ok()
        });
        Work {
            results: results.take(self.sum.steps.len()).collect(),
            flourishes: lines.iter().filter(|line| *line == FLOURISH).count(),
        }
    }
}

/// Something else than the right result.
fn wrong(right: i64, seed: Seed, at: usize) -> i64 {
    let off = i64::try_from(1 + below(OFF_BY, seed, "off by", at)).unwrap_or(1);
    let up = happens(0.5, seed, "up", at);
    if up { right.saturating_add(off) } else { right.saturating_sub(off) }
}

/// A number as an operand: a negative one in parentheses.
fn number(number: i64) -> String {
    if number < 0 { format!("({number})") } else { number.to_string() }
}

/// The step that a complaint blames.
fn blamed(complaint: &str) -> Option<usize> {
    let (_, rest) = complaint.split_once("step ")?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}
