use image::Rgb;
use pentimento_local::{Family, LocalFile, testing};

use super::*;

/// A finder that takes what is white for text, and a reader that says the same of every line.
fn model(folder: &tempfile::TempDir, finder: &[u8], reader: &[u8], characters: &str) -> LocalModel {
    let at = |name: &str| folder.path().join(name);
    for (name, bytes) in [("f.onnx", finder), ("r.onnx", reader), ("c.txt", characters.as_bytes())]
    {
        std::fs::write(at(name), bytes).unwrap();
    }
    let companions = [
        (Companion::Recognizer, LocalFile::new(at("r.onnx"))),
        (Companion::Characters, LocalFile::new(at("c.txt"))),
    ];
    LocalModel { companions: companions.into(), ..LocalModel::new(Family::PaddleOcr, at("f.onnx")) }
}

/// White on black: these rectangles (left, top, right, bottom) of 736 by 736 pixels.
fn picture(lines: &[[u32; 4]]) -> RgbImage {
    RgbImage::from_fn(736, 736, |x, y| {
        let within = |[left, top, right, bottom]: &[u32; 4]| {
            (*left..*right).contains(&x) && (*top..*bottom).contains(&y)
        };
        Rgb([if lines.iter().any(within) { 255 } else { 0 }; 3])
    })
}

/// Steps of a reader with the characters `a` and `b`: which of none, a, b and a blank is how likely.
const STEPS: [[f32; 4]; 7] = [
    [0.9, 0.1, 0.0, 0.0],
    [0.1, 0.9, 0.0, 0.0],
    [0.1, 0.8, 0.1, 0.0],
    [0.9, 0.1, 0.0, 0.0],
    [0.2, 0.8, 0.0, 0.0],
    [0.1, 0.1, 0.1, 0.7],
    [0.4, 0.0, 0.6, 0.0],
];

#[test]
fn lines_are_found_and_read_in_order_each_character_once() {
    let folder = tempfile::tempdir().unwrap();
    let model = model(&folder, &testing::finder(), &testing::reader(&STEPS), "a\nb\n");
    let lines =
        read(&model, &picture(&[[400, 100, 600, 140], [100, 104, 300, 140], [100, 300, 300, 340]]));
    let lines = lines.unwrap();
    assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["aa b"; 3]);
    // The mean of the four that were told: 0.9, 0.8, 0.7 and 0.6.
    assert!(lines.iter().all(|line| (line.sure - 0.75).abs() < 1e-6), "{lines:?}");
    let lefts: Vec<bool> = lines.iter().map(|line| line.region.x() < 0.3).collect();
    assert_eq!(lefts, [true, false, true]);
    assert!(read(&model, &picture(&[])).unwrap().is_empty());
    // Other shapes of pictures, down to a single pixel.
    for (width, height) in [(1, 1), (3000, 2), (2, 3000)] {
        let white = RgbImage::from_pixel(width, height, Rgb([255; 3]));
        assert!(read(&model, &white).is_ok(), "{width}×{height}");
    }
}

#[test]
fn a_line_that_nobody_is_sure_of_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let unsure = [[0.3, 0.4, 0.3, 0.0]];
    let nothing = [[0.9, 0.1, 0.0, 0.0]];
    let blank = [[0.1, 0.0, 0.0, 0.9]];
    for steps in [unsure, nothing, blank] {
        let model = model(&folder, &testing::finder(), &testing::reader(&steps), "a\nb");
        assert!(read(&model, &picture(&[[100, 100, 300, 140]])).unwrap().is_empty(), "{steps:?}");
    }
}

#[test]
fn there_is_an_end_to_the_lines_that_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let model = model(&folder, &testing::finder(), &testing::reader(&STEPS), "a\nb");
    let many: Vec<[u32; 4]> = (0..700)
        .map(|at| [at % 25 * 29, at / 25 * 26, at % 25 * 29 + 10, at / 25 * 26 + 6])
        .collect();
    assert_eq!(read(&model, &picture(&many)).unwrap().len(), LINES);
}

#[test]
fn what_cannot_be_used_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (finder, reader) = (testing::finder(), testing::reader(&STEPS));
    let told = |finder: &[u8], reader: &[u8], characters: &str| {
        let model = model(&folder, finder, reader, characters);
        let error = read(&model, &picture(&[[100, 100, 300, 140]])).unwrap_err();
        assert!(!error.hint().is_empty());
        error.to_string()
    };
    for (error, words) in [
        (told(b"\x7fELF", &reader, "a\nb"), "it is no ONNX graph"),
        (told(&finder, b"\x7fELF", "a\nb"), "it is no ONNX graph"),
        (told(&testing::detector(&[[0.0; 6]]), &reader, "a\nb"), "does not take one picture"),
        (told(&finder, &testing::detector(&[[0.0; 6]]), "a\nb"), "does not take one line"),
        (told(&reader, &reader, "a\nb"), "does not take one picture"),
        (told(&finder, &finder, "a\nb"), "gives no probabilities"),
        (told(&finder, &reader, "a"), "knows 4 characters with none and a blank"),
        (told(&finder, &reader, "a\nb\nc\nd"), "its `characters` are 4"),
        (told(&finder, &reader, "no table of characters"), "is no character"),
        (told(&finder, &testing::reader(&[[f32::NAN; 4]]), "a\nb"), "NaN"),
    ] {
        assert!(error.contains(words), "{error}");
    }
    std::fs::write(folder.path().join("c.txt"), b"\xff\xfe").unwrap();
    let lost = LocalModel {
        companions: [].into(),
        ..LocalModel::new(Family::PaddleOcr, folder.path().join("f.onnx"))
    };
    std::fs::write(folder.path().join("f.onnx"), &finder).unwrap();
    let error = read(&lost, &picture(&[])).unwrap_err().to_string();
    assert!(error.contains("settings name no"), "{error}");
}
