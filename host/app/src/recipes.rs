//! The recipes a run can follow, with their text for people: those of the program, and files of one's
//! own.

use std::{
    borrow::Cow,
    fs::{self, File},
    io::{self, Read as _},
    path::Path,
};

use pentimento_recipe::{Recipe, Rule};

use crate::error::AppError;

/// What a recipe's file is called after its name.
const ENDING: &str = "toml";
/// More is read of no file: the checker refuses what is this long, in words.
const MOST_BYTES: u64 = 1 << 17;

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
    pub text: Cow<'static, str>,
    /// When it stops, budgets aside, if it goes by rules.
    pub stops: Option<Stops>,
}

/// When a recipe stops.
#[derive(Clone, Debug)]
pub struct Stops {
    /// As a clause: "it stops once …".
    pub words: String,
    /// As the recipe's text may say it.
    pub toml: String,
    /// Its text does say it; else it is the algorithm's own.
    pub is_written: bool,
}

/// A rule by which recipes stop, with what it means.
#[derive(Clone, Copy, Debug)]
pub struct StopRule {
    /// The word that recipes write.
    pub name: &'static str,
    /// When it holds.
    pub meaning: &'static str,
}

/// Every rule by which recipes stop.
pub fn stop_rules() -> Vec<StopRule> {
    let rule = |name| Some(StopRule { name, meaning: Rule::meaning(name)? });
    Rule::NAMES.into_iter().filter_map(rule).collect()
}

/// Every embedded recipe.
pub fn all() -> Result<Vec<Described>, AppError> {
    pentimento_recipe::embedded().iter().map(|(name, _)| described(name)).collect()
}

/// The embedded recipe with this name, or that in a file, as text.
pub fn described(word: &str) -> Result<Described, AppError> {
    let (recipe, text) = if let Some(path) = path(word) {
        let (recipe, text) = from_file(path)?;
        (recipe, Cow::Owned(text))
    } else {
        let recipe = pentimento_recipe::find(word)?;
        let mut texts = pentimento_recipe::embedded().iter();
        let text = texts.find(|(known, _)| *known == word).map_or("", |(_, text)| *text);
        (recipe, Cow::Borrowed(text))
    };
    let is_written = recipe.until.is_some();
    let stops = recipe.stops_once();
    let stops =
        stops.map(|until| Stops { words: until.to_string(), toml: until.to_toml(), is_written });
    Ok(Described { name: recipe.name, title: recipe.title, paper: recipe.paper, text, stops })
}

/// The embedded recipe with this name, or that in a file, checked.
pub fn find(word: &str) -> Result<Recipe, AppError> {
    match path(word) {
        Some(path) => Ok(from_file(path)?.0),
        None => Ok(pentimento_recipe::find(word)?),
    }
}

/// The file, if the word is one: no recipe has a dot in its name.
fn path(word: &str) -> Option<&Path> {
    let path = Path::new(word);
    path.extension().is_some_and(|ending| ending == ENDING).then_some(path)
}

/// A recipe in a file of its own name, which none of the program's has: whoever reads the name in a
/// journal must not take it for another.
fn from_file(path: &Path) -> Result<(Recipe, String), AppError> {
    let text =
        text(path).map_err(|source| AppError::ReadRecipe { path: path.to_owned(), source })?;
    let shown = pentimento_model::clean(&path.display().to_string());
    let recipe = pentimento_recipe::read(&shown, &text)?;
    let refused =
        |problem: String, hint: String| AppError::Setting { name: "recipe", problem, hint };
    let name = &recipe.name;
    if pentimento_recipe::embedded().iter().any(|(known, _)| known == name) {
        let problem = format!("`{shown}` calls itself `{name}`, as a recipe of the program does");
        let hint = format!("give it a name of its own, such as `my-{name}`");
        return Err(refused(problem, hint));
    }
    if path.file_stem().is_none_or(|stem| *stem != **name) {
        let problem = format!("`{shown}` holds the recipe `{name}`");
        return Err(refused(problem, format!("call the file `{name}.{ENDING}`")));
    }
    Ok((recipe, text))
}

fn text(path: &Path) -> io::Result<String> {
    // Whoever opens a pipe waits until somebody writes into it.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let mut text = String::new();
    File::open(path)?.take(MOST_BYTES).read_to_string(&mut text)?;
    Ok(text)
}
