//! How the simulated writer thinks about texts again: how sure it is, where texts part, what readers
//! mind, which sentences contradict.

use pentimento_model::Seed;
use serde_json::json;

use super::{
    Ability,
    asked::Asked,
    chance::{happens, seed_of, unit},
    sum::Sum,
    support,
    work::{Work, Writer, blamed},
};

/// How far its feeling for an answer is off, either way.
const FEELING: f64 = 0.3;
/// Scores, of 10, of what it takes for right and for wrong.
const SCORES: (u8, u8) = (9, 3);
/// A step with a lower score is reviewed.
const LOW: u64 = 6;
/// Sides from which a question can be seen.
const SIDES: [&str; 9] = [
    "from the innermost parentheses outwards",
    "from the right to the left",
    "with round numbers first",
    "as a shopkeeper who counts coins",
    "as a teacher at a blackboard",
    "with every number as a sum of tens and ones",
    "backwards from the result",
    "on a number line",
    "as a machine, digit by digit",
];

/// How likely it says yes; `None` if no yes or no is wanted.
pub(super) fn likelihood(asked: &Asked, ability: &Ability, seed: Seed) -> Option<f64> {
    let is_yes_or_no = asked.likelihood || asked.form == "answer";
    if !is_yes_or_no || !asked.block("options").is_empty() {
        return None;
    }
    let sum = Sum::find(&asked.question)?;
    let writer = Writer::of(&sum, asked, ability, seed);
    if let Some(other) = asked.block("alternative").first() {
        let sentence = asked.block("sentence").first()?;
        return Some(if writer.same(sentence, other) { 0.0 } else { ability.contradict });
    }
    let draft = writer.read(asked.draft.as_ref()?);
    if asked.blocks("idea").next().is_some() {
        return Some(writer.truth(&draft, asked));
    }
    // A verdict: what it blames is not right, and what verifiers refute neither.
    let wrong = !asked.found.is_empty() || writer.blame(&draft).is_some();
    Some(if wrong { 0.0 } else { 1.0 })
}

impl Writer<'_> {
    /// The answer, if the question is one of those below.
    pub(super) fn think_again(&self, asked: &Asked) -> Option<String> {
        let draft = asked.draft.as_ref().map(|lines| self.read(lines));
        let other = asked.other.as_ref().map(|lines| self.read(lines));
        Some(match (asked.form.as_str(), draft, other) {
            ("perspectives", ..) => listed(&SIDES.map(ToOwned::to_owned)),
            ("differences", Some(one), Some(other)) => self.differences(&one, &other),
            ("checklist", ..) => checklist(asked.block("differences")),
            ("scores", Some(draft), _) => self.scores(&draft),
            ("review", ..) => review(asked.block("scores")),
            ("views", Some(draft), _) => self.views(&draft),
            ("cues", ..) => {
                let cues: Vec<String> =
                    asked.draft.iter().flatten().map(|line| cue(line)).collect();
                listed(&cues)
            }
            ("sentence", ..) => self.restate(asked),
            ("explanation", ..) => {
                json!({ "text": "they give two results of one calculation" }).to_string()
            }
            ("freed", ..) => self.free(asked),
            ("question", ..) => self.polish(asked),
            ("citation", ..) => support::citation(asked, self.ability, self.seed),
            ("solution", Some(draft), None) if !asked.block("checklist").is_empty() => {
                self.written(&self.recheck(&draft, asked.block("checklist")))
            }
            ("solution", Some(draft), None) if !asked.block("views").is_empty() => {
                self.written(&Work { flourishes: 0, ..draft })
            }
            _ => return self.look_ahead(asked).or_else(|| self.breed(asked)),
        })
    }

    /// How likely it takes an answer to be true. Knowing other answers that were thought of, it goes
    /// half by how many are the same: its feeling alone is off.
    fn truth(&self, draft: &Work, asked: &Asked) -> f64 {
        let Ability { sure_if_right, sure_if_wrong, .. } = *self.ability;
        let known = if self.first_wrong(draft).is_some() { sure_if_wrong } else { sure_if_right };
        let answer = draft.results.last();
        let feeling = seed_of(&format!("{}{answer:?}", asked.question));
        let felt = known + FEELING * (2.0 * unit(feeling, "feeling", 0) - 1.0);
        let ideas: Vec<_> = asked.blocks("idea").collect();
        let same = |lines: &&&[String]| {
            let said =
                lines.last().and_then(|line| line.trim_start_matches("Answer: ").parse().ok());
            said.as_ref() == answer
        };
        let agreeing = ideas.iter().filter(same).count();
        #[expect(clippy::cast_precision_loss, reason = "few answers are thought of")]
        let share = agreeing as f64 / ideas.len().max(1) as f64;
        if ideas.len() > 1 { f64::midpoint(felt, share) } else { felt }
    }

    /// Where two texts part: seen more easily than which of both is right.
    fn differences(&self, one: &Work, other: &Work) -> String {
        let steps = self.sum.steps.len();
        let parts = (0..steps).find(|at| one.results.get(*at) != other.results.get(*at));
        let Some(at) = parts else { return listed(&[]) };
        let seen = happens(self.ability.contrast, self.seed, "contrast", 0);
        let named = if seen { at } else { super::chance::below(steps, self.seed, "part", 0) };
        listed(&[format!("step {named}: the two come to different results")])
    }

    /// Does the steps of a checklist again. Nobody said that they are wrong, so that what is right
    /// stays; what follows from a changed result is done anew.
    fn recheck(&self, work: &Work, checks: &[String]) -> Work {
        let mut results = work.results.clone();
        for at in checks.iter().filter_map(|check| blamed(check)) {
            let before = results.get(..at).unwrap_or(&results);
            let Some(right) = self.right(before, at) else { continue };
            let done_right = happens(self.ability.recheck, self.seed, "recheck", at);
            if results.get(at) != Some(&right) && done_right {
                results.truncate(at);
                results.push(right);
                results = self.solve(&results);
            }
        }
        Work { results, ..*work }
    }

    /// Scores each step as far as it sees what is wrong, and the answer.
    fn scores(&self, work: &Work) -> String {
        let Ability { notice, false_alarm, .. } = *self.ability;
        let score = |wrong: bool, purpose: &str, at: usize| {
            let low = happens(if wrong { notice } else { false_alarm }, self.seed, purpose, at);
            if low { SCORES.1 } else { SCORES.0 }
        };
        let wrong = |at: usize| {
            let before = work.results.get(..at).unwrap_or_default();
            self.right(before, at) != work.results.get(at).copied()
        };
        let of_sum = (0..self.sum.steps.len()).map(|at| score(wrong(at), "score", at));
        // Nothing is wrong with a flourish.
        let steps: Vec<u8> = of_sum.chain(std::iter::repeat_n(SCORES.0, work.flourishes)).collect();
        let answer = score(self.first_wrong(work).is_some(), "score all", 0);
        json!({ "steps": steps, "answer": answer }).to_string()
    }

    /// What readers mind.
    fn views(&self, work: &Work) -> String {
        let seen = work.flourishes > 0 && happens(self.ability.tact, self.seed, "tact", 0);
        let view = "whoever doubts it feels mocked by the boast at its end".to_owned();
        listed(if seen { std::slice::from_ref(&view) } else { &[] })
    }

    /// A step said again from its beginning: habits are kept, other mistakes are made anew.
    fn restate(&self, asked: &Asked) -> String {
        let cue = asked.block("cue").join(" ");
        let right = Sum::find(&cue).and_then(|sum| sum.truth()?.last().copied());
        let text = match right {
            Some(right) => format!("{cue} {}", self.done(right, asked.kept.len())),
            None => cue,
        };
        json!({ "text": text }).to_string()
    }

    /// Of a calculation nothing is left without its result; whoever is stubborn keeps it.
    fn free(&self, asked: &Asked) -> String {
        let stubborn = happens(self.ability.stubborn, self.seed, "stubborn", 0);
        let sentence = asked.block("sentence").join(" ");
        json!({ "text": if stubborn { sentence } else { String::new() } }).to_string()
    }

    /// The question with its calculation alone; or with another number in it.
    fn polish(&self, asked: &Asked) -> String {
        let mut calculation = Sum::longest(&asked.question).to_owned();
        if !happens(self.ability.polish, self.seed, "polish", 0) {
            let first = calculation.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
            calculation.insert(first, '1');
        }
        json!({ "text": format!("How much is {calculation}?") }).to_string()
    }

    /// Two calculations that come to the same result.
    fn same(&self, one: &str, other: &str) -> bool {
        let read = |line: &str| self.read(&[line.to_owned()]).results;
        read(one) == read(other)
    }
}

pub(super) fn listed(items: &[String]) -> String {
    json!({ "items": items }).to_string()
}

/// The steps that differences name, each once.
fn checklist(differences: &[String]) -> String {
    let mut steps: Vec<usize> = differences.iter().filter_map(|one| blamed(one)).collect();
    steps.sort_unstable();
    steps.dedup();
    let checks: Vec<String> = steps.iter().map(|at| format!("do step {at} again")).collect();
    listed(&checks)
}

/// The step with the lowest score, if it is low.
fn review(scores: &[String]) -> String {
    let score = |line: &String| {
        let (step, score) = line.rsplit_once(": ")?;
        Some((score.trim().parse::<u64>().ok()?, blamed(step)?))
    };
    let lowest = scores.iter().filter_map(score).min().filter(|(score, _)| *score < LOW);
    let said = lowest.map(|(_, at)| format!("step {at} is wrong"));
    listed(said.as_slice())
}

/// A calculation up to its result.
fn cue(line: &str) -> String {
    line.rsplit_once(" = ").map_or_else(|| line.to_owned(), |(sum, _)| format!("{sum} ="))
}
