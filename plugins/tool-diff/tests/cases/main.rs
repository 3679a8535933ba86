//! The golden cases, answered natively, and their pictures.
#![expect(
    clippy::cast_precision_loss,
    clippy::unwrap_used,
    reason = "tests stop where something is missing, and draw some hundred pixels"
)]

mod drawings;
mod json;

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{DynamicImage, RgbaImage};
use pentimento_sdk::Pixels;
use toml::{Table, Value};
use tool_diff::{Comparison, Picture, Request};

use drawings::drawings;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cases")
}

fn text<'a>(table: &'a Table, key: &str) -> Option<&'a str> {
    table.get(key).and_then(Value::as_str)
}

fn words<'a>(table: &'a Table, key: &str) -> Vec<&'a str> {
    let all = table.get(key).and_then(Value::as_array).into_iter().flatten();
    all.map(|one| one.as_str().unwrap()).collect()
}

fn opened(path: &Path) -> RgbaImage {
    image::open(path).unwrap().to_rgba8()
}

fn pixels(picture: RgbaImage) -> Pixels {
    Pixels::new(picture.width(), picture.height(), picture.into_raw()).unwrap()
}

/// What the tool answers, with the host's part done here.
fn answer(case: &Table) -> Result<String, String> {
    let none = Table::new();
    let arguments = case.get("arguments").map_or(&none, |arguments| arguments.as_table().unwrap());
    let request = Request::read(
        arguments.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())),
    )?;
    let inputs: Vec<_> =
        words(case, "inputs").iter().map(|name| opened(&folder().join(name))).collect();
    let [first, second] = inputs.as_slice() else { return Err("two pictures".into()) };
    let sizes = [first.dimensions(), second.dimensions()];
    let size = request.common_size(sizes)?;
    let [first, second] = [first, second].map(|picture| {
        // The host resizes with this filter.
        let same = picture.dimensions() == size;
        let resized = imageops::resize(picture, size.0, size.1, FilterType::Triangle);
        Picture::on_white(pixels(if same { picture.clone() } else { resized }))
    });
    let comparison = Comparison::of(&first, &second, request.threshold).unwrap();
    Ok(comparison.written(sizes.iter().any(|own| *own != size)))
}

fn check(name: &str, case: &Table) {
    let expect = case["expect"].as_table().unwrap();
    let answer = answer(case);
    if let Some(wanted) = text(expect, "answer") {
        assert_eq!(answer.as_deref(), Ok(wanted), "{name}");
    }
    for part in words(expect, "answer-has") {
        let answer = answer.as_deref().unwrap();
        assert!(answer.contains(part), "{name}: {answer}");
    }
    if let Some(code) = text(expect, "fails") {
        assert_eq!(code, "bad-argument", "{name}");
        assert!(answer.is_err(), "{name}: {answer:?}");
    }
    if let Ok(answer) = answer {
        json::check(&answer);
    }
}

#[test]
fn every_case_is_answered_as_it_expects() {
    let mut cases = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let case: Table = fs::read_to_string(&path).unwrap().parse().unwrap();
            check(&path.display().to_string(), &case);
            cases += 1;
        }
    }
    assert!(cases >= 6, "{cases} cases");
}

#[test]
fn the_pictures_of_the_cases_are_as_drawn() {
    for (name, drawn) in drawings() {
        assert!(opened(&folder().join(name)) == drawn, "{name}: draw the pictures again");
    }
}

#[test]
#[ignore = "writes the pictures of the cases; for whoever changes a drawing"]
fn the_pictures_of_the_cases_are_drawn_again() {
    for (name, drawn) in drawings() {
        drawn.save(folder().join(name)).unwrap();
    }
}

#[test]
fn a_picture_saved_as_a_good_jpeg_has_no_changed_region() {
    let (_, drawn) = drawings().into_iter().find(|(name, _)| *name == "ball-large.png").unwrap();
    // As a camera or painter would make it: without edges harder than a pixel.
    let soft = imageops::blur(&drawn, 1.0);
    for quality in [85, 90, 95] {
        let mut bytes = Vec::new();
        let rgb = DynamicImage::from(soft.clone()).to_rgb8();
        JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(&rgb).unwrap();
        let again = image::ImageReader::new(Cursor::new(bytes)).with_guessed_format().unwrap();
        let again = again.decode().unwrap().to_rgba8();
        let [first, second] = [soft.clone(), again].map(|one| Picture::on_white(pixels(one)));
        let comparison = Comparison::of(&first, &second, 16).unwrap();
        println!("quality {quality}: {}", comparison.written(false));
        assert!(comparison.errors.distances > 0);
        assert_eq!(comparison.regions, [], "quality {quality}");
        assert!(comparison.ssim.unwrap() > 0.95, "quality {quality}: {:?}", comparison.ssim);
    }
}
