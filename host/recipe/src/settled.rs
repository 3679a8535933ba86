//! A recipe that is not changed any more, shared by all runs that follow it.
//!
//! Every run's journal begins with the recipe's text: it is written once, however many runs there are.

use std::{ops::Deref, sync::Arc};

use crate::{Recipe, Until};

/// A recipe with its text. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Settled(Arc<Written>);

#[derive(Debug)]
struct Written {
    recipe: Recipe,
    text: String,
    until: Until,
}

impl Settled {
    /// [`Recipe::to_toml`] of it.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// [`Recipe::stops_once`] of it; never, where no draft is carried on by such rules.
    pub fn stops(&self) -> &Until {
        &self.0.until
    }
}

impl From<Recipe> for Settled {
    fn from(recipe: Recipe) -> Self {
        let text = recipe.to_toml();
        let until = recipe.stops_once().unwrap_or(Until::Any(Vec::new()));
        Self(Arc::new(Written { recipe, text, until }))
    }
}

impl Deref for Settled {
    type Target = Recipe;

    fn deref(&self) -> &Recipe {
        &self.0.recipe
    }
}

impl PartialEq for Settled {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || **self == **other
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find;

    #[test]
    fn it_is_the_recipe_and_its_text() {
        let recipe = find("sld").unwrap();
        let settled = Settled::from(recipe.clone());
        assert_eq!((settled.text(), &*settled), (recipe.to_toml().as_str(), &recipe));
        assert_eq!(settled, Settled::from(recipe.clone()));
        assert_ne!(settled, Settled::from(recipe.with_rounds(1).unwrap()));
    }
}
