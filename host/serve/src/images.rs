//! `images/generations`: the easel paints a prompt.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pentimento_easel::PICTURE_SIZE;
use pentimento_engine::ports::Made;
use pentimento_model::Seed;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{limits, models, refusal::Refusal, world::World};

/// What a caller may say of the pictures it wants. Fields that change nothing here, such as
/// `quality`, are passed over.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wish {
    pub(crate) model: Option<String>,
    pub(crate) prompt: Option<String>,
    pub(crate) n: Option<u32>,
    pub(crate) size: Option<String>,
    pub(crate) response_format: Option<String>,
    pub(crate) output_format: Option<String>,
    pub(crate) stream: Option<bool>,
    /// Not in `OpenAI`'s API; the same seed paints the same picture.
    pub(crate) seed: Option<u64>,
}

impl Wish {
    pub(crate) fn prompt(&self) -> Result<String, Refusal> {
        self.prompt.clone().ok_or_else(|| Refusal::of("prompt", "there is no `prompt`"))
    }

    /// How many pictures, if everything else that is wished for can be.
    pub(crate) fn count(&self) -> Result<u32, Refusal> {
        let must_be = |field, value: &Option<String>, known: &[&str]| match value {
            Some(value) if !known.contains(&value.as_str()) => {
                let known = known.join("` or `");
                Err(Refusal::of(field, format!("`{field}` can only be `{known}` here")))
            }
            _ => Ok(()),
        };
        let side = format!("{PICTURE_SIZE}x{PICTURE_SIZE}");
        must_be("size", &self.size, &["auto", &side])?;
        must_be("response_format", &self.response_format, &["b64_json"])?;
        must_be("output_format", &self.output_format, &["png"])?;
        if self.stream == Some(true) {
            return Err(Refusal::of("stream", "pictures come whole or not at all"));
        }
        let most = limits::PICTURES_MADE;
        let count = self.n.unwrap_or(1);
        if (1..=most).contains(&count) {
            return Ok(count);
        }
        Err(Refusal::of("n", format!("`n` can be from 1 to {most}")))
    }

    /// The seeds of so many pictures: the caller's own for the first one.
    pub(crate) fn seeds(&self, world: &World, count: u32) -> Vec<Seed> {
        let first = self.seed.map_or_else(|| world.next_seed(), Seed);
        (0..count)
            .map(|index| if index == 0 { first } else { first.derive("n", u64::from(index)) })
            .collect()
    }
}

/// Paints what is wished for.
pub(crate) async fn generate(world: &World, wish: &Wish) -> Result<Value, Refusal> {
    let (preset, prompt) = (models::painter(wish.model.as_deref())?, wish.prompt()?);
    let count = wish.count()?;
    let mut pictures = Vec::new();
    for seed in wish.seeds(world, count) {
        pictures.push(world.paint(preset, prompt.clone(), seed).await?);
    }
    Ok(shown(world, &pictures))
}

/// Pictures as they are handed out. None is counted in tokens: `usage` stays away.
pub(crate) fn shown(world: &World, pictures: &[Made]) -> Value {
    let data = pictures.iter().map(|made| json!({ "b64_json": STANDARD.encode(&made.bytes) }));
    let data: Vec<_> = data.collect();
    json!({ "created": world.now(), "data": data, "output_format": "png" })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::world::Still;

    fn world() -> World {
        World::new(None, Arc::new(Still), Seed(1))
    }

    #[test]
    fn a_picture_has_the_callers_seed_and_further_ones_have_their_own() {
        let wish = Wish { seed: Some(u64::MAX), ..Wish::default() };
        let seeds = wish.seeds(&world(), 3);
        assert_eq!(seeds[0], Seed(u64::MAX));
        assert!(seeds[0] != seeds[1] && seeds[1] != seeds[2], "{seeds:?}");
    }

    #[test]
    fn calls_without_a_seed_differ_and_come_in_the_same_order_again() {
        let draw = || {
            let world = world();
            [(); 3].map(|()| Wish::default().seeds(&world, 1)[0])
        };
        let first = draw();
        assert!(first[0] != first[1] && first[1] != first[2], "{first:?}");
        assert_eq!(first, draw());
    }

    #[test]
    fn what_cannot_be_is_refused_by_its_field() {
        let text = |text: &str| Some(text.to_owned());
        for (wish, field) in [
            (Wish { n: Some(0), ..Wish::default() }, "n"),
            (Wish { n: Some(limits::PICTURES_MADE + 1), ..Wish::default() }, "n"),
            (Wish { size: text("1024x1024"), ..Wish::default() }, "size"),
            (Wish { response_format: text("url"), ..Wish::default() }, "response_format"),
            (Wish { output_format: text("webp"), ..Wish::default() }, "output_format"),
            (Wish { stream: Some(true), ..Wish::default() }, "stream"),
        ] {
            let refusal = wish.count().unwrap_err();
            assert_eq!(refusal.to_json()["error"]["param"], field);
        }
        let usual =
            Wish { size: text("512x512"), response_format: text("b64_json"), ..Wish::default() };
        assert_eq!(usual.count(), Ok(1));
    }
}
