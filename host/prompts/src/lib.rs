//! What models are told, and how their answers are read.
//!
//! [`Prompt`] renders the texts of `assets/prompts/`; [`Form`] is the typed contract of an answer:
//! a JSON schema for providers that keep to one, and a reader for whatever comes back. Both sides
//! treat what a model says as a stranger's text: it is capped, cleaned, and quoted before it enters
//! another prompt. Asking is somebody else's business.

mod change;
mod climb;
mod compare;
mod enhance;
mod exam;
mod execution;
mod form;
mod found;
mod plain;
mod program;
mod prompt;
mod query;
mod regions;
mod remark;
mod rows;
pub mod sld;
mod text;
mod tokens;
mod told;
mod written;

pub use change::{After, after, instruct, instructed, told_after};
pub use climb::{Climb, Thought};
pub use compare::{Caption, Comparison, Cycle, DIFFERENCES, Lost};
pub use enhance::{CLUSTERS, Enhanced};
pub use exam::Exam;
pub use execution::Execution;
pub use form::{
    Choice, Cited, Code, Continuation, Contraries, Corrected, Deepened, Each, FirstWrong, Form,
    Grade, InSteps, Inquired, Inquiry, Json, Judged, Listed, Next, Numbers, OneOf, OneText, Onward,
    PROMPT_BYTES, Problems, Prompts, Reason, Reconsidered, Reflected, Rethought, Said, Scored,
    Scores, Solution, Stated, StepByStep, Thoughts, Unusable, read,
};
pub use found::{Found, Passage};
pub use plain::in_words_alone;
pub use program::{Language, ProgramFields, ProgramPrompt};
pub use prompt::{BadPrompt, Fields, Past, Prompt, Repair, longest_text};
pub use query::{
    Answers, Fact, Facts, OF_FACT, OF_IDEA, OF_SHOWN, OneWord, Parents, Query, Questions, Quiz,
    no_or_yes,
};
pub use regions::{Flaw, Map, Marked, Parts, Rich, SCORES, rich_in_json};
pub use remark::remark;
pub use rows::Rows;
pub use text::{PastText, SaidBy, TextFields, TextPrompt};
pub use tokens::{MONEY, Piece, Token, legible, numbers, pieces};
pub use written::{Writing, Written, written_in_json};
