//! When a recipe stops, read from its text: `until = "proved"`, `{ unchanged = 2 }`, `{ any = […] }`,
//! `{ all = […] }`.

use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue},
};

use super::Check;
use crate::{Problem, Rule, TextAlgorithm, Until, problem::advice};

const FORM: &str = "a rule such as `\"proved\"` or `{ unchanged = 2 }`, or `{ any = […] }` or \
                    `{ all = […] }` of such";

impl Check<'_> {
    /// The inner `None` is an absent key, the outer one a bad value.
    #[expect(clippy::option_option, reason = "a bad value is a problem, an absent one is not")]
    pub(super) fn until(
        &mut self,
        top: &DeTable<'_>,
        algorithm: Option<&str>,
    ) -> Option<Option<Until>> {
        let Some(value) = top.get("until") else { return Some(None) };
        // Without an algorithm nobody can say which rules it has; that it is missing is told already.
        let known = TextAlgorithm::rules_of(algorithm?);
        if known.is_empty() {
            let problem =
                self.problem(value, "this algorithm carries no draft on, and stops by itself");
            return self.wrong(problem.with_hint("leave `until` out"));
        }
        let until = self.tree(value, &known, 0)?;
        let rules = until.rules().len();
        if rules > Until::MOST_RULES {
            let message = format!("`until` has {rules} rules; {} are allowed", Until::MOST_RULES);
            let problem = self.problem(value, message);
            return self
                .wrong(problem.with_hint("fewer rules say the same, or nobody can read them"));
        }
        Some(Some(until))
    }

    /// One value of the tree, which stands this deep in it.
    fn tree(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        known: &[&str],
        depth: usize,
    ) -> Option<Until> {
        match value.get_ref() {
            DeValue::String(word) => self.rule(value, word, None, known).map(Until::Rule),
            DeValue::Table(table) => {
                let mut entries = table.iter();
                let (Some((key, inner)), None) = (entries.next(), entries.next()) else {
                    return self.mistyped(value, "until", &format!("{FORM}, one key in each"));
                };
                let word: &str = key.get_ref();
                match (word, inner.get_ref()) {
                    ("any" | "all", DeValue::Array(list)) => {
                        let of = self.branches(inner, list, (word, known), depth)?;
                        Some(if word == "any" { Until::Any(of) } else { Until::All(of) })
                    }
                    ("any" | "all", _) => self.mistyped(inner, word, "a list of rules"),
                    _ => self.rule(value, word, Some(inner), known).map(Until::Rule),
                }
            }
            _ => self.mistyped(value, "until", FORM),
        }
    }

    fn branches(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        list: &DeArray<'_>,
        (word, known): (&str, &[&str]),
        depth: usize,
    ) -> Option<Vec<Until>> {
        if list.is_empty() {
            let problem = self.problem(value, format!("`{word}` of no rule never stops a run"));
            return self.wrong(problem.with_hint("name a rule in it, or leave `until` out"));
        }
        if depth >= Until::MOST_DEPTH {
            let message = format!("`until` is more than {} lists deep", Until::MOST_DEPTH);
            let problem = self.problem(value, message);
            return self.wrong(problem.with_hint("say it with fewer lists in one another"));
        }
        // Every branch is looked at, so that all problems are told.
        let of: Vec<_> = list.iter().map(|one| self.tree(one, known, depth + 1)).collect();
        of.into_iter().collect()
    }

    fn rule(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        word: &str,
        number: Option<&Spanned<DeValue<'_>>>,
        known: &[&str],
    ) -> Option<Rule> {
        let Some(rule) = Rule::named(word, 1) else {
            let problem = self.problem(value, format!("unknown rule `{}`", shortened(word)));
            return self.wrong(problem.with_hint(advice(word, known)));
        };
        if !known.contains(&word) {
            let problem = self.problem(value, format!("`{word}` never holds in this algorithm"));
            return self.wrong(problem.with_hint(format!("known are `{}`", known.join("`, `"))));
        }
        match (rule.number(), number) {
            (None, None) => Some(rule),
            (None, Some(_)) => {
                let problem = self.problem(value, format!("`{word}` counts nothing"));
                self.wrong(problem.with_hint(format!("write `\"{word}\"`")))
            }
            (Some(_), None) => {
                let problem =
                    self.problem(value, format!("`{word}` counts rounds, and no number is said"));
                self.wrong(problem.with_hint(format!("write `{{ {word} = 2 }}`")))
            }
            (Some(_), Some(number)) => {
                let read = number.get_ref().as_integer();
                let read = read
                    .and_then(|digits| u32::from_str_radix(digits.as_str(), digits.radix()).ok());
                if let Some(number) = read.filter(|number| (1..=Rule::MOST).contains(number)) {
                    return Rule::named(word, number);
                }
                self.mistyped(number, word, &format!("a whole number from 1 to {}", Rule::MOST))
            }
        }
    }

    fn problem(&self, value: &Spanned<DeValue<'_>>, message: impl Into<String>) -> Problem {
        Problem::at(self.text, value.span().start, message)
    }
}

/// A word that somebody made up, on one line.
fn shortened(word: &str) -> String {
    word.chars().filter(|one| !one.is_control()).take(40).collect()
}
