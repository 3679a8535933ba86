//! The easel behind its ports: determinism, truth, edits, errors.

use pentimento_engine::PortErrorKind;
use pentimento_model::{Attribute, Color, ItemName, Region};

use super::*;

fn run<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(work)
}

fn paint(easel: &Easel, prompt: &str, seed: u64) -> Artifact {
    name_of(&run(easel.generate(prompt, Seed(seed))).expect("a picture"))
}

/// The truth in words, in order of words.
fn told(oracle: &Oracle, picture: &Artifact) -> Vec<String> {
    let truth = oracle.truth(picture.id).expect("a remembered picture");
    let mut words: Vec<_> = truth
        .items
        .iter()
        .map(|item| match item.attribute {
            Some(attribute) => format!("{attribute} {}", item.noun),
            None => item.noun.clone(),
        })
        .collect();
    words.sort();
    words
}

#[test]
fn the_same_prompt_and_seed_give_the_same_bytes_on_any_thread() {
    let easel = Easel::new(Preset::Dalle3Like);
    let prompt = "three red apples to the left of a blue cup";
    let threads: Vec<_> = (0..3)
        .map(|_| {
            let easel = easel.clone();
            std::thread::spawn(move || paint(&easel, prompt, 7).id)
        })
        .collect();
    let ids: Vec<_> = threads.into_iter().map(|thread| thread.join().expect("no panic")).collect();
    assert!(ids.iter().all(|id| *id == ids[0]));
    assert_ne!(paint(&easel, prompt, 8).id, ids[0]);
}

#[test]
fn the_perfect_painter_paints_what_was_asked() {
    let (easel, oracle) = Easel::with_oracle(Preset::Perfect);
    let rows: [(&str, &[&str]); 3] = [
        ("two red apples left of a blue cup", &["blue cup", "red apple", "red apple"]),
        ("a scene without dogs", &[]),
        ("four cats on a beach", &["cat", "cat", "cat", "cat"]),
    ];
    for (prompt, expected) in rows {
        assert_eq!(told(&oracle, &paint(&easel, prompt, 3)), expected);
    }
}

#[test]
fn the_oracle_follows_edits_and_knows_no_other_pictures() {
    let (easel, oracle) = Easel::with_oracle(Preset::Perfect);
    let picture = paint(&easel, "a cat left of a dog", 5);
    let cat = oracle.truth(picture.id).expect("a remembered picture").items[0].region;
    let item = ItemName { attribute: None, noun: "cat".to_owned(), number: 1 };
    let attribute = Attribute::Color(Color::Purple);
    let ops = [EditOp::Restyle { item: item.clone(), region: cat, attribute }];
    let edited = run(easel.edit(&picture, &ops, Seed(2))).expect("an edited picture");
    let purple = name_of(&edited.made);
    assert_eq!(told(&oracle, &purple), ["dog", "purple cat"]);
    assert_eq!(told(&oracle, &picture), ["cat", "dog"], "the old picture is still what it was");
    let gone = [EditOp::Delete { item, region: cat }];
    let edited = run(easel.edit(&purple, &gone, Seed(2))).expect("an edited picture");
    assert_eq!(told(&oracle, &name_of(&edited.made)), ["dog"]);
    assert_eq!(oracle.truth(Artifact::new(MediaType::Png, *b"stranger").id), None);
}

#[test]
fn an_edit_that_did_nothing_keeps_the_bytes() {
    let easel = Easel::new(Preset::Perfect);
    let picture = paint(&easel, "a cat", 5);
    let edited = run(easel.edit(&picture, &[], Seed(2))).expect("an edited picture");
    assert_eq!(name_of(&edited.made), picture);
}

#[test]
fn edits_are_deterministic() {
    let easel = Easel::new(Preset::Perfect);
    let picture = paint(&easel, "a cat", 5);
    let item = ItemName { attribute: None, noun: "dog".to_owned(), number: 1 };
    let region = Region::new(0.02, 0.02, 0.2, 0.2).expect("a region");
    let ops = [EditOp::Add { item, region }];
    let edit = |seed| {
        let edited = run(easel.edit(&picture, &ops, Seed(seed))).expect("an edited picture");
        name_of(&edited.made).id
    };
    assert_eq!(edit(1), edit(1));
}

#[test]
fn what_cannot_be_read_is_the_users_move() {
    let easel = Easel::new(Preset::Perfect);
    let error = run(easel.generate("a jabberwock", Seed(1))).expect_err("an unknown noun");
    assert_eq!(error.kind, PortErrorKind::WrongUse);
    assert!(error.message.contains("jabberwock") && error.hint.is_some(), "{error:?}");
    let text = Artifact::new(MediaType::Text, *b"hello");
    let error = run(easel.edit(&text, &[], Seed(1))).expect_err("no picture");
    assert_eq!(error.kind, PortErrorKind::WrongUse);
}

#[test]
fn the_identity_names_version_and_preset() {
    let easel = Easel::new(Preset::Dalle3Like);
    let expected = concat!("easel/", env!("CARGO_PKG_VERSION"), "/dalle3-like");
    assert_eq!(Generate::identity(&easel), expected);
    assert_eq!(Edit::identity(&easel), expected);
}
