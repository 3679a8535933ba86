use super::*;

#[test]
fn a_run_is_named_like_a_folder() {
    for good in ["a", "7f3a", "red-apples-7f3a"] {
        assert_eq!(RunId::new(good).unwrap().as_str(), good);
    }
    for bad in ["", "A", "a/b", "..", "a b", &"x".repeat(65)] {
        assert_eq!(RunId::new(bad), None, "{bad}");
    }
}

#[test]
fn a_hash_reads_back_what_it_writes() {
    let id = ArtifactId::new([0xa7; 32]);
    assert_eq!(ArtifactId::from_hex(&id.to_hex()), Some(id));
    for bad in ["", "a7", &"g".repeat(64), &"+1".repeat(32), &"é".repeat(32)] {
        assert_eq!(ArtifactId::from_hex(bad), None, "{bad}");
    }
}

#[test]
fn seeds_differ_by_purpose_and_index_and_repeat() {
    let seed = Seed(7);
    assert_eq!(seed.derive("draw", 1), seed.derive("draw", 1));
    assert_ne!(seed.derive("draw", 1), seed.derive("draw", 2));
    assert_ne!(seed.derive("draw", 1), seed.derive("edit", 1));
    assert_ne!(seed.derive("draw", 1), Seed(8).derive("draw", 1));
}

#[test]
fn a_step_key_depends_on_where_parts_end() {
    let key = |parts: &[&str]| StepKey::of(parts.iter().map(|part| part.as_bytes()));
    assert_eq!(key(&["ab", "c"]), key(&["ab", "c"]));
    assert_ne!(key(&["ab", "c"]), key(&["a", "bc"]));
    assert_ne!(key(&["ab"]), key(&["ab", ""]));
}

#[test]
fn a_run_can_be_named_after_any_words() {
    for (words, suffix, expected) in [
        (
            "Three red apples, left of a blue cup!",
            "7f3a",
            "three-red-apples-left-of-a-blue-cup-7f3a",
        ),
        ("", "", "run"),
        ("\u{202e}日本", "7", "7"),
        ("../../etc", "", "etc"),
    ] {
        let run = RunId::from_words(words, suffix);
        assert_eq!(run.as_str(), expected);
        assert_eq!(RunId::new(run.as_str()), Some(run));
    }
    let long = RunId::from_words(&"word ".repeat(100), &"9".repeat(99));
    assert!(RunId::new(long.as_str()).is_some());
}

#[test]
fn a_number_is_hashed_as_it_is_written() {
    for number in [0, 7, 10, 2048, 1 << 40, u64::MAX] {
        let written = Parts::default().with(number.to_string());
        let hashed = Parts::default().with_number(number);
        assert_eq!(StepKey::of_parts(hashed), StepKey::of_parts(written), "{number}");
    }
}
