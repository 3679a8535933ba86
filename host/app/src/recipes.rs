//! The recipes a run can follow, with their text for people.

use pentimento_recipe::{Recipe, RecipeError};

/// A recipe as `recipe list` and `recipe show` tell it.
#[derive(Clone, Debug)]
pub struct Described {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Where it comes from.
    pub paper: Option<String>,
    /// Its text, with comments.
    pub text: &'static str,
}

/// Every embedded recipe.
pub fn all() -> Result<Vec<Described>, RecipeError> {
    pentimento_recipe::embedded().iter().map(|(name, _)| described(name)).collect()
}

/// The embedded recipe with this name, as text.
pub fn described(name: &str) -> Result<Described, RecipeError> {
    let recipe = find(name)?;
    let mut texts = pentimento_recipe::embedded().iter();
    let text = texts.find(|(known, _)| *known == name).map_or("", |(_, text)| *text);
    Ok(Described { name: recipe.name, title: recipe.title, paper: recipe.paper, text })
}

/// The embedded recipe with this name, checked.
pub fn find(name: &str) -> Result<Recipe, RecipeError> {
    pentimento_recipe::find(name)
}
