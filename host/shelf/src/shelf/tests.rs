//! The shelf on a real disk: what is added, granted, widened, tampered with.

use std::{fs, path::PathBuf};

mod conformance;

use tempfile::TempDir;

use super::*;

/// Made with the `minisign` crate: a component with its request, three throw-away keys, and each
/// key's signature (`signed/README.md`).
const SIGNED: &[u8] = include_bytes!("signed/critic-signed.wasm");
const KEY_0: &str = include_str!("signed/key-0.pub");
const KEY_1: &str = include_str!("signed/key-1.pub");
const BY_0: &str = include_str!("signed/by-0.minisig");
const BY_1: &str = include_str!("signed/by-1.minisig");
const BY_2: &str = include_str!("signed/by-2.minisig");

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn lock(&self) -> PathBuf {
        self.folder.path().join("pentimento.lock")
    }

    fn shelf(&self) -> Shelf {
        Shelf::new(&self.lock(), &self.data(), &["critic-detector"])
    }

    fn stored(&self, plugin: &LockedPlugin) -> PathBuf {
        self.data().join(COMPONENTS).join(format!("{}.wasm", plugin.digest))
    }

    fn trust(&self, text: &str) {
        fs::create_dir_all(self.data()).unwrap();
        fs::write(self.data().join(TRUST), text).unwrap();
    }
}

fn offer(name: &str, version: &str, wants: &str) -> Offer {
    let manifest = format!(
        "name = \"{name}\"\nversion = \"{version}\"\nrole = \"critic\"\n\
         world = \"pentimento:plugin/critic@0.1.0\"\n[wants]\n{wants}"
    );
    let component = wat::parse_str("(component)").unwrap();
    let component = pentimento_manifest::embed(&component, &manifest).unwrap();
    let source = "a test".to_owned();
    Offer { component, source, signatures: Vec::new(), digest: None, conformance: None }
}

fn consent(plugin: &LockedPlugin, allow: &[&str]) -> Consent {
    Consent {
        plugin: plugin.name.clone(),
        digest: plugin.digest.clone(),
        request: plugin.request.clone(),
        allow: allow.iter().map(|word| (*word).to_owned()).collect(),
        deny: Vec::new(),
        with_private_input: false,
        mode: Mode::Advise,
        decided: NOW,
        expires: None,
        tried: None,
    }
}

fn complaint<T: std::fmt::Debug>(result: Result<T, ShelfError>, words: &str) {
    let error = result.unwrap_err();
    let mut said = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(one) = cause {
        said = format!("{said}: {one}");
        cause = one.source();
    }
    assert!(said.contains(words), "wanted {words:?} in {said:?}");
    assert!(!error.hint().is_empty());
}

#[test]
fn what_was_added_waits_until_it_is_granted_and_then_runs_with_that_and_no_more() {
    let desk = Desk::new();
    let shelf = desk.shelf();
    let plugin = shelf.add(&offer("a", "1", "log = \"l\"\nartifacts = \"sees\"")).unwrap();
    assert_eq!(shelf.list(NOW).unwrap(), [(plugin.clone(), State::Waiting)]);
    assert!(shelf.admitted(NOW).unwrap().is_empty());
    shelf.decide("a", |plugin| consent(plugin, &["log"])).unwrap();
    let [admitted] = shelf.admitted(NOW).unwrap().try_into().unwrap();
    assert_eq!((admitted.id, admitted.mode), (plugin.id(), Mode::Advise));
    assert_eq!(admitted.grant, Grant::of([Capability::Log]).with_powers(["log".to_owned()]));
    shelf.deny("a", NOW).unwrap();
    assert_eq!(shelf.list(NOW).unwrap(), [(plugin.clone(), State::Denied)]);
    shelf.remove("a").unwrap();
    assert!(shelf.list(NOW).unwrap().is_empty() && !desk.stored(&plugin).exists());
}

#[test]
fn consent_ends_on_its_day() {
    let desk = Desk::new();
    let shelf = desk.shelf();
    shelf.add(&offer("a", "1", "log = \"l\"")).unwrap();
    let end = Timestamp::from_second(100).unwrap();
    shelf
        .decide("a", |plugin| Consent { expires: Some(end), ..consent(plugin, &["log"]) })
        .unwrap();
    let at = |second| shelf.list(Timestamp::from_second(second).unwrap()).unwrap().remove(0).1;
    assert!(matches!(at(99), State::Granted(_)));
    assert_eq!(at(100), State::Expired(end));
    assert!(shelf.admitted(end).unwrap().is_empty());
}

#[test]
fn an_update_keeps_consent_unless_it_asks_for_more() {
    let desk = Desk::new();
    let shelf = desk.shelf();
    let first = shelf.add(&offer("a", "1", "log = \"l\"")).unwrap();
    shelf.decide("a", |plugin| consent(plugin, &["log"])).unwrap();
    let same = shelf.update("a", &offer("a", "2", "log = \"l\""), false).unwrap();
    assert!(same.widened().is_empty());
    assert_eq!(shelf.admitted(NOW).unwrap().len(), 1, "the same request needs no new consent");
    let wider = offer("a", "3", "log = \"l\"\nclock = \"c\"");
    complaint(shelf.update("a", &wider, false), "asks for more: clock");
    assert_eq!(shelf.locked("a").unwrap().version, "2", "the old one stays");
    shelf.update("a", &wider, true).unwrap();
    assert_eq!(shelf.list(NOW).unwrap().remove(0).1, State::Waiting);
    complaint(shelf.add(&offer("a", "4", "")), "already a plugin `a`");
    complaint(shelf.update("a", &offer("b", "1", ""), false), "is a component called `b`");
    assert_ne!(first.digest, shelf.locked("a").unwrap().digest);
}

#[test]
fn bytes_that_changed_are_never_handed_out() {
    let desk = Desk::new();
    let shelf = desk.shelf();
    let plugin = shelf.add(&offer("a", "1", "log = \"l\"")).unwrap();
    shelf.decide("a", |plugin| consent(plugin, &["log"])).unwrap();
    let path = desk.stored(&plugin);
    fs::write(&path, offer("a", "1", "log = \"l\"\nclock = \"c\"").component).unwrap();
    complaint(shelf.admitted(NOW), "is not the one in the lock file");
    fs::remove_file(&path).unwrap();
    complaint(shelf.admitted(NOW), "is not on this machine");
    shelf.add(&offer("a", "1", "log = \"l\"")).unwrap();
    assert_eq!(shelf.admitted(NOW).unwrap().len(), 1, "adding it again mends it");
}

#[cfg(unix)]
#[test]
fn links_in_the_store_are_neither_followed_nor_written_through() {
    let desk = Desk::new();
    let shelf = desk.shelf();
    let it = offer("a", "1", "log = \"l\"");
    let plugin = shelf.add(&it).unwrap();
    let (path, precious) = (desk.stored(&plugin), desk.folder.path().join("precious"));
    fs::write(&precious, &it.component).unwrap();
    fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink(&precious, &path).unwrap();
    complaint(shelf.verify(&plugin), "is not the one in the lock file");
    fs::write(&precious, "precious").unwrap();
    shelf.add(&it).unwrap();
    assert_eq!(fs::read_to_string(&precious).unwrap(), "precious");
    assert!(shelf.verify(&plugin).is_ok(), "the link was replaced");
}

#[test]
fn a_lock_file_that_says_something_else_than_the_bytes_is_refused() {
    let desk = Desk::new();
    let shelf = desk.shelf();
    let plugin = shelf.add(&offer("a", "1", "log = \"l\"")).unwrap();
    let text = fs::read_to_string(desk.lock()).unwrap();
    let other = "0".repeat(64);
    for (from, to, words) in [
        (plugin.request.as_str(), other.as_str(), "its request"),
        ("critic@0.1.0", "tool@0.1.0", "its world"),
        ("version = \"1\"", "version = \"2\"", "its version"),
        (plugin.digest.as_str(), other.as_str(), "is not on this machine"),
    ] {
        fs::write(desk.lock(), text.replace(from, to)).unwrap();
        complaint(shelf.verify(&shelf.locked("a").unwrap()), words);
    }
    for (from, to, words) in [
        (plugin.digest.as_str(), "../../../etc/passwd", "64 lower-case hexadecimal digits"),
        ("name = \"a\"", "name = \"../a\"", "a plugin's name has"),
        ("version = 1", "version = 2", "this program reads 1"),
        ("source", "sauce", "unknown field `sauce`"),
    ] {
        fs::write(desk.lock(), text.replace(from, to)).unwrap();
        complaint(shelf.list(NOW), words);
    }
}

#[test]
fn a_grant_for_other_bytes_or_another_request_is_no_grant() {
    let desk = Desk::new();
    let shelf = desk.shelf();
    shelf.add(&offer("a", "1", "log = \"l\"")).unwrap();
    for forged in [
        |plugin: &LockedPlugin| Consent { digest: "0".repeat(64), ..consent(plugin, &["log"]) },
        |plugin: &LockedPlugin| Consent { request: "0".repeat(64), ..consent(plugin, &["log"]) },
        |plugin: &LockedPlugin| Consent { plugin: "b".to_owned(), ..consent(plugin, &["log"]) },
    ] {
        shelf.decide("a", forged).unwrap();
        assert_eq!(shelf.list(NOW).unwrap().remove(0).1, State::Waiting);
    }
    complaint(shelf.decide("a", |plugin| consent(plugin, &["fetch"])), "does not ask for `fetch`");
    complaint(shelf.decide("b", |plugin| consent(plugin, &[])), "no plugin `b`");
}

#[test]
fn a_locked_run_has_every_plugin_of_the_lock_file_or_none() {
    let desk = Desk::new();
    let shelf = desk.shelf();
    assert_eq!(
        shelf.admitted_all(NOW).unwrap().len(),
        0,
        "without plugins there is nothing to miss"
    );
    for name in ["a", "b", "c"] {
        shelf.add(&offer(name, "1", "log = \"l\"")).unwrap();
    }
    let granted = |name: &str| shelf.decide(name, |plugin| consent(plugin, &["log"])).unwrap();
    granted("a");
    shelf.deny("b", NOW).unwrap();
    let ended = |plugin: &LockedPlugin| Consent { expires: Some(NOW), ..consent(plugin, &["log"]) };
    let after = NOW + std::time::Duration::from_secs(1);
    let why_not = |now| shelf.admitted_all(now).unwrap_err().to_string();
    let wants = "`--locked` wants every plugin of the lock file to run: ";
    assert_eq!(why_not(NOW), format!("{wants}`b` is denied; `c` waits for a decision"));
    shelf.decide("c", ended).unwrap();
    let words = format!("{wants}`b` is denied; the grant of `c` ended on {}", NOW.strftime("%F"));
    assert_eq!(why_not(after), words);
    granted("b");
    granted("c");
    assert_eq!(shelf.admitted_all(NOW).unwrap().len(), 3);
}

#[test]
fn private_input_and_a_way_out_need_a_second_word() {
    let desk = Desk::new();
    let shelf = desk.shelf();
    let fetch = "fetch = { reason = \"f\", rules = [{ host = \"example.org\" }] }";
    shelf.add(&offer("a", "1", &format!("artifacts = \"a\"\n{fetch}"))).unwrap();
    let both = ["artifacts", "fetch GET https://example.org:443"];
    complaint(shelf.decide("a", |plugin| consent(plugin, &both)), "needs a second consent");
    for one in both {
        shelf.decide("a", |plugin| consent(plugin, &[one])).unwrap();
    }
    let second =
        |plugin: &LockedPlugin| Consent { with_private_input: true, ..consent(plugin, &both) };
    shelf.decide("a", second).unwrap();
    assert!(shelf.admitted(NOW).unwrap().remove(0).grant.allows_private_input_and_egress());
}

#[test]
fn what_cannot_be_added() {
    let desk = Desk::new();
    let shelf = desk.shelf();
    let bare = Offer { component: wat::parse_str("(component)").unwrap(), ..offer("a", "1", "") };
    complaint(shelf.add(&bare), "carries no `plugin.toml`");
    complaint(shelf.add(&offer("critic-detector", "1", "")), "comes with pentimento");
    complaint(shelf.add(&offer("a", "1", "root = \"r\"")), "there is no facet `root`");
    let pinned = Offer { digest: Some("0".repeat(64)), ..offer("a", "1", "") };
    complaint(shelf.add(&pinned), "has the digest");
    assert!(!desk.lock().exists() && !desk.data().exists(), "nothing is half-installed");
}

#[test]
fn signatures_count_as_the_trust_file_says() {
    let desk = Desk::new();
    let shelf = desk.shelf();
    let public = [KEY_0, KEY_1];
    let unsigned = Offer {
        component: SIGNED.to_owned(),
        source: "a test".to_owned(),
        signatures: Vec::new(),
        digest: None,
        conformance: None,
    };
    let signed = |by: &[&str]| Offer {
        signatures: by.iter().map(|text| Signature((*text).to_owned())).collect(),
        ..unsigned.clone()
    };
    desk.trust(&format!("any-of = [{{ key = \"{}\" }}, {{ key = \"{}\" }}]", public[0], public[1]));
    complaint(shelf.add(&unsigned), "is not signed as the trust file wants it");
    complaint(shelf.add(&signed(&[BY_2])), "1 of 2 trusted signatures");
    let garbage = Offer { signatures: vec![Signature("hello".to_owned())], ..unsigned.clone() };
    complaint(shelf.add(&garbage), "not in minisign's format");
    let stolen = Offer { signatures: signed(&[BY_0]).signatures, ..offer("a", "1", "") };
    complaint(shelf.add(&stolen), "is not signed");
    let plugin = shelf.add(&signed(&[BY_1])).unwrap();
    assert_eq!(plugin.signers, [public[1].to_owned()]);
    shelf.verify(&plugin).unwrap();
    // A lock file that names others, or junk, is found out with a trust file and without one.
    for signer in [public[0], "somebody"] {
        let lies = LockedPlugin { signers: vec![signer.to_owned()], ..plugin.clone() };
        complaint(shelf.verify(&lies), "its signers");
        fs::rename(desk.data().join(TRUST), desk.data().join("aside")).unwrap();
        complaint(shelf.verify(&lies), "its signers");
        fs::rename(desk.data().join("aside"), desk.data().join(TRUST)).unwrap();
    }
    // The signature is checked again whenever the plugin is loaded, under the policy of the day.
    desk.trust(&format!("all-of = [{{ key = \"{}\" }}]", public[0]));
    complaint(shelf.verify(&plugin), &format!("a signature by {}", public[0]));
    let two = format!(
        "minimum = 2\nany-of = [{{ key = \"{}\" }}, {{ key = \"{}\" }}]",
        public[0], public[1]
    );
    desk.trust(&two);
    complaint(shelf.verify(&plugin), "2 of 2 trusted signatures");
    shelf.add(&signed(&[BY_0, BY_1])).unwrap();
    for (text, words) in [
        ("", "names nobody"),
        ("any-of = [{ key = \" \" }]", "an identity is empty"),
        ("any-of = [{ key = \"x\" }]\nminimum = 0", "at least 1"),
        ("any-of = [{ key = \"x\" }]\nminimum = 2", "more than there are"),
        ("any-of = [{ subject = \"x\" }]", "unknown field `subject`"),
        ("any-of = [{ key = \"x\" }]", "no minisign public key"),
    ] {
        desk.trust(text);
        complaint(shelf.verify(&shelf.locked("critic-signed").unwrap()), words);
    }
}

#[test]
fn what_a_crash_left_behind_does_no_harm() {
    let desk = Desk::new();
    let shelf = desk.shelf();
    let it = offer("a", "1", "log = \"l\"");
    // The moment between the bytes and the line that names them.
    shelf.store.put(&PluginId::of("a", &it.component), &it.component).unwrap();
    fs::write(desk.data().join(COMPONENTS).join(".new-half"), "half").unwrap();
    assert!(shelf.list(NOW).unwrap().is_empty() && shelf.admitted(NOW).unwrap().is_empty());
    shelf.add(&it).unwrap();
    assert_eq!(shelf.list(NOW).unwrap().len(), 1);
}

#[test]
fn what_is_brought_back_is_what_the_lock_file_says_and_grants_nothing() {
    let (desk, colleague) = (Desk::new(), Desk::new());
    let it = offer("a", "1", "log = \"l\"");
    let plugin = desk.shelf().add(&it).unwrap();
    fs::copy(desk.lock(), colleague.lock()).unwrap();
    let shelf = colleague.shelf();
    assert!(!shelf.holds(&plugin).unwrap());
    let other = offer("a", "1", "log = \"l\"\nclock = \"c\"");
    complaint(shelf.restore(&plugin, other.component), "has the digest");
    assert!(!colleague.data().exists(), "nothing was kept");
    let lies = LockedPlugin { request: "0".repeat(64), ..plugin.clone() };
    complaint(shelf.restore(&lies, it.component.clone()), "its request");
    colleague.trust(&format!("any-of = [{{ key = \"{KEY_0}\" }}]"));
    complaint(shelf.restore(&plugin, it.component.clone()), "is not signed as the trust file");
    fs::remove_file(colleague.data().join(TRUST)).unwrap();
    let before = fs::read(colleague.lock()).unwrap();
    shelf.restore(&plugin, it.component.clone()).unwrap();
    assert!(shelf.holds(&plugin).unwrap());
    assert_eq!(fs::read(colleague.lock()).unwrap(), before);
    assert_eq!(shelf.list(NOW).unwrap(), [(plugin.clone(), State::Waiting)]);
    fs::write(colleague.stored(&plugin), "tampered").unwrap();
    assert!(!shelf.holds(&plugin).unwrap());
    shelf.restore(&plugin, it.component).unwrap();
    shelf.verify(&plugin).unwrap();
}

#[test]
fn a_lock_file_cannot_command_the_terminal() {
    let desk = Desk::new();
    desk.shelf().add(&Offer { source: "x\u{1b}[2Jy".to_owned(), ..offer("a", "1", "") }).unwrap();
    assert_eq!(desk.shelf().locked("a").unwrap().source, "x[2Jy");
}
