//! From words to a scene: reads a prompt, errs as the preset says, places boxes, fits sprites.
//!
//! Grammar and placement are the world's business, rates and kinds of faults those of `preset`
//! and `faults`, and pixels `draw`'s.

use pentimento_model::{Constraints, Seed};
use pentimento_world::BACKGROUNDS;

use crate::{
    dice::Dice,
    error::EaselError,
    faults::{miscolor, misread},
    fit::fit,
    painter::PICTURE_SIZE,
    preset::Rates,
    scene::{Scene, SceneItem},
};

/// The scene the painter has in mind after reading a prompt. Same prompt, rates and seed, same
/// scene.
pub(crate) fn imagine(prompt: &str, rates: &Rates, seed: Seed) -> Result<Scene, EaselError> {
    let constraints = pentimento_world::read(prompt).map_err(EaselError::Prompt)?;
    let mut dice = Dice::new(seed, "faults", 0);
    let understood = misread(&constraints, rates, &mut dice);
    let mut scene = plan(&understood, seed)?;
    miscolor(&mut scene.items, rates, &mut dice);
    Ok(scene)
}

/// A faithful scene for constraints. Where no background is asked for, the seed picks one.
pub(crate) fn plan(constraints: &Constraints, seed: Seed) -> Result<Scene, EaselError> {
    let mut dice = Dice::new(seed, "scene", 0);
    let chosen = dice.pick(&BACKGROUNDS).copied().unwrap_or_default();
    let background = constraints.background.clone().unwrap_or_else(|| chosen.to_owned());
    let layout = pentimento_world::place(constraints, seed.derive("layout", 0));
    let size = (PICTURE_SIZE, PICTURE_SIZE);
    let wanted = layout.items.len();
    let items = layout.items.into_iter().map(|item| {
        let region =
            fit(&item.name.noun, &item.region, size).ok_or(EaselError::NoRoom { wanted })?;
        let (noun, attribute) = (item.name.noun, item.name.attribute);
        Ok(SceneItem { noun, attribute, region, flipped: dice.happens(0.5) })
    });
    let items = items.collect::<Result<_, EaselError>>()?;
    Ok(Scene { background, background_seed: seed.derive("background", 0), items })
}

#[cfg(test)]
mod tests;
