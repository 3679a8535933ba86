//! How much at a time, how often, how long.

use std::{num::NonZeroU32, time::Duration};

use futures::future::join_all;
use pentimento_provider::{Failure, Kind, Limits};
use pentimento_scripted::Act;

use crate::place::{Place, failed, wait};

#[test]
fn no_more_calls_are_on_their_way_than_allowed() {
    let mut place = Place::new(Kind::OpenAi);
    place.settings.limits.in_flight = 3;
    place.server.always(Act::Slow(30));
    let provider = place.provider();
    let results = wait(join_all((0..12).map(|_| provider.models())));
    assert!(results.iter().all(Result::is_ok));
    let stats = place.server.stats();
    assert_eq!((stats.calls, stats.most_in_flight), (12, 3));
    assert!(stats.connections <= 3, "connections are kept: {}", stats.connections);
}

#[test]
fn calls_are_spread_over_the_minute_and_waiting_for_a_turn_is_not_the_servers_silence() {
    let mut place = Place::new(Kind::OpenAi);
    place.settings.limits.per_minute = NonZeroU32::new(120);
    place.settings.limits.deadline = Duration::from_millis(300);
    let provider = place.provider();
    let results = wait(join_all((0..4).map(|_| provider.models())));
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    // A turn comes every half second; the last one waits five times as long as an answer may take.
    let stats = place.server.stats();
    assert_eq!((stats.calls, stats.most_in_flight), (4, 1));
    assert!(stats.span_ms >= 1400, "{stats:?}");
}

#[test]
fn waiting_for_a_place_is_not_the_servers_silence() {
    let mut place = Place::new(Kind::OpenAi);
    place.settings.limits.in_flight = 1;
    place.settings.limits.deadline = Duration::from_millis(400);
    place.server.always(Act::Slow(100));
    let provider = place.provider();
    let results = wait(join_all((0..8).map(|_| provider.models())));
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(place.server.stats().most_in_flight, 1);
}

#[test]
fn waiting_for_a_place_to_try_again_is_not_the_servers_silence_either() {
    for per_minute in [None, NonZeroU32::new(600)] {
        let mut place = Place::new(Kind::OpenAi);
        (place.settings.limits.in_flight, place.settings.limits.per_minute) = (1, per_minute);
        // Half of it is said to be waited before a next attempt.
        place.settings.limits.deadline = Duration::from_secs(1);
        // Whoever fails comes after all others: their calls take longer than an answer may.
        let busy = Act::Status(503, None, "{}".to_owned());
        place.server.script([busy.clone(), busy]);
        place.server.always(Act::Slow(150));
        let provider = place.provider();
        let results = wait(join_all((0..12).map(|_| provider.models())));
        assert!(results.iter().all(Result::is_ok), "{results:?}");
        let stats = place.server.stats();
        assert_eq!((stats.calls, stats.most_in_flight), (14, 1));
    }
}

#[test]
fn a_call_ends_at_its_deadline_whatever_happens() {
    let mut place = Place::new(Kind::OpenAi);
    place.settings.limits = Limits { deadline: Duration::from_millis(100), ..Limits::default() };
    for act in [Act::Hang, Act::HangMidBody, Act::Slow(60_000)] {
        place.server.always(act);
        let error = failed(place.list());
        assert_eq!((error.failure, error.attempts), (Failure::TimedOut, 1));
        assert!(error.hint.unwrap().contains("`deadline`"));
    }
}

#[test]
fn nothing_is_waited_for_beyond_the_deadline() {
    let mut place = Place::new(Kind::OpenAi);
    place.settings.limits.deadline = Duration::from_secs(30);
    place.server.always(Act::too_many("29"));
    let error = place.failure();
    assert_eq!((error.failure, error.attempts), (Failure::RateLimited, 2));
    assert_eq!(place.waits().len(), 1);
    assert!(error.to_string().contains("in 29 s, and 0 s are waited for"), "{error}");
}

#[test]
fn a_proxy_does_not_get_the_key_to_read() {
    let mut place = Place::new(Kind::OpenAi);
    place.settings.proxy = Some(pentimento_provider::Address::new("http://192.0.2.1").unwrap());
    let opened = pentimento_provider::Provider::open(place.settings.clone(), place.pace.clone());
    assert_eq!(opened.unwrap_err().failure, Failure::WrongUse);
}

#[test]
fn a_key_is_not_sent_where_others_can_read_it() {
    let mut place = Place::new(Kind::OpenAi);
    place.move_to("http://192.0.2.1/v1");
    let opened = pentimento_provider::Provider::open(place.settings.clone(), place.pace.clone());
    let error = opened.unwrap_err();
    assert_eq!((error.failure, error.attempts), (Failure::WrongUse, 0));
}
