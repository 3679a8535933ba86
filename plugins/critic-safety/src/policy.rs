//! The rules a text is compared with: the built-in ones, those of the operator, or both.
//!
//! A policy that cannot be read is refused with its line and the cause; there is no falling back to
//! the built-in rules behind the operator's back. Reading one rule is `policy/rule.rs`.

mod rule;

use pentimento_sdk::{Failure, Severity};
use regex_lite::Regex;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::checks::Check;
use crate::words::Entry;

/// The built-in rules.
const DEFAULT: &str = include_str!("policy/default.toml");

/// The settings key under which an operator's policy is.
pub const KEY: &str = "policy";

/// Rules of one policy: more than anyone writes by hand.
const MOST_RULES: usize = 200;

/// One thing that must not be in a text.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Tells the rule from the others.
    pub name: String,
    /// What kind of thing it is.
    pub category: String,
    /// How bad it is.
    pub severity: Severity,
    /// What was found, in words.
    pub message: String,
    /// Words and phrases.
    pub words: Vec<Entry>,
    /// A regular expression.
    pub pattern: Option<Regex>,
    /// A check of personal data.
    pub check: Option<Check>,
    /// What is allowed after all, in ASCII lower case: a place that touches one of these is none.
    pub except: Vec<String>,
}

/// Rules in the order in which they are written.
#[derive(Clone, Debug)]
pub struct Policy {
    /// All rules, each with a name of its own.
    pub rules: Vec<Rule>,
}

/// What is wrong with a policy, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong, as a sentence without a period.
    pub cause: String,
}

impl From<PolicyError> for Failure {
    fn from(PolicyError { line, cause }: PolicyError) -> Self {
        Self::new("bad-setting", format!("the setting `{KEY}`, line {line}: {cause}"))
    }
}

/// A complaint about a byte of the policy's text.
struct Complaint {
    at: usize,
    cause: String,
}

fn complaint<T>(at: &Spanned<T>, cause: impl Into<String>) -> Complaint {
    Complaint { at: at.span().start, cause: cause.into() }
}

impl Policy {
    /// The built-in rules, or what an operator's text makes of them.
    pub fn of(setting: Option<&str>) -> Result<Self, PolicyError> {
        Self::parse(setting.unwrap_or(DEFAULT))
    }

    /// Reads a policy.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        let place = |Complaint { at, cause }| {
            let before = text.as_bytes().iter().take(at);
            PolicyError { line: 1 + before.filter(|byte| **byte == b'\n').count(), cause }
        };
        let table = DeTable::parse(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            place(Complaint { at, cause: error.message().replace('\n', " ") })
        })?;
        read(&table).map_err(place)
    }

    /// Adds a rule, in place of one with the same name.
    fn put(&mut self, rule: Rule) {
        match self.rules.iter_mut().find(|other| other.name == rule.name) {
            Some(other) => *other = rule,
            None => self.rules.push(rule),
        }
    }
}

fn read(table: &Spanned<DeTable<'_>>) -> Result<Policy, Complaint> {
    let mut policy = Policy { rules: Vec::new() };
    for (key, value) in table.get_ref() {
        match key.get_ref().as_ref() {
            "extends" => policy = base(value)?,
            "without" | "rule" => {}
            other => {
                let cause = format!("unknown key `{other}`; known: extends, without, rule");
                return Err(complaint(key, cause));
            }
        }
    }
    if let Some(names) = table.get_ref().get("without") {
        leave_out(&mut policy, names)?;
    }
    let Some(rules) = table.get_ref().get("rule") else { return Ok(policy) };
    let Some(listed) = rules.get_ref().as_array() else {
        return Err(complaint(rules, "rules are written as `[[rule]]`"));
    };
    if listed.len() > MOST_RULES {
        let cause = format!("{} rules; at most {MOST_RULES} are read", listed.len());
        return Err(complaint(rules, cause));
    }
    let mut own: Vec<String> = Vec::new();
    for written in listed {
        let rule = rule::read(written)?;
        if own.contains(&rule.name) {
            return Err(complaint(written, format!("a second rule named `{}`", rule.name)));
        }
        own.push(rule.name.clone());
        policy.put(rule);
    }
    Ok(policy)
}

fn base(value: &Spanned<DeValue<'_>>) -> Result<Policy, Complaint> {
    match value.get_ref().as_str() {
        Some("default") => Policy::parse(DEFAULT).map_err(|PolicyError { line, cause }| {
            complaint(value, format!("the built-in policy, line {line}: {cause}"))
        }),
        _ => Err(complaint(value, "`extends` may only be \"default\"")),
    }
}

fn leave_out(policy: &mut Policy, names: &Spanned<DeValue<'_>>) -> Result<(), Complaint> {
    for (name, place) in rule::texts("without", names)? {
        let before = policy.rules.len();
        policy.rules.retain(|rule| rule.name != name);
        if policy.rules.len() == before {
            let cause = format!("`without` names the rule `{name}`, which is not there");
            return Err(Complaint { at: place, cause });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
