//! How the simulated writer takes part in searches: what a beginning promises, which way on it takes,
//! what it takes back.

use pentimento_model::Seed;
use serde_json::json;

use super::{
    asked::Asked,
    chance::{below, happens},
    work::{Work, Writer},
};

/// Scores, of 10, of what it takes for right and for wrong; they are off by one at most.
const SCORES: (usize, usize) = (8, 2);
/// What the option that speaks for a text says.
const GOOD: &str = "right so far";

impl Writer<'_> {
    /// The answer, if the question is one of those below.
    pub(super) fn look_ahead(&self, asked: &Asked) -> Option<String> {
        let draft = asked.draft.as_ref().map(|lines| self.read(lines));
        Some(match (asked.form.as_str(), draft) {
            ("value", Some(draft)) => value(self.doubts(&draft), self.seed),
            ("answer", Some(draft)) => self.option(&draft, asked.block("options")),
            ("choice", _) => self.choice(asked),
            ("deepened", _) => self.deepen(asked),
            _ => return None,
        })
    }

    /// The first wrong one of the steps that are there.
    fn wrong_so_far(&self, work: &Work) -> Option<usize> {
        self.first_wrong(work).filter(|at| *at < work.results.len())
    }

    /// True if it takes the steps that are there for wrong.
    fn doubts(&self, work: &Work) -> bool {
        self.ability.doubts(self.wrong_so_far(work).is_some(), self.seed, 0)
    }

    /// The letter of the option that it takes to hold.
    fn option(&self, work: &Work, options: &[String]) -> String {
        let first = options.first().is_some_and(|option| option.contains(GOOD));
        let takes_first = happens(self.ability.first, self.seed, "first", 0);
        let letter = if takes_first || first != self.doubts(work) { "a" } else { "b" };
        json!({ "answer": letter }).to_string()
    }

    /// The right one of several texts if it notices what is wrong with the others, else any.
    fn choice(&self, asked: &Asked) -> String {
        let texts: Vec<Work> = asked.blocks("choice").map(|lines| self.read(lines)).collect();
        let right = texts.iter().position(|work| self.first_wrong(work).is_none());
        let noticed = right.filter(|_| happens(self.ability.notice, self.seed, "see", 0));
        let any = below(texts.len(), self.seed, "either", 0);
        json!({ "numbers": [noticed.unwrap_or(any) + 1] }).to_string()
    }

    /// Takes back what it doubts, from the first wrong step or from another one, and goes on.
    fn deepen(&self, asked: &Asked) -> String {
        let kept = self.read(&asked.kept);
        let mut results = kept.results.clone();
        if self.doubts(&kept) && !results.is_empty() {
            let located = happens(self.ability.locate, self.seed, "locate", 0);
            let wrong = self.wrong_so_far(&kept).filter(|_| located);
            results.truncate(wrong.unwrap_or_else(|| below(results.len(), self.seed, "blame", 0)));
        }
        let keep = results.len();
        let repaired = happens(self.ability.repair, self.seed, "repair", keep);
        if keep < kept.results.len() && repaired {
            results.extend(self.right(&results, keep));
        }
        let work = Work { results: self.solve(&results), flourishes: 0 };
        let steps: Vec<String> = self.lines(&work.results).into_iter().skip(keep).collect();
        let answer = work.results.last().copied().unwrap_or_default();
        json!({ "keep": keep, "steps": steps, "answer": answer.to_string() }).to_string()
    }
}

/// What a beginning promises to whoever doubts it or not.
pub(super) fn value(doubts: bool, seed: Seed) -> String {
    let score = if doubts { SCORES.1 } else { SCORES.0 };
    json!({ "score": score + below(3, seed, "value", 0) - 1 }).to_string()
}
