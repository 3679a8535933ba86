//! Every prompt of the benchmarks, painted without faults: as PNG, and small as JPEG.

use image::imageops::FilterType;
use pentimento_easel::Preset;
use pentimento_model::Seed;

use critic_detector::detect;

use crate::painted::{Studio, prompts};
use crate::scenes::{opened, through_jpeg};
use crate::tally::Tally;

fn check(file: &str, least: f64) {
    let studio = Studio::new(Preset::Perfect);
    let (mut whole, mut small) = (Tally::default(), Tally::default());
    for (prompt, number) in prompts(file).iter().zip(0..) {
        let (picture, truth) = studio.paint(prompt, Seed(number));
        whole.add(&truth.items, &detect(&opened(&picture.bytes)));
        let filter = [FilterType::Triangle, FilterType::Lanczos3][(number % 2) as usize];
        let picture = image::load_from_memory(&picture.bytes).unwrap().to_rgb8();
        small.add(&truth.items, &detect(&through_jpeg(&picture, filter)));
    }
    println!("{file}\n as painted: {whole} small JPEG: {small}");
    assert!(whole.precision() >= least, "precision {}", whole.precision());
    assert!(whole.recall() >= least, "recall {}", whole.recall());
    assert!(whole.looks() >= 0.98, "looks {}", whole.looks());
    assert!(small.recall() >= 0.95, "recall in small JPEGs {}", small.recall());
}

#[test]
fn what_lmd_prompts_ask_for_is_found() {
    check("lmd/lmd_prompts.jsonl", 0.99);
}

#[test]
fn what_geneval_prompts_ask_for_is_found() {
    check("geneval/evaluation_metadata.jsonl", 0.97);
}
