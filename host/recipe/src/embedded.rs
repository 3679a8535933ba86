//! The recipes every build has.

use crate::{Recipe, RecipeError, problem::nearest, read};

/// Names and texts, in the order in which `recipe list` shows them.
const TEXTS: &[(&str, &str)] = &[
    ("sld", include_str!("../../../assets/recipes/sld.toml")),
    ("sld-models", include_str!("../../../assets/recipes/sld-models.toml")),
    ("best-of-n", include_str!("../../../assets/recipes/best-of-n.toml")),
    ("rank", include_str!("../../../assets/recipes/rank.toml")),
    ("idea2img", include_str!("../../../assets/recipes/idea2img.toml")),
    ("opt2i", include_str!("../../../assets/recipes/opt2i.toml")),
    ("textmatch", include_str!("../../../assets/recipes/textmatch.toml")),
    ("textmatch-edit", include_str!("../../../assets/recipes/textmatch-edit.toml")),
    ("rich-feedback", include_str!("../../../assets/recipes/rich-feedback.toml")),
    ("iterative-inpaint", include_str!("../../../assets/recipes/iterative-inpaint.toml")),
    ("neuroprompts", include_str!("../../../assets/recipes/neuroprompts.toml")),
    ("context-canvas", include_str!("../../../assets/recipes/context-canvas.toml")),
    ("initno", include_str!("../../../assets/recipes/initno.toml")),
    ("fabric", include_str!("../../../assets/recipes/fabric.toml")),
    ("cycleprompt", include_str!("../../../assets/recipes/cycleprompt.toml")),
    ("blackbox", include_str!("../../../assets/recipes/blackbox.toml")),
    ("self-refine", include_str!("../../../assets/recipes/self-refine.toml")),
    ("self-consistency", include_str!("../../../assets/recipes/self-consistency.toml")),
    ("critic", include_str!("../../../assets/recipes/critic.toml")),
    ("critic-program", include_str!("../../../assets/recipes/critic-program.toml")),
    ("critic-search", include_str!("../../../assets/recipes/critic-search.toml")),
    ("critic-sql", include_str!("../../../assets/recipes/critic-sql.toml")),
    ("progco", include_str!("../../../assets/recipes/progco.toml")),
    ("critic-cot", include_str!("../../../assets/recipes/critic-cot.toml")),
    ("backtrack", include_str!("../../../assets/recipes/backtrack.toml")),
    ("if-or-else", include_str!("../../../assets/recipes/if-or-else.toml")),
    ("p-true", include_str!("../../../assets/recipes/p-true.toml")),
    ("self-contrast", include_str!("../../../assets/recipes/self-contrast.toml")),
    ("magicore", include_str!("../../../assets/recipes/magicore.toml")),
    ("chatprotect", include_str!("../../../assets/recipes/chatprotect.toml")),
    ("self-polish", include_str!("../../../assets/recipes/self-polish.toml")),
    ("plan-verify", include_str!("../../../assets/recipes/plan-verify.toml")),
    ("multi-turn-correct", include_str!("../../../assets/recipes/multi-turn-correct.toml")),
    ("perspective-taking", include_str!("../../../assets/recipes/perspective-taking.toml")),
    ("self-cite", include_str!("../../../assets/recipes/self-cite.toml")),
    ("mcts", include_str!("../../../assets/recipes/mcts.toml")),
    ("think-cite", include_str!("../../../assets/recipes/think-cite.toml")),
    ("forest-of-thought", include_str!("../../../assets/recipes/forest-of-thought.toml")),
    ("iterative-deepening", include_str!("../../../assets/recipes/iterative-deepening.toml")),
    ("rain", include_str!("../../../assets/recipes/rain.toml")),
    ("promptbreeder", include_str!("../../../assets/recipes/promptbreeder.toml")),
    ("volcano", include_str!("../../../assets/recipes/volcano.toml")),
    ("lookback", include_str!("../../../assets/recipes/lookback.toml")),
    ("best-of-n-sight", include_str!("../../../assets/recipes/best-of-n-sight.toml")),
    ("best-of-n-text", include_str!("../../../assets/recipes/best-of-n-text.toml")),
];

/// All embedded recipes, as (name, text).
pub const fn embedded() -> &'static [(&'static str, &'static str)] {
    TEXTS
}

/// The embedded recipe with this name.
pub fn find(name: &str) -> Result<Recipe, RecipeError> {
    if let Some((origin, text)) = TEXTS.iter().find(|(known, _)| *known == name) {
        return read(origin, text);
    }
    let hint = match nearest(name, TEXTS.iter().map(|(known, _)| *known)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("`pentimento recipe list` tells all {}", TEXTS.len()),
    };
    Err(RecipeError::Unknown { name: name.to_owned(), hint })
}
