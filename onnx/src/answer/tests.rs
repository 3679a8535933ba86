use std::io::Cursor;

use image::ImageFormat;
use pentimento_local::{Companion, Family, LocalFile, testing};
use proptest::prelude::*;

use super::*;

/// One model, whose file is this.
fn models(folder: &tempfile::TempDir, file: &[u8]) -> LocalModels {
    let path = folder.path().join("m.onnx");
    std::fs::write(&path, file).unwrap();
    LocalModels([("coco".to_owned(), LocalModel::new(Family::Centernet, path))].into())
}

fn question(call: &str, model: &str, picture: &[u8]) -> Vec<u8> {
    let picture = json!({ "type": "image/png", "base64": STANDARD.encode(picture) });
    json!({ "format": 1, "call": call, "model": model, "picture": picture, "names": [] })
        .to_string()
        .into_bytes()
}

fn white() -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = RgbImage::from_pixel(16, 16, image::Rgb([255; 3]));
    picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    bytes
}

#[test]
fn a_question_in_json_is_answered_in_json() {
    let folder = tempfile::tempdir().unwrap();
    let models = models(&folder, &testing::detector(&[[0.0, 0.0, 4.0, 8.0, 0.75, 16.0]]));
    assert_eq!(answer(&models, br#"{"format":1,"call":"models"}"#), json!({ "models": ["coco"] }));
    let found = answer(&models, &question("detect", "coco", &white()));
    let expected = json!({ "objects": [{
        "name": "dog", "attribute": "", "usual": true, "sure": 0.75,
        "box": [0.0, 0.0, 0.5, 1.0],
    }] });
    assert_eq!(found, expected);
}

#[test]
fn texts_are_answered_with_vectors_and_each_model_with_what_it_can_do() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("w.onnx"), testing::encoder(&[[3.0_f32, 4.0]; 5])).unwrap();
    std::fs::write(at("t.json"), testing::tokenizer(&["dog"])).unwrap();
    let companions = [(Companion::Tokenizer, LocalFile::new(at("t.json")))].into();
    let words = LocalModel { companions, ..LocalModel::new(Family::SentenceBert, at("w.onnx")) };
    let mut models = models(&folder, b"no graph");
    models.0.insert("words".to_owned(), words);
    let asked = |model: &str, texts: Value| {
        let question = json!({ "format": 1, "call": "embed", "model": model, "texts": texts });
        answer(&models, question.to_string().as_bytes())
    };
    let told = asked("words", json!(["a dog", ""]));
    assert_eq!(told["usage"], json!({ "input": 6 }));
    let vectors: Vec<[f32; 2]> = serde_json::from_value(told["vectors"].clone()).unwrap();
    assert_eq!(vectors, [[0.6, 0.8]; 2]);
    for (told, words) in [
        (asked("coco", json!(["a"])), "can `embed-text`, and names none"),
        (asked("words", Value::Null), "holds no texts"),
        (asked("words", json!([])), "holds 0 texts"),
        (asked("words", json!("a dog")), "has not the form of one"),
        (answer(&models, &question("detect", "words", &white())), "can `detect`, and names none"),
    ] {
        assert!(told["error"].as_str().unwrap().contains(words), "{told}");
    }
}

#[test]
fn what_cannot_be_answered_is_told_with_what_would_help() {
    let folder = tempfile::tempdir().unwrap();
    let models = models(&folder, b"no graph");
    for (question, words) in [
        (question("detect", "coco", &white()), "it is no ONNX graph"),
        (question("detect", "other", &white()), "names none"),
        (question("paint", "coco", &white()), "no model in a file can do"),
        (question("detect", "coco", b"GIF"), "neither PNG nor JPEG"),
        (br#"{"call":"detect","model":"coco"}"#.to_vec(), "holds no picture"),
        (b"{".to_vec(), "has not the form of one"),
        (vec![b' '; QUESTION_BYTES + 1], "is too long"),
    ] {
        let told = answer(&models, &question);
        let error = told["error"].as_str().unwrap();
        assert!(error.contains(words), "{error}");
        assert!(!told["hint"].as_str().unwrap().is_empty());
    }
    std::fs::remove_file(folder.path().join("m.onnx")).unwrap();
    let told = answer(&models, &question("detect", "coco", &white()));
    assert!(told["error"].as_str().unwrap().contains("cannot be read"), "{told}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever bytes a file has, there is an answer.
    #[test]
    fn damaged_files_are_told(
        changes in prop::collection::vec((0_usize..600, any::<u8>()), 1..4),
        length in 0_usize..600,
    ) {
        let mut file = testing::detector(&[[0.0, 0.0, 4.0, 8.0, 0.75, 16.0]]);
        for (at, byte) in changes {
            if let Some(place) = file.get_mut(at) {
                *place = byte;
            }
        }
        file.truncate(length.max(file.len() / 2));
        let folder = tempfile::tempdir().unwrap();
        let told = answer(&models(&folder, &file), &question("detect", "coco", &white()));
        prop_assert!(told.get("objects").is_some() != told.get("error").is_some(), "{}", told);
    }
}
