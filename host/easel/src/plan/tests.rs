//! Scenes as planned: what was asked, in whole pixels, with gaps.

use pentimento_model::{ItemName, Layout, LayoutItem, Score};
use pentimento_world::{gap, judge};

use super::*;
use crate::{preset::Preset, sprites::sprite_aspect};

fn check(prompt: &str) {
    for seed in 0..10 {
        let scene = imagine(prompt, Preset::Perfect.rates(), Seed(seed)).expect("a scene");
        for (index, item) in scene.items.iter().enumerate() {
            let others = scene.items.iter().skip(index + 1);
            assert!(others.clone().all(|other| gap(&item.region, &other.region) >= 0.03));
            let aspect = item.region.width() / item.region.height();
            let expected = sprite_aspect(&item.noun).expect("a sprite");
            assert!((aspect / expected - 1.0).abs() < 0.15, "{}: {aspect} {expected}", item.noun);
        }
    }
}

#[test]
fn planned_items_keep_their_gaps_and_proportions() {
    for prompt in ["a cat", "five dogs", "twelve bananas", "a red car above a black dog"] {
        check(prompt);
    }
}

#[test]
fn the_background_is_the_one_asked_for() {
    let scene = imagine("a cat on a beach", Preset::Perfect.rates(), Seed(1)).expect("a scene");
    assert_eq!(scene.background, "beach");
}

#[test]
fn a_prompt_that_cannot_be_read_is_an_error() {
    let error = imagine("", Preset::Perfect.rates(), Seed(1)).expect_err("nothing to paint");
    assert!(matches!(error, EaselError::Prompt(_)), "{error}");
}

#[test]
fn without_faults_every_benchmark_prompt_becomes_a_scene_that_meets_it() {
    const PROMPTS: &str = include_str!("../../../../assets/benchmarks/lmd/lmd_prompts.jsonl");
    let ideas = PROMPTS.lines().filter_map(|line| line.split("\"prompt\": \"").nth(1));
    let ideas: std::collections::BTreeSet<_> =
        ideas.filter_map(|rest| rest.split('"').next()).collect();
    assert!(ideas.len() > 100, "{} ideas", ideas.len());
    for idea in ideas {
        let constraints = pentimento_world::read(idea).expect("a readable idea");
        let scene = imagine(idea, Preset::Perfect.rates(), Seed(11)).expect("a scene");
        let items = (1..).zip(scene.items).map(|(number, item)| LayoutItem {
            name: ItemName { attribute: item.attribute, noun: item.noun, number },
            region: item.region,
            confidence: Score::ONE,
        });
        let judgement = judge(&constraints, &Layout { items: items.collect() });
        assert!(judgement.unmet.is_empty(), "{idea}: {:?}", judgement.unmet);
    }
}
