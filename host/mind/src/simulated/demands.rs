//! The third closed task: a line of words that is to have some, to lack others, and not to be too long; and how
//! the simulated writer writes one, finds fault with it, and writes it again.
//!
//! What verifiers find is read in the words of `plugins/verify-text`: words in backticks, and `at most N words`.

use pentimento_model::Seed;
use serde_json::json;

use super::{
    Ability,
    asked::Asked,
    chance::{below, happens, seed_of},
};

/// What stands between the words that are asked for.
const FILLERS: [&str; 12] = [
    "old", "near", "small", "under", "green", "beside", "quiet", "over", "warm", "behind", "late",
    "bright",
];
/// Words more than are allowed in a line that is too long.
const TOO_MANY: usize = 2;
/// Words that fill a line which need not have any, at most.
const FILLING: usize = 3;
/// A judge's scores of a line that keeps to everything and of one that does not, of 10.
const SCORES: (u8, u8) = (7, 4);

/// What is demanded of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Demands {
    wanted: Vec<String>,
    unwanted: Vec<String>,
    /// Words, at most.
    most: usize,
}

impl Demands {
    /// Those of a question such as `Write a line with the words apple, boat and cloud, without the words
    /// very and thing, in at most 9 words.` `None` if there are none, or none that can be met at once.
    pub(super) fn find(question: &str) -> Option<Self> {
        let (_, said) = question.split_once("with the words ")?;
        let (wanted, rest) = said.split_once(", without the words ")?;
        let (unwanted, rest) = rest.split_once(", in at most ")?;
        let most = rest.split_once(" words")?.0.parse().ok()?;
        let list = |text: &str| -> Option<Vec<String>> {
            let words = text.split(", ").flat_map(|piece| piece.split(" and "));
            let is_word =
                |word: &str| !word.is_empty() && word.chars().all(|c: char| c.is_ascii_lowercase());
            words.map(|word| is_word(word).then(|| word.to_owned())).collect()
        };
        let (wanted, unwanted) = (list(wanted)?, list(unwanted)?);
        let at_odds = wanted.iter().any(|word| unwanted.contains(word));
        let fits = wanted.len() + unwanted.len() <= most;
        (fits && !at_odds).then_some(Self { wanted, unwanted, most })
    }

    /// Which of them a line meets: each word that is wanted, each that is not, the length.
    pub(super) fn met(&self, line: &str) -> Vec<bool> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let has = |word: &String| words.contains(&word.as_str());
        let wanted = self.wanted.iter().map(has);
        let unwanted = self.unwanted.iter().map(|word| !has(word));
        wanted.chain(unwanted).chain([words.len() <= self.most]).collect()
    }

    /// What is wrong with a line that does not meet one of them, as a verifier says it.
    pub(super) fn complaint(&self, at: usize) -> String {
        let Self { wanted, unwanted, most } = self;
        if let Some(word) = wanted.get(at) {
            return format!("contains: wanted at least 1 of `{word}`; counted 0");
        }
        match at.checked_sub(wanted.len()).and_then(|at| unwanted.get(at)) {
            Some(word) => format!("forbidden: wanted none of `{word}`; counted 1"),
            None => format!("length: wanted at most {most} words; counted more"),
        }
    }

    /// Those that a complaint speaks of.
    fn named(&self, complaint: &str) -> Vec<usize> {
        let all = self.wanted.iter().chain(&self.unwanted).enumerate();
        let words = all.filter(|(_, word)| complaint.contains(&format!("`{word}`")));
        let length = complaint.contains(&format!("at most {} words", self.most));
        let last = self.wanted.len() + self.unwanted.len();
        words.map(|(at, _)| at).chain(length.then_some(last)).collect()
    }

    /// A line that meets these of them and no others.
    fn line(&self, met: &[bool], seed: Seed) -> String {
        let holds = |at: usize| met.get(at).copied().unwrap_or(true);
        let (there, rest) = (self.wanted.iter().enumerate(), self.wanted.len());
        let mut words: Vec<&str> =
            there.filter(|(at, _)| holds(*at)).map(|(_, word)| word.as_str()).collect();
        let beside = self.unwanted.iter().enumerate();
        words.extend(beside.filter(|(at, _)| !holds(rest + at)).map(|(_, word)| word.as_str()));
        let is_short = holds(rest + self.unwanted.len());
        let room = self.most.saturating_sub(words.len());
        let fill = if is_short { room.min(FILLING) } else { room + TOO_MANY };
        let known = |word: &&str| !self.wanted.iter().chain(&self.unwanted).any(|one| one == word);
        let fillers: Vec<&str> = FILLERS.into_iter().filter(known).collect();
        for at in 0..fill {
            let filler = fillers.get(below(fillers.len(), seed, "filler", at)).copied();
            let place = words.len().min(1 + 2 * at);
            words.insert(place, filler.unwrap_or("so"));
        }
        words.join(" ")
    }
}

/// Answers in the form that is wanted; `None` if it has no answer in that form.
pub(super) fn answer(
    demands: &Demands,
    asked: &Asked,
    ability: &Ability,
    seed: Seed,
) -> Option<String> {
    let writer = Wordsmith { demands, ability, seed, habits: seed_of(&asked.question) };
    let draft = asked.draft.as_ref().map(|lines| demands.met(&lines.join(" ")));
    Some(match (asked.form.as_str(), draft) {
        ("solution", None) => writer.written(&writer.first()),
        ("solution", Some(draft)) => writer.written(&writer.again(&draft, asked)),
        ("correction", Some(draft)) => writer.written(&writer.correct(&draft, asked)),
        ("problems", Some(draft)) => writer.judge(&draft),
        _ => return None,
    })
}

/// Whoever writes such a line.
struct Wordsmith<'a> {
    demands: &'a Demands,
    ability: &'a Ability,
    seed: Seed,
    /// Where the habits with this question come from.
    habits: Seed,
}

impl Wordsmith<'_> {
    /// Which demands the first line meets. Whether one is forgotten by habit is itself a habit.
    fn first(&self) -> Vec<bool> {
        let count = self.demands.met("").len();
        let meets = |at: usize| {
            let by_habit = happens(self.ability.habit, self.habits, "met by habit", at);
            let (seed, purpose) =
                if by_habit { (self.habits, "habit") } else { (self.seed, "meet") };
            happens(self.ability.step, seed, purpose, at)
        };
        (0..count).map(meets).collect()
    }

    /// The demand that it takes for broken, without being told.
    fn blame(&self, draft: &[bool]) -> Option<usize> {
        self.ability.blame(draft.iter().position(|met| !met), draft.len(), self.seed)
    }

    /// Writes for these demands otherwise; what was met is met again this often.
    fn redo(&self, draft: &[bool], named: &[usize], again: f64) -> Vec<bool> {
        let redone = |(at, met): (usize, &bool)| {
            let chance = if *met { again } else { self.ability.repair };
            if named.contains(&at) { happens(chance, self.seed, "repair", at) } else { *met }
        };
        draft.iter().enumerate().map(redone).collect()
    }

    /// Writes a line again, knowing what was said of it.
    fn again(&self, draft: &[bool], asked: &Asked) -> Vec<bool> {
        let complaints = if asked.found.is_empty() { &asked.said } else { &asked.found };
        if complaints.is_empty() {
            return self.first();
        }
        if happens(self.ability.stubborn, self.seed, "stubborn", 0) {
            return draft.to_vec();
        }
        let named: Vec<usize> = complaints.iter().flat_map(|one| self.demands.named(one)).collect();
        self.redo(draft, &named, self.ability.step)
    }

    /// Looks at a line again, and changes what verifiers refute, or else what it takes for wrong.
    fn correct(&self, draft: &[bool], asked: &Asked) -> Vec<bool> {
        if !asked.found.is_empty() {
            return self.again(draft, asked);
        }
        // What is changed because of a doubt is no longer what it was.
        self.blame(draft).map_or_else(|| draft.to_vec(), |at| self.redo(draft, &[at], 0.0))
    }

    fn judge(&self, draft: &[bool]) -> String {
        let blamed = self.blame(draft);
        let score = if draft.contains(&false) { SCORES.1 } else { SCORES.0 };
        let problems: Vec<_> = blamed.iter().map(|at| self.demands.complaint(*at)).collect();
        json!({ "problems": problems, "correct": blamed.is_none(), "score": score }).to_string()
    }

    fn written(&self, met: &[bool]) -> String {
        json!({ "steps": [], "answer": self.demands.line(met, self.seed) }).to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ASKED: &str = "Write a line with the words apple, boat and cloud, without the words very and \
                         thing, in at most 7 words.";

    #[test]
    fn demands_are_read_and_what_cannot_be_met_is_no_task() {
        let found = Demands::find(ASKED).unwrap();
        assert_eq!(found.wanted, ["apple", "boat", "cloud"]);
        assert_eq!(found.unwanted, ["very", "thing"]);
        assert_eq!(found.most, 7);
        for other in [
            "Write a line with the words apple and boat.",
            "Write a line with the words apple, without the words apple, in at most 7 words.",
            "Write a line with the words apple and boat, without the words very, in at most 2 words.",
            "Write a line with the words Apple, without the words very, in at most 7 words.",
            "Write a line with the words apple, without the words very, in at most few words.",
        ] {
            assert_eq!(Demands::find(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn a_line_meets_what_it_is_to_meet_and_no_more(
            met in prop::collection::vec(any::<bool>(), 6),
            seed in any::<u64>(),
        ) {
            let demands = Demands::find(ASKED).unwrap();
            let line = demands.line(&met, Seed(seed));
            prop_assert_eq!(demands.met(&line), met.clone(), "{}", line);
            for at in 0..6 {
                prop_assert_eq!(demands.named(&demands.complaint(at)), vec![at]);
            }
        }

        #[test]
        fn no_question_breaks_it(question in "(with the words |, without the words |, in at most | words|a|and|9|é){0,12}") {
            let _ = Demands::find(&question);
        }
    }
}
