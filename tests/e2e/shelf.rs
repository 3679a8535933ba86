//! A stranger's critic from `plugin add` to a run, and everything that must be refused on the way.

use std::fs;

use crate::{
    plugin::{component, fits},
    program::{Place, Said},
    refusals::Refusals,
};

const IDEA: &str = "two red apples on a table";

/// The palette critic under a stranger's name, asking for this.
pub(crate) fn stranger(place: &Place, file: &str, version: &str, wants: &str) -> String {
    let manifest = format!(
        "name = \"critic-stranger\"\nversion = \"{version}\"\nrole = \"critic\"\n\
         world = \"pentimento:plugin/critic@0.1.0\"\n[wants]\n{wants}"
    );
    let bytes = fs::read(component("critic_palette")).unwrap();
    place.write(file, pentimento_manifest::embed(&bytes, &manifest).unwrap());
    file.to_owned()
}

pub(crate) const SEES: &str = "artifacts = \"measures its colors\"\n";

#[track_caller]
pub(crate) fn done(said: Said) -> String {
    let said = said.without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    fits(&said.out);
    said.out
}

/// The words of a text on one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the journal of the place's only run says of the stranger.
fn journal(place: &Place) -> String {
    let folder = place.run_folder();
    let journal = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let journal = journal.filter(|path| path.extension().is_some_and(|end| end == "jsonl"));
    journal.map(|path| fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn a_stranger_runs_only_after_a_person_said_so() {
    let mut told = Refusals::default();
    let place = Place::new();
    let file = stranger(&place, "critic.wasm", "1.0.0", SEES);
    let added = done(place.say(&["plugin", "add", &file]));
    for words in [
        "critic-stranger 1.0.0",
        "to see the pictures and texts it is asked about",
        "because it measures its colors",
        "waiting for your decision; it does not run",
        "`pentimento plugin grant critic-stranger`",
    ] {
        assert!(flat(&added).contains(words), "{words}: {added}");
    }
    let locked = ["refine", IDEA, "--rounds", "0", "--quiet", "--locked"];
    told.add(place.say(&locked), 2);
    assert!(!place.path().join("runs").exists(), "nothing ran");
    place.say(&["refine", IDEA, "--rounds", "0", "--quiet"]).without_panic();
    assert!(!journal(&place).contains("critic-stranger"), "nobody granted anything");
    told.add(place.say(&["resume", "--locked"]), 2);
    fs::remove_dir_all(place.path().join("runs")).unwrap();
    let granted = done(place.say(&["plugin", "grant", "critic-stranger", "--mode", "shadow"]));
    assert!(granted.contains("runs as shadow with artifacts"), "{granted}");
    let consents = place.path().join(".local/share/pentimento/grants.toml");
    let before = fs::read(&consents).unwrap();
    place.say(&locked).without_panic();
    assert!(journal(&place).contains("critic-stranger"), "it runs now");
    assert_eq!(fs::read(&consents).unwrap(), before, "no run changes what was consented to");
    assert!(done(place.say(&["plugin", "list"])).contains("runs as shadow"));
    done(place.say(&["plugin", "verify"]));
    let denied = done(place.say(&["plugin", "deny", "critic-stranger"]));
    assert!(denied.contains("denied; it does not run"), "{denied}");
    done(place.say(&["plugin", "remove", "critic-stranger"]));
    assert!(done(place.say(&["plugin", "list"])).contains("No plugins are installed"));
    told.check("refused-a-stranger-runs-only-after-a-person-said-so");
}

#[test]
fn a_lock_file_is_shared_and_consent_is_not() {
    let place = Place::new();
    let file = stranger(&place, "critic.wasm", "1.0.0", SEES);
    done(place.say(&["plugin", "add", &file]));
    // Its name is enough to look into it, also before anybody let it in.
    let inspected = done(place.say(&["plugin", "inspect", "critic-stranger"]));
    assert!(inspected.contains("installed"), "{inspected}");
    done(place.say(&["plugin", "grant", "critic-stranger"]));
    let lock = fs::read_to_string(place.path().join("pentimento.lock")).unwrap();
    assert!(lock.contains("critic-stranger") && !lock.contains("allow"), "{lock}");
    let colleague = Place::new();
    colleague.write("pentimento.lock", &lock);
    assert!(done(colleague.say(&["plugin", "list"])).contains("waiting for your decision"));
    let said = colleague.say(&["plugin", "verify"]).without_panic();
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(flat(&said.out).contains("is not on this machine"), "{said:?}");
}

#[test]
fn an_update_that_asks_for_more_is_refused_and_the_old_one_goes_on() {
    let mut told = Refusals::default();
    let place = Place::new();
    let old = stranger(&place, "old.wasm", "1.0.0", SEES);
    let wide = format!("{SEES}clock = \"dates its findings\"\n");
    let wide = stranger(&place, "wide.wasm", "2.0.0", &wide);
    done(place.say(&["plugin", "add", &old]));
    done(place.say(&["plugin", "grant", "critic-stranger"]));
    told.add(place.say(&["plugin", "add", &wide]), 2);
    let shown = done(place.say(&["plugin", "update", "critic-stranger", &wide, "--dry-run"]));
    assert!(shown.contains("+ clock: dates its findings"), "{shown}");
    let said = place.say(&["plugin", "update", "critic-stranger", &wide]);
    told.add(said, 2);
    assert!(done(place.say(&["plugin", "list"])).contains("runs as advise"));
    let accept = ["plugin", "update", "critic-stranger", &wide, "--accept-request"];
    done(place.say(&accept));
    assert!(done(place.say(&["plugin", "list"])).contains("waiting for your decision"));
    let locked = ["plugin", "update", "critic-stranger", &old, "--locked"];
    told.add(place.say(&locked), 2);
    told.check("refused-an-update-that-asks-for-more-is-refused-and-the-old-one-goes-on");
}

#[test]
fn tampered_bytes_stop_everything_until_somebody_looks() {
    let mut told = Refusals::default();
    let place = Place::new();
    let file = stranger(&place, "critic.wasm", "1.0.0", SEES);
    done(place.say(&["plugin", "add", &file]));
    done(place.say(&["plugin", "grant", "critic-stranger"]));
    let store = place.path().join(".local/share/pentimento/plugins");
    let stored = fs::read_dir(store).unwrap().next().unwrap().unwrap().path();
    let mut bytes = fs::read(&stored).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&stored, bytes).unwrap();
    told.add(place.say(&["refine", IDEA]), 1);
    let said = place.say(&["plugin", "verify"]).without_panic();
    assert_eq!(said.code, Some(1), "{said:?}");
    done(place.say(&["plugin", "add", &file]));
    done(place.say(&["plugin", "verify"]));
    told.check("refused-tampered-bytes-stop-everything-until-somebody-looks");
}

#[test]
fn what_is_not_let_in_at_all() {
    let mut told = Refusals::default();
    let place = Place::new();
    let unnamed = fs::read(component("critic_palette")).unwrap();
    place.write("bare.wasm", unnamed);
    let greedy = stranger(&place, "greedy.wasm", "1", "root = \"because\"\n");
    let good = stranger(&place, "good.wasm", "1", SEES);
    place.write("junk.minisig", "junk");
    let zero = "0".repeat(64);
    for (words, code) in [
        (vec!["add", "nowhere.wasm"], 2),
        (vec!["add", "bare.wasm"], 2),
        (vec!["add", greedy.as_str()], 2),
        (vec!["add", "critic-palette"], 2),
        (vec!["add", good.as_str(), "--locked"], 2),
        (vec!["add", good.as_str(), "--sha256", &zero], 2),
        (vec!["add", good.as_str(), "--signature", "none.minisig"], 1),
        (vec!["grant", "nobody"], 2),
        (vec!["review", "../../etc"], 2),
        (vec!["remove", "nobody"], 2),
    ] {
        let words: Vec<_> = ["plugin"].into_iter().chain(words).collect();
        told.add(place.say(&words), code);
    }
    assert!(!place.path().join("pentimento.lock").exists(), "nothing is half-installed");
    done(place.say(&["plugin", "add", &good]));
    told.add(place.say(&["plugin", "grant", "critic-stranger", "--allow", "fetch"]), 2);
    place.write("pentimento.lock", "version = 9\n");
    told.add(place.say(&["plugin", "list"]), 2);
    told.check("refused-what-is-not-let-in-at-all");
}

#[test]
fn a_project_cannot_bring_consents_or_machine_code_along() {
    let mut told = Refusals::default();
    let place = Place::new();
    place.write("pentimento.toml", "cache-dir = \"cache\"\n");
    told.add(place.say(&["refine", IDEA]), 2);
    place.write("pentimento.toml", "data-dir = \"data\"\n");
    told.add(place.say(&["refine", IDEA]), 2);
    place.write("pentimento.toml", "[plugins.nobody]\n");
    told.add(place.say(&["refine", IDEA]), 6);
    place.write("pentimento.toml", "[plugins.critic-palette]\nmode = \"loud\"\n");
    told.add(place.say(&["refine", IDEA]), 2);
    told.check("refused-a-project-cannot-bring-consents-or-machine-code-along");
}

#[test]
fn a_bundled_plugin_joins_when_the_settings_name_it() {
    let place = Place::new();
    place.write("pentimento.toml", "[plugins.critic-palette]\nmode = \"advise\"\n");
    place.say(&["refine", IDEA, "--rounds", "0", "--quiet"]).without_panic();
    assert!(journal(&place).contains("critic-palette"));
}

#[test]
fn a_run_is_not_resumed_with_answers_that_were_given_under_other_settings() {
    let mut told = Refusals::default();
    let place = Place::new();
    let policy = |word: &str| {
        place.write(
            "pentimento.toml",
            format!(
                "[plugins.critic-safety]\nmode = \"shadow\"\n\
                 [plugins.critic-safety.settings]\nwords = \"{word}\"\n"
            ),
        )
    };
    policy("one");
    place.say(&["refine", IDEA, "--rounds", "0", "--quiet"]).without_panic();
    let again = place.say(&["resume", "--quiet"]).without_panic();
    assert!(matches!(again.code, Some(0 | 3)), "{again:?}");
    policy("another");
    told.add(place.say(&["resume"]), 2);
    told.check("refused-a-run-is-not-resumed-with-answers-that-were-given-under-other-settings");
}
