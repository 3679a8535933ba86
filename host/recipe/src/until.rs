//! When a recipe for texts stops: rules, combined by "any of" and "all of" into a small tree.
//!
//! Which rules there are, what they are called, and when a tree of them holds. Whether one rule holds of
//! a draft is the engine's business; budgets end runs whatever stands here.

use std::fmt;

use crate::TextAlgorithm;

mod usual;

/// One condition, asked after every round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A verifier proved the draft, and nobody objects.
    Proved,
    /// Whoever gives feedback finds nothing more, and nobody objects.
    Content,
    /// So many rounds in a row changed nothing in the answer.
    Unchanged(u32),
    /// All answers that are considered are the same, and nobody objects.
    Agreed,
    /// The recipe holds it to be right, by its own measure, and nobody objects.
    Trusted,
    /// It was preferred to what was to take its place, and nobody objects.
    Preferred,
    /// So many rounds followed the first candidate. Says nothing of the draft.
    Rounds(u32),
}

impl Rule {
    /// The words of all rules, as recipes write them.
    pub const NAMES: [&'static str; 7] =
        ["proved", "content", "unchanged", "agreed", "trusted", "preferred", "rounds"];
    /// The most that a rule with a number may have: as many rounds as a recipe can make.
    pub(crate) const MOST: u32 = 1000;

    /// The rule with this word; those that count rounds with this number.
    pub(crate) fn named(word: &str, number: u32) -> Option<Self> {
        Some(match word {
            "proved" => Self::Proved,
            "content" => Self::Content,
            "unchanged" => Self::Unchanged(number),
            "agreed" => Self::Agreed,
            "trusted" => Self::Trusted,
            "preferred" => Self::Preferred,
            "rounds" => Self::Rounds(number),
            _ => return None,
        })
    }

    /// The word that recipes write.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Content => "content",
            Self::Unchanged(_) => "unchanged",
            Self::Agreed => "agreed",
            Self::Trusted => "trusted",
            Self::Preferred => "preferred",
            Self::Rounds(_) => "rounds",
        }
    }

    /// The number of those that count rounds.
    pub(crate) const fn number(self) -> Option<u32> {
        match self {
            Self::Unchanged(number) | Self::Rounds(number) => Some(number),
            _ => None,
        }
    }

    /// What the rule with this word means, for people.
    pub fn meaning(word: &str) -> Option<&'static str> {
        Some(match Self::named(word, 1)? {
            Self::Proved => "a verifier proves the draft, and nobody objects",
            Self::Content => "whoever gives feedback finds nothing more, and nobody objects",
            Self::Unchanged(_) => {
                "so many rounds in a row changed nothing in the answer: `{ unchanged = 2 }`"
            }
            Self::Agreed => "all answers that are considered are the same, and nobody objects",
            Self::Trusted => "the recipe's own measure says that it is right, and nobody objects",
            Self::Preferred => {
                "the draft was preferred to what was to take its place, and nobody objects"
            }
            Self::Rounds(_) => {
                "so many rounds followed the first draft: `{ rounds = 2 }`; useful within `all`"
            }
        })
    }
}

/// As a clause: "it stops once …".
impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Self::Proved => "a verifier proves it",
            Self::Content => "nothing more is found wrong with it",
            Self::Unchanged(1) => "a round changes nothing in the answer",
            Self::Unchanged(rounds) => {
                return write!(formatter, "{rounds} rounds in a row change nothing in the answer");
            }
            Self::Agreed => "all answers agree",
            Self::Trusted => "it is held to be right",
            Self::Preferred => "it is preferred to what was to take its place",
            Self::Rounds(1) => "a round was made",
            Self::Rounds(rounds) => return write!(formatter, "{rounds} rounds were made"),
        };
        formatter.write_str(words)
    }
}

/// Rules, combined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Until {
    /// One rule.
    Rule(Rule),
    /// The first of these that holds. One of none never holds.
    Any(Vec<Self>),
    /// Every one of these, in the same round. One of none never holds: nothing speaks for stopping.
    All(Vec<Self>),
}

impl Until {
    /// Trees within trees, at most; ours. What is deeper nobody can read.
    pub(crate) const MOST_DEPTH: usize = 4;
    /// Rules of one tree, at most; ours.
    pub(crate) const MOST_RULES: usize = 16;

    /// The rules by which it holds, if it does: one where any is enough, each where all must. `holds`
    /// says it of a single rule.
    pub fn reached(&self, holds: &impl Fn(Rule) -> bool) -> Option<Vec<Rule>> {
        match self {
            Self::Rule(rule) => holds(*rule).then(|| vec![*rule]),
            Self::Any(of) => of.iter().find_map(|one| one.reached(holds)),
            Self::All(of) if of.is_empty() => None,
            Self::All(of) => {
                let mut by = Vec::new();
                for one in of {
                    for rule in one.reached(holds)? {
                        if !by.contains(&rule) {
                            by.push(rule);
                        }
                    }
                }
                Some(by)
            }
        }
    }

    /// All its rules, in the order in which they are written.
    pub fn rules(&self) -> Vec<Rule> {
        match self {
            Self::Rule(rule) => vec![*rule],
            Self::Any(of) | Self::All(of) => of.iter().flat_map(Self::rules).collect(),
        }
    }

    /// As a value of TOML, on one line.
    pub fn to_toml(&self) -> String {
        let list = |of: &[Self]| of.iter().map(Self::to_toml).collect::<Vec<_>>().join(", ");
        match self {
            Self::Rule(rule) => match rule.number() {
                None => format!("\"{}\"", rule.name()),
                Some(number) => format!("{{ {} = {number} }}", rule.name()),
            },
            Self::Any(of) => format!("{{ any = [{}] }}", list(of)),
            Self::All(of) => format!("{{ all = [{}] }}", list(of)),
        }
    }
}

/// As a clause: "it stops once …". What stands within is in brackets.
impl fmt::Display for Until {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (of, between) = match self {
            Self::Rule(rule) => return rule.fmt(formatter),
            Self::Any(of) => (of, ", or "),
            Self::All(of) => (of, ", and "),
        };
        for (at, one) in of.iter().enumerate() {
            if at > 0 {
                formatter.write_str(between)?;
            }
            match one {
                Self::Any(within) | Self::All(within) if within.len() > 1 && of.len() > 1 => {
                    write!(formatter, "({one})")?;
                }
                one => one.fmt(formatter)?,
            }
        }
        Ok(())
    }
}

impl TextAlgorithm {
    /// When it stops unless its recipe says otherwise; `None` where samples are drawn and nothing is
    /// carried on.
    pub(crate) fn usual_until(&self) -> Option<Until> {
        usual::of(self.name())
            .map(|(rules, _)| Until::Any(rules.iter().copied().map(Until::Rule).collect()))
    }

    /// The words of the rules that can hold in the algorithm with this name; none where nothing is
    /// carried on.
    pub(crate) fn rules_of(name: &str) -> Vec<&'static str> {
        let Some((rules, more)) = usual::of(name) else { return Vec::new() };
        let own: Vec<_> =
            rules.iter().map(|rule| rule.name()).chain(more.iter().copied()).collect();
        let said = |word: &&str| own.contains(word) || usual::EVERYWHERE.contains(word);
        Rule::NAMES.into_iter().filter(said).collect()
    }
}

#[cfg(test)]
mod tests;
