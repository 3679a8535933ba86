//! Any memory as an answer: a critic whose answer is whatever bytes it is told, so that everything
//! between a guest's memory and an opinion meets what no compiler would write.

use std::sync::LazyLock;

use pentimento_model::{Assessment, Brief, Critique, Opinion, Place, Seed, clean};
use pentimento_sandbox::LoadedPlugin;
use proptest::prelude::*;

use crate::{
    critic::{OBEDIENT, spelled},
    host::{PATIENT, picture, wait},
};

/// Where the answer begins in the guest's memory.
const ANSWER: usize = 1024;
/// Where its finding begins.
const FINDING: usize = 2048;
/// A finding's bytes and some more.
const END: usize = FINDING + 128;

static CRITIC: LazyLock<LoadedPlugin> =
    LazyLock::new(|| PATIENT.load(&OBEDIENT.component()).unwrap());

/// An honest answer: confidence 1, and a finding that has the code and message `a.code`.
fn honest() -> Vec<u8> {
    let mut memory = vec![0; END - ANSWER];
    for (at, word) in [
        (ANSWER + 12, 1_f32.to_bits()),
        (ANSWER + 28, 2048),
        (ANSWER + 32, 1),
        (FINDING, 4096),
        (FINDING + 4, 6),
        (FINDING + 12, 4096),
        (FINDING + 16, 6),
    ] {
        write(&mut memory, at - ANSWER, word);
    }
    memory
}

fn write(memory: &mut Vec<u8>, at: usize, word: u32) {
    memory.splice(at..at + 4, word.to_le_bytes());
}

fn answer(memory: &[u8]) -> Assessment {
    let brief = Brief::from_idea(spelled(memory));
    wait(CRITIC.assessor().unwrap().assess(&brief, &picture(), Seed(1)))
}

fn check(critique: &Critique) {
    let grades = [critique.score, Some(critique.confidence)];
    for grade in grades.into_iter().flatten() {
        assert!((0.0..=1.0).contains(&grade.value()), "{grade:?}");
    }
    assert!(critique.findings.len() <= 256);
    for finding in &critique.findings {
        let suggestion = finding.suggestion.iter().flat_map(|one| [&one.action, &one.text]);
        let evidence = finding.evidence.iter().flat_map(|one| [&one.kind, &one.text]);
        for text in [&finding.code, &finding.message].into_iter().chain(suggestion).chain(evidence)
        {
            assert!(text.len() <= 2 << 10 && clean(text) == *text, "{text:?}");
        }
        assert!(finding.evidence.iter().all(|one| one.value.is_none_or(f64::is_finite)));
        match finding.place {
            Some(Place::Region(region)) => {
                assert!(region.x() >= 0.0 && region.right() <= 1.0 + f32::EPSILON, "{region:?}");
                assert!(region.y() >= 0.0 && region.bottom() <= 1.0 + f32::EPSILON, "{region:?}");
            }
            Some(Place::TextSpan { .. }) => panic!("a picture has no spans of text"),
            Some(Place::Step(_)) | None => {}
        }
    }
}

#[test]
fn the_critic_says_what_it_is_told() {
    let Assessment::Given { opinion: Opinion::Critique(critique), .. } = answer(&honest()) else {
        panic!("no critique")
    };
    assert_eq!(critique.findings[0].message, "a.code");
}

/// Words that mean something at many places.
fn word() -> impl Strategy<Value = u32> {
    prop_oneof![
        0..4_u32,
        any::<u32>(),
        Just(4096),
        Just(2048),
        Just(u32::MAX),
        any::<f32>().prop_map(f32::to_bits),
        (0.0..1.0_f32).prop_map(f32::to_bits),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn any_memory_is_an_opinion_within_bounds_or_a_fault(
        words in prop::collection::vec((any::<bool>(), 0..20_usize, word()), 0..6)
    ) {
        let mut memory = honest();
        for (of_the_finding, index, word) in words {
            let at = if of_the_finding { FINDING - ANSWER } else { 0 } + index * 4;
            write(&mut memory, at, word);
        }
        match answer(&memory) {
            Assessment::Given { opinion: Opinion::Critique(critique), .. } => check(&critique),
            Assessment::Given { opinion, .. } => panic!("no critique but {opinion:?}"),
            Assessment::Missing { fault, .. } => assert_eq!(clean(&fault.message), fault.message),
        }
    }
}
