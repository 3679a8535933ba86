//! What answers in lock files and consents change: who may have a say, and where.

use pentimento_model::ConformanceHash;

use super::*;
use crate::Asked;

fn answered(dot: &str, broke: &[&str]) -> Conformance {
    let broke = broke.iter().map(|question| (*question).to_owned()).collect();
    let begun = Conformance::of(Asked(1), ConformanceHash::of([dot.as_bytes()]), broke);
    begun.with("dot", dot.to_owned())
}

fn asked(version: &str, found: &Conformance) -> Offer {
    Offer { conformance: Some(found.clone()), ..offer("a", version, "log = \"l\"") }
}

#[test]
fn answers_stand_in_the_lock_file_and_older_files_have_none() {
    let desk = Desk::new();
    let shelf = desk.shelf();
    let found = answered("trap", &["photo (trap)"]);
    shelf.add(&asked("1", &found)).unwrap();
    assert_eq!(shelf.locked("a").unwrap().conformance, Some(found.clone()));
    shelf.verify(&shelf.locked("a").unwrap()).unwrap();
    let text = fs::read_to_string(desk.lock()).unwrap();
    let (older, _) = text.split_once("\n[plugin.conformance]").unwrap();
    fs::write(desk.lock(), older).unwrap();
    assert_eq!(shelf.locked("a").unwrap().conformance, None);
    for (from, to, words) in [
        (found.hash.as_str(), "short", "64 lower-case hexadecimal digits"),
        ("asked = 1", "asked = -1", "invalid value"),
        ("broke", "broken", "unknown field `broken`"),
    ] {
        fs::write(desk.lock(), text.replace(from, to)).unwrap();
        complaint(shelf.list(NOW), words);
    }
    let loud = text.replace("dot = \"trap\"", "\"dot\\u001B[2J\" = \"\\u0007trap\\nfine\"");
    assert_ne!(loud, text);
    fs::write(desk.lock(), loud).unwrap();
    let answers = shelf.locked("a").unwrap().conformance.unwrap().answers;
    assert_eq!(answers.into_iter().next().unwrap(), ("dot[2J".into(), "trap fine".into()));
}

#[test]
fn one_that_breaks_is_granted_as_shadow_or_not_at_all() {
    let desk = Desk::new();
    let shelf = desk.shelf();
    let plugin = shelf.add(&offer("a", "1", "log = \"l\"")).unwrap();
    let broken = answered("trap", &["photo (trap)", "text (lie)"]);
    for mode in [Mode::Advise, Mode::Enforce] {
        let error = shelf.grant(Consent { mode, ..consent(&plugin, &["log"]) }, &broken);
        assert_eq!(
            error.unwrap_err().to_string(),
            "`a` breaks when it is asked what no plugin may break on: photo (trap); text (lie)"
        );
    }
    assert_eq!(shelf.list(NOW).unwrap().remove(0).1, State::Waiting);
    let shadow = Consent { mode: Mode::Shadow, ..consent(&plugin, &["log"]) };
    let given = shelf.grant(shadow, &broken).unwrap();
    assert_eq!(given.tried, Some(broken.tried()));
    shelf.grant(consent(&plugin, &["log"]), &answered("answered", &[])).unwrap();
    assert_eq!(shelf.admitted(NOW).unwrap().remove(0).mode, Mode::Advise);
}

#[test]
fn a_consent_that_moves_to_one_that_breaks_loses_its_say() {
    let desk = Desk::new();
    let shelf = desk.shelf();
    let sound = answered("answered", &[]);
    let plugin = shelf.add(&asked("1", &sound)).unwrap();
    shelf.grant(consent(&plugin, &["log"]), &sound).unwrap();
    shelf.update("a", &asked("2", &sound), false).unwrap();
    assert_eq!(shelf.admitted(NOW).unwrap().remove(0).mode, Mode::Advise);
    let broken = answered("trap", &["photo (trap)"]);
    shelf.update("a", &asked("3", &broken), false).unwrap();
    assert_eq!(shelf.admitted(NOW).unwrap().remove(0).mode, Mode::Shadow);
    let State::Granted(moved) = shelf.list(NOW).unwrap().remove(0).1 else { panic!() };
    assert_eq!(moved.tried, Some(broken.tried()));
}

#[test]
fn a_locked_run_wants_answers_as_where_the_plugin_was_added() {
    let desk = Desk::new();
    let shelf = desk.shelf();
    let (there, here) = (answered("answered 1", &[]), answered("answered 2", &[]));
    let plugin = shelf.add(&asked("1", &there)).unwrap();
    shelf.grant(consent(&plugin, &["log"]), &here).unwrap();
    assert_eq!(shelf.admitted(NOW).unwrap().len(), 1, "without `--locked` it runs");
    assert_eq!(
        shelf.admitted_all(NOW).unwrap_err().to_string(),
        "`--locked` wants every plugin of the lock file to run: `a` answers otherwise here than \
         where it was added"
    );
    // Other questions prove nothing, and neither does a consent from before anybody was asked.
    let other = Conformance { asked: Asked(2), ..here };
    for consent in [
        shelf.grant(consent(&plugin, &["log"]), &other).unwrap(),
        shelf.decide("a", |plugin| consent(plugin, &["log"])).unwrap(),
        shelf.grant(consent(&plugin, &["log"]), &there).unwrap(),
    ] {
        shelf.decide("a", |_| consent).unwrap();
        assert_eq!(shelf.admitted_all(NOW).unwrap().len(), 1);
    }
}
