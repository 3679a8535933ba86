use std::{fs, path::Path};

use image::{Rgb, RgbImage};

use pentimento_local::{Family, testing};

use super::*;

const WHITE: Rgb<u8> = Rgb([255, 255, 255]);
/// A bus (kind 5) and two persons (kind 0) beside it, one of them twice.
const STREET: [[f32; 6]; 5] = [
    [0.0, 2.0, 4.0, 6.0, 0.9, 5.0],
    [4.0, 2.0, 6.0, 8.0, 0.6, 0.0],
    [4.0, 2.0, 6.0, 7.5, 0.5, 0.0],
    [6.0, 2.0, 8.0, 8.0, 0.7, 0.0],
    [0.0, 0.0, 8.0, 8.0, 0.2, 2.0],
];

fn model(folder: &Path, file: &[u8]) -> LocalModel {
    let path = folder.join("model.onnx");
    fs::write(&path, file).unwrap();
    LocalModel::new(Family::Centernet, path)
}

fn found(file: &[u8], picture: &RgbImage) -> Result<Vec<Sighting>, LocalError> {
    let folder = tempfile::tempdir().unwrap();
    detect(&model(folder.path(), file), picture)
}

fn in_words(found: &[Sighting]) -> Vec<String> {
    let word = |one: &Sighting| {
        let (x, y) = (one.region.x(), one.region.y());
        let (width, height) = (one.region.width(), one.region.height());
        format!("{} {:.2} at {x} {y} {width} {height}", one.noun, one.sure)
    };
    found.iter().map(word).collect()
}

#[test]
fn boxes_become_objects_the_surest_first_each_once_in_any_size_of_picture() {
    let file = testing::detector(&STREET);
    let expected = [
        "bus 0.90 at 0 0.25 0.5 0.5",
        "person 0.70 at 0.75 0.25 0.25 0.75",
        "person 0.60 at 0.5 0.25 0.25 0.75",
    ];
    for (width, height) in [(8, 8), (31, 7), (640, 480)] {
        let found = found(&file, &RgbImage::from_pixel(width, height, WHITE)).unwrap();
        assert_eq!(in_words(&found), expected, "{width}×{height}");
    }
}

#[test]
fn what_the_picture_shows_decides() {
    let file = testing::detector(&STREET);
    let gray = found(&file, &RgbImage::from_pixel(20, 20, Rgb([128, 128, 128]))).unwrap();
    assert_eq!(in_words(&gray), ["bus 0.45 at 0 0.25 0.5 0.5"]);
    assert_eq!(found(&file, &RgbImage::new(20, 20)).unwrap(), []);
}

#[test]
fn settings_decide_who_is_sure_enough_and_what_is_twice_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let usual = model(folder.path(), &testing::detector(&STREET));
    let picture = RgbImage::from_pixel(8, 8, WHITE);
    for (least_sure, most_overlap, expected) in
        [(0.35, 0.5, 3), (0.1, 0.5, 4), (0.65, 0.5, 2), (0.35, 1.0, 4), (1.0, 0.5, 0)]
    {
        let model = LocalModel { least_sure, most_overlap, ..usual.clone() };
        let found = detect(&model, &picture).unwrap();
        assert_eq!(found.len(), expected, "{least_sure} {most_overlap}");
    }
    let labels = vec!["x".to_owned()];
    let error = detect(&LocalModel { labels, ..usual }, &picture).unwrap_err().to_string();
    assert_eq!(error, "the graph computed an object of kind 5, and there are 1 labels");
}

#[test]
fn numbers_that_make_no_sense_are_told_or_passed_over() {
    let picture = RgbImage::from_pixel(8, 8, WHITE);
    let one = |row: [f32; 6]| found(&testing::detector(&[row]), &picture);
    for row in [
        [f32::NAN, 0.0, 1.0, 1.0, 0.9, 0.0],
        [0.0, f32::INFINITY, 1.0, 1.0, 0.9, 0.0],
        [0.0, 0.0, 1.0, 1.0, f32::NAN, 0.0],
        [0.0, 0.0, 1.0, 1.0, 0.9, -1.0],
        [0.0, 0.0, 1.0, 1.0, 0.9, 80.0],
        [0.0, 0.0, 1.0, 1.0, 0.9, 0.5],
        [0.0, 0.0, 1.0, 1.0, 0.9, 1e30],
    ] {
        let error = one(row).unwrap_err();
        assert!(matches!(error, LocalError::Numbers(_)), "{row:?}: {error}");
    }
    // Beside the picture, empty, or turned inside out: nothing is there.
    for row in [
        [9.0, 9.0, 12.0, 12.0, 0.9, 0.0],
        [3.0, 3.0, 3.0, 3.0, 0.9, 0.0],
        [5.0, 5.0, 1.0, 1.0, 0.9, 0.0],
    ] {
        assert_eq!(one(row).unwrap(), [], "{row:?}");
    }
    let partly = one([-4.0, -4.0, 4.0, 4.0, 7.0, 0.0]).unwrap();
    assert_eq!(in_words(&partly), ["person 1.00 at 0 0 0.5 0.5"]);
}

#[test]
fn more_objects_than_anyone_looks_at_are_cut_to_the_surest() {
    let many: Vec<[f32; 6]> = (0..200_u8)
        .map(|number| {
            let (x, y) = (f32::from(number % 15) * 0.5, f32::from(number / 15) * 0.5);
            [x, y, x + 0.4, y + 0.4, 0.4 + f32::from(number) / 1000.0, 0.0]
        })
        .collect();
    let found = found(&testing::detector(&many), &RgbImage::from_pixel(8, 8, WHITE)).unwrap();
    assert_eq!(found.len(), OBJECTS);
    assert!((found[0].sure - 0.599).abs() < 1e-3);
}

#[test]
fn a_graph_of_another_kind_is_told_from_a_file_that_is_none() {
    use testing::{FLOATS, INTEGERS, file, node, value};
    let picture = RgbImage::from_pixel(8, 8, WHITE);
    let takes = |kind, shape: &[u64]| {
        let input = [value("picture", kind, shape)];
        file(&[node("Identity", &["picture"], "out")], &[], &input, &[value("out", kind, shape)])
    };
    let two = [value("a", FLOATS, &[1, 8, 8, 3]), value("b", FLOATS, &[1, 8, 8, 3])];
    let two = file(&[node("Add", &["a", "b"], "out")], &[], &two, &[value("out", FLOATS, &[1])]);
    for (file, words) in [
        (takes(FLOATS, &[1, 8, 8, 3]), "no output holds boxes"),
        (takes(FLOATS, &[1, 3, 8, 8]), "no output holds boxes"),
        (takes(FLOATS, &[1, 8, 9, 3]), "no square"),
        (takes(FLOATS, &[1, 8, 8, 4]), "not one picture of three channels"),
        (takes(FLOATS, &[8, 8, 3]), "not one picture of three channels"),
        (takes(FLOATS, &[1, 9000, 9000, 3]), "9000 pixels a side"),
        (takes(INTEGERS, &[1, 8, 8, 3]), "could not be carried out"),
        (two, "not one input"),
    ] {
        let error = found(&file, &picture).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
    let whole = testing::detector(&STREET);
    let unknown = file(&[node("Dream", &["x"], "y")], &[], &[], &[value("y", FLOATS, &[1])]);
    for file in [&b"PK\x03\x04 something else"[..], b"", &whole[..whole.len() / 2], &unknown] {
        let error = found(file, &picture).unwrap_err();
        let other = matches!(error, LocalError::Graph(_) | LocalError::OtherFamily { .. });
        assert!(other, "{error:?}");
        assert!(!error.hint().is_empty());
    }
}

#[test]
fn the_size_of_the_picture_is_the_graphs_or_the_settings() {
    let input = |shape: &[Option<usize>]| {
        let graph = Graph::read(testing::detector(&STREET)).unwrap();
        let mut input = graph.only_input().unwrap();
        input.shape = shape.to_vec();
        input
    };
    let last = |side| Ok(Frame { side, channels_first: false });
    let first = |side| Ok(Frame { side, channels_first: true });
    for (shape, wanted, frame) in [
        (&[Some(1), Some(512), Some(512), Some(3)][..], None, last(512)),
        (&[None, Some(3), Some(320), Some(320)], None, first(320)),
        (&[None, Some(3), None, None], Some(416), first(416)),
        (&[None, None, None, Some(3)], Some(416), last(416)),
        (&[Some(1), Some(512), Some(512), Some(3)], Some(512), last(512)),
        (&[Some(1), Some(512), Some(512), Some(3)], Some(416), Err("in settings")),
        (&[None, None, None, Some(3)], None, Err("set `size`")),
        (&[Some(2), Some(8), Some(8), Some(3)], None, Err("three channels")),
        (&[Some(1), Some(0), Some(0), Some(3)], None, Err("0 pixels")),
    ] {
        match (Frame::of(&input(shape), wanted), frame) {
            (Ok(one), Ok(other)) => assert_eq!(one, other),
            (Err(error), Err(words)) => assert!(error.to_string().contains(words), "{error}"),
            (one, other) => panic!("{shape:?}: {one:?} and not {other:?}"),
        }
    }
}
