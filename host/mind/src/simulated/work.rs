//! How the simulated writer answers: solving, finding fault, writing again.

use pentimento_model::Seed;
use serde_json::json;

use super::{
    Ability,
    asked::Asked,
    breeding,
    chance::{below, happens, seed_of},
    code, sql,
    sum::{Step, Sum, operands},
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
    let writer = Writer::of(&sum, asked, ability, seed);
    if let Some(answer) = writer.think_again(asked) {
        return answer;
    }
    let draft = asked.draft.as_ref().map(|lines| writer.read(lines));
    let other = asked.other.as_ref().map(|lines| writer.read(lines));
    match (asked.form.as_str(), draft, other) {
        ("program" | "reprogram" | "verification", ..) => {
            json!({ "program": code::program(&writer, asked) }).to_string()
        }
        ("query" | "requery", ..) => {
            let by = (ability, seed, writer.habits);
            json!({ "program": sql::of_sum(&asked.question).written(asked, by) }).to_string()
        }
        ("points", Some(one), Some(other)) => points(&writer.contrast(&one, &other)),
        ("points", Some(draft), None) => points(&explain(&draft, asked.block("interpreter"))),
        ("reflected", Some(draft), _) => writer.written(&writer.reflect(&draft, asked)),
        ("problems", Some(draft), _) => writer.judge(&draft),
        ("location", Some(draft), _) => writer.locate(&draft),
        ("judgements", Some(draft), _) => writer.judge_steps(&draft),
        ("correction", Some(draft), _) => writer.written(&writer.correct(&draft, asked)),
        ("reconsidered", Some(draft), _) => writer.written(&writer.reconsider(&draft)),
        ("continuation", ..) => writer.go_on(asked),
        (_, Some(draft), Some(other)) => writer.written(writer.decide(&draft, &other)),
        (_, Some(draft), None) => writer.written(&writer.again(&draft, asked)),
        (_, None, _) => {
            let insights = asked.block("insights");
            let told: Vec<_> = insights.iter().filter_map(|line| told(line)).collect();
            writer.written(&writer.first(&told))
        }
    }
}

fn points(points: &[String]) -> String {
    json!({ "items": points }).to_string()
}

pub(super) struct Writer<'a> {
    pub sum: &'a Sum,
    pub ability: &'a Ability,
    pub seed: Seed,
    /// Where its habits with this question come from.
    pub habits: Seed,
    /// A step is right.
    pub step: f64,
}

impl<'a> Writer<'a> {
    /// Whoever answers this question. Seen from another side, other mistakes are habits; numbers that
    /// have nothing to do with it are in the way.
    pub(super) fn of(sum: &'a Sum, asked: &Asked, ability: &'a Ability, seed: Seed) -> Self {
        let sides = asked.block("view").concat();
        let numbers = |text: &str| {
            text.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty()).count()
        };
        let question = &asked.question;
        let cluttered = numbers(question) > numbers(Sum::longest(question));
        let step = ability.step * if cluttered { 1.0 - ability.distracted } else { 1.0 };
        let step = breeding::advised(step, &sides, ability);
        Self { sum, ability, seed, habits: seed_of(&format!("{question}{sides}")), step }
    }

    /// The first text, told what some steps come to.
    fn first(&self, told: &[(usize, i64)]) -> Work {
        let boasts = happens(self.ability.boast, self.seed, "boast", 0);
        Work { results: self.solve_knowing(&[], told), flourishes: usize::from(boasts) }
    }

    /// Works the steps out that follow these results.
    pub(super) fn solve(&self, before: &[i64]) -> Vec<i64> {
        self.solve_knowing(before, &[])
    }

    /// The same, told what some steps come to. What it is told it takes over unless it is stubborn.
    fn solve_knowing(&self, before: &[i64], told: &[(usize, i64)]) -> Vec<i64> {
        let mut results = before.to_vec();
        for at in before.len()..self.sum.steps.len() {
            let Some(right) = self.right(&results, at) else { break };
            let known = told.iter().find(|(step, _)| *step == at).map(|(_, result)| *result);
            let heeds = || !happens(self.ability.stubborn, self.seed, "insight", at);
            let result = known.filter(|_| heeds());
            results.push(result.unwrap_or_else(|| self.done(right, at)));
        }
        results
    }

    /// What it makes of a step that comes to this if it is done right. Whether a step is done by habit
    /// is itself one.
    pub(super) fn done(&self, right: i64, at: usize) -> i64 {
        let by_habit = happens(self.ability.habit, self.habits, "by habit", at);
        let (seed, purpose) = if by_habit { (self.habits, "habit") } else { (self.seed, "step") };
        let is_right = happens(self.step, seed, purpose, at);
        if is_right { right } else { wrong(right, seed, at) }
    }

    /// What a step must come to, given the results before it.
    pub(super) fn right(&self, results: &[i64], at: usize) -> Option<i64> {
        let step = self.sum.steps.get(at)?;
        let (left, right) = operands(step, results)?;
        step.sign.of(left, right)
    }

    /// The first step of a text that is wrong, seen from what stands before it.
    pub(super) fn first_wrong(&self, work: &Work) -> Option<usize> {
        let steps = 0..self.sum.steps.len();
        steps.into_iter().find(|at| {
            let before = work.results.get(..*at).unwrap_or_default();
            self.right(before, *at) != work.results.get(*at).copied()
        })
    }

    /// The step that it takes for the first wrong one; `None` if it sees nothing wrong.
    pub(super) fn blame(&self, work: &Work) -> Option<usize> {
        self.ability.blame(self.first_wrong(work), self.sum.steps.len(), self.seed)
    }

    fn locate(&self, work: &Work) -> String {
        json!({ "first_wrong": self.blame(work) }).to_string()
    }

    fn judge_steps(&self, work: &Work) -> String {
        let blamed = self.blame(work);
        let lines = 0..self.sum.steps.len() + work.flourishes;
        let judged = lines.map(|at| json!({ "correct": blamed != Some(at), "why": "" }));
        json!({ "steps": judged.collect::<Vec<_>>() }).to_string()
    }

    /// Corrects what verifiers found, or else what it blames itself.
    fn correct(&self, work: &Work, asked: &Asked) -> Work {
        if !asked.found.is_empty() {
            return self.again(work, asked);
        }
        match self.blame(work) {
            Some(at) => Work { results: self.redo(work, at), ..work.clone() },
            None => work.clone(),
        }
    }

    /// Keeps an answer it is sure of, and works it out anew otherwise.
    fn reconsider(&self, work: &Work) -> Work {
        let Ability { sure_if_right, sure_if_wrong, .. } = *self.ability;
        let chance = if self.first_wrong(work).is_some() { sure_if_wrong } else { sure_if_right };
        if happens(chance, self.seed, "sure", 0) {
            return work.clone();
        }
        Work { results: self.solve(&[]), ..work.clone() }
    }

    /// Thinks a verification's points over, which may be wrong themselves: a right answer is kept by
    /// whoever is sure of it.
    fn reflect(&self, work: &Work, asked: &Asked) -> Work {
        let is_wrong = self.first_wrong(work).is_some();
        let Ability { stubborn, sure_if_right, .. } = *self.ability;
        let keeps = if is_wrong { stubborn } else { sure_if_right };
        if happens(keeps, self.seed, "reflect", 0) {
            return work.clone();
        }
        let results = match asked.said.iter().find_map(|text| told(text)) {
            Some((at, _)) if at < self.sum.steps.len() => self.redo(work, at),
            _ => self.solve(&[]),
        };
        Work { results, ..work.clone() }
    }

    /// What the answer that it takes says in the first step in which two differ.
    fn contrast(&self, one: &Work, other: &Work) -> Vec<String> {
        let taken = self.decide(one, other);
        let mut steps = 0..self.sum.steps.len();
        let differing = steps.find(|at| one.results.get(*at) != other.results.get(*at));
        let point = differing.and_then(|at| Some((at, taken.results.get(at)?)));
        vec![point.map_or_else(
            || "both come to the same".to_owned(),
            |(at, result)| format!("step {at} should come to {result}"),
        )]
    }

    /// Which of two answers it takes: the right one if it notices the wrong one, else either.
    fn decide<'w>(&self, one: &'w Work, other: &'w Work) -> &'w Work {
        let wrong = |work: &Work| self.first_wrong(work).is_some();
        let noticed = happens(self.ability.notice, self.seed, "see", 0);
        match (wrong(one), wrong(other)) {
            (true, false) if noticed => other,
            (false, true) if noticed => one,
            _ if happens(0.5, self.seed, "either", 0) => one,
            _ => other,
        }
    }

    /// Writes the steps after those that are kept, the first of them otherwise than before.
    fn go_on(&self, asked: &Asked) -> String {
        let kept = self.read(&asked.kept).results;
        let (at, mut results) = (kept.len(), kept);
        let dropped = asked.dropped.iter().cloned().collect::<Vec<_>>();
        let dropped = self.read(&dropped).results.first().copied();
        if let Some(right) = self.right(&results, at) {
            let is_right = happens(self.step, self.seed, "otherwise", at);
            let said = if is_right { right } else { wrong(right, self.seed, at) };
            let again = Some(said) == dropped;
            results.push(if again { wrong(right, self.seed, at) } else { said });
        }
        let results = self.solve(&results);
        let lines = self.lines(&results);
        let more: Vec<_> = lines.into_iter().skip(at).collect();
        let answer = results.last().copied().unwrap_or_default();
        json!({ "steps": more, "answer": answer.to_string() }).to_string()
    }

    /// Says what is wrong with a text, as well as it can.
    fn judge(&self, work: &Work) -> String {
        let (wrong, blamed) = (self.first_wrong(work), self.blame(work));
        let vanity = self.ability.vanity;
        let base = if wrong.is_some() { SCORES.1 } else { SCORES.0 };
        #[expect(clippy::cast_precision_loss, reason = "a text has few flourishes")]
        let score = (base + vanity * work.flourishes as f64).clamp(1.0, 10.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is from 1 to 10"
        )]
        let score = score.round() as u8;
        let problems: Vec<_> = blamed.iter().map(|at| format!("step {at} is wrong")).collect();
        json!({ "problems": problems, "correct": blamed.is_none(), "score": score }).to_string()
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

    /// A line for each step.
    pub(super) fn lines(&self, results: &[i64]) -> Vec<String> {
        let line = |(step, result): (&Step, &i64)| {
            let (left, right) = operands(step, results).unwrap_or_default();
            format!("{} {} {} = {result}", number(left), step.sign, number(right))
        };
        self.sum.steps.iter().zip(results).map(line).collect()
    }

    /// A text as it is written.
    pub(super) fn written(&self, work: &Work) -> String {
        let flourishes = std::iter::repeat_n(FLOURISH.to_owned(), work.flourishes);
        let steps: Vec<String> = self.lines(&work.results).into_iter().chain(flourishes).collect();
        let answer = work.results.last().copied().unwrap_or_default();
        json!({ "steps": steps, "answer": answer.to_string() }).to_string()
    }

    /// A text as it was written; what cannot be read as the next step is none.
    pub(super) fn read(&self, lines: &[String]) -> Work {
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
pub(super) fn wrong(right: i64, seed: Seed, at: usize) -> i64 {
    let off = i64::try_from(1 + below(OFF_BY, seed, "off by", at)).unwrap_or(1);
    let up = happens(0.5, seed, "up", at);
    if up { right.saturating_add(off) } else { right.saturating_sub(off) }
}

/// A number as an operand: a negative one in parentheses.
fn number(number: i64) -> String {
    if number < 0 { format!("({number})") } else { number.to_string() }
}

/// The first step of an answer that differs from what a verification derived.
fn explain(work: &Work, trace: &[String]) -> Vec<String> {
    let derived = trace.iter().filter_map(|line| code::derived(line));
    let differs = |(at, result): &(usize, i64)| work.results.get(*at) != Some(result);
    let first = derived.into_iter().find(differs);
    vec![first.map_or_else(
        || "the answer does not hold".to_owned(),
        |(at, result)| format!("step {at} should come to {result}"),
    )]
}

/// The step that a point speaks of, and what that should come to.
fn told(point: &str) -> Option<(usize, i64)> {
    let (_, result) = point.rsplit_once(" should come to ")?;
    Some((blamed(point)?, result.trim().parse().ok()?))
}

/// The step that a complaint blames.
pub(super) fn blamed(complaint: &str) -> Option<usize> {
    let (_, rest) = complaint.split_once("step ")?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}
