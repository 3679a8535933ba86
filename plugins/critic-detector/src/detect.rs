//! A picture in, the objects in it out.
//!
//! Cutting out is left to `segment`, measuring to `shape`, naming to `classify`.

use pentimento_sdk::Pixels;

use crate::classify::{Guess, classify};
use crate::color::{LOOKS, Palette};
use crate::grid::float;
use crate::overlap::{Window, windows};
use crate::segment::{Silhouette, silhouettes};
use crate::shape::describe;

/// Objects looked at in one picture. More than that is no picture of this world.
const MOST_OBJECTS: usize = 64;

/// A guess of at most this cost is taken; above it, hidden parts are searched for. Most stickers that
/// are seen whole cost less even at 64 pixels.
const WELL_EXPLAINED: f32 = 0.2;

/// Silhouettes of one picture that are searched for hidden parts, a few milliseconds each.
const MOST_SEARCHES: usize = 8;

/// The margin over the runner-up, as a part of its cost, that makes a guess certain.
const CERTAIN_MARGIN: f32 = 0.5;

/// An object found.
#[derive(Clone, Debug)]
pub struct Detection {
    /// The class, in the vocabulary's own word.
    pub noun: &'static str,
    /// The attribute's word; none for natural colors.
    pub attribute: Option<&'static str>,
    /// Left, top, width and height as fractions of the picture, contour included.
    pub region: [f32; 4],
    /// Mirrored left to right.
    pub mirrored: bool,
    /// How sure the eye is, 0 to 1.
    pub confidence: f32,
}

/// All objects of a picture, from top to bottom.
pub fn detect(picture: &Pixels) -> Vec<Detection> {
    let mut silhouettes = silhouettes(picture);
    silhouettes.sort_by_key(|silhouette| std::cmp::Reverse(silhouette.inside.len()));
    silhouettes.truncate(MOST_OBJECTS);
    silhouettes.sort_by_key(|silhouette| (silhouette.top, silhouette.left));
    if silhouettes.is_empty() {
        return Vec::new();
    }
    let palettes: Vec<Palette> = LOOKS.iter().map(Palette::new).collect();
    let mut found = Vec::new();
    let mut searches = MOST_SEARCHES;
    for silhouette in &silhouettes {
        let own = Window::of(silhouette);
        let plain = classify(&describe(picture, silhouette, &own), &palettes);
        let mut best = plain.map(|guess| (guess, own));
        let doubtful = best.as_ref().is_none_or(|(guess, _)| guess.cost > WELL_EXPLAINED);
        if doubtful && searches > 0 {
            searches -= 1;
            best = search(picture, silhouette, &silhouettes, &palettes, best);
        }
        found.extend(best.map(|(guess, window)| detection(picture, &window, &guess)));
    }
    found
}

/// The best guess for a silhouette that may lie partly under others, and where all of it lies;
/// `plain` is the guess without hidden parts.
fn search(
    picture: &Pixels,
    silhouette: &Silhouette,
    all: &[Silhouette],
    palettes: &[Palette],
    plain: Option<(Guess, Window)>,
) -> Option<(Guess, Window)> {
    let mut best = plain;
    let size = (picture.width() as usize, picture.height() as usize);
    for window in windows(silhouette, all, size) {
        let Some(guess) = classify(&describe(picture, silhouette, &window), palettes) else {
            continue;
        };
        if best.as_ref().is_none_or(|(leader, _)| guess.cost < leader.cost) {
            best = Some((guess, window));
        }
    }
    best
}

fn detection(picture: &Pixels, window: &Window, guess: &Guess) -> Detection {
    let (width, height) = (float(picture.width() as usize), float(picture.height() as usize));
    let region = [
        float(window.left) / width,
        float(window.top) / height,
        float(window.width) / width,
        float(window.height) / height,
    ];
    let margin = 1.0 - guess.cost / guess.rival.max(f32::MIN_POSITIVE);
    let confidence = (0.5 + 0.5 * margin / CERTAIN_MARGIN).clamp(0.0, 1.0);
    let Guess { noun, attribute, mirrored, .. } = *guess;
    Detection { noun, attribute, region, mirrored, confidence }
}
