use std::{fs, sync::Mutex};

use pentimento_engine::PortError;

use super::*;

fn sightings(photograph: &Photograph) -> Vec<Sighting> {
    let told = |mark: &Mark| {
        Some(Sighting {
            noun: mark.name.clone(),
            attribute: mark.color.as_deref().and_then(Attribute::from_word),
            usual: false,
            sure: 0.9,
            region: mark.region()?,
        })
    };
    photograph.objects.iter().filter_map(told).collect()
}

#[test]
fn who_tells_what_was_marked_is_right_in_everything() {
    let labels = labels().unwrap();
    let mut objects = Objects::default();
    let mut statements = Statements::about(&labels);
    for photograph in &labels {
        let told = sightings(photograph);
        objects.look(photograph, &told);
        statements.judge(photograph, &told);
    }
    assert_eq!((objects.marked, objects.told, objects.found), (40, 40, 40));
    assert!((objects.mean_iou() - 1.0).abs() < 1e-6);
    assert_eq!(objects.color_right, objects.colored);
    let judged = statements.judged();
    let categories: Vec<_> = judged.iter().map(|one| one.category).collect();
    assert_eq!(categories, ["single_object", "two_object", "counting", "position"]);
    for one in judged {
        assert!(one.holds > 0 && one.fails > 0, "{one:?}");
        assert_eq!((one.holds, one.fails), (one.holds_right, one.fails_right), "{one:?}");
    }
}

#[test]
fn what_is_told_wrongly_counts_against_whoever_tells_it() {
    let mark = |name: &str, edges| Mark { name: name.to_owned(), edges, color: None };
    let photograph = Photograph {
        file: "x.png".to_owned(),
        artifact: String::new(),
        objects: vec![mark("cat", [0.0, 0.0, 0.5, 0.5]), mark("dog", [0.5, 0.5, 1.0, 1.0])],
        unsure: vec![mark("bird", [0.5, 0.0, 1.0, 0.5])],
    };
    let told = |name: &str, edges| {
        let region = mark(name, edges).region().unwrap();
        Sighting { noun: name.to_owned(), attribute: None, usual: false, sure: 0.9, region }
    };
    let count = |told: &[Sighting]| {
        let mut objects = Objects::default();
        objects.look(&photograph, told);
        (objects.told, objects.found, objects.misnamed)
    };
    let cat = told("cat", [0.0, 0.0, 0.5, 0.5]);
    assert_eq!(count(&[]), (0, 0, 0));
    assert_eq!(count(std::slice::from_ref(&cat)), (1, 1, 0));
    assert_eq!(count(&[cat.clone(), cat]), (2, 1, 0), "one cat is found once");
    assert_eq!(count(&[told("cat", [0.2, 0.2, 0.7, 0.7])]), (1, 0, 0), "too far away");
    assert_eq!(count(&[told("cow", [0.0, 0.0, 0.5, 0.5])]), (1, 0, 1), "another name");
    assert_eq!(count(&[told("bird", [0.6, 0.0, 0.9, 0.4])]), (0, 0, 0), "nobody could say");
    let blind = Objects { marked: 2, ..Objects::default() };
    assert_eq!((blind.precision(), blind.recall()), (1.0, 0.0));

    let mut statements = Statements::about(std::slice::from_ref(&photograph));
    statements.judge(&photograph, &[told("dog", [0.0, 0.0, 0.4, 0.4])]);
    let judged: Vec<_> = statements
        .judged()
        .into_iter()
        .map(|one| (one.category, one.holds, one.holds_right, one.fails, one.fails_right))
        .collect();
    // There are a cat and a dog, one of each; the cat lies left of and above the dog, in one direction
    // alone as much as in the other.
    assert_eq!(judged[0], ("single_object", 2, 1, 0, 0));
    assert_eq!(judged[1], ("two_object", 1, 0, 0, 0));
    assert_eq!(judged[2], ("counting", 2, 1, 2, 2));
    assert_eq!(judged[3].0, "position");
}

/// One that must not be asked.
struct Nobody(Mutex<usize>);

#[async_trait::async_trait]
impl Detect for Nobody {
    fn identity(&self) -> String {
        "nobody".to_owned()
    }

    async fn detect(&self, _: &Artifact, _: &[String]) -> Result<Vec<Sighting>, PortError> {
        *self.0.lock().unwrap() += 1;
        Ok(Vec::new())
    }
}

#[test]
fn other_photographs_are_told_before_anybody_looks() {
    let folder = tempfile::tempdir().unwrap();
    let nobody = Arc::new(Nobody(Mutex::new(0)));
    let request = PhotographsRequest {
        detector: nobody.clone(),
        folder: folder.path().to_owned(),
        painted: 0,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let measured = || runtime.block_on(photographs(&request, &|_| ())).unwrap_err();
    let missing = measured();
    assert!(matches!(missing, BenchError::Data { .. }) && missing.is_wrong_use(), "{missing:?}");
    let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 64]].concat();
    for photograph in labels().unwrap() {
        fs::write(folder.path().join(&photograph.file), &png).unwrap();
    }
    assert!(measured().hint().is_some());
    assert_eq!(*nobody.0.lock().unwrap(), 0);
}
