//! Pictures after edits: deleted objects leave patched backgrounds, moved ones new neighbors.

use pentimento_easel::Preset;
use pentimento_model::{Attribute, EditOp, ItemName, Region, Seed};

use critic_detector::{Detection, detect};

use crate::painted::{Studio, prompts};
use crate::scenes::opened;
use crate::tally::{Tally, region};

/// How many of the LMD prompts are painted and edited: one in this many.
const ONE_IN: usize = 4;

fn name(seen: &Detection) -> ItemName {
    ItemName { attribute: None, noun: seen.noun.to_owned(), number: 1 }
}

/// Something else for each of the first objects: one deleted, one restyled, one moved down.
fn ops(found: &[Detection]) -> Vec<EditOp> {
    let change = |(seen, kind): (&Detection, usize)| {
        let (item, place) = (name(seen), region(seen));
        Some(match kind {
            0 => EditOp::Delete { item, region: place },
            1 => EditOp::Restyle { item, region: place, attribute: Attribute::from_word("blue")? },
            _ => {
                let lower = (place.y() + 0.08).min(1.0 - place.height());
                let to = Region::new(place.x(), lower, place.width(), place.height())?;
                EditOp::Move { item, from: place, to }
            }
        })
    };
    found.iter().zip(0..3).filter_map(change).collect()
}

fn check(preset: Preset) -> Tally {
    let studio = Studio::new(preset);
    let mut tally = Tally::default();
    for (prompt, number) in prompts("lmd/lmd_prompts.jsonl").iter().zip(0..).step_by(ONE_IN) {
        let (picture, _) = studio.paint(prompt, Seed(number));
        let found = detect(&opened(&picture.bytes));
        let (picture, truth) = studio.edit(&picture, &ops(&found), Seed(number));
        tally.add(&truth.items, &detect(&opened(&picture.bytes)));
    }
    println!("after edits, {preset}: {tally}");
    tally
}

#[test]
fn objects_are_found_after_edits() {
    for preset in [Preset::Perfect, Preset::Dalle3Like] {
        let tally = check(preset);
        assert!(tally.precision() >= 0.98, "precision {}", tally.precision());
        assert!(tally.recall() >= 0.98, "recall {}", tally.recall());
        assert!(tally.looks() >= 0.98, "looks {}", tally.looks());
    }
}
