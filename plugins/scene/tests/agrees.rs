//! The reader and the rules of place against the host's own.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::{fmt::Write as _, fs, path::PathBuf};

use pentimento_model::{Constraints, RelationKind, RelationTarget, Seed};
use pentimento_sdk::Region;
use pentimento_world::{Strictness, holds, holds_on_canvas};
use scene::{Asked, Kind, read};

/// What the host reads, in one line, without the background.
fn host(constraints: &Constraints) -> String {
    let mut told = String::new();
    for object in &constraints.objects {
        let look = object.attribute.map_or(String::new(), |look| format!("{look} "));
        write!(told, "{} {look}{}; ", object.count.0, object.noun).unwrap();
    }
    constraints.absent.iter().for_each(|noun| write!(told, "no {noun}; ").unwrap());
    for one in &constraints.relations {
        let target = match one.target {
            RelationTarget::Object(index) => index.to_string(),
            RelationTarget::Canvas => "picture".to_owned(),
        };
        write!(told, "{} {} {target}; ", one.subject, one.kind.as_str()).unwrap();
    }
    told
}

/// The same of what is read here.
fn own(asked: &Asked) -> String {
    let mut told = String::new();
    for object in &asked.objects {
        let look = object.look.map_or(String::new(), |look| format!("{look} "));
        write!(told, "{} {look}{}; ", object.count, object.noun).unwrap();
    }
    asked.absent.iter().for_each(|noun| write!(told, "no {noun}; ").unwrap());
    for one in &asked.relations {
        let target = one.target.map_or_else(|| "picture".to_owned(), |index| index.to_string());
        write!(told, "{} {} {target}; ", one.subject, one.kind.as_str()).unwrap();
    }
    told
}

/// True if the idea is read here; an error if the host reads it otherwise.
fn is_read_alike(idea: &str) -> Result<bool, String> {
    let Ok(asked) = read(idea) else { return Ok(false) };
    match pentimento_world::read(idea) {
        Ok(constraints) if own(&asked) == host(&constraints) => Ok(true),
        Ok(constraints) => Err(format!("{idea}: {} for {}", own(&asked), host(&constraints))),
        Err(error) => Err(format!("{idea}: {} for an error: {error}", own(&asked))),
    }
}

/// How many are read here; stops if the host reads one otherwise.
fn count_alike<'a>(ideas: impl Iterator<Item = &'a str>) -> usize {
    let (read, differ): (Vec<_>, Vec<_>) = ideas.map(is_read_alike).partition(Result::is_ok);
    let differ: Vec<String> = differ.into_iter().filter_map(Result::err).take(20).collect();
    assert!(differ.is_empty(), "{}", differ.join("\n"));
    read.into_iter().filter(|one| *one == Ok(true)).count()
}

fn prompts() -> Vec<String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../assets/benchmarks");
    let mut prompts = Vec::new();
    for folder in ["geneval", "lmd"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "jsonl") {
                continue;
            }
            for line in fs::read_to_string(path).unwrap().lines() {
                let start = line.find("\"prompt\": \"").unwrap() + "\"prompt\": \"".len();
                let length = line[start..].find('"').unwrap();
                prompts.push(line[start..start + length].to_owned());
            }
        }
    }
    prompts
}

#[test]
fn every_benchmark_prompt_is_read_as_the_host_does() {
    let prompts = prompts();
    let by_host = prompts.iter().filter(|idea| pentimento_world::read(idea).is_ok()).count();
    let alike = count_alike(prompts.iter().map(String::as_str));
    println!("{} prompts, {by_host} read by the host, {alike} here", prompts.len());
    assert_eq!((prompts.len(), alike), (953, by_host));
}

#[test]
fn plain_ideas_are_read_as_the_host_does() {
    let ideas = [
        "three red apples to the left of a blue cup",
        "a cat on a chair left of a dog",
        "a cat and two dogs on a chair",
        "an orange and a blue car",
        "an orange cat on the left, a dog on the right",
        "two cats on a beach without dogs or birds",
        "a dog left of a cat, and a bird above the cat",
        "a cat left of a dog and above a bird",
        "a photo of a bench in the snow, no people",
        "on the left a dog",
        "a cat is next to a dog",
        "half a dozen lemons and 2 knives",
        "a pair of scissors",
        "a red apple next to a green apple",
    ];
    assert_eq!(count_alike(ideas.into_iter()), ideas.len());
}

/// Sentences strung together at random: what is read must be read as the host does.
#[test]
fn ideas_made_at_random_are_never_read_otherwise() {
    const WORDS: &[&str] = &[
        "a",
        "the",
        "two",
        "red",
        "orange",
        "cat",
        "cats",
        "dog",
        "apples",
        "and",
        ",",
        "or",
        "with",
        "without",
        "no",
        "left of",
        "on the left",
        "on",
        "in",
        "above",
        "next to",
        "beach",
        "is",
        "sitting",
        "there is",
        "a photo of",
        "1",
        "0",
        "the snow",
        "on top of",
        "person",
        "three",
        "under",
        "to the right of",
        "scissors",
        "fish",
    ];
    let ideas = (0..20_000).map(|index| {
        let seed = Seed(index);
        let length = 2 + seed.derive("length", 0).0 % 9;
        let word = |place| {
            let drawn = seed.derive("word", place).0 % WORDS.len() as u64;
            WORDS[usize::try_from(drawn).unwrap()]
        };
        (0..length).map(word).collect::<Vec<_>>().join(" ")
    });
    // What the host refuses because no picture could show it has no reading to differ from.
    let possible = |idea: &String| {
        let read = pentimento_world::read(idea);
        !read.is_err_and(|error| matches!(error, pentimento_world::ReadError::Contradiction { .. }))
    };
    let ideas: Vec<String> = ideas.filter(possible).collect();
    let alike = count_alike(ideas.iter().map(String::as_str));
    println!("{alike} of {} random ideas are read", ideas.len());
    assert!(alike > 200, "{alike}");
}

#[test]
fn boxes_lie_as_the_host_says() {
    let kinds = [
        (Kind::LeftOf, RelationKind::LeftOf),
        (Kind::RightOf, RelationKind::RightOf),
        (Kind::Above, RelationKind::Above),
        (Kind::Below, RelationKind::Below),
        (Kind::OnTopOf, RelationKind::OnTopOf),
        (Kind::NextTo, RelationKind::NextTo),
    ];
    #[expect(clippy::cast_precision_loss, reason = "0 to 99")]
    let number = |seed: Seed, place| (seed.derive("box", place).0 % 100) as f32 / 100.0;
    for index in 0..20_000 {
        let seed = Seed(index);
        let drawn = |first| {
            let (width, height) =
                (0.05 + number(seed, first) / 2.0, 0.05 + number(seed, first + 1) / 2.0);
            let (x, y) =
                (number(seed, first + 2) * (1.0 - width), number(seed, first + 3) * (1.0 - height));
            Region { x, y, width, height }
        };
        let (one, two) = (drawn(0), drawn(4));
        let model = |region: Region| {
            pentimento_model::Region::exact(region.x, region.y, region.width, region.height)
        };
        let (Some(first), Some(second)) = (model(one), model(two)) else { continue };
        for (kind, by_host) in kinds {
            let expected = holds(by_host, &first, &second, Strictness::Seen);
            assert_eq!(kind.holds(one, two), expected, "{kind:?} {one:?} {two:?}");
            let expected = holds_on_canvas(by_host, &first, Strictness::Seen);
            assert_eq!(kind.holds_in_picture(one), expected, "{kind:?} {one:?}");
        }
    }
}

#[test]
fn classes_are_the_hosts() {
    for noun in pentimento_world::NOUNS {
        let idea = format!("two {}", noun.plural);
        assert_eq!(own(&read(&idea).unwrap()), format!("2 {}; ", noun.name));
        assert_eq!(scene::plural(noun.name, 2), noun.plural);
    }
}
