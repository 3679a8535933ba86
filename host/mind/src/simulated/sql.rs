//! Queries as the simulated writer writes them: real SQL, which goes wrong as often as
//! [`super::Ability`] says. The database does the looking up.

use pentimento_model::Seed;

use super::{
    Ability,
    asked::Asked,
    chance::{below, happens},
    sum::Sum,
};

/// What stands before a table's name where it is made.
const MAKES: &str = "CREATE TABLE ";
/// What the database says of a name that is not there.
const NO_SUCH: &str = "no such ";

/// The query that answers a question, and those that do not.
pub(super) struct Query {
    pub right: String,
    /// Ends with an error.
    pub crashes: String,
    /// Come to something else, or to nothing.
    pub wrong: [String; 2],
}

/// A calculation as a query.
pub(super) fn of_sum(question: &str) -> Query {
    let sum = Sum::longest(question);
    Query {
        right: format!("SELECT {sum}"),
        crashes: format!("SELECT {sum} + rest"),
        wrong: [format!("SELECT {sum} + 1"), format!("SELECT -({sum})")],
    }
}

/// The first table that somebody says is there.
pub(super) fn table(asked: &Asked) -> Option<&str> {
    let mut lines = asked.block("tables").iter().chain(asked.block("database"));
    lines.find_map(|line| line.strip_prefix(MAKES)?.split([' ', '(']).next())
}

impl Query {
    /// The query, new or written again.
    pub(super) fn written(
        self,
        asked: &Asked,
        (ability, seed, habits): (&Ability, Seed, Seed),
    ) -> String {
        let before = asked.block("program").join("\n");
        if before.is_empty() {
            let by_habit = happens(ability.habit, habits, "query by habit", 0);
            let seed = if by_habit { habits } else { seed };
            let is_right = happens(ability.code, seed, "query", 0);
            return if is_right { self.right } else { self.spoilt(ability, seed) };
        }
        let trace = asked.block("database");
        let noticed = match before == self.right {
            true => happens(ability.false_alarm, seed, "see", 0),
            // What ended it is told.
            false if trace.iter().any(|line| line.contains(NO_SUCH)) => true,
            false if trace.is_empty() => happens(ability.notice, seed, "see", 0),
            false => happens(ability.reads, seed, "read", 0),
        };
        if !noticed {
            return before;
        }
        let repaired = before != self.right && happens(ability.repair, seed, "repair", 0);
        if repaired { self.right } else { self.spoilt(ability, seed) }
    }

    /// One of those that are wrong.
    fn spoilt(self, ability: &Ability, seed: Seed) -> String {
        if happens(ability.crash, seed, "crash", 0) {
            return self.crashes;
        }
        let [one, other] = self.wrong;
        if below(2, seed, "wrong query", 0) == 0 { one } else { other }
    }
}
