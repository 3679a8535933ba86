//! Components from OCI registries, good and bad.

use pentimento_depot::{FetchError, Fetched, Source};
use pentimento_scripted::{Act, Scripted};

use crate::place::{MOST, Place, digest, says};

const BYTES: &[u8] = b"\0asm of a kind";
const WASM: &str = "application/wasm";

/// A layer with this type and these bytes.
fn layer(media_type: &str, digest: &str, size: usize) -> String {
    format!(r#"{{"mediaType":"{media_type}","digest":"{digest}","size":{size}}}"#)
}

fn manifest(layers: &[String]) -> String {
    format!(
        r#"{{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{},"layers":[{}]}}"#,
        layer("application/vnd.wasm.config.v0+json", &format!("sha256:{}", "0".repeat(64)), 2),
        layers.join(",")
    )
}

fn good_manifest() -> String {
    manifest(&[layer(WASM, &format!("sha256:{}", digest(BYTES)), BYTES.len())])
}

fn bytes(bytes: impl AsRef<[u8]>) -> Act {
    Act::Bytes(bytes.as_ref().to_vec())
}

/// A registry that is asked for the plugin with a manifest's digest.
struct Registry(Place);

impl Registry {
    fn new() -> Self {
        Self(Place::new())
    }

    /// Host and port.
    fn name(&self) -> String {
        self.0.server.url().replace("https://", "")
    }

    fn reference(&self, manifest: &str) -> String {
        format!("oci://{}/critics/mood:1.0@sha256:{}", self.name(), digest(manifest.as_bytes()))
    }

    /// What comes of the plugin with this manifest after these acts.
    fn fetch(
        &self,
        manifest: &str,
        acts: impl IntoIterator<Item = Act>,
    ) -> Result<Fetched, FetchError> {
        self.0.fetch(acts, &self.reference(manifest), None)
    }

    fn asked(&self) -> Vec<String> {
        self.0.server.stats().asked.into_iter().map(|asked| asked.call).collect()
    }
}

#[test]
fn manifest_and_layer_are_asked_for_by_digest_and_never_by_tag() {
    let registry = Registry::new();
    for media_type in [WASM, "application/vnd.wasm.content.layer.v1+wasm"] {
        let named = format!("sha256:{}", digest(BYTES));
        let manifest = manifest(&[layer(media_type, &named, BYTES.len())]);
        let fetched = registry.fetch(&manifest, [bytes(&manifest), bytes(BYTES)]).unwrap();
        assert_eq!((fetched.component.as_slice(), fetched.served_by), (BYTES, None));
        let asked = registry.asked();
        let [of_manifest, of_layer] = asked.last_chunk().unwrap();
        let base = "GET /v2/critics/mood";
        assert_eq!(
            *of_manifest,
            format!("{base}/manifests/sha256:{}", digest(manifest.as_bytes()))
        );
        assert_eq!(*of_layer, format!("{base}/blobs/{named}"));
    }
    let first = &registry.0.server.stats().asked[0];
    assert_eq!(first.headers["accept"], "application/vnd.oci.image.manifest.v1+json");
    assert!(!first.headers.contains_key("authorization"));
}

#[test]
fn a_reference_must_say_which_bytes_it_means() {
    let zero = "0".repeat(64);
    for (word, problem) in [
        ("oci://ghcr.io/a/b:1".to_owned(), "it names no digest, such as `…@sha256:…`"),
        ("oci://ghcr.io/a/b".to_owned(), "it names no digest, such as `…@sha256:…`"),
        (format!("oci://a/b@sha256:{zero}"), "it names no registry, such as `ghcr.io/…`"),
        (format!("oci://b@sha256:{zero}"), "it names no registry, such as `ghcr.io/…`"),
        ("oci://ghcr.io/a/b@sha256:00".to_owned(), "it is no OCI reference"),
        (format!("oci://ghcr.io/A/b@sha256:{zero}"), "it is no OCI reference"),
        (format!("oci://ghcr.io/../b@sha256:{zero}"), "it is no OCI reference"),
        ("oci://".to_owned(), "it is no OCI reference"),
        (
            format!("oci://ghcr.io/a/b@sha512:{}", zero.repeat(2)),
            "a SHA-256 has 64 hexadecimal digits",
        ),
    ] {
        says(Source::of(&word, None), &format!("`{word}` cannot be fetched: {problem}"));
    }
    let query = format!("oci://ghcr.io/a?secret@sha256:{zero}");
    let message = "`oci://ghcr.io/a` cannot be fetched: it is no OCI reference";
    says(Source::of(&query, None), message);
    let message = "`oci://…` cannot be fetched: it holds a user name or password";
    says(Source::of(&format!("oci://u:secret@ghcr.io/a@sha256:{zero}"), None), message);
    let both = Source::of(&format!("oci://ghcr.io/a/b@sha256:{zero}"), Some("junk"));
    says(
        both,
        &format!(
            "`oci://ghcr.io/a/b@sha256:{zero}` cannot be fetched: a SHA-256 has 64 hexadecimal \
             digits"
        ),
    );
}

#[test]
fn a_registry_that_serves_something_else_is_refused() {
    let registry = Registry::new();
    let good = good_manifest();
    let place = registry.reference(&good);
    // Somebody moved the tag, and the registry follows it although a digest was asked for.
    let moved = manifest(&[layer(WASM, &format!("sha256:{}", digest(b"newer")), 5)]);
    let (wanted, found) = (digest(good.as_bytes()), digest(moved.as_bytes()));
    let message = format!("`{place}` has the digest {found}, not {wanted}");
    says(registry.fetch(&good, [bytes(&moved)]), &message);
    let (wanted, found) = (digest(BYTES), digest(b"newer"));
    let blob = registry.0.at(&format!("/v2/critics/mood/blobs/sha256:{wanted}"));
    let message = format!("`{blob}` has the digest {found}, not {wanted}");
    says(registry.fetch(&good, [bytes(&good), bytes(b"newer")]), &message);
    // The lock file says which component it was; a manifest with another one is not followed.
    let calls = registry.0.server.stats().calls;
    let locked = registry.0.fetch([bytes(&good)], &place, Some(&digest(b"locked")));
    says(locked, &format!("`{place}` has the digest {}, not {}", digest(BYTES), digest(b"locked")));
    assert_eq!(registry.0.server.stats().calls - calls, 1, "its layer was not even asked for");
}

#[test]
fn what_is_no_plugin_is_told_by_its_manifest() {
    let registry = Registry::new();
    let named = format!("sha256:{}", digest(BYTES));
    let one = || layer(WASM, &named, 9);
    let index = r#"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}"#;
    for (manifest, problem) in [
        (manifest(&[]), "it has 0 layers, not one"),
        (manifest(&[one(), one()]), "it has 2 layers, not one"),
        (index.to_owned(), "it is an index of manifests, not one"),
        (
            manifest(&[layer("application/vnd.oci.image.layer.v1.tar", &named, 9)]),
            "its layer is `application/vnd.oci.image.layer.v1.tar`, not `application/wasm`",
        ),
        (
            manifest(&[layer(WASM, &format!("sha512:{}", "0".repeat(128)), 9)]),
            "its layer is not named by a SHA-256",
        ),
        ("{}".to_owned(), "its manifest is no JSON of that kind"),
        ("[1".to_owned(), "its manifest is no JSON of that kind"),
        (String::new(), "its manifest is no JSON of that kind"),
    ] {
        let message = format!("`{}` is no plugin: {problem}", registry.reference(&manifest));
        says(registry.fetch(&manifest, [bytes(&manifest)]), &message);
    }
}

#[test]
fn sizes_are_bounds_whether_they_are_announced_or_not() {
    let registry = Registry::new();
    let good = good_manifest();
    let place = registry.reference(&good);
    let at = |kind: &str, digest: &str| {
        registry.0.at(&format!("/v2/critics/mood/{kind}/sha256:{digest}"))
    };
    let of_manifest = at("manifests", &digest(good.as_bytes()));
    for act in [Act::Huge(usize::MAX), Act::Announced(1 << 40)] {
        let message = format!("`{of_manifest}` has more than the 262144 bytes that are read");
        says(registry.fetch(&good, [act]), &message);
    }
    let of_layer = at("blobs", &digest(BYTES));
    for act in [Act::Huge(usize::MAX), Act::Announced(1 << 40), bytes([0; MOST + 1])] {
        let message = format!("`{of_layer}` has more than the {MOST} bytes that are read");
        says(registry.fetch(&good, [bytes(&good), act]), &message);
    }
    let huge = manifest(&[layer(WASM, &format!("sha256:{}", digest(BYTES)), MOST + 1)]);
    let message =
        format!("`{}` has more than the {MOST} bytes that are read", registry.reference(&huge));
    says(registry.fetch(&huge, [bytes(&huge)]), &message);
    says(
        registry.fetch(&good, [Act::status(404, "no")]),
        &format!("`{of_manifest}` answered 404 Not Found"),
    );
    says(
        registry.fetch(&good, [bytes(&good), Act::CutOff]),
        &format!("the answer of `{of_layer}` broke off"),
    );
    let hasty = Registry(Place::hasty());
    let message = format!("`{}` took too long", hasty.reference(&good));
    says(hasty.fetch(&good, [bytes(&good), Act::HangMidBody]), &message);
    assert_ne!(place, hasty.reference(&good));
}

#[test]
fn a_token_for_everybody_is_asked_for_once_and_goes_to_the_registry_alone() {
    let (registry, other) = (Registry::new(), Scripted::start_with_tls());
    let roots = format!("{}{}", registry.0.roots, other.certificate().unwrap());
    let registry = Registry(Place { roots, ..registry.0 });
    let good = good_manifest();
    let challenge = format!(
        "Bearer realm=\"{}/token?a=b\",service=\"a registry\",scope=\"ignored\"",
        registry.0.server.url()
    );
    other.script([bytes(BYTES)]);
    let acts = [
        Act::Challenge(challenge),
        Act::Body(r#"{"access_token":"for-nobody"}"#.to_owned()),
        bytes(&good),
        Act::Redirect(format!("{}/blob?signed=secret", other.url())),
    ];
    let fetched = registry.fetch(&good, acts).unwrap();
    assert_eq!(fetched.served_by, Some(format!("{}/blob", other.url())));
    let asked = registry.0.server.stats().asked;
    let sent: Vec<_> = asked.iter().map(|one| one.headers.get("authorization")).collect();
    let token = "Bearer for-nobody".to_owned();
    assert_eq!(sent, [None, None, Some(&token), Some(&token)]);
    assert_eq!(asked[1].call, "GET /token");
    assert!(!other.stats().asked[0].headers.contains_key("authorization"));
}

#[test]
fn a_registry_that_wants_a_login_is_told_so() {
    let registry = Registry::new();
    let good = good_manifest();
    let message = format!("`{}` needs a login", registry.reference(&good));
    let realm = format!("Bearer realm=\"{}/token\"", registry.0.server.url());
    let body = |text: &str| Act::Body(text.to_owned());
    let challenge = |text: &str| Act::Challenge(text.to_owned());
    for acts in [
        vec![Act::status(401, "secret")],
        vec![Act::status(403, "secret")],
        vec![challenge("Basic realm=\"x\"")],
        vec![challenge("Bearer")],
        vec![challenge("Bearer realm=\"http://localhost/token\"")],
        vec![challenge("Bearer realm=\"https://u:secret@localhost/token\"")],
        vec![challenge("\"")],
        vec![challenge(&realm), Act::status(403, "secret")],
        vec![challenge(&realm), body("{}")],
        vec![challenge(&realm), body("junk")],
        vec![challenge(&realm), body(r#"{"token":"t"}"#), Act::status(401, "secret")],
        vec![challenge(&realm), body(r#"{"token":"a\nb"}"#)],
    ] {
        says(registry.fetch(&good, acts.clone()), &message);
    }
    let too_large = registry.fetch(&good, [challenge(&realm), Act::Huge(usize::MAX)]);
    let place = registry.0.at("/token");
    says(too_large, &format!("`{place}` has more than the 65536 bytes that are read"));
}
