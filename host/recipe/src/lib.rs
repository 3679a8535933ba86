//! From the text of a recipe (TOML) to a checked [`Recipe`], or to all its problems at once.
//!
//! A recipe's algorithm is a file of the engine; its text only names it and sets its parameters.
//! [`read`] checks a text, [`embedded`] lists the recipes every build has, and
//! [`Recipe::parameters`] describes one to a person. Running a recipe is the engine's business.

mod algorithm;
mod check;
mod embedded;
mod examiner;
mod parameter;
mod problem;
mod recipe;
mod reflection;
mod search;
mod settled;
mod sight;
mod text;
mod until;

pub use algorithm::{Algorithm, Medium, Role};
pub use check::read;
pub use embedded::{embedded, find};
pub use examiner::Examiner;
pub use parameter::{Parameter, Range, Setting};
pub use problem::{Problem, Problems, RecipeError};
pub use recipe::Recipe;
pub use reflection::Reflection;
pub use search::Search;
pub use settled::Settled;
pub use sight::Sight;
pub use text::{TextAlgorithm, Trial};
pub use until::{Rule, Until};
