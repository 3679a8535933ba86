use pentimento_local::{Family, LocalFile, testing};

use super::*;

/// Nothing, unknown, the marks around, and a word to the east, one to the north.
const TABLE: [[f32; 2]; 6] =
    [[0.0, 0.0], [-1.0, 0.0], [0.0, 3.0], [0.0, 0.0], [4.0, 0.0], [0.0, 4.0]];

fn model(folder: &tempfile::TempDir, graph: &[u8], tokenizer: &str) -> LocalModel {
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("m.onnx"), graph).unwrap();
    std::fs::write(at("t.json"), tokenizer).unwrap();
    let companions = [(Companion::Tokenizer, LocalFile::new(at("t.json")))].into();
    LocalModel { companions, ..LocalModel::new(Family::SentenceBert, at("m.onnx")) }
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn words() -> String {
    testing::tokenizer(&["east", "north"])
}

#[test]
fn a_text_is_the_mean_of_its_tokens_or_the_first_of_them_at_length_one() {
    let folder = tempfile::tempdir().unwrap();
    let mean = model(&folder, &testing::encoder(&TABLE), &words());
    let asked = texts(&["East", "east north", "", "nowhere", "east [SEP] north"]);
    let embedded = embed(&mean, &asked).unwrap();
    // With the marks: (4, 3), (4, 7), (0, 3), (-1, 3); and brackets are words nobody knows.
    let length = 65.0_f32.sqrt();
    let first = [vec![0.8, 0.6], vec![4.0 / length, 7.0 / length], vec![0.0, 1.0]];
    for (vector, wanted) in embedded.vectors.iter().zip(&first) {
        let near = vector.iter().zip(wanted).all(|(one, other)| (one - other).abs() < 1e-6);
        assert!(near, "{vector:?} {wanted:?}");
    }
    assert!(embedded.vectors[3][0] < 0.0);
    assert_eq!(embedded.tokens, 3 + 4 + 2 + 3 + 7);
    let cls = LocalModel { pooling: Pooling::Cls, ..mean };
    assert_eq!(embed(&cls, &asked).unwrap().vectors, vec![vec![0.0, 1.0]; 5]);
}

#[test]
fn of_a_long_text_the_first_tokens_count() {
    let folder = tempfile::tempdir().unwrap();
    let model = model(&folder, &testing::encoder(&TABLE), &words());
    let long = "east ".repeat(200_000);
    let most = embed(&model, &texts(&[&long])).unwrap();
    assert_eq!(most.tokens, TOKENS);
    assert_eq!(embed(&model, &texts(&["é".repeat(TEXT_BYTES).as_str()])).unwrap().tokens, 3);
    assert!(matches!(embed(&model, &[]), Err(LocalError::Question(_))));
    assert!(matches!(embed(&model, &vec![long; TEXTS + 1]), Err(LocalError::Question(_))));
}

#[test]
fn what_cannot_be_used_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let told = |graph: &[u8], tokenizer: &str| {
        let error = embed(&model(&folder, graph, tokenizer), &texts(&["east"])).unwrap_err();
        assert!(!error.hint().is_empty());
        error.to_string()
    };
    let good = testing::encoder(&TABLE);
    let wrong = [
        (told(b"\x7fELF", &words()), "it is no ONNX graph"),
        (told(&testing::detector(&[[0.0; 6]]), &words()), "it has no input `input_ids`"),
        (told(&good, "{"), "its `tokenizer` cannot be used"),
        (told(&good, ""), "its `tokenizer` cannot be used"),
        (told(&good, r#"{"model":{"type":"WordPiece"}}"#), "its `tokenizer` cannot be used"),
        // The tokenizer of a larger model: its numbers are in no row of the table.
        (
            told(&good, &testing::tokenizer(&["a", "b", "c", "east"])),
            "the graph could not be carried out",
        ),
        (told(&testing::encoder(&[[f32::NAN; 2]; 6]), &words()), "a vector without a direction"),
        (told(&testing::encoder(&[[0.0; 2]; 6]), &words()), "a vector without a direction"),
        (
            told(&testing::encoder(&[[f32::INFINITY; 2]; 6]), &words()),
            "a vector without a direction",
        ),
    ];
    for (error, words) in wrong {
        assert!(error.contains(words), "{error}");
    }
    let lost = LocalModel { companions: [].into(), ..model(&folder, &good, &words()) };
    let error = embed(&lost, &texts(&["east"])).unwrap_err().to_string();
    assert!(error.contains("settings name none"), "{error}");
}
