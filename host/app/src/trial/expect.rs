//! What must come back in a case, and every way in which something else came, in words.
//!
//! Whether two places are the same is left to `place.rs`.

use std::{collections::BTreeMap, ops::RangeInclusive};

use pentimento_manifest::Role;
use pentimento_model::{CheckOutcome, Fault, Finding, Opinion, Region, Severity};
use serde::Deserialize;

use super::{Came, place};

/// The keys below `[expect]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawExpect {
    outcome: Option<String>,
    score: Option<[f32; 2]>,
    abstains: Option<bool>,
    answer: Option<String>,
    #[serde(default)]
    answer_has: Vec<String>,
    fails: Option<String>,
    #[serde(default)]
    without: Vec<String>,
    #[serde(default)]
    findings: Vec<RawFinding>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawFinding {
    code: String,
    severity: Option<String>,
    message_has: Option<String>,
    times: Option<usize>,
    place: Option<[f32; 4]>,
}

/// What must come back.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    outcome: Option<CheckOutcome>,
    score: Option<RangeInclusive<f32>>,
    abstains: Option<bool>,
    answer: Option<String>,
    answer_has: Vec<String>,
    fails: Option<String>,
    without: Vec<String>,
    findings: Vec<ExpectedFinding>,
}

/// One kind of finding that must be there.
#[derive(Clone, Debug)]
struct ExpectedFinding {
    code: String,
    severity: Option<Severity>,
    message_has: Option<String>,
    times: Option<usize>,
    place: Option<Region>,
}

impl Expected {
    /// Checks that a plugin of this role can give what is expected.
    pub(super) fn checked(raw: RawExpect, role: Role) -> Result<Self, String> {
        check_role(&raw, role)?;
        let outcome = raw.outcome.map(|word| {
            let outcomes = CheckOutcome::ALL.map(|one| (one.as_str(), one));
            by_name("outcome", &word, &outcomes)
        });
        let score = raw.score.map(|[low, high]| {
            let fits = 0.0 <= low && low <= high && high <= 1.0;
            fits.then_some(low..=high)
                .ok_or("`score` is two numbers from 0 to 1, the lower one first".to_owned())
        });
        let expected = Self {
            outcome: outcome.transpose()?,
            score: score.transpose()?,
            abstains: raw.abstains,
            answer: raw.answer,
            answer_has: raw.answer_has,
            fails: raw.fails,
            without: raw.without,
            findings: raw.findings.into_iter().map(finding).collect::<Result<_, _>>()?,
        };
        if expected.is_anything() {
            return Err("`[expect]` expects nothing, so any answer would do".to_owned());
        }
        if expected.fails.is_some() && !expected.with_failure_alone() {
            return Err("a plugin that `fails` says nothing else that could be expected".to_owned());
        }
        Ok(expected)
    }

    fn is_anything(&self) -> bool {
        self.fails.is_none() && self.with_failure_alone()
    }

    /// True if nothing is expected, the failure aside.
    fn with_failure_alone(&self) -> bool {
        self.outcome.is_none()
            && self.score.is_none()
            && self.abstains.is_none()
            && self.answer.is_none()
            && self.answer_has.is_empty()
            && self.without.is_empty()
            && self.findings.is_empty()
    }

    /// Every way in which something else came; nothing if all is as expected.
    pub(super) fn mismatches(&self, came: &Came) -> Vec<String> {
        if let Some(code) = &self.fails {
            return match came.failure_code() {
                Some(seen) if seen == code => Vec::new(),
                Some(seen) => {
                    vec![format!("it was to fail with `{code}`, and failed with `{seen}`")]
                }
                None => vec![format!("it was to fail with `{code}`, and did not")],
            };
        }
        match came {
            Came::Fault(Fault { kind, message, .. }) => {
                vec![format!("it gave no answer ({}): {message}", kind.as_str())]
            }
            Came::Answer(answer) => self.of_answer(answer),
            Came::Opinion(opinion) => {
                let mut mismatches = match opinion {
                    Opinion::Check(check) => self.of_outcome(check.outcome),
                    Opinion::Critique(critique) => {
                        let score = critique.score.map(pentimento_model::Score::value);
                        self.of_critique(score, critique.abstained.as_deref())
                    }
                };
                mismatches.extend(self.of_findings(opinion.findings()));
                mismatches
            }
        }
    }

    fn of_answer(&self, answer: &str) -> Vec<String> {
        let other = self.answer.as_ref().filter(|wanted| wanted.trim_end() != answer.trim_end());
        let other = other.map(|wanted| format!("the answer was to be {wanted:?}"));
        let missing = self.answer_has.iter().filter(|part| !answer.contains(part.as_str()));
        let missing = missing.map(|part| format!("the answer was to have {part:?} in it"));
        other.into_iter().chain(missing).collect()
    }

    fn of_outcome(&self, outcome: CheckOutcome) -> Vec<String> {
        let other = self.outcome.filter(|wanted| *wanted != outcome);
        let words = |wanted: CheckOutcome| {
            format!("the outcome was to be {}, and is {}", wanted.as_str(), outcome.as_str())
        };
        other.map(words).into_iter().collect()
    }

    fn of_critique(&self, score: Option<f32>, abstained: Option<&str>) -> Vec<String> {
        let mut mismatches = Vec::new();
        if let Some(wanted) = &self.score {
            let (low, high) = (wanted.start(), wanted.end());
            match score {
                Some(score) if wanted.contains(&score) => {}
                Some(score) => mismatches
                    .push(format!("the score was to be {low} to {high}, and is {score:.3}")),
                None => mismatches
                    .push(format!("the score was to be {low} to {high}, and none was given")),
            }
        }
        match (self.abstains, abstained) {
            (Some(true), None) => mismatches.push("it was to abstain, and judged".to_owned()),
            (Some(false), Some(why)) => {
                mismatches.push(format!("it was to judge, and abstained: {why}"));
            }
            _ => {}
        }
        mismatches
    }

    fn of_findings(&self, found: &[Finding]) -> Vec<String> {
        let mut mismatches = Vec::new();
        for wanted in &self.findings {
            let count = found.iter().filter(|one| wanted.is_met_by(one)).count();
            match wanted.times {
                None if count == 0 => mismatches.push(format!("{wanted} was to be found")),
                Some(times) if count != times => mismatches.push(format!(
                    "{wanted} was to be found {times} times, and is there {count} times"
                )),
                _ => {}
            }
        }
        let mut unwanted = BTreeMap::<&str, usize>::new();
        for one in found.iter().filter(|one| self.without.contains(&one.code)) {
            *unwanted.entry(&one.code).or_default() += 1;
        }
        let words =
            |(code, count)| format!("`{code}` was not to be found, and is there {count} times");
        mismatches.extend(unwanted.into_iter().map(words));
        mismatches
    }
}

impl ExpectedFinding {
    fn is_met_by(&self, found: &Finding) -> bool {
        found.code == self.code
            && self.severity.is_none_or(|wanted| wanted == found.severity)
            && self.message_has.as_ref().is_none_or(|part| found.message.contains(part.as_str()))
            && self.place.is_none_or(|wanted| place::is_met(wanted, found.place))
    }
}

impl std::fmt::Display for ExpectedFinding {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "`{}`", self.code)?;
        if let Some(severity) = self.severity {
            write!(formatter, " ({})", severity.as_str())?;
        }
        if let Some(part) = &self.message_has {
            write!(formatter, " with {part:?} in its message")?;
        }
        if let Some(region) = self.place {
            write!(formatter, " at {}", place::region(region))?;
        }
        Ok(())
    }
}

fn finding(raw: RawFinding) -> Result<ExpectedFinding, String> {
    let RawFinding { code, severity, message_has, times, place } = raw;
    let severity = severity.map(|word| {
        let severities = Severity::ALL.map(|one| (one.as_str(), one));
        by_name("severity", &word, &severities)
    });
    if times == Some(0) {
        return Err(format!("put `{code}` into `without` instead of finding it 0 times"));
    }
    let place = place.map(place::checked).transpose()?;
    Ok(ExpectedFinding { code, severity: severity.transpose()?, message_has, times, place })
}

fn by_name<T: Copy>(key: &str, word: &str, known: &[(&str, T)]) -> Result<T, String> {
    let found = known.iter().find(|(name, _)| *name == word).map(|(_, one)| *one);
    found.ok_or_else(|| {
        let names: Vec<_> = known.iter().map(|(name, _)| *name).collect();
        format!("`{key}` cannot be `{word}`: it is one of {}", names.join(", "))
    })
}

/// Some expectations make sense for one role only.
fn check_role(raw: &RawExpect, role: Role) -> Result<(), String> {
    let keys = [
        ("outcome", raw.outcome.is_some(), &[Role::Verifier][..]),
        ("score", raw.score.is_some(), &[Role::Critic]),
        ("abstains", raw.abstains.is_some(), &[Role::Critic]),
        ("answer", raw.answer.is_some(), &[Role::Tool]),
        ("answer-has", !raw.answer_has.is_empty(), &[Role::Tool]),
        ("without", !raw.without.is_empty(), &[Role::Critic, Role::Verifier]),
        ("findings", !raw.findings.is_empty(), &[Role::Critic, Role::Verifier]),
    ];
    let wrong = keys.iter().find(|(_, given, roles)| *given && !roles.contains(&role));
    wrong.map_or(Ok(()), |(key, ..)| Err(format!("a {role} gives nothing that is `{key}`")))
}

/// What came back, a line each: the summary first, then every finding.
pub(super) fn in_words(came: &Came) -> Vec<String> {
    match came {
        Came::Fault(Fault { kind, message, log }) => {
            let first = format!("no answer ({}): {message}", kind.as_str());
            [first].into_iter().chain(log.iter().map(|line| format!("log: {line}"))).collect()
        }
        Came::Answer(answer) => answer.lines().map(str::to_owned).collect(),
        Came::Opinion(opinion) => {
            let first = match opinion {
                Opinion::Check(check) => format!("{}: {}", check.outcome.as_str(), check.proof),
                Opinion::Critique(critique) => match (&critique.abstained, critique.score) {
                    (Some(why), _) => format!("it abstained: {why}"),
                    (None, Some(score)) => format!("score {:.3}", score.value()),
                    (None, None) => "no score".to_owned(),
                },
            };
            [first].into_iter().chain(opinion.findings().iter().map(found)).collect()
        }
    }
}

fn found(one: &Finding) -> String {
    let at = one.place.map_or(String::new(), |at| format!(" at {}", place::in_words(at)));
    format!("`{}` ({}){at}: {}", one.code, one.severity.as_str(), one.message)
}

#[cfg(test)]
mod tests;
