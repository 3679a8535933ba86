//! Damaged bytes: cut off anywhere or changed anywhere, they are refused or they run, and nothing
//! panics.

use std::sync::LazyLock;

use proptest::prelude::*;

use crate::{
    host::{PATIENT, SHORT, ask, picture},
    modes::HONEST,
};

static WHOLE: LazyLock<Vec<u8>> = LazyLock::new(|| HONEST.component());

#[test]
fn no_part_of_a_component_is_let_in_as_a_whole() {
    for length in 0..WHOLE.len() {
        match PATIENT.load(&WHOLE[..length]) {
            Err(error) => assert!(error.hint().is_some(), "{length}"),
            // All that is missing may be names, for debugging: sections of number 0.
            Ok(_) => assert_eq!(WHOLE[length], 0, "{length}"),
        }
    }
    PATIENT.check_it_goes_on("truncated components");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn changed_bytes_are_refused_or_run_within_bounds(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)
    ) {
        let mut bytes = WHOLE.clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(plugin) = SHORT.load(&bytes) {
            ask(&plugin, &picture());
        }
    }

    #[test]
    fn bytes_that_only_begin_like_a_component_are_refused(tail in prop::collection::vec(any::<u8>(), 0..300)) {
        let bytes = [b"\0asm\x0d\0\x01\0".as_slice(), &tail].concat();
        prop_assert!(PATIENT.load(&bytes).is_err());
    }
}
