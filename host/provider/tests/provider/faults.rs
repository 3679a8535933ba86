//! What servers and networks do wrong: repeated as often as it helps, then said clearly.

use std::{
    io::{Read, Write},
    net::TcpListener,
    time::Duration,
};

use pentimento_provider::{Failure, Kind};
use pentimento_scripted::{Act, Scripted};

use crate::place::{Place, ask, failed, wait, whole};

/// All attempts meet this act; checks the failure and how often it was tried.
#[track_caller]
fn check(act: Act, failure: Failure, attempts: u32, words: &str) {
    let mut place = Place::new(Kind::OpenAi);
    place.settings.limits.read = Duration::from_millis(200);
    place.server.always(act);
    let error = place.failure();
    assert_eq!((error.failure, error.attempts), (failure, attempts), "{}", whole(&error));
    assert!(whole(&error).contains(words), "{}", whole(&error));
    let stats = place.server.stats();
    assert_eq!((stats.calls, stats.duplicates), (attempts as usize, attempts as usize - 1));
}

#[test]
fn a_storm_of_failures_ends_after_all_attempts() {
    for status in [500, 502, 503, 504, 529] {
        check(Act::status(status, "oops"), Failure::ServerBroken, 5, "oops");
    }
}

#[test]
fn a_server_that_says_no_is_asked_once() {
    for (status, failure) in [
        (400, Failure::Rejected),
        (401, Failure::Unauthorized),
        (403, Failure::Unauthorized),
        (404, Failure::NotFound),
        (405, Failure::NotFound),
        (408, Failure::TimedOut),
        (409, Failure::Rejected),
        (413, Failure::Rejected),
        (422, Failure::Rejected),
        (501, Failure::NotFound),
    ] {
        check(Act::status(status, "because"), failure, 1, "because");
    }
}

#[test]
fn an_empty_purse_is_not_waited_for() {
    let body = r#"{"error":{"message":"pay","code":"insufficient_quota"}}"#;
    check(
        Act::Status(429, Some("1".to_owned()), body.to_owned()),
        Failure::RateLimited,
        1,
        "money",
    );
}

#[test]
fn a_filter_that_declines_is_told_from_a_wrong_question() {
    let body = r#"{"error":{"message":"no","code":"content_policy_violation"}}"#;
    check(Act::Status(400, None, body.to_owned()), Failure::Declined, 1, "other words");
}

#[test]
fn broken_connections_are_made_again() {
    check(Act::Reset, Failure::Unreachable, 5, "broke");
    check(Act::CutOff, Failure::Unreachable, 5, "broke");
}

#[test]
fn silence_ends_and_is_tried_again() {
    check(Act::HangMidBody, Failure::TimedOut, 5, "read-timeout");
    check(Act::Hang, Failure::TimedOut, 5, "read-timeout");
}

#[test]
fn answers_that_are_none_are_not_asked_for_again() {
    check(Act::HalfJson, Failure::BadAnswer, 1, "not whole JSON");
    check(Act::Body(String::new()), Failure::BadAnswer, 1, "is empty");
    check(Act::Typed(String::new(), "hello".to_owned()), Failure::BadAnswer, 1, "of no type");
    check(Act::Body("[]".to_owned()), Failure::BadAnswer, 1, "not what its API says");
    check(Act::Body("{\"data\":NaN}".to_owned()), Failure::BadAnswer, 1, "not whole JSON");
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let listed = format!("{{\"data\":{deep}}}");
    check(Act::Body(listed), Failure::BadAnswer, 1, "not what its API says");
    check(Act::Status(400, None, deep), Failure::Rejected, 1, "[[[");
    let page = Act::Typed("text/html".to_owned(), "<h1>Welcome to the proxy</h1>".to_owned());
    check(page, Failure::BadAnswer, 1, "Welcome to the proxy");
}

#[test]
fn a_huge_answer_is_not_read_to_its_end() {
    check(Act::Huge(1 << 40), Failure::TooLarge, 1, "larger than");
    check(Act::Announced(1 << 40), Failure::TooLarge, 1, "larger than");
}

#[test]
fn a_redirect_is_not_followed() {
    let elsewhere = Scripted::start();
    let place = Place::new(Kind::OpenAi);
    place.server.always(Act::Redirect(format!("{}/v1/models", elsewhere.url())));
    let error = place.failure();
    assert_eq!((error.failure, error.attempts), (Failure::Redirected, 1));
    assert!(whole(&error).contains(&elsewhere.url()), "{}", whole(&error));
    assert_eq!(elsewhere.stats().calls, 0);
}

#[test]
fn nobody_listening_is_said_so() {
    let mut place = Place::new(Kind::Ollama);
    let server = std::mem::replace(&mut place.server, Scripted::start());
    drop(server);
    // The port may take a moment to be free.
    let error = loop {
        let error = place.list();
        if let Err(error) = error {
            break error;
        }
    };
    assert_eq!((error.failure, error.attempts), (Failure::Unreachable, 5), "{}", whole(&error));
}

#[test]
fn a_name_that_nobody_has_is_unreachable() {
    let mut place = Place::new(Kind::OpenAi);
    place.move_to("https://no-such-host.invalid/v1");
    assert_eq!(place.failure().failure, Failure::Unreachable);
}

#[test]
fn a_certificate_nobody_signed_is_refused_at_once_and_taken_if_named() {
    let mut place = Place::at(Scripted::start_with_tls(), Kind::OpenAi);
    let error = place.failure();
    assert_eq!((error.failure, error.attempts), (Failure::Untrusted, 1), "{}", whole(&error));
    assert!(error.hint.unwrap().contains("ca-file"));
    assert_eq!(place.server.stats().calls, 0, "the key was not sent");
    place.settings.extra_roots = place.server.certificate().map(Into::into);
    assert_eq!(place.list().unwrap(), ["large", "small"]);
}

#[test]
fn tls_with_a_server_that_has_none_is_said_so() {
    let mut place = Place::new(Kind::OpenAi);
    let url = place.server.url().replace("http:", "https:");
    place.move_to(&url);
    let error = place.failure();
    assert_eq!((error.failure, error.attempts), (Failure::Untrusted, 1), "{}", whole(&error));
}

#[test]
fn a_file_without_certificates_is_refused_before_anything_is_sent() {
    let mut place = Place::new(Kind::OpenAi);
    for pem in ["", "nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        place.settings.extra_roots = Some(pem.into());
        let opened =
            pentimento_provider::Provider::open(place.settings.clone(), place.pace.clone());
        assert_eq!(opened.unwrap_err().failure, Failure::WrongUse, "{pem}");
    }
}

#[test]
fn a_call_recovers_as_soon_as_its_server_does() {
    let place = Place::new(Kind::OpenAi);
    place.server.script([Act::status(500, "a"), Act::Reset, Act::CutOff, Act::too_many("0")]);
    let answered = wait(place.provider().complete("m", &ask("hello"))).unwrap();
    assert_eq!(answered.answer.text, "you said: hello");
    let stats = place.server.stats();
    assert_eq!((stats.calls, stats.duplicates), (5, 4), "one key for all attempts");
}

#[test]
fn two_calls_have_two_keys() {
    let place = Place::new(Kind::OpenAi);
    let provider = place.provider();
    wait(async {
        for _ in 0..2 {
            provider.complete("m", &ask("hello")).await.unwrap();
        }
    });
    let stats = place.server.stats();
    assert_eq!((stats.calls, stats.duplicates), (2, 0));
}

#[test]
fn a_server_is_not_asked_before_the_time_it_names() {
    let place = Place::new(Kind::OpenAi);
    // The clock of this test stands one hour after the epoch.
    let date = "Thu, 01 Jan 1970 01:00:30 GMT";
    place.server.script([Act::too_many("20"), Act::too_many(date), Act::too_many("0.5")]);
    assert_eq!(place.list().unwrap().len(), 2);
    let waits = place.waits();
    // The first wait moved the clock to 20 s and a little: about 9.5 s are left to the date.
    let least = [20.0, 9.4, 0.5].map(Duration::from_secs_f64);
    let more = [0.7, 1.2, 2.2].map(Duration::from_secs_f64);
    assert_eq!(waits.len(), 3);
    for ((waited, least), more) in waits.iter().zip(least).zip(more) {
        let most = least + more;
        assert!((least..=most).contains(waited), "{waited:?} for {least:?}");
    }
}

#[test]
fn a_server_that_wants_to_be_left_alone_for_long_is() {
    let place = Place::new(Kind::OpenAi);
    place.server.always(Act::too_many("3600"));
    let error = place.failure();
    assert_eq!((error.failure, error.attempts), (Failure::RateLimited, 1));
    assert!(place.waits().is_empty());
    let told = whole(&error);
    assert!(told.contains("in 3600 s, and 120 s are waited for"), "{told}");
    let hint = error.hint.unwrap();
    assert!(hint.contains("`longest-wait`") && hint.contains("[providers.p]"), "{hint}");
}

#[test]
fn a_server_that_names_no_time_at_all_is_not_stormed() {
    let place = Place::new(Kind::OpenAi);
    place.server.always(Act::Status(503, Some("0".to_owned()), "{}".to_owned()));
    assert_eq!(failed(place.list()).attempts, 5);
    let all: Duration = place.waits().iter().sum();
    assert!(all > Duration::from_secs(7), "{all:?}");
}

#[test]
fn an_empty_purse_is_told_as_one() {
    check(Act::status(402, "add credits"), Failure::RateLimited, 1, "nothing is left to spend");
}

#[test]
fn waits_of_our_own_grow_within_their_bounds() {
    let place = Place::new(Kind::OpenAi);
    place.server.always(Act::status(500, "oops"));
    let error = failed(place.list());
    assert_eq!(error.attempts, 5);
    let bounds = [0.5, 1.0, 2.0, 4.0].map(Duration::from_secs_f64);
    for (waited, bound) in place.waits().iter().zip(bounds) {
        assert!(*waited <= bound && *waited > bound.mul_f64(0.99), "{waited:?} {bound:?}");
    }
}

#[test]
fn an_answer_that_is_packed_is_told_as_such_and_not_unpacked() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut place = Place::new(Kind::OpenAi);
    place.move_to(&format!("http://{}/v1", listener.local_addr().unwrap()));
    let packing = std::thread::spawn(move || {
        let (mut caller, _) = listener.accept().unwrap();
        assert!(caller.read(&mut [0; 1024]).unwrap() > 0);
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\n\
                    content-length: 4\r\n\r\n";
        caller.write_all(head.as_bytes()).unwrap();
        caller.write_all(b"\x1f\x8b\x08\x00").unwrap();
    });
    let error = place.failure();
    packing.join().unwrap();
    assert_eq!((error.failure, error.attempts), (Failure::BadAnswer, 1), "{}", whole(&error));
    assert!(whole(&error).contains("packed (`gzip`)"), "{}", whole(&error));
}

#[test]
fn a_question_that_is_too_large_and_a_server_that_gave_up_have_hints_of_their_own() {
    for (status, hint) in [(413, "smaller pictures"), (408, "overloaded"), (425, "overloaded")] {
        let place = Place::new(Kind::OpenAi);
        place.server.always(Act::status(status, "because"));
        let error = place.failure();
        assert!(error.hint.unwrap().contains(hint), "{status}");
    }
}
