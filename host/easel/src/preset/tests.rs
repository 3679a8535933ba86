//! Names and tables of the presets.

use super::*;

#[test]
fn every_preset_is_found_by_its_name() {
    for preset in Preset::ALL {
        assert_eq!(Preset::from_name(preset.as_str()), Some(preset));
    }
    assert_eq!(Preset::from_name("dalle3"), None);
}

#[test]
fn larger_counts_are_miscounted_more_often() {
    for preset in [Preset::Careful, Preset::Dalle3Like, Preset::Hopeless] {
        let rates = preset.rates();
        for count in 1..12 {
            assert!(rates.miscount_of(count) <= rates.miscount_of(count + 1), "{preset} {count}");
        }
        assert!(rates.miscount_of(0) == 0.0);
    }
}
