//! How the simulated writer answers questions of fact: from memory, which errs as often as
//! [`super::Ability`] says, and from passages, which it takes at their word.

use std::collections::BTreeSet;

use pentimento_model::Seed;
use serde_json::json;

use super::{
    Ability,
    almanac::{COUNTRIES, Hop, Quest},
    asked::Asked,
    chance::{below, happens, seed_of},
    sql::{self, Query},
};

/// A judge's scores of a right answer and of a wrong one, of 10, as for calculations.
const SCORES: (u8, u8) = (7, 4);
/// The table that it supposes where nobody tells which there are.
const SUPPOSED: &str = "countries";

/// Answers in the form that is wanted; `None` if it has no answer in that form.
pub(super) fn answer(
    quest: &Quest,
    asked: &Asked,
    ability: &Ability,
    seed: Seed,
) -> Option<String> {
    let memory = Memory { quest, ability, seed, habits: seed_of(&asked.question) };
    if let Some(answer) = memory.by_statements(asked) {
        return Some(answer);
    }
    let draft = asked.draft.as_ref().map(|lines| memory.read(lines));
    Some(match (asked.form.as_str(), draft) {
        ("query" | "requery", _) => json!({ "program": memory.query(asked) }).to_string(),
        ("inquiry", Some(draft)) => memory.inquire(&draft, asked),
        ("correction", Some(draft)) => memory.written(&memory.correct(&draft, asked), &[]),
        ("problems", Some(draft)) => memory.judge(&draft),
        ("solution", Some(draft)) => memory.written(&memory.again(&draft, asked), &[]),
        ("solution", None) => memory.written(&memory.solve(&[]), &[]),
        _ => return None,
    })
}

/// What it remembers of what a question needs.
pub(super) struct Memory<'a> {
    pub quest: &'a Quest,
    pub ability: &'a Ability,
    pub seed: Seed,
    /// Where its habits with this question come from.
    habits: Seed,
}

impl Memory<'_> {
    /// What a hop starts from, given what those before it led to.
    pub(super) fn from<'t>(&'t self, known: &'t [String]) -> &'t str {
        known.last().unwrap_or(&self.quest.given)
    }

    /// What it remembers that a hop leads to. Whether it errs by habit is itself a habit.
    pub(super) fn recall(&self, at: usize, hop: Hop, from: &str) -> String {
        let by_habit = happens(self.ability.habit, self.habits, "recalled by habit", at);
        let (seed, purpose) = if by_habit { (self.habits, "habit") } else { (self.seed, "recall") };
        match hop.right(from).filter(|_| happens(self.ability.recall, seed, purpose, at)) {
            Some(right) => right.to_owned(),
            None => other(hop, from, seed, at).to_owned(),
        }
    }

    /// Goes on from what is known.
    pub(super) fn solve(&self, known: &[String]) -> Vec<String> {
        let mut all = known.to_vec();
        for (at, hop) in self.quest.hops.iter().enumerate().skip(known.len()) {
            let next = self.recall(at, *hop, self.from(&all));
            all.push(next);
        }
        all
    }

    /// The first hop of an answer that leads elsewhere than it should.
    pub(super) fn first_wrong(&self, draft: &[String]) -> Option<usize> {
        let mut hops = self.quest.hops.iter().enumerate();
        hops.find_map(|(at, hop)| {
            let before = draft.get(..at).unwrap_or_default();
            let said = draft.get(at).map(String::as_str);
            (hop.right(self.from(before)) != said).then_some(at)
        })
    }

    /// The hop that it takes for the first wrong one, without evidence.
    fn blame(&self, draft: &[String]) -> Option<usize> {
        self.ability.blame(self.first_wrong(draft), self.quest.hops.len(), self.seed)
    }

    /// Follows one hop otherwise, and those after it anew.
    fn redo(&self, draft: &[String], at: usize) -> Vec<String> {
        let mut known = draft.get(..at).unwrap_or(draft).to_vec();
        let Some(hop) = self.quest.hops.get(at) else { return draft.to_vec() };
        let (from, said) = (self.from(&known).to_owned(), draft.get(at).map(String::as_str));
        let right = hop.right(&from).filter(|right| said != Some(right));
        let repaired = right.filter(|_| happens(self.ability.repair, self.seed, "repair", at));
        let next = repaired.unwrap_or_else(|| other(*hop, &from, self.seed, at));
        known.push(next.to_owned());
        self.solve(&known)
    }

    /// Looks at an answer again, and changes what verifiers refute, or else what it takes for wrong.
    fn correct(&self, draft: &[String], asked: &Asked) -> Vec<String> {
        if !asked.found.is_empty() {
            return self.again(draft, asked);
        }
        self.blame(draft).map_or_else(|| draft.to_vec(), |at| self.redo(draft, at))
    }

    /// Writes an answer again, knowing what was said of it.
    fn again(&self, draft: &[String], asked: &Asked) -> Vec<String> {
        let complaint = asked.found.first().or(asked.said.first());
        match complaint {
            Some(_) if happens(self.ability.stubborn, self.seed, "stubborn", 0) => draft.to_vec(),
            Some(text) => self.redo(draft, super::work::blamed(text).unwrap_or(0)),
            None => self.solve(&[]),
        }
    }

    fn judge(&self, draft: &[String]) -> String {
        let blamed = self.blame(draft);
        let score = if self.first_wrong(draft).is_some() { SCORES.1 } else { SCORES.0 };
        let problems: Vec<_> = blamed.iter().map(|at| format!("step {at} is wrong")).collect();
        json!({ "problems": problems, "correct": blamed.is_none(), "score": score }).to_string()
    }

    /// Holds an answer against the passages that are there. What none of them says is searched for;
    /// where that cannot be, what was said stays. Without any passage it looks again, as anybody does.
    fn inquire(&self, draft: &[String], asked: &Asked) -> String {
        let evidence = asked.block("evidence");
        let (mut known, mut cited) = (Vec::<String>::new(), BTreeSet::new());
        for (at, hop) in self.quest.hops.iter().enumerate() {
            let from = self.from(&known).to_owned();
            let told = evidence.iter().find_map(|line| {
                let (number, passage) = numbered(line)?;
                Some((number, hop.told(passage, &from)?))
            });
            let said = draft.get(at).filter(|_| draft.get(..at) == Some(&known));
            let remembered = || said.cloned().unwrap_or_else(|| self.recall(at, *hop, &from));
            match told {
                Some((number, to)) if happens(self.ability.heeds, self.seed, "heed", at) => {
                    cited.insert(number);
                    known.push(to);
                }
                Some(_) => known.push(remembered()),
                None => {
                    let query = self.search(at, *hop, &from);
                    let in_vain = evidence.iter().any(|line| line.starts_with(&query));
                    if asked.may_search && !in_vain {
                        return json!({
                            "problems": [], "query": query, "steps": [], "answer": "", "cited": [],
                        })
                        .to_string();
                    }
                    known.push(remembered());
                }
            }
        }
        if !evidence.iter().any(|line| numbered(line).is_some()) {
            known = self.correct(draft, asked);
        }
        let cited: Vec<usize> = cited.into_iter().collect();
        self.written(&known, &cited)
    }

    /// What it searches for: now and then something beside the point.
    pub(super) fn search(&self, at: usize, hop: Hop, from: &str) -> String {
        if happens(self.ability.seeks, self.seed, "seek", at) {
            return hop.query(from);
        }
        let row = COUNTRIES.get(below(COUNTRIES.len(), self.seed, "beside", at));
        row.map_or_else(|| hop.query(from), |row| format!("history of {}", row[0]))
    }

    /// A query to tables of countries, new or written again.
    fn query(&self, asked: &Asked) -> String {
        let table = sql::table(asked).unwrap_or(SUPPOSED);
        let (wanted, key) = match self.quest.hops.as_slice() {
            [Hop::Whose(key), .., Hop::Of(wanted)] => (wanted.as_str(), key.as_str()),
            [Hop::Of(wanted)] => (wanted.as_str(), "name"),
            _ => ("name", "name"),
        };
        let given = &self.quest.given;
        let of = |wanted: &str, given: &str| {
            format!("SELECT {wanted} FROM {table} WHERE {key} = '{given}'")
        };
        let query = Query {
            right: of(wanted, given),
            crashes: of(&format!("{wanted}_name"), given),
            wrong: [
                of(if wanted == "name" { key } else { "name" }, given),
                of(wanted, &given.to_uppercase()),
            ],
        };
        query.written(asked, (self.ability, self.seed, self.habits))
    }

    /// An answer as it is written.
    fn written(&self, known: &[String], cited: &[usize]) -> String {
        let mut steps = Vec::new();
        for (at, (hop, to)) in self.quest.hops.iter().zip(known).enumerate() {
            let from = self.from(known.get(..at).unwrap_or_default());
            steps.push(hop.sentence(from, to));
        }
        let answer = known.last().map(String::as_str).unwrap_or_default();
        let mut said = json!({ "steps": steps, "answer": answer });
        if let (false, Some(map)) = (cited.is_empty(), said.as_object_mut()) {
            map.insert("cited".to_owned(), json!(cited));
        }
        said.to_string()
    }

    /// An answer as it was written: what each sentence leads to. Citations are none.
    pub(super) fn read(&self, lines: &[String]) -> Vec<String> {
        let own = lines.iter().filter(|line| line.starts_with("The "));
        let ends = own.filter_map(|line| {
            let said = line.split(" [").next()?;
            let (_, to) = said.trim_end_matches('.').rsplit_once(" is ")?;
            Some(to.to_owned())
        });
        ends.take(self.quest.hops.len()).collect()
    }
}

/// Something else than what a hop leads to.
fn other(hop: Hop, from: &str, seed: Seed, at: usize) -> &'static str {
    let right = hop.right(from);
    let others: Vec<&str> =
        COUNTRIES.iter().map(|row| hop.of(row)).filter(|to| Some(*to) != right).collect();
    others.get(below(others.len(), seed, "other", at)).copied().unwrap_or_default()
}

/// A line of evidence that has a number: the number, and what is said.
pub(super) fn numbered(line: &str) -> Option<(usize, &str)> {
    let (number, said) = line.strip_prefix('[')?.split_once(']')?;
    Some((number.parse().ok()?, said))
}
