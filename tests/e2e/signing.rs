//! An author signs; an operator trusts the key, and nothing else.

use std::fs;

use crate::{
    plugin::{component, fits},
    program::{Place, Said},
    refusals::Refusals,
    shelf::{SEES, stranger},
};

const PASSWORD: (&str, &str) = ("PENTIMENTO_KEY_PASSWORD", "correct horse");

fn with_password(place: &Place, words: &[&str]) -> Said {
    Said::of(place.command(words).env(PASSWORD.0, PASSWORD.1).output().unwrap())
}

#[test]
fn what_an_author_signs_is_let_in_where_the_key_is_trusted() {
    let mut told = Refusals::default();
    let place = Place::new();
    stranger(&place, "critic.wasm", "1.0.0", SEES);
    let sign =
        ["plugin", "sign", "critic.wasm", "--key", "my.key", "--new-key", "--format", "json"];
    let signed = with_password(&place, &sign).without_panic();
    assert_eq!(signed.code, Some(0), "{signed:?}");
    let author = signed.json()["signer"].as_str().unwrap().to_owned();
    assert_eq!(signed.json()["signature"], "critic.wasm.minisig");
    assert!(!signed.err.contains(PASSWORD.1), "{signed:?}");
    // The same key signs the next version; the folder now holds both.
    stranger(&place, "newer.wasm", "1.1.0", SEES);
    let again = with_password(&place, &["plugin", "sign", "newer.wasm", "--key", "my.key"]);
    assert_eq!(again.code, Some(0), "{again:?}");
    fits(&again.out);
    let data = place.path().join(".local/share/pentimento");
    fs::create_dir_all(&data).unwrap();
    fs::write(data.join("trust.toml"), format!("any-of = [{{ key = \"{author}\" }}]")).unwrap();
    let add = |file: &str, signature: Option<&str>| {
        let mut words = vec!["plugin", "add", file];
        words.extend(signature.iter().flat_map(|signature| ["--signature", signature]));
        place.say(&words)
    };
    told.add(add("critic.wasm", None), 2);
    told.add(add("critic.wasm", Some("newer.wasm.minisig")), 2);
    let added = add("critic.wasm", Some("critic.wasm.minisig")).without_panic();
    assert_eq!(added.code, Some(0), "{added:?}");
    assert!(added.out.contains(&format!("by {author}")), "{added:?}");
    told.check("refused-what-an-author-signs-is-let-in-where-the-key-is-trusted");
}

#[test]
fn what_cannot_be_signed_says_why() {
    let mut told = Refusals::default();
    let place = Place::new();
    stranger(&place, "critic.wasm", "1.0.0", SEES);
    let sign = |key: &str| place.say(&["plugin", "sign", "critic.wasm", "--key", key]);
    told.add(sign("nowhere.key"), 1);
    place.write("torn.key", "untrusted comment: x\nRWRT");
    told.add(sign("torn.key"), 2);
    // Nobody is at a terminal here, and nothing is made without a password.
    let new = ["plugin", "sign", "critic.wasm", "--key", "my.key", "--new-key"];
    told.add(place.say(&new), 2);
    assert!(!place.path().join("my.key").exists());
    with_password(&place, &new).without_panic();
    told.add(with_password(&place, &new), 1);
    // A component without a request would have its signature vouch for any request.
    place.write("bare.wasm", fs::read(component("critic_palette")).unwrap());
    let bare = with_password(&place, &["plugin", "sign", "bare.wasm", "--key", "my.key"]);
    told.add(bare, 2);
    assert!(!place.path().join("bare.wasm.minisig").exists());
    for component in ["bare.wasm", "nowhere.wasm"] {
        let sign = ["plugin", "sign", component, "--key", "second.key", "--new-key"];
        assert_ne!(with_password(&place, &sign).code, Some(0));
        assert!(!place.path().join("second.key").exists(), "no key is made for nothing");
    }
    told.check("refused-what-cannot-be-signed-says-why");
}

#[cfg(unix)]
#[test]
fn a_key_is_for_its_owner_and_a_signature_for_everybody() {
    use std::os::unix::fs::PermissionsExt;

    let place = Place::new();
    stranger(&place, "critic.wasm", "1.0.0", SEES);
    let sign = ["plugin", "sign", "critic.wasm", "--key", "my.key", "--new-key"];
    assert_eq!(with_password(&place, &sign).code, Some(0));
    let mode =
        |name: &str| fs::metadata(place.path().join(name)).unwrap().permissions().mode() & 0o777;
    // A file that was written plainly has what the user's umask leaves.
    assert_eq!((mode("my.key"), mode("critic.wasm.minisig")), (0o600, mode("critic.wasm")));
}
