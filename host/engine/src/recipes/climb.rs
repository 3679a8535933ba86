//! How recipes that climb by scores speak to the writer: what they share.

use pentimento_model::Score;
use pentimento_prompts::Climb;
use pentimento_recipe::Role;

use crate::{
    RunError,
    ask::{Question, unwritten},
};

/// Prompts, and their scores as whole numbers from 0 to 100: models read those better than
/// fractions (OPT2I).
pub(super) fn percent(ranked: &[(&str, Score)]) -> (Vec<String>, Vec<String>) {
    let score = |score: Score| format!("{:.0}", score.value() * 100.0);
    ranked.iter().map(|(prompt, value)| ((*prompt).to_owned(), score(*value))).unzip()
}

/// Prompts without their scores.
pub(super) fn names(ranked: &[(&str, Score)]) -> Vec<String> {
    ranked.iter().map(|(prompt, _)| (*prompt).to_owned()).collect()
}

/// A question to the writer.
pub(super) fn question(
    asked: &Climb<'_>,
    instead: &'static str,
) -> Result<Question<'static>, RunError> {
    let text = asked.render().map_err(unwritten)?;
    let (role, step) = (Role::Writer, asked.step());
    Ok(Question { role, step, text, pictures: &[], likelihood: false, instead })
}
