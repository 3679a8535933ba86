//! When each algorithm stops unless its recipe says otherwise: the papers' own rules, with a proof in
//! front, which ends every loop that is after what can be proved.

use super::Rule::{self, Agreed, Content, Preferred, Proved, Trusted, Unchanged};

/// What can hold in every loop that carries a draft on.
pub(super) const EVERYWHERE: [&str; 2] = ["proved", "rounds"];

/// That an answer stays the same can hold where one draft is carried on, round after round.
const STAYS: &[&str] = &["unchanged"];

/// For each algorithm, the rules of which one is enough, and the words of others that can hold in it.
const USUAL: &[(&str, &[Rule], &[&str])] = &[
    // The feedback finds nothing more (arXiv:2303.17651, algorithm 1).
    ("self-refine", &[Proved, Content], STAYS),
    // The code stops when an answer came out the same twice in a row (arXiv:2305.11738).
    ("critic", &[Proved, Unchanged(2)], STAYS),
    ("critic-search", &[Proved, Unchanged(2)], STAYS),
    // The same value as the two programs before.
    ("critic-program", &[Proved, Unchanged(2)], STAYS),
    ("critic-sql", &[Proved, Unchanged(2)], STAYS),
    // The verification passes (arXiv:2501.01264).
    ("progco", &[Proved, Content], STAYS),
    // All steps pass (arXiv:2408.16326); no step is found wrong (arXiv:2311.08516).
    ("critic-cot", &[Proved, Content], STAYS),
    ("backtrack", &[Proved, Content], STAYS),
    // An answer that came out the same after looking again is kept; the third turn decides between
    // both (arXiv:2402.12563).
    ("if-or-else", &[Proved, Unchanged(1), Preferred], &[]),
    // The answer is that of the question before (arXiv:2305.14497).
    ("self-polish", &[Proved, Unchanged(1)], &[]),
    // No model is asked (arXiv:2402.08115).
    ("plan-verify", &[Proved], STAYS),
    // The verdict of one's own (arXiv:2502.19613).
    ("multi-turn-correct", &[Proved, Content], STAYS),
    // Nobody's proof speaks of how an answer is received.
    ("perspective-taking", &[Content], STAYS),
    // No sentence is contradicted (arXiv:2305.15852).
    ("chatprotect", &[Proved, Content], STAYS),
    // Every statement is supported; cited once (arXiv:2502.09604).
    ("self-cite", &[Trusted], &[]),
    // Likely enough (arXiv:2207.05221); the question is not hard (arXiv:2409.12147).
    ("p-true", &[Proved, Trusted], &[]),
    ("magicore", &[Proved, Trusted], &[]),
    // All sides say the same (arXiv:2401.02009); all trees do (arXiv:2412.09078).
    ("self-contrast", &[Proved, Agreed], &[]),
    ("forest-of-thought", &[Proved, Agreed], &[]),
    // Good enough by the search's own measure.
    ("mcts", &[Proved, Trusted], &[]),
    ("think-cite", &[Proved, Trusted], &[]),
    ("iterative-deepening", &[Proved, Trusted], &[]),
    ("rain", &[Proved, Trusted], &[]),
    ("promptbreeder", &[Proved, Trusted], &[]),
    // The old answer is preferred (arXiv:2311.07362).
    ("volcano", &[Proved, Preferred], STAYS),
    // All steps agree with what was looked up (arXiv:2412.02172).
    ("lookback", &[Proved, Content], STAYS),
];

/// Those of the algorithm with this name; `None` where nothing is carried on.
pub(super) fn of(name: &str) -> Option<(&'static [Rule], &'static [&'static str])> {
    let known = USUAL.iter().find(|(known, ..)| *known == name);
    known.map(|(_, rules, more)| (*rules, *more))
}
