//! How the simulated seer answers the third closed task: how many things of some kinds are in a picture.
//!
//! Its eye is as good as whoever looks for it; what it makes of a glance at everything, and of a look at one
//! thing, is as often right as [`super::Ability`] says.

use pentimento_model::Seed;
use pentimento_world::{Noun, lookup};
use serde_json::json;

use super::{
    Ability,
    asked::Asked,
    chance::{happens, seed_of},
    eye::Seen,
    sum::Sum,
    thought::listed,
};

/// How a question begins and ends.
const QUESTION: (&str, &str) = ("How many ", " in the picture?");
/// How a step that speaks of the picture ends.
const STEP: &str = " in the picture.";

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Counting {
    /// The kinds that are counted together, each once.
    pub kinds: Vec<&'static Noun>,
}

impl Counting {
    /// The question in a text: `How many apples, cups and dogs are in the picture?`.
    pub(super) fn find(question: &str) -> Option<Self> {
        let (_, asked) = question.split_once(QUESTION.0)?;
        let (asked, _) = asked.split_once(QUESTION.1)?;
        let asked = asked.strip_suffix(" are").or_else(|| asked.strip_suffix(" is"))?;
        let words = asked.split(", ").flat_map(|piece| piece.split(" and "));
        let kinds: Option<Vec<_>> =
            words.map(|word| Some(lookup(&word.trim().to_lowercase())?.0)).collect();
        let mut kinds = kinds?;
        kinds.dedup_by_key(|kind| kind.name);
        Some(Self { kinds })
    }
}

/// Answers in the form that is wanted; `None` if it has no answer in that form.
pub(super) fn answer(
    asked: &Asked,
    things: Option<&Seen>,
    ability: &Ability,
    seed: Seed,
) -> Option<String> {
    let probe = asked.block("probe").concat();
    let question = if probe.is_empty() { asked.question.as_str() } else { probe.as_str() };
    let counting = Counting::find(question)?;
    let sight = Sight { counting: &counting, question, seen: things, ability, seed };
    let draft = asked.draft.as_ref().map(|lines| sight.read(lines));
    Some(match (asked.form.as_str(), draft) {
        ("probes", _) => listed(&probes(asked.block("step"))),
        ("sight", _) => json!({ "text": sight.look()? }).to_string(),
        ("judgements", _) => sight.judge(asked),
        ("points", Some(draft)) => listed(&sight.ground(&draft)),
        ("answer", Some(draft)) => {
            let other = sight.read(asked.other.as_deref().unwrap_or_default());
            json!({ "answer": sight.prefer(&draft, &other) }).to_string()
        }
        ("solution", Some(draft)) => sight.written(&sight.again(&draft, asked)),
        ("solution", None) => sight.written(&sight.glance_at_all("")),
        ("", _) if asked.is_plain => sight.written(&sight.glance_at_all("")),
        _ => return None,
    })
}

/// Somebody who looks at a picture with a question.
struct Sight<'a> {
    counting: &'a Counting,
    question: &'a str,
    seen: Option<&'a Seen>,
    ability: &'a Ability,
    seed: Seed,
}

impl Sight<'_> {
    /// How many of a kind there are.
    fn right(&self, kind: &Noun) -> u32 {
        self.seen.and_then(|seen| seen.get(kind.name)).copied().unwrap_or(0)
    }

    /// How many it takes there to be. Whoever looks with the same in mind errs by the same habits.
    fn count(&self, kind: &Noun, often: f64, with: &str) -> u32 {
        let habits = seed_of(&format!("{}{with}{}", self.question, kind.name));
        let by_habit = happens(self.ability.habit, habits, "seen by habit", 0);
        let seed = if by_habit { habits } else { self.seed.derive(kind.name, 0) };
        let right = self.right(kind);
        if happens(often, seed, "seen", 0) {
            return right;
        }
        if right == 0 || happens(0.5, seed, "more", 0) { right + 1 } else { right - 1 }
    }

    fn glance_at_all(&self, with: &str) -> Vec<u32> {
        let kinds = self.counting.kinds.iter();
        kinds.map(|kind| self.count(kind, self.ability.glance, with)).collect()
    }

    /// The one thing that is asked for, in a sentence; nothing else is in the way.
    fn look(&self) -> Option<String> {
        let kind = self.counting.kinds.first()?;
        Some(sentence(kind, self.count(kind, self.ability.look, "")))
    }

    /// What a second glance finds otherwise.
    fn ground(&self, draft: &[Option<u32>]) -> Vec<String> {
        let glance = self.glance_at_all("held against an answer");
        let kinds = self.counting.kinds.iter().zip(glance).zip(draft);
        let differs = kinds.filter(|((_, now), said)| Some(*now) != **said);
        differs.map(|((kind, now), _)| sentence(kind, now)).collect()
    }

    /// The answer again, with what was said of it.
    fn again(&self, draft: &[Option<u32>], asked: &Asked) -> Vec<u32> {
        let seen = asked.block("seen");
        let judged = asked.said.iter().any(|line| line.starts_with("step "));
        let one = |(at, kind): (usize, &&Noun)| {
            let said = draft.get(at).copied().flatten();
            let told = |lines: &[String]| lines.iter().find_map(|line| claim(line, kind));
            if judged {
                let is_wrong =
                    asked.said.iter().any(|line| line.starts_with(&format!("step {at}: wrong")));
                let now = || self.count(kind, self.ability.glance, "told of a mistake");
                return match said {
                    Some(said) if !is_wrong => said,
                    _ => told(seen).unwrap_or_else(now),
                };
            }
            let heeds = !happens(self.ability.stubborn, self.seed, "stubborn", at);
            let now = || self.count(kind, self.ability.glance, "");
            told(&asked.said).filter(|_| heeds).or(said).unwrap_or_else(now)
        };
        self.counting.kinds.iter().enumerate().map(one).collect()
    }

    /// The letter of the answer that a third glance agrees with, where the two differ.
    fn prefer(&self, one: &[Option<u32>], other: &[Option<u32>]) -> &'static str {
        let glance = self.glance_at_all("two answers");
        for (at, now) in glance.into_iter().enumerate() {
            let (first, second) =
                (one.get(at).copied().flatten(), other.get(at).copied().flatten());
            if first != second && (first == Some(now) || second == Some(now)) {
                return if first == Some(now) { "a" } else { "b" };
            }
        }
        "a"
    }

    /// A judgement of every step: by what was looked up, or else by what it notices with the claim before
    /// its eyes, as in any other text.
    fn judge(&self, asked: &Asked) -> String {
        let seen = asked.block("seen");
        let judge = |(at, line): (usize, &String)| {
            let kind = self.counting.kinds.iter().find_map(|kind| Some((kind, claim(line, kind)?)));
            let (correct, why) = match kind {
                None => (adds_up(line), String::new()),
                Some((kind, said)) => match seen.iter().find_map(|line| claim(line, kind)) {
                    Some(told) => (said == told, sentence(kind, told)),
                    None => (!self.doubts(at, said != self.right(kind)), String::new()),
                },
            };
            json!({ "correct": correct, "why": why })
        };
        let steps: Vec<_> = asked.block("steps").iter().enumerate().map(judge).collect();
        json!({ "steps": steps }).to_string()
    }

    /// Whether it takes a step for wrong.
    fn doubts(&self, at: usize, is_wrong: bool) -> bool {
        self.ability.doubts(is_wrong, self.seed, at)
    }

    /// An answer as it is written.
    fn written(&self, counts: &[u32]) -> String {
        let kinds = self.counting.kinds.iter().zip(counts);
        let mut steps: Vec<String> = kinds.map(|(kind, count)| sentence(kind, *count)).collect();
        let sum: u32 = counts.iter().sum();
        if counts.len() > 1 {
            let parts: Vec<String> = counts.iter().map(u32::to_string).collect();
            steps.push(format!("{} = {sum}", parts.join(" + ")));
        }
        json!({ "steps": steps, "answer": sum.to_string() }).to_string()
    }

    /// What an answer says of each kind.
    fn read(&self, lines: &[String]) -> Vec<Option<u32>> {
        let kinds = self.counting.kinds.iter();
        kinds.map(|kind| lines.iter().find_map(|line| claim(line, kind))).collect()
    }
}

/// How many of a kind there are, as a sentence.
fn sentence(kind: &Noun, count: u32) -> String {
    let is = if count == 1 { "is" } else { "are" };
    format!("There {is} {count} {}{STEP}", kind.name_for(count))
}

/// How many of this kind a text says there are.
fn claim(text: &str, kind: &Noun) -> Option<u32> {
    let (_, said) = text.split_once("There ")?;
    let said = said.strip_prefix("is ").or_else(|| said.strip_prefix("are "))?;
    let (count, rest) = said.split_once(' ')?;
    let (name, _) = rest.split_once(STEP)?;
    lookup(name).filter(|(found, _)| found.name == kind.name)?;
    count.parse().ok()
}

/// What would have to be looked up to check a step: nothing for a calculation.
fn probes(step: &[String]) -> Vec<String> {
    let step = step.concat();
    let kinds = step.split_once(STEP).and_then(|(said, _)| {
        let (_, name) = said.strip_prefix("There ")?.split_once(' ')?.1.split_once(' ')?;
        lookup(name)
    });
    let probe = kinds.map(|(kind, _)| format!("{}{} are{}", QUESTION.0, kind.plural, QUESTION.1));
    probe.into_iter().collect()
}

/// Whether a calculation comes to what it says.
fn adds_up(line: &str) -> bool {
    let Some((sum, result)) = line.rsplit_once(" = ") else { return true };
    let right = Sum::find(sum).and_then(|sum| sum.truth()?.last().copied());
    result.trim().parse().ok() == right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_names_kinds_of_the_closed_world() {
        for (question, kinds) in [
            ("How many apples are in the picture?", Some(vec!["apple"])),
            (
                "Look: How many cats, wine glasses and apples are in the picture?",
                Some(vec!["cat", "wine glass", "apple"]),
            ),
            ("How many unicorns are in the picture?", None),
            ("How many apples are there?", None),
            ("How many are in the picture?", None),
        ] {
            let found = Counting::find(question);
            let names = found.map(|one| one.kinds.iter().map(|kind| kind.name).collect::<Vec<_>>());
            assert_eq!(names, kinds, "{question}");
        }
    }

    #[test]
    fn a_sentence_is_read_as_it_is_written_and_looked_up_by_its_kind() {
        let (cat, _) = lookup("cat").unwrap();
        for count in [0, 1, 2, 12] {
            let said = sentence(cat, count);
            assert_eq!(claim(&said, cat), Some(count), "{said}");
            assert_eq!(probes(std::slice::from_ref(&said)), ["How many cats are in the picture?"]);
        }
        assert_eq!(claim(&sentence(cat, 2), lookup("dog").unwrap().0), None);
        assert!(probes(&["2 + 3 = 5".to_owned()]).is_empty());
        assert!(adds_up("2 + 3 = 5") && !adds_up("2 + 3 = 6"));
    }
}
