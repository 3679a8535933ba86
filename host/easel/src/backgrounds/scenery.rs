//! The ten places as vector drawings, in parts from back to front.
//!
//! A drawing is `SIDE` units wide and high. Turning it into pixels, and the grain, are left to the
//! parent.

mod indoors;
mod outdoors;
mod parts;

use parts::Sheet;
use pentimento_model::Seed;

/// Width and height of a drawing in its own units.
pub(super) const SIDE: f32 = 512.0;

/// The drawing of a place as SVG text; a meadow if the name is unknown.
pub(super) fn drawing(name: &str, seed: Seed) -> String {
    let mut sheet = Sheet::new(seed);
    match name {
        "beach" => outdoors::beach(&mut sheet),
        "desert" => outdoors::desert(&mut sheet),
        "snow" => outdoors::snow(&mut sheet),
        "street" => outdoors::street(&mut sheet),
        "forest" => outdoors::forest(&mut sheet),
        "sunset" => outdoors::sunset(&mut sheet),
        "night" => outdoors::night(&mut sheet),
        "living room" => indoors::living_room(&mut sheet),
        "kitchen" => indoors::kitchen(&mut sheet),
        _ => outdoors::meadow(&mut sheet),
    }
    sheet.finish()
}
