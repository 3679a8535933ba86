use std::time::Duration;

use super::*;

struct Noon;
impl Clock for Noon {
    fn now(&self) -> Duration {
        Duration::from_hours(12)
    }
}

fn settle(flags: RawOptions, file: &str) -> Result<Settings, AppError> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(SETTINGS_FILE), file).unwrap();
    let file = from_file(&folder.path().join(SETTINGS_FILE))?;
    Settings::resolve([flags, RawOptions::default(), file], &Noon)
}

#[test]
fn flags_are_stronger_than_the_file_and_the_file_than_defaults() {
    let flags = RawOptions { rounds: Some(5), ..RawOptions::default() };
    let settings = settle(flags, "rounds = 2\nseed = 11\n").unwrap();
    assert_eq!((settings.recipe.rounds, settings.seed), (5, Seed(11)));
    assert_eq!(settings.recipe.name, DEFAULT_RECIPE);
}

#[test]
fn a_misspelled_setting_is_refused() {
    let error = settle(RawOptions::default(), "round = 2\n").unwrap_err();
    assert!(matches!(error, AppError::ParseSettings { .. }), "{error}");
}

#[test]
fn impossible_values_name_the_setting() {
    for (flags, name) in [
        (RawOptions { preset: Some("worse".to_owned()), ..RawOptions::default() }, "preset"),
        (RawOptions { rounds: Some(1_000_000), ..RawOptions::default() }, "rounds"),
        (RawOptions { seed: Some("x".into()), ..RawOptions::default() }, "seed"),
        (RawOptions { sync: Some("often".to_owned()), ..RawOptions::default() }, "sync"),
        (RawOptions { runs_dir: Some(PathBuf::new()), ..RawOptions::default() }, "runs-dir"),
    ] {
        let error = settle(flags, "").unwrap_err();
        assert!(error.to_string().contains(name), "{error}");
        assert!(error.hint().is_some());
    }
}

#[test]
fn a_random_seed_comes_from_the_clock() {
    let flags = RawOptions { seed: Some("random".into()), ..RawOptions::default() };
    let first = settle(flags.clone(), "").unwrap().seed;
    assert_eq!(first, settle(flags, "").unwrap().seed, "the same moment gives the same seed");
    assert_ne!(first, DEFAULT_SEED);
}

#[test]
fn a_cache_is_off_unless_asked_for_and_only_its_user_says_how_large_it_is() {
    let settings = settle(RawOptions::default(), "").unwrap();
    assert_eq!((settings.cache, settings.cache_bytes), (false, DEFAULT_CACHE_MIB << 20));
    assert!(settle(RawOptions::default(), "cache = true\n").unwrap().cache);
    let off = RawOptions { cache: Some(false), ..RawOptions::default() };
    assert!(!settle(off, "cache = true\n").unwrap().cache);
    assert!(settle(RawOptions::default(), "cache-mib = 1\n").is_err());
    for (mib, expected) in [(1, Some(1 << 20)), (0, None), (u64::MAX, None)] {
        let flags = RawOptions { cache_mib: Some(mib), ..RawOptions::default() };
        let settled = settle(flags, "").map(|settings| settings.cache_bytes);
        assert_eq!(settled.ok(), expected, "{mib}");
    }
}
