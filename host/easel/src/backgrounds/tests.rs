use pentimento_world::BACKGROUNDS;

use super::*;
use crate::ramps::luminance;
use crate::sticker::INK;

/// Picture size of these tests, in pixels.
const SIZE: u32 = 256;

/// Above this a pixel's darkest channel counts as almost white.
const ALMOST_WHITE: u8 = 215;

/// Runs `look` on every place under a few seeds.
fn check(look: impl Fn(&str, &RgbImage)) {
    for name in BACKGROUNDS {
        for seed in 0..6 {
            look(name, &background(name, Seed(seed), SIZE));
        }
    }
}

#[test]
fn no_place_is_almost_white_anywhere() {
    check(|name, picture| {
        let least = |pixel: &image::Rgb<u8>| pixel.0.iter().copied().min();
        let lightest = picture.pixels().filter_map(least).max().unwrap();
        assert!(lightest <= ALMOST_WHITE, "{name}: {lightest}");
    });
}

#[test]
fn no_place_comes_near_the_ink() {
    check(|name, picture| {
        let near = |pixel: &image::Rgb<u8>| {
            let steps = pixel.0.iter().zip(INK).map(|(a, b)| i32::from(*a) - i32::from(b));
            steps.map(|step| step * step).sum::<i32>() < 45 * 45
        };
        assert!(!picture.pixels().any(near), "{name}");
    });
}

#[test]
fn every_place_is_of_medium_lightness() {
    check(|name, picture| {
        let sum: f32 = picture.pixels().map(|pixel| luminance(pixel.0)).sum();
        let mean = sum / float32(SIZE * SIZE);
        assert!((75.0..200.0).contains(&mean), "{name}: {mean}");
    });
}

#[test]
fn neighbors_rarely_differ_much() {
    check(|name, picture| {
        let steps = picture.enumerate_pixels().filter(|(x, y, pixel)| {
            let left = picture.get_pixel(x.saturating_sub(1), *y);
            (luminance(pixel.0) - luminance(left.0)).abs() > 12.0
        });
        let share = float(steps.count()) / float32(SIZE * SIZE);
        assert!(share < 0.05, "{name}: {share}");
    });
}

#[test]
fn the_same_seed_gives_the_same_pixels_and_another_seed_others() {
    for name in BACKGROUNDS {
        let picture = background(name, Seed(5), 96);
        assert!(picture == background(name, Seed(5), 96), "{name}");
        assert!(picture != background(name, Seed(6), 96), "{name}");
    }
}

#[test]
fn every_name_is_a_place_of_its_own() {
    let meadow = background("meadow", Seed(1), 32);
    for name in BACKGROUNDS.iter().filter(|name| **name != "meadow") {
        assert!(background(name, Seed(1), 32) != meadow, "{name}");
    }
    assert!(background("nowhere", Seed(1), 32) == meadow);
}

#[test]
fn every_size_works() {
    for size in [0, 1, 2, 3, 77, 512] {
        assert_eq!(background("beach", Seed(2), size).dimensions(), (size, size));
    }
}
