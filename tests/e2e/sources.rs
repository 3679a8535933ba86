//! Plugins from outside this machine: added, updated and brought back, or refused with nothing
//! kept.

use std::fs;

use pentimento_scripted::{Act, Scripted};

use crate::{
    program::{Place, Said},
    refusals::Refusals,
    shelf::{SEES, done, stranger},
};

/// A server with a place beside it that trusts its certificate.
struct Town {
    place: Place,
    server: Scripted,
}

impl Town {
    fn new() -> Self {
        let (place, server) = (Place::new(), Scripted::start_with_tls());
        place.write("ca.pem", server.certificate().unwrap());
        Self { place, server }
    }

    /// The stranger's component of this version, and its digest.
    fn component(&self, version: &str, wants: &str) -> (Act, String) {
        let file = stranger(&self.place, "critic.wasm", version, wants);
        let path = self.place.path().join(&file);
        let looked = self.place.say(&["plugin", "inspect", &file, "--format", "json"]).json();
        let bytes = fs::read(&path).unwrap();
        fs::remove_file(path).unwrap();
        (Act::Bytes(bytes), looked["sha256"].as_str().unwrap().to_owned())
    }

    fn url(&self) -> String {
        format!("{}/critic.wasm", self.server.url())
    }

    fn add(&self, sha256: &str) -> Said {
        self.say(&["add", &self.url(), "--sha256", sha256])
    }

    fn say(&self, words: &[&str]) -> Said {
        let words = [&["plugin"], words, &["--ca-file", "ca.pem"]].concat();
        self.place.say(&words)
    }

    fn has_nothing(&self) -> bool {
        let data = self.place.path().join(".local/share/pentimento/plugins");
        !data.exists() && !self.place.path().join("pentimento.lock").exists()
    }
}

#[test]
fn a_plugin_comes_from_a_server_by_digest_and_waits_like_any_other() {
    let town = Town::new();
    let (old, digest) = town.component("1.0.0", SEES);
    town.server.script([old]);
    let added = done(town.add(&digest));
    for words in ["critic-stranger 1.0.0", &town.url(), "waiting for your decision"] {
        assert!(added.contains(words), "{words}: {added}");
    }
    let lock = fs::read_to_string(town.place.path().join("pentimento.lock")).unwrap();
    assert!(lock.contains(&format!("source = \"{}\"", town.url())), "{lock}");
    done(town.place.say(&["plugin", "grant", "critic-stranger"]));
    // The same request keeps the grant; a server that sends on says who served it.
    let (new, digest) = town.component("1.1.0", SEES);
    let other = Scripted::start_with_tls();
    let both = format!("{}{}", town.server.certificate().unwrap(), other.certificate().unwrap());
    town.place.write("ca.pem", both);
    town.server.script([Act::Redirect(format!("{}/there", other.url()))]);
    other.script([new]);
    let said = town.say(&["update", "critic-stranger", &town.url(), "--sha256", &digest]);
    assert!(said.err.contains(&format!("came from {}/there", other.url())), "{said:?}");
    assert!(done(said).contains("its grant stays"));
    assert!(done(town.place.say(&["plugin", "list"])).contains("runs as advise"));
    done(town.place.say(&["plugin", "verify"]));
}

#[test]
fn what_a_server_does_wrong_leaves_nothing_behind() {
    let mut told = Refusals::default();
    let town = Town::new();
    let (good, digest) = town.component("1.0.0", SEES);
    let (other, _) = town.component("1.0.1", SEES);
    let url = town.url();
    for (act, code) in [
        (other, 2),
        (Act::CutOff, 1),
        (Act::Announced(1 << 40), 2),
        (Act::Huge(usize::MAX), 2),
        (Act::status(404, "no"), 2),
        (Act::Redirect("http://localhost/".to_owned()), 2),
    ] {
        town.server.script([act]);
        told.add(town.add(&digest), code);
        assert!(town.has_nothing());
    }
    let without = town.say(&["add", &url]);
    told.add(without, 2);
    let plain = town.say(&["add", "http://localhost/a.wasm", "--sha256", &digest]);
    told.add(plain, 2);
    town.server.script([good]);
    let untrusted = town.place.say(&["plugin", "add", &url, "--sha256", &digest]);
    told.add(untrusted, 2);
    assert!(town.has_nothing());
    done(town.add(&digest));
    told.check("refused-what-a-server-does-wrong-leaves-nothing-behind");
}

#[test]
fn a_proxy_of_the_environment_is_not_asked() {
    let town = Town::new();
    let (good, digest) = town.component("1.0.0", SEES);
    town.server.script([good]);
    let url = town.url();
    let words = ["plugin", "add", &url, "--sha256", &digest, "--ca-file", "ca.pem"];
    let mut command = town.place.command(&words);
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
        command.env(name, "http://127.0.0.1:1");
    }
    done(Said::of(command.output().unwrap()));
}

#[test]
fn a_signature_comes_along_from_the_server() {
    let mut told = Refusals::default();
    let town = Town::new();
    let file = stranger(&town.place, "critic.wasm", "1.0.0", SEES);
    let sign = ["plugin", "sign", &file, "--key", "k", "--new-key", "--format", "json"];
    let password = ("PENTIMENTO_KEY_PASSWORD", "correct horse");
    let signed = Said::of(town.place.command(&sign).env(password.0, password.1).output().unwrap());
    let author = signed.json()["signer"].as_str().unwrap().to_owned();
    let read = |file: &str| fs::read(town.place.path().join(file)).unwrap();
    let (component, signature) = (read("critic.wasm"), read("critic.wasm.minisig"));
    let looked = town.place.say(&["plugin", "inspect", &file, "--format", "json"]).json();
    let digest = looked["sha256"].as_str().unwrap().to_owned();
    let data = town.place.path().join(".local/share/pentimento");
    fs::create_dir_all(&data).unwrap();
    fs::write(data.join("trust.toml"), format!("any-of = [{{ key = \"{author}\" }}]")).unwrap();
    town.server.script([Act::Bytes(component.clone())]);
    // The digest alone is not enough where a trust file says whose signatures count.
    told.add(town.add(&digest), 2);
    assert!(town.has_nothing());
    town.server.script([Act::Bytes(signature), Act::Bytes(component)]);
    let (url, beside) = (town.url(), format!("{}.minisig", town.url()));
    let before = town.server.stats().connections;
    let added = done(town.say(&["add", &url, "--sha256", &digest, "--signature", &beside]));
    // Both come over one connection, as a rule: the client gives it back a moment after the first answer is
    // read, and a busy machine may open a second one within that moment.
    let opened = town.server.stats().connections - before;
    assert!((1..=2).contains(&opened), "{opened}");
    assert!(added.contains(&format!("by {author}")), "{added}");
    told.check("refused-a-signature-comes-along-from-the-server");
}

#[test]
fn a_colleague_gets_what_the_lock_file_names_and_no_grant() {
    let town = Town::new();
    let (good, digest) = town.component("1.0.0", SEES);
    town.server.script([good.clone()]);
    done(town.add(&digest));
    done(town.place.say(&["plugin", "grant", "critic-stranger"]));
    let lock = fs::read_to_string(town.place.path().join("pentimento.lock")).unwrap();
    let colleague = Town { place: Place::new(), server: town.server };
    colleague.place.write("pentimento.lock", &lock);
    colleague.place.write("ca.pem", colleague.server.certificate().unwrap());
    // The server now has other bytes: they are not taken, and nothing is kept.
    let (newer, _) = colleague.component("2.0.0", SEES);
    colleague.server.script([newer]);
    let said = colleague.say(&["restore"]).without_panic();
    assert_eq!(said.code, Some(6), "{said:?}");
    let flat = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("has the digest") && flat.contains("do not use it unasked"), "{flat}");
    assert!(!colleague.place.path().join(".local/share/pentimento/plugins").exists());
    colleague.server.script([good]);
    let came = done(colleague.say(&["restore"]));
    assert!(came.contains("it came, and is what the lock file says"), "{came}");
    let calls = colleague.server.stats().calls;
    assert!(done(colleague.say(&["restore"])).contains("it was here"));
    assert_eq!(colleague.server.stats().calls, calls, "nobody was asked");
    done(colleague.place.say(&["plugin", "verify"]));
    assert!(done(colleague.place.say(&["plugin", "list"])).contains("waiting for your decision"));
    let after = fs::read_to_string(colleague.place.path().join("pentimento.lock")).unwrap();
    assert_eq!(after, lock);
}

/// A manifest with the component of this digest as its only layer.
fn manifest(digest: &str) -> Vec<u8> {
    let config = format!(
        "\"mediaType\":\"application/vnd.wasm.config.v0+json\",\"size\":2,\"digest\":\"sha256:{}\"",
        "0".repeat(64)
    );
    let layer =
        format!("\"mediaType\":\"application/wasm\",\"size\":9,\"digest\":\"sha256:{digest}\"");
    format!("{{\"schemaVersion\":2,\"config\":{{{config}}},\"layers\":[{{{layer}}}]}}").into_bytes()
}

#[test]
fn a_plugin_comes_from_a_registry_by_digest_and_can_be_brought_back() {
    let mut told = Refusals::default();
    let town = Town::new();
    let (good, digest) = town.component("1.0.0", SEES);
    let manifest = manifest(&digest);
    let registry = town.server.url().replace("https://", "oci://");
    let reference = |manifest: &[u8]| {
        let digest = pentimento_model::PluginId::of("", manifest).digest;
        format!("{registry}/critics/stranger:1@sha256:{digest}")
    };
    let reference = reference(&manifest);
    let tag = format!("{registry}/critics/stranger:1");
    told.add(town.say(&["add", &tag]), 2);
    town.server.script([Act::Bytes(b"{\"moved\":1}".to_vec())]);
    let moved = town.say(&["add", &reference]);
    told.add(moved, 2);
    assert!(town.has_nothing());
    let manifest = || Act::Bytes(manifest.clone());
    town.server.script([manifest(), good.clone()]);
    done(town.say(&["add", &reference]));
    let lock = fs::read_to_string(town.place.path().join("pentimento.lock")).unwrap();
    assert!(lock.contains(&reference) && lock.contains(&digest), "both digests: {lock}");
    fs::remove_dir_all(town.place.path().join(".local/share/pentimento/plugins")).unwrap();
    town.server.script([manifest(), Act::CutOff]);
    let said = town.say(&["restore"]).without_panic();
    assert_eq!(said.code, Some(6), "{said:?}");
    town.server.script([manifest(), good]);
    assert!(done(town.say(&["restore"])).contains("it came"));
    done(town.place.say(&["plugin", "verify"]));
    told.check("refused-a-plugin-comes-from-a-registry-by-digest-and-can-be-brought-back");
}

#[test]
fn a_lock_file_that_names_devices_or_nothing_keeps_nobody_waiting() {
    let place = Place::new();
    let file = stranger(&place, "critic.wasm", "1.0.0", SEES);
    done(place.say(&["plugin", "add", &file]));
    let lock = fs::read_to_string(place.path().join("pentimento.lock")).unwrap();
    let colleague = Place::new();
    for source in ["/dev/zero", "/dev/stdin", "nowhere.wasm", "http://localhost/critic.wasm"] {
        colleague.write("pentimento.lock", lock.replace("critic.wasm", source));
        let said = colleague.say(&["plugin", "restore"]).without_panic();
        assert_eq!(said.code, Some(6), "{source}: {said:?}");
        assert!(said.out.contains("1 plugin that the lock file names is not here"), "{said:?}");
    }
    stranger(&colleague, "critic.wasm", "1.0.0", SEES);
    colleague.write("pentimento.lock", &lock);
    done(colleague.say(&["plugin", "restore"]));
    let empty = done(Place::new().say(&["plugin", "restore"]));
    assert!(empty.contains("The lock file names no plugins"), "{empty}");
}
