//! How the simulated writer answers a question of fact statement by statement: what it searches for,
//! whether that was the right thing, what it states and cites, and what the statements promise.

use serde_json::json;

use super::{
    asked::Asked,
    chance::happens,
    facts::{Memory, numbered},
    lookahead,
};

impl Memory<'_> {
    /// The answer, if the question is one of those below.
    pub(super) fn by_statements(&self, asked: &Asked) -> Option<String> {
        Some(match (asked.form.as_str(), &asked.draft) {
            ("onward", _) => self.onward(asked),
            ("rethought", _) => json!({ "query": self.rethink(asked) }).to_string(),
            ("stated", _) => self.state(asked),
            ("value", Some(draft)) => lookahead::value(self.doubts(&self.read(draft)), self.seed),
            _ => return None,
        })
    }

    /// What to search for while a fact is missing, else the answer.
    fn onward(&self, asked: &Asked) -> String {
        let known = self.read(&asked.kept);
        let hop = self.quest.hops.get(known.len()).filter(|_| asked.may_search);
        let Some(hop) = hop else {
            let answer = self.solve(&known).pop().unwrap_or_default();
            return json!({ "query": "", "answer": answer }).to_string();
        };
        let query = self.search(known.len(), *hop, self.from(&known));
        json!({ "query": query, "answer": "" }).to_string()
    }

    /// Another search if nothing that was found has the fact.
    fn rethink(&self, asked: &Asked) -> String {
        let known = self.read(&asked.kept);
        let Some(hop) = self.quest.hops.get(known.len()) else { return String::new() };
        let from = self.from(&known);
        let serves = asked.block("evidence").iter().any(|line| hop.told(line, from).is_some());
        if serves { String::new() } else { self.search(known.len(), *hop, from) }
    }

    /// The next fact as the evidence tells it, or else from memory, with the passages that say so as far as it
    /// names them.
    fn state(&self, asked: &Asked) -> String {
        let known = self.read(&asked.kept);
        let at = known.len();
        let Some(hop) = self.quest.hops.get(at) else {
            return json!({ "statement": "", "cited": [] }).to_string();
        };
        let from = self.from(&known).to_owned();
        let told: Vec<(usize, Option<String>)> = asked
            .block("evidence")
            .iter()
            .filter_map(|line| numbered(line))
            .map(|(number, passage)| (number, hop.told(passage, &from)))
            .collect();
        let heeded = told.iter().find_map(|(_, to)| to.clone());
        let heeded = heeded.filter(|_| happens(self.ability.heeds, self.seed, "heed", at));
        let to = heeded.unwrap_or_else(|| self.recall(at, *hop, &from));
        let named = told.iter().filter(|(number, said)| {
            let says_so = said.as_deref() == Some(to.as_str());
            says_so == happens(self.ability.cite, self.seed, "cite", *number)
        });
        let cited: Vec<usize> = named.map(|(number, _)| *number).collect();
        json!({ "statement": hop.sentence(&from, &to), "cited": cited }).to_string()
    }

    /// True if it takes the facts that are there for wrong.
    fn doubts(&self, draft: &[String]) -> bool {
        let wrong = self.first_wrong(draft).is_some_and(|at| at < draft.len());
        self.ability.doubts(wrong, self.seed, 0)
    }
}
