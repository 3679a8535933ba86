//! What a recipe may do for one question: as much as another one took, as much as everybody, or all it
//! wants.

use pentimento_engine::Models;
use pentimento_model::{Bounds, Usage};
use pentimento_recipe::Recipe;

use crate::equal::Equal;

/// Calls that a recipe makes for a question if every answer is of use at once.
pub(super) fn calls(recipe: &Recipe, models: &Models) -> u32 {
    recipe.words(models.judge.is_some()).iter().map(|(_, calls)| calls).sum()
}

/// What a recipe may do for one question.
#[derive(Clone, Debug)]
pub(super) struct Allowance {
    pub recipe: Recipe,
    pub bounds: Bounds,
    /// It ends with the round in which it has taken so many.
    pub tokens: Option<u64>,
}

impl Allowance {
    /// Whatever the recipe wants.
    pub(super) fn free(recipe: &Recipe) -> Self {
        Self { recipe: recipe.clone(), bounds: Bounds::NONE, tokens: None }
    }

    /// So many tokens, and as many rounds as they allow.
    pub(super) fn capped(recipe: &Recipe, tokens: u64) -> Self {
        let recipe = recipe.with_rounds(Recipe::most_rounds()).unwrap_or_else(|| recipe.clone());
        Self { recipe, bounds: Bounds::NONE, tokens: Some(tokens) }
    }

    /// As much as another recipe took, or might have.
    pub(super) fn of(
        recipe: &Recipe,
        equal: Equal,
        (might, took): (u32, Usage),
        models: &Models,
    ) -> Self {
        let (bounds, recipe) = (Bounds::NONE, recipe.clone());
        match equal {
            Equal::Allowed | Equal::Pictures => {
                Self { recipe: within(&recipe, might, models), bounds, tokens: None }
            }
            Equal::Calls => {
                let most = took.calls.max(1);
                let bounds = Bounds { calls: Some(most), ..bounds };
                Self { recipe: within(&recipe, most, models), bounds, tokens: None }
            }
            Equal::Tokens => Self::capped(&recipe, took.tokens()),
        }
    }
}

/// The recipe with as many rounds as so many calls allow; with none if not even that fits.
fn within(recipe: &Recipe, most: u32, models: &Models) -> Recipe {
    let with = |rounds| recipe.with_rounds(rounds).unwrap_or_else(|| recipe.clone());
    // More rounds never take fewer calls, and each takes one.
    let all: Vec<u32> = (0..=most.min(Recipe::most_rounds())).collect();
    let fitting = all.partition_point(|rounds| calls(&with(*rounds), models) <= most);
    with(u32::try_from(fitting.saturating_sub(1)).unwrap_or(u32::MAX))
}
