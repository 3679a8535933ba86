//! Parameters of the recipes that think about a text again.

use super::{Parameter, Range};

/// Answers drawn before anything is judged. P(True) shows 5 (arXiv:2207.05221, section 4.1); `MAgICoRe`
/// draws 40 (arXiv:2409.12147, section 4), which a recipe may still ask for.
pub(crate) const ANSWERS: Parameter = Parameter {
    name: "answers",
    range: Range::Whole { least: 1, most: 64, usual: 5 },
    meaning: "How many answers are drawn before they are judged.",
};

/// An answer that is likelier true than not is called true in the paper (arXiv:2207.05221, section 4).
pub(crate) const ACCEPT: Parameter = Parameter {
    name: "accept-likelihood",
    range: Range::Number { least: 0.0, most: 1.0, usual: 0.5 },
    meaning: "How likely true an answer must be to be accepted, which ends the run.",
};

/// How often a yes or no is asked for where the provider cannot say how likely it was; ours, as for
/// examiners.
pub(crate) const VOTES: Parameter = Parameter {
    name: "votes",
    range: Range::Whole { least: 1, most: 32, usual: 5 },
    meaning: "How often a yes or no is asked for where its likelihood cannot be had.",
};

/// The paper's model chooses 2 to 9 itself (arXiv:2401.02009, section 3.1).
pub(crate) const PERSPECTIVES: Parameter = Parameter {
    name: "perspectives",
    range: Range::Whole { least: 2, most: 9, usual: 5 },
    meaning: "From how many sides the question is answered at first.",
};

/// Answers that are held against each other (arXiv:2401.02009, section 3.2: about 3).
pub(crate) const CONTRASTED: Parameter = Parameter {
    name: "contrasted",
    range: Range::Whole { least: 2, most: 5, usual: 3 },
    meaning: "How many different answers are held against each other.",
};

/// The mean reward over a set of questions, below which one counts as hard; the paper measures it on
/// its data (arXiv:2409.12147, section 3.2). Rewards go from 0 to 2.
pub(crate) const AVERAGE: Parameter = Parameter {
    name: "average-reward",
    range: Range::Number { least: 0.0, most: 2.0, usual: 1.0 },
    meaning: "The reward that answers to such questions usually have; below it a question is hard.",
};

/// The confidence below which a question counts as hard (arXiv:2409.12147, section 3.2).
pub(crate) const CONFIDENCE: Parameter = Parameter {
    name: "least-confidence",
    range: Range::Number { least: 0.0, most: 1.0, usual: 0.5 },
    meaning: "How sure the weighted vote must be for a question not to be hard.",
};

/// Sentences that are looked at; ours, against texts without end.
pub(crate) const SENTENCES: Parameter = Parameter {
    name: "sentences",
    range: Range::Whole { least: 1, most: 64, usual: 12 },
    meaning: "How many sentences of a text are looked at, at most.",
};

/// Times it is asked whether two sentences contradict (arXiv:2305.15852 and its code: 10).
pub(crate) const CONTRADICTION_VOTES: Parameter = Parameter {
    name: "votes",
    range: Range::Whole { least: 1, most: 32, usual: 10 },
    meaning: "How often it is asked whether two sentences contradict.",
};

/// The code of `ChatProtect` takes all of ten votes.
pub(crate) const UNANIMITY: Parameter = Parameter {
    name: "agreement",
    range: Range::Number { least: 0.0, most: 1.0, usual: 1.0 },
    meaning: "Share of the votes from which two sentences are taken to contradict.",
};

/// Levels of feedback (arXiv:2310.08118, section 5: binary, first error, all errors).
pub(crate) const DETAIL: Parameter = Parameter {
    name: "detail",
    range: Range::Whole { least: 0, most: 2, usual: 1 },
    meaning: "What the writer is told: 0 that it is wrong, 1 the first mistake, 2 all of them.",
};

/// Self-Refine keeps all attempts (arXiv:2303.17651, section 2), Reflexion the latest 1 to 3
/// (arXiv:2303.11366, section 3). As many as there may be rounds are all.
pub(crate) const ATTEMPTS: Parameter = Parameter {
    name: "history",
    range: Range::Whole { least: 1, most: 1000, usual: 1000 },
    meaning: "How many of the latest attempts are told to whoever writes again.",
};

/// `PeT-io` imagines others, `PeT-is` oneself (arXiv:2407.15366, section 3).
pub(crate) const OWN: Parameter = Parameter {
    name: "own",
    range: Range::Flag { usual: false },
    meaning: "Whether the writer imagines itself in the place of those concerned, not them.",
};

/// Citations that are tried for a statement (arXiv:2502.09604, section 4: 10).
pub(crate) const CITATIONS: Parameter = Parameter {
    name: "citations",
    range: Range::Whole { least: 1, most: 16, usual: 10 },
    meaning: "How many citations are drawn for each statement.",
};

/// What a citation is worth: the paper's reward, or one of its ablations (arXiv:2502.09604, section 2.2 and its
/// code's modes).
pub(crate) const REWARD: Parameter = Parameter {
    name: "reward",
    range: Range::Whole { least: 0, most: 2, usual: 0 },
    meaning: "What a citation is chosen by: 0 that it is enough and needed, 1 enough, 2 needed.",
};
