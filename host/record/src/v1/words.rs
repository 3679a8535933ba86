//! The words of format 1 for the closed lists of the model.
//!
//! They are written out here although the model has the same words today: renaming something in
//! the program must not change what old files mean.

use pentimento_model::{
    Attribute, CheckOutcome, Color, FaultKind, Loss, Material, Mode, RelationKind, Severity,
    StopReason, Verdict,
};

use crate::RecordError;

/// Defines a pair of functions, noun → word and word → noun, from one table.
macro_rules! words {
    ($write:ident, $read:ident, $noun:ty, $what:literal, { $($variant:ident = $word:literal),* $(,)? }) => {
        #[doc = concat!("The word for this ", $what, ".")]
        pub(super) const fn $write(noun: $noun) -> &'static str {
            match noun {
                $(<$noun>::$variant => $word,)*
            }
        }

        #[doc = concat!("The ", $what, " with this word.")]
        pub(super) fn $read(word: &str) -> Result<$noun, RecordError> {
            match word {
                $($word => Ok(<$noun>::$variant),)*
                _ => Err(RecordError::bad($what, word)),
            }
        }
    };
}

words!(verdict_word, verdict, Verdict, "verdict", {
    Accept = "accept", Revise = "revise", GiveUp = "give-up",
});
words!(severity_word, severity, Severity, "severity", {
    Note = "note", Minor = "minor", Major = "major", Blocking = "blocking",
});
words!(stop_word, stop, StopReason, "stop reason", {
    Accepted = "accepted", NoOps = "no-ops", Rounds = "rounds", Images = "images",
    NoOpinion = "no-opinion", Calls = "calls", Tokens = "tokens", Money = "money",
    Time = "time", Hacking = "hacking",
});
words!(check_outcome_word, check_outcome, CheckOutcome, "check outcome", {
    Pass = "pass", Fail = "fail", Unknown = "unknown",
});
words!(fault_word, fault, FaultKind, "fault", {
    Trap = "trap", Timeout = "timeout", Limit = "limit", Lie = "lie", Failed = "failed",
    Instantiate = "instantiate",
});
words!(loss_word, loss, Loss, "loss of a call", {
    Failed = "failed", Retried = "retried", Interrupted = "interrupted",
});
words!(mode_word, mode, Mode, "mode of an assessor", {
    Shadow = "shadow", Advise = "advise", Enforce = "enforce",
});
words!(relation_word, relation, RelationKind, "relation", {
    LeftOf = "left-of", RightOf = "right-of", Above = "above", Below = "below",
    OnTopOf = "on-top-of", NextTo = "next-to",
});
words!(color_word, color, Color, "color", {
    Red = "red", Orange = "orange", Yellow = "yellow", Green = "green", Blue = "blue",
    Purple = "purple", Pink = "pink", Brown = "brown", Black = "black", White = "white",
    Gray = "gray",
});
words!(material_word, material, Material, "material", {
    Wooden = "wooden", Metal = "metal", Golden = "golden", Glass = "glass",
});

/// The word for this attribute. No color shares a word with a material.
pub(super) const fn attribute_word(attribute: Attribute) -> &'static str {
    match attribute {
        Attribute::Color(noun) => color_word(noun),
        Attribute::Material(noun) => material_word(noun),
    }
}

/// The attribute with this word.
pub(super) fn attribute(word: &str) -> Result<Attribute, RecordError> {
    let as_material = |_| material(word).map(Attribute::Material);
    let read = color(word).map(Attribute::Color).or_else(as_material);
    read.map_err(|_| RecordError::bad("attribute", word))
}
