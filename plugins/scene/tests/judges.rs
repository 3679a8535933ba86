//! What stands for what, and what is broken, against the host's own judge: the same ideas, the same
//! detections.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::{collections::BTreeSet, fs, path::PathBuf};

use pentimento_model::{Evidence, Finding, Place, RelationTarget, Seed, Severity};
use pentimento_sdk::Region;
use pentimento_world::{NOUNS, Unmet, judge, layout_from_findings};
use scene::{Asked, Item, Judgement, Placed, is_usually, read};

const LOOKS: [&str; 8] = ["red", "blue", "green", "yellow", "white", "black", "wooden", "metal"];

/// Draws numbers from a seed, one after the other.
struct Draw(Seed, u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.1 += 1;
        usize::try_from(self.0.derive("draw", self.1).0 % end as u64).unwrap()
    }

    #[expect(clippy::cast_precision_loss, reason = "0 to 99")]
    fn part(&mut self) -> f32 {
        self.below(100) as f32 / 100.0
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    fn region(&mut self) -> Region {
        let (width, height) = (0.05 + self.part() / 3.0, 0.05 + self.part() / 3.0);
        let (x, y) = (self.part() * (1.0 - width), self.part() * (1.0 - height));
        Region { x, y, width, height }
    }

    /// Things that could be seen when this was asked for: mostly what was asked for, mostly in
    /// the right look.
    fn items(&mut self, asked: &Asked) -> Vec<Item> {
        let count = self.below(9);
        let item = |draw: &mut Self| {
            let wanted = &asked.objects[draw.below(asked.objects.len())];
            let noun = if draw.below(8) == 0 { draw.of(&["cat", "kite"]) } else { wanted.noun };
            let natural = draw.below(3) == 0;
            let read = if draw.below(3) == 0 { Some(draw.of(&LOOKS)) } else { wanted.look };
            let look = read.filter(|_| !natural).map(str::to_owned);
            let (region, confidence) = (draw.region(), draw.part());
            Item { noun: noun.to_owned(), look, natural, region, confidence }
        };
        (0..count).map(|_| item(self)).collect()
    }
}

/// The eye's finding about an item, as the host reads it.
fn finding(item: &Item) -> Finding {
    let evidence = |kind: &str, text: &str, value| Evidence {
        kind: kind.to_owned(),
        text: text.to_owned(),
        value,
    };
    let mut shown = vec![
        evidence("class", &item.noun, None),
        evidence("natural", if item.natural { "yes" } else { "no" }, None),
        evidence("confidence", "", Some(f64::from(item.confidence))),
    ];
    shown.extend(item.look.as_deref().map(|look| evidence("attribute", look, None)));
    let Region { x, y, width, height } = item.region;
    Finding {
        code: "object".to_owned(),
        severity: Severity::Note,
        message: String::new(),
        place: pentimento_model::Region::exact(x, y, width, height).map(Place::Region),
        evidence: shown,
        suggestion: None,
    }
}

/// Everything that is unmet, a line each.
fn by_host(idea: &str, items: &[Item]) -> (Vec<String>, BTreeSet<String>) {
    let constraints = pentimento_world::read(idea).unwrap();
    let findings: Vec<Finding> = items.iter().map(finding).collect();
    let layout = layout_from_findings(&constraints, &findings);
    let names = layout.items.iter().map(|item| item.name.to_string()).collect();
    let told = |unmet: &Unmet| match unmet {
        Unmet::Missing { object, wanted, seen } => Some(format!("{object}: {seen}/{wanted}")),
        Unmet::WrongLook { object, item } => Some(format!("{object}: {item} looks wrong")),
        Unmet::Surplus { item, wanted: 1.., .. } => Some(format!("{item} is too many")),
        Unmet::Surplus { .. } => None,
        Unmet::Forbidden { item } => Some(format!("{item} is forbidden")),
        Unmet::Violated { relation, item, target } => {
            let object = match relation.target {
                RelationTarget::Object(index) => Some(index),
                RelationTarget::Canvas => None,
            };
            let kind = relation.kind.as_str();
            Some(format!("{} {kind} {object:?}: {item} to {target:?}", relation.subject))
        }
    };
    (names, judge(&constraints, &layout).unmet.iter().filter_map(told).collect())
}

/// The same from here.
fn by_guest(asked: &Asked, items: &[Item]) -> (Vec<String>, BTreeSet<String>) {
    let judgement = Judgement::of(asked, items);
    let mut unmet = BTreeSet::new();
    for (object, wanted) in asked.objects.iter().enumerate() {
        let seen = judgement.standing_for(object).count();
        if seen < wanted.count as usize {
            unmet.insert(format!("{object}: {seen}/{}", wanted.count));
        }
    }
    for found in judgement.matches.iter().filter(|found| !found.looks_right) {
        unmet.insert(format!("{}: {} looks wrong", found.object, found.item));
    }
    let index = |name: &str| judgement.items.iter().position(|item| item.name() == name).unwrap();
    for (nouns, what) in [(asked.nouns(), "is too many"), (asked.absent.clone(), "is forbidden")] {
        for item in nouns.iter().flat_map(|noun| judgement.surplus(noun)) {
            unmet.insert(format!("{} {what}", index(&item.name())));
        }
    }
    for relation in &asked.relations {
        if let Placed::Broken(broken) = judgement.placed(*relation) {
            unmet.extend(broken.iter().map(|one| {
                let (kind, target) = (relation.kind.as_str(), relation.target);
                format!("{} {kind} {target:?}: {} to {:?}", relation.subject, one.item, one.target)
            }));
        }
    }
    (judgement.items.iter().map(scene::Named::name).collect(), unmet)
}

fn benchmark_ideas() -> Vec<String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../assets/benchmarks");
    let files = ["geneval", "lmd"].map(|folder| fs::read_dir(root.join(folder)).unwrap());
    let paths = files.into_iter().flatten().map(|entry| entry.unwrap().path());
    let texts = paths.filter(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
    let lines = texts.flat_map(|path| {
        let text = fs::read_to_string(path).unwrap();
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    });
    let prompt = |line: String| {
        let rest = line.split_once("\"prompt\": \"").unwrap().1.to_owned();
        rest.split('"').next().unwrap().to_owned()
    };
    lines.map(prompt).collect()
}

/// Ideas with what the benchmarks have little of: looks of one noun, sides, several relations.
const IDEAS: [&str; 10] = [
    "two red apples to the left of a blue cup",
    "two red apples and an apple to the right of a white cup",
    "a yellow lemon above a green lemon and a lemon",
    "a cat next to two dogs, and a bird above the cat",
    "three books on top of a wooden chair, without cats",
    "two cups on the left, two dogs on the right, and no kites or trees",
    "a black cat left of a dog and below a kite",
    "a metal clock at the top and a clock below the metal clock",
    "four birds over a tree and a bench under the tree",
    "a red car right of a car and a blue car",
];

#[test]
fn the_host_judges_alike() {
    let ideas: Vec<String> =
        benchmark_ideas().into_iter().chain(IDEAS.map(str::to_owned)).collect();
    let (mut judged, mut lines) = (0, [0; 6]);
    for (index, idea) in ideas.iter().enumerate() {
        let Ok(asked) = read(idea) else { continue };
        if asked.objects.is_empty() {
            continue;
        }
        let rounds = if IDEAS.contains(&idea.as_str()) { 2_000 } else { 20 };
        for round in 0..rounds {
            let items = Draw(Seed(index as u64).derive("idea", round), 0).items(&asked);
            let (host, own) = (by_host(idea, &items), by_guest(&asked, &items));
            assert_eq!(own, host, "{idea}: {items:#?}");
            judged += 1;
            let kinds = ["/", "looks wrong", "too many", "forbidden", "to None", "to Some"];
            for (count, kind) in lines.iter_mut().zip(kinds) {
                *count += host.1.iter().filter(|line| line.contains(kind)).count();
            }
        }
    }
    println!("{judged} scenes judged alike; unmet by kind: {lines:?}");
    assert!(judged > 20_000 && lines.iter().all(|count| *count > 500), "{judged} {lines:?}");
}

#[test]
fn natural_colors_are_the_hosts() {
    for noun in NOUNS {
        for color in pentimento_model::Color::ALL {
            assert_eq!(is_usually(noun.name, color.as_str()), noun.is_usually(color), "{noun:?}");
        }
        assert!(!is_usually(noun.name, "wooden"), "a material is never natural: {noun:?}");
    }
}
