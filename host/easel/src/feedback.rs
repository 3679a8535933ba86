//! Painting after pictures that were liked and disliked.
//!
//! The painter has several scenes in mind, as its faults would have it, and paints the one whose colors are
//! most like those of the liked pictures and least like those of the disliked ones. It looks at their pixels
//! alone: what is in them it does not know. A picture is compared by the colors along its edges, wherever they
//! are: backgrounds are smooth, so that things count and places do not. Histograms are compared by what they
//! share (Swain and Ballard, *Color Indexing*, 1991), of their absolute sizes, so that three apples differ
//! from two.
//!
//! How strongly it goes by the pictures is ours: so many scenes, weights as FABRIC has them by default. It
//! stands for a painter that heeds such feedback, and says nothing of how well real ones do.

use image::RgbImage;
use pentimento_model::{Artifact, Seed};

use crate::{
    codec::decode, draw::draw, error::EaselError, painter::PICTURE_SIZE, plan::imagine,
    preset::Rates, scene::Scene,
};

/// Scenes that the painter chooses among.
const SCENES: u64 = 4;
/// What a disliked picture weighs against a liked one (`neg_scale` of FABRIC's code).
const DISLIKE: f64 = 0.5;
/// Least sum of the differences between neighbors that makes an edge, of 765.
const EDGE: u32 = 60;
/// Steps of each color channel.
const STEPS: usize = 6;

/// How much of each color stands along the edges of a picture, in pixels.
type Colors = Vec<f64>;

/// The scene of a prompt after feedback, and its picture. Same prompt, rates, pictures and seed, same scene;
/// without any picture, that of the seed alone.
pub(crate) fn paint_after(
    prompt: &str,
    rates: &Rates,
    (liked, disliked): (&[Artifact], &[Artifact]),
    seed: Seed,
) -> Result<(Scene, RgbImage), EaselError> {
    let colors = |pictures: &[Artifact]| {
        let each = pictures.iter().map(|picture| Ok(colors(&decode(picture)?)));
        each.collect::<Result<Vec<Colors>, EaselError>>()
    };
    let (liked, disliked) = (colors(liked)?, colors(disliked)?);
    let mut best: Option<(f64, Scene, RgbImage)> = None;
    let scenes = if liked.is_empty() && disliked.is_empty() { 1 } else { SCENES };
    for number in 0..scenes {
        let own = if number == 0 { seed } else { seed.derive("scene in mind", number) };
        let scene = imagine(prompt, rates, own)?;
        let picture = draw(&scene, PICTURE_SIZE);
        let shown = self::colors(&picture);
        let worth = likeness(&shown, &liked) - DISLIKE * likeness(&shown, &disliked);
        if best.as_ref().is_none_or(|(most, _, _)| worth > *most) {
            best = Some((worth, scene, picture));
        }
    }
    let (_, scene, picture) = best.ok_or(EaselError::NoRoom { wanted: 0 })?;
    Ok((scene, picture))
}

/// How like these a picture is on average, from 0 to 1; 0 to none.
fn likeness(seen: &Colors, others: &[Colors]) -> f64 {
    let like = |other: &Colors| {
        let shared: f64 = seen.iter().zip(other).map(|(one, other)| one.min(*other)).sum();
        let most = seen.iter().sum::<f64>().max(other.iter().sum());
        if most > 0.0 { shared / most } else { 0.0 }
    };
    let count = u32::try_from(others.len().max(1)).unwrap_or(u32::MAX);
    others.iter().map(like).sum::<f64>() / f64::from(count)
}

fn colors(picture: &RgbImage) -> Colors {
    let mut found = vec![0.0; STEPS * STEPS * STEPS];
    let step = |channel: u8| usize::from(channel) * STEPS / 256;
    let apart = |one: [u8; 3], other: [u8; 3]| -> u32 {
        one.iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(other))).sum()
    };
    for (x, y, pixel) in picture.enumerate_pixels() {
        let [red, green, blue] = pixel.0;
        let is_edge = |x: u32, y: u32| {
            picture.get_pixel_checked(x, y).is_some_and(|other| apart(pixel.0, other.0) >= EDGE)
        };
        if is_edge(x + 1, y) || is_edge(x, y + 1) {
            let bin = (step(red) * STEPS + step(green)) * STEPS + step(blue);
            if let Some(count) = found.get_mut(bin) {
                *count += 1.0;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use pentimento_model::MediaType;

    use super::*;
    use crate::{codec::encode_png, preset::Preset};

    fn artifact(picture: &RgbImage) -> Artifact {
        Artifact::new(MediaType::Png, encode_png(picture).unwrap())
    }

    fn right(prompt: &str, seed: u64) -> Artifact {
        let scene = imagine(prompt, Preset::Perfect.rates(), Seed(seed)).unwrap();
        artifact(&draw(&scene, PICTURE_SIZE))
    }

    /// Pictures of 40 seeds that show what the prompt says, after this feedback.
    fn right_of(prompt: &str, wanted: usize, feedback: (&[Artifact], &[Artifact])) -> usize {
        let rates = Preset::Dalle3Like.rates();
        let shows = |seed: u64| {
            let (scene, _) = paint_after(prompt, rates, feedback, Seed(seed)).unwrap();
            scene.items.len() == wanted
        };
        (0..40).filter(|seed| shows(*seed)).count()
    }

    #[test]
    fn without_feedback_a_picture_is_that_of_its_seed() {
        let rates = Preset::Dalle3Like.rates();
        for seed in (0..5).map(Seed) {
            let (scene, picture) =
                paint_after("three red apples", rates, (&[], &[]), seed).unwrap();
            let plain = draw(&imagine("three red apples", rates, seed).unwrap(), PICTURE_SIZE);
            assert_eq!(picture, plain);
            assert!(!scene.items.is_empty());
        }
    }

    #[test]
    fn a_painter_that_is_shown_what_is_right_is_right_more_often() {
        let prompt = "three red apples";
        let liked = [right(prompt, 900)];
        let disliked = [right("one red apple", 901)];
        let plain = right_of(prompt, 3, (&[], &[]));
        let shown = right_of(prompt, 3, (&liked, &disliked));
        assert!(shown > plain + 4, "{shown} with and {plain} without");
        // It does as it is told: shown what is wrong, it is wrong more often.
        let misled = right_of(prompt, 3, (&disliked, &liked));
        assert!(misled < shown, "{misled} misled, {shown} led");
    }

    #[test]
    fn what_is_no_picture_is_an_error() {
        let broken = [Artifact::new(MediaType::Png, b"no picture".as_slice())];
        let rates = Preset::Perfect.rates();
        paint_after("a cat", rates, (&broken, &[]), Seed(1)).unwrap_err();
    }
}
