use super::*;

#[test]
fn there_are_eighty_kinds_in_cocos_order() {
    let coco = LocalModel::coco();
    assert_eq!((coco.len(), coco[0].as_str(), coco[79].as_str()), (80, "person", "toothbrush"));
    assert!(LocalModel::are_labels(&coco));
}

#[test]
fn names_of_kinds_are_short_plain_and_not_too_many() {
    let label = |text: &str| vec![text.to_owned()];
    assert!(LocalModel::are_labels(&label("red kite")));
    for bad in [
        vec![],
        label(" "),
        label("a\nb"),
        label(&"x".repeat(LABEL_BYTES + 1)),
        vec!["x".to_owned(); LABELS + 1],
    ] {
        assert!(!LocalModel::are_labels(&bad), "{} labels", bad.len());
    }
}

#[test]
fn models_go_through_one_argument_unchanged() {
    let model = LocalModel { side: Some(320), ..LocalModel::new(Family::Centernet, "/m/x.onnx") };
    let tokenizer = LocalFile { digest: Some("d".to_owned()), ..LocalFile::new("/m/t.json") };
    let words = LocalModel {
        companions: [(Companion::Tokenizer, tokenizer)].into(),
        pooling: Pooling::Cls,
        ..LocalModel::new(Family::SentenceBert, "/m/y.onnx")
    };
    let models = LocalModels([("coco".to_owned(), model), ("bge".to_owned(), words)].into());
    assert_eq!(LocalModels::from_argument(&models.to_argument()), Some(models));
    assert_eq!(LocalModels::from_argument("{"), None);
}

#[test]
fn what_is_no_file_is_missing_or_is_too_large_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("small"), "x").unwrap();
    assert_eq!(file(&at("small")).unwrap(), b"x");
    // Sparse: it takes no room.
    File::create(at("huge")).unwrap().set_len(MODEL_BYTES as u64 + 1).unwrap();
    for (name, words) in [("none", "cannot be read"), ("", "is no file"), ("huge", "512 MiB")] {
        let error = file(&at(name)).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
    #[cfg(unix)]
    {
        let error = file(Path::new("/dev/zero")).unwrap_err();
        assert!(matches!(error, FileError::NoFile { .. }), "{error}");
        std::os::unix::fs::symlink(at("small"), at("link")).unwrap();
        assert!(file(&at("link")).is_ok());
        std::os::unix::fs::symlink(at("nowhere"), at("dangling")).unwrap();
        assert!(file(&at("dangling")).is_err());
    }
}

#[test]
fn a_file_that_was_changed_since_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.onnx");
    fs::write(&path, "one").unwrap();
    let digest = Some(StepKey::of([b"one".as_slice()]).to_hex());
    let file = LocalFile { digest, ..LocalFile::new(&path) };
    assert_eq!(LocalFile::new(&path).pinned().unwrap(), file);
    assert!(file.bytes().is_ok());
    fs::write(&path, "two").unwrap();
    assert!(matches!(file.bytes(), Err(FileError::Changed { .. })));
    assert!(LocalFile::new(&path).bytes().is_ok());
}
