//! The nouns of Pentimento, and nothing else: no IO, no async, no serialization.
//!
//! Read in this order: [`Brief`] (what was asked) → [`Constraints`] (what that means) →
//! [`Candidate`] (what was made) → [`Assessment`] with [`Finding`]s (what assessors say of it) →
//! [`Layout`] and [`EditOp`]s (what a correction is made of) → [`Verdict`] (what was decided) →
//! [`RunEvent`] (all of it, in order). How these are written to disk is the `record` crate's
//! business.

mod ability;
mod artifact;
mod assessment;
mod attribute;
mod brief;
mod budget;
mod candidate;
mod capability;
mod cast_member;
mod chat;
mod clean;
mod constraints;
mod correction;
mod errand;
mod event;
mod exchange;
mod finding;
mod id;
mod layout;
mod mode;
mod money;
mod place;
mod price;
mod quote;
mod score;
mod usage;
mod verdict;

pub use ability::{Abilities, Ability};
pub use artifact::{Artifact, MediaType};
pub use assessment::{Assessment, Check, CheckOutcome, Critique, Fault, FaultKind, Opinion};
pub use attribute::{Attribute, Color, Material};
pub use brief::Brief;
pub use budget::{Bounds, Budget};
pub use candidate::{Candidate, Origin};
pub use capability::{Capability, Grant};
pub use cast_member::CastMember;
pub use chat::{Answer, Chat, Contract, Few, Finish, Message, Part, Speaker, Temperature, Token};
pub use clean::{clean, cleaned};
pub use constraints::{Constraints, Count, Relation, RelationKind, RelationTarget, WantedObject};
pub use correction::{AppliedOp, EditOp};
pub use errand::{Argument, Errand};
pub use event::{Loss, RunEvent, RunOutcome, StopReason, TimedEvent};
pub use exchange::{Asked, Exchange, Located, Remark};
pub use finding::{Evidence, Finding, Severity, Suggestion};
pub use id::{
    ArtifactId, CandidateId, ConformanceHash, PluginId, RequestHash, RoundNumber, RunId, Seed,
    StepKey,
};
pub use layout::{ItemName, Layout, LayoutItem};
pub use mode::Mode;
pub use money::{Money, NoMoney};
pub use place::{Place, Region};
pub use price::Price;
pub use quote::{QUOTED_BYTES, QUOTED_TEXTS, QuotedLines, quote};
pub use score::Score;
pub use usage::{Spending, Usage};
pub use verdict::Verdict;
