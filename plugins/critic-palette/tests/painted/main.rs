//! Pictures of the embedded painter, as painted and spoiled by known amounts.
//!
//! `cargo test -p critic-palette --test painted -- --nocapture` prints what is found of each; the
//! bounds in `verdict` were set by this table.
#![expect(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a test; numbers are small"
)]

mod scenes;
mod spoil;

use critic_palette::judge;
use image::RgbImage;
use pentimento_sdk::{Critique, Pixels, Severity};

use scenes::scenes;

fn judged(idea: &str, picture: &RgbImage) -> Critique {
    let rgba = picture.pixels().flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]).collect();
    judge(idea, &Pixels::new(picture.width(), picture.height(), rgba).unwrap())
}

fn faults(critique: &Critique) -> Vec<&str> {
    let faults = critique.findings.iter().filter(|finding| finding.severity > Severity::Note);
    faults.map(|finding| finding.code.as_str()).collect()
}

/// How many of the scenes, spoiled in a way, have a fault.
fn found(
    scenes: &[(String, RgbImage)],
    code: &str,
    spoil: impl Fn(&RgbImage) -> RgbImage,
) -> usize {
    let has = |(idea, picture): &&(String, RgbImage)| {
        faults(&judged(idea, &spoil(picture))).contains(&code)
    };
    scenes.iter().filter(has).count()
}

#[test]
fn what_is_painted_well_has_no_fault() {
    for (idea, picture) in scenes() {
        let critique = judged(&idea, &picture);
        assert!(faults(&critique).is_empty(), "{idea}: {:?}", critique.findings);
    }
}

#[test]
fn spoiled_pictures_have_the_fault_and_less_spoiled_ones_have_not() {
    type Spoil = Box<dyn Fn(&RgbImage) -> RgbImage>;
    let light = |stops: f32| -> Spoil { Box::new(move |picture| spoil::light(picture, stops)) };
    let fade = |left: f32| -> Spoil { Box::new(move |picture| spoil::fade(picture, left)) };
    let blur =
        |spread: f32| -> Spoil { Box::new(move |picture| image::imageops::blur(picture, spread)) };
    let tint =
        |factors: [f32; 3]| -> Spoil { Box::new(move |picture| spoil::tint(picture, factors)) };
    // Code, what is done, the part of the scenes in which it must be found: at least, at most.
    let rows: Vec<(&str, &str, Spoil, f32, f32)> = vec![
        ("exposure.under", "1 stop darker", light(-1.0), 0.0, 0.0),
        ("exposure.under", "2 stops darker", light(-2.0), 0.0, 0.5),
        ("exposure.under", "3 stops darker", light(-3.0), 1.0, 1.0),
        ("exposure.under", "5 stops darker", light(-5.0), 1.0, 1.0),
        ("exposure.over", "0.5 stops brighter", light(0.5), 0.0, 0.1),
        ("exposure.over", "2 stops brighter", light(2.0), 0.6, 1.0),
        ("exposure.over", "3 stops brighter", light(3.0), 0.6, 1.0),
        ("contrast.low", "faded to 60 %", fade(0.6), 0.0, 0.0),
        ("contrast.low", "faded to 30 %", fade(0.3), 0.9, 1.0),
        ("contrast.low", "faded to 15 %", fade(0.15), 1.0, 1.0),
        ("focus.blurred", "blurred by 1", blur(1.0), 0.0, 0.0),
        ("focus.blurred", "blurred by 3", blur(3.0), 0.9, 1.0),
        ("focus.blurred", "blurred by 6", blur(6.0), 1.0, 1.0),
        ("color.cast", "a little warmer", tint([1.0, 0.97, 0.92]), 0.0, 0.0),
        ("color.cast", "orange", tint([1.0, 0.75, 0.4]), 0.6, 1.0),
        ("color.cast", "green", tint([0.5, 1.0, 0.5]), 0.6, 1.0),
        ("color.cast", "blue", tint([0.45, 0.65, 1.0]), 0.3, 1.0),
    ];
    let (scenes, mut wrong) = (scenes(), Vec::new());
    for (code, what, spoil, least, most) in rows {
        let (count, all) = (found(&scenes, code, spoil), scenes.len());
        println!("{code:16} {what:20} {count:3} of {all}");
        let share = count as f32 / all as f32;
        if share < least || share > most {
            wrong.push(format!("{code} when {what}: {count} of {all}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
