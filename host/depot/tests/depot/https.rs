//! Components and signatures from web servers.

use std::{net::TcpStream, time::Duration};

use pentimento_depot::{Depot, Limits, Source};
use pentimento_scripted::{Act, Scripted};

use crate::place::{MOST, Place, digest, says, wait};

const BYTES: &[u8] = b"\0asm of a kind";

fn good() -> Act {
    Act::Bytes(BYTES.to_vec())
}

#[test]
fn what_has_the_digest_comes_and_nothing_of_ours_goes() {
    let place = Place::new();
    let fetched = place.fetch([good()], &place.at("/critic.wasm"), Some(&digest(BYTES))).unwrap();
    assert_eq!((fetched.component.as_slice(), fetched.served_by), (BYTES, None));
    let asked = &place.server.stats().asked[0];
    assert_eq!(asked.call, "GET /critic.wasm");
    let names: Vec<_> = asked.headers.keys().map(String::as_str).collect();
    assert_eq!(names, ["accept", "host", "user-agent"]);
}

#[test]
fn a_source_that_cannot_be_used_is_refused_before_anything_is_sent() {
    let zero = "0".repeat(64);
    let said = |word: &str, sha256: Option<&str>, message: &str| {
        says(Source::of(word, sha256), message);
    };
    said(
        "https://example.org/a.wasm",
        None,
        "`https://example.org/a.wasm` cannot be fetched: nobody said which SHA-256 its component \
         has",
    );
    for wrong in ["", "abc", &zero[1..], &format!("{zero}0"), &zero.replace('0', "g")] {
        said(
            "https://example.org/a.wasm",
            Some(wrong),
            "`https://example.org/a.wasm` cannot be fetched: a SHA-256 has 64 hexadecimal digits",
        );
    }
    for (word, message) in [
        (
            "http://example.org/a",
            "`http://example.org/a` cannot be fetched: only `https` and `oci` are fetched",
        ),
        (
            "http://127.0.0.1/a",
            "`http://127.0.0.1/a` cannot be fetched: only `https` and `oci` are fetched",
        ),
        (
            "ftp://example.org/a",
            "`ftp://example.org/a` cannot be fetched: only `https` and `oci` are fetched",
        ),
        (
            "file:///etc/passwd",
            "`file:///etc/passwd` cannot be fetched: only `https` and `oci` are fetched",
        ),
        (
            "https://secret@example.org/a",
            "`https://example.org/a` cannot be fetched: it holds a user name or password",
        ),
        (
            "https://u:secret@example.org/a",
            "`https://example.org/a` cannot be fetched: it holds a user name or password",
        ),
        (
            "https://example.org/a?key=secret",
            "`https://example.org/a` cannot be fetched: it holds a query or fragment",
        ),
        (
            "https://example.org/a#secret",
            "`https://example.org/a` cannot be fetched: it holds a query or fragment",
        ),
        (
            "https://u:secret@:99999/",
            "`https://…` cannot be fetched: it is not a URL such as \
             `https://example.org/critic.wasm`",
        ),
    ] {
        said(word, Some(&zero), message);
    }
}

#[test]
fn other_bytes_than_those_that_were_named_are_refused() {
    let place = Place::new();
    let (url, wanted, found) = (place.at("/a"), digest(BYTES), digest(b"newer"));
    let message = format!("`{url}` has the digest {found}, not {wanted}");
    says(place.fetch([Act::Bytes(b"newer".to_vec())], &url, Some(&wanted)), &message);
}

#[test]
fn redirects_are_followed_over_https_only_and_not_for_ever() {
    let (place, other) = (Place::new(), Scripted::start_with_tls());
    let place =
        Place { roots: format!("{}{}", place.roots, other.certificate().unwrap()), ..place };
    let (url, wanted) = (place.at("/a"), digest(BYTES));
    let to = |to: &str| Act::Redirect(to.to_owned());
    let fetch = |acts: Vec<Act>| place.fetch(acts, &url, Some(&wanted));
    let near = fetch(vec![to("/b?token=secret"), to("c"), good()]).unwrap();
    assert_eq!(near.served_by, None, "it is the same server");
    let asked: Vec<_> = place.server.stats().asked.into_iter().map(|asked| asked.call).collect();
    assert_eq!(asked, ["GET /a", "GET /b", "GET /c"]);
    other.script([good()]);
    let far = fetch(vec![to(&format!("{}/z?token=secret", other.url()))]).unwrap();
    assert_eq!(far.served_by, Some(format!("{}/z", other.url())));
    let start = format!("`{url}` sends callers elsewhere, and they do not follow:");
    for (place, problem) in [
        (place.server.url().replace("https", "http"), "the address is not `https`"),
        ("http://169.254.169.254/latest".to_owned(), "the address is not `https`"),
        ("file:///etc/passwd".to_owned(), "the address is not `https`"),
        ("https://u:secret@localhost/".to_owned(), "the address holds a user name or password"),
        ("https://[".to_owned(), "the address is not valid"),
    ] {
        says(fetch(vec![to(&place)]), &format!("{start} {problem}"));
    }
    let calls = place.server.stats().calls;
    says(fetch(vec![to("/a"); 10]), &format!("{start} there are too many redirects"));
    assert_eq!(place.server.stats().calls - calls, 6, "the first and five redirects");
}

#[test]
fn what_is_too_large_is_not_read_whether_it_is_announced_or_not() {
    let place = Place::new();
    let url = place.at("/a");
    let message = format!("`{url}` has more than the {MOST} bytes that are read");
    // The second would go on for ever, the third is one byte too long.
    for act in [Act::Announced(1 << 40), Act::Huge(usize::MAX), Act::Bytes(vec![0; MOST + 1])] {
        says(place.fetch([act], &url, Some(&digest(BYTES))), &message);
    }
    let most = vec![7; MOST];
    let fetched = place.fetch([Act::Bytes(most.clone())], &url, Some(&digest(&most))).unwrap();
    assert_eq!(fetched.component, most);
}

#[test]
fn an_answer_that_breaks_off_or_never_comes_is_told_as_such() {
    let place = Place::new();
    let (url, wanted) = (place.at("/a"), digest(BYTES));
    let broke = format!("the answer of `{url}` broke off");
    says(place.fetch([Act::CutOff], &url, Some(&wanted)), &broke);
    let lost = format!("`{url}` cannot be reached");
    says(place.fetch([Act::Reset], &url, Some(&wanted)), &lost);
    let place = Place::hasty();
    let url = place.at("/a");
    let late = format!("`{url}` took too long");
    for act in [Act::Hang, Act::HangMidBody, Act::Announced(500)] {
        says(place.fetch([act], &url, Some(&wanted)), &late);
    }
}

#[test]
fn a_server_that_falls_silent_is_left_long_before_the_deadline() {
    let place = Place::wary();
    let (url, wanted) = (place.at("/a"), digest(BYTES));
    let late = format!("`{url}` took too long");
    for act in [Act::Hang, Act::HangMidBody] {
        says(place.fetch([act], &url, Some(&wanted)), &late);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_server_that_takes_no_connection_is_left_long_before_the_deadline() {
    // A queue for two connections that nobody takes out: the kernel drops whoever comes after them.
    let listener = wait(async {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
        socket.listen(1).unwrap().into_std().unwrap()
    });
    let address = listener.local_addr().unwrap();
    let connect = || TcpStream::connect_timeout(&address, Duration::from_millis(50)).ok();
    let waiting: Vec<_> = std::iter::from_fn(connect).take(100).collect();
    assert!((1..100).contains(&waiting.len()), "{} in the queue", waiting.len());
    let url = format!("https://{address}/a");
    let late = format!("`{url}` took too long");
    says(Place::wary().fetch([], &url, Some(&digest(BYTES))), &late);
}

#[test]
fn a_refusal_is_told_by_its_number_and_without_its_words() {
    let place = Place::new();
    let url = place.at("/a");
    for (status, words) in [
        (404, "404 Not Found"),
        (401, "401 Unauthorized"),
        (500, "500 Internal Server Error"),
        (206, "206 Partial Content"),
    ] {
        let act = Act::Status(status, None, "secret \u{1b}[31m".to_owned());
        let message = format!("`{url}` answered {words}");
        says(place.fetch([act], &url, Some(&digest(BYTES))), &message);
    }
}

#[test]
fn a_server_nobody_vouches_for_is_not_asked() {
    let place = Place::new();
    let url = place.at("/a");
    let source = Source::of(&url, Some(&digest(BYTES))).unwrap().unwrap();
    let depot = Depot::new(Limits::for_components_of(MOST), None).unwrap();
    says(wait(depot.fetch(&source)), &format!("no trusted connection to `{url}`"));
    assert_eq!(place.server.stats().calls, 0);
    let plain = Scripted::start();
    let url = plain.url().replace("http", "https");
    let source = Source::of(&url, Some(&digest(BYTES))).unwrap().unwrap();
    says(wait(place.depot().fetch(&source)), &format!("no trusted connection to `{url}/`"));
    for pem in ["", "junk", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let error = Depot::new(Limits::for_components_of(MOST), Some(pem.as_bytes())).unwrap_err();
        assert!(
            error.to_string().starts_with("the extra certificates cannot be used: "),
            "{error}"
        );
    }
}

#[test]
fn a_signature_is_a_short_text() {
    let place = Place::new();
    let url = place.at("/a.minisig");
    let signature = |act: Act| {
        place.server.script([act]);
        wait(place.depot().signature(&url))
    };
    assert_eq!(signature(Act::Bytes(b"untrusted comment".to_vec())).unwrap(), "untrusted comment");
    says(signature(Act::Bytes(vec![0xff; 9])), &format!("`{url}` is no text"));
    let message = format!("`{url}` has more than the 8192 bytes that are read");
    says(signature(Act::Bytes(vec![b'a'; 8193])), &message);
    says(
        wait(place.depot().signature("http://example.org/a")),
        "`http://example.org/a` cannot be fetched: only `https` and `oci` are fetched",
    );
}
