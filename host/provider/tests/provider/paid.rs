//! Calls that are paid for: what each outcome leaves in the ledger.

use std::{sync::Arc, time::Duration};

use pentimento_engine::Ledger;
use pentimento_model::{Bounds, Money, Seed, Spending, StepKey, Usage};
use pentimento_provider::{Failure, Kind, Painting, Provider, ProviderError};
use pentimento_scripted::Act;

use crate::place::{Place, wait};

const CENT: Money = Money::from_nanos(10_000_000);
const PICTURE: Spending = Spending { usage: Usage::PICTURE, money: CENT, unpriced: 0 };

fn cents(cents: u64) -> Arc<Ledger> {
    Ledger::new(Bounds { money: Some(CENT.saturating_mul(cents)), ..Bounds::NONE })
}

const CAT: Painting<'static> = Painting {
    prompt: "a cat",
    size: None,
    seed: Seed(1),
    picture: None,
    mask: None,
    liked: &[],
    disliked: &[],
};

/// Paints one picture for a cent.
async fn paint(provider: &Provider, ledger: &Arc<Ledger>) -> Result<(), ProviderError> {
    let leave = Arc::new(ledger.reserve(PICTURE).unwrap());
    provider.charged_to(leave.clone()).paint("p", &CAT).await?;
    leave.settle(PICTURE);
    Ok(())
}

/// The first attempt meets this act, all others are answered; checks calls and cents.
#[track_caller]
fn check(act: &Act, allowed: u64, good: bool, calls: usize, spent: u64) {
    let mut place = Place::new(Kind::OpenAi);
    place.settings.limits.read = Duration::from_millis(200);
    place.server.script([act.clone()]);
    let (provider, ledger) = (place.provider(), cents(allowed));
    let result = wait(paint(&provider, &ledger));
    assert_eq!(result.is_ok(), good, "{act:?} with {allowed}: {result:?}");
    assert_eq!(place.server.stats().calls, calls, "{act:?} with {allowed}");
    assert_eq!(ledger.spent().money, CENT.saturating_mul(spent), "{act:?} with {allowed}");
}

#[test]
fn what_is_surely_not_paid_costs_nothing_and_is_repeated_within_the_same_budget() {
    for act in [Act::too_many("0"), Act::status(503, "busy")] {
        check(&act, 1, true, 2, 1);
    }
    for status in [400, 401, 404, 413, 422, 501] {
        check(&Act::status(status, "no"), 1, false, 1, 0);
    }
    check(&Act::Redirect("http://127.0.0.1:1/".to_owned()), 1, false, 1, 0);
}

#[test]
fn what_may_have_been_paid_is_repeated_only_if_both_can_be_afforded() {
    for act in [Act::Reset, Act::CutOff, Act::Hang, Act::HangMidBody, Act::status(500, "oops")] {
        check(&act, 1, false, 1, 1);
        check(&act, 2, true, 2, 2);
    }
}

#[test]
fn an_answer_that_cannot_be_used_counts_as_paid() {
    let declined = r#"{"error":{"code":"moderation_blocked","message":"no"}}"#.to_owned();
    for act in [Act::HalfJson, Act::Body("{}".to_owned()), Act::Status(400, None, declined)] {
        check(&act, 9, false, 1, 1);
    }
}

#[test]
fn a_server_that_is_not_there_costs_nothing() {
    let mut place = Place::new(Kind::OpenAi);
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{nobody}/v1");
    place.move_to(&url);
    let (provider, ledger) = (place.provider(), cents(1));
    let error = wait(paint(&provider, &ledger)).unwrap_err();
    assert_eq!((error.failure, error.attempts, error.unpaid), (Failure::Unreachable, 5, true));
    assert_eq!(ledger.spent(), Spending::NONE);
}

#[test]
fn fifty_calls_in_flight_do_not_overshoot_by_one() {
    let place = Place::new(Kind::OpenAi);
    place.server.script((0..20).map(|n| if n % 3 == 0 { Act::Reset } else { Act::Slow(20) }));
    let (provider, ledger) = (Arc::new(place.provider()), cents(30));
    wait(async {
        let mut calls = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let (provider, ledger) = (provider.clone(), ledger.clone());
            calls.spawn(async move {
                if let Ok(leave) = ledger.reserve(PICTURE) {
                    let leave = Arc::new(leave);
                    if provider.charged_to(leave.clone()).paint("p", &CAT).await.is_ok() {
                        leave.settle(PICTURE);
                    }
                }
            });
        }
        while calls.join_next().await.is_some() {}
    });
    let spent = ledger.spent();
    assert!(spent.money <= CENT.saturating_mul(30), "{spent:?}");
    // A connection that breaks before a call arrives counts as well: nobody here can know.
    assert!(place.server.stats().calls <= spent.usage.calls as usize, "each call is booked");
}

#[test]
fn a_call_with_a_name_has_the_same_key_whoever_makes_it() {
    let place = Place::new(Kind::OpenAi);
    let key_of = |name: Option<&[u8]>, prompt: &str| {
        let leave = cents(9).reserve(PICTURE).unwrap();
        let leave = match name {
            Some(name) => leave.called(StepKey::of([name])),
            None => leave,
        };
        let painting = Painting { prompt, ..CAT };
        wait(place.provider().charged_to(Arc::new(leave)).paint("p", &painting)).unwrap();
        place.server.stats().asked.pop().unwrap().key.unwrap()
    };
    let first = key_of(Some(b"one"), "a cat");
    assert_eq!(first, key_of(Some(b"one"), "a cat"), "by the same name");
    assert_eq!(place.server.stats().duplicates, 1);
    let others = [
        key_of(Some(b"two"), "a cat"),
        key_of(Some(b"one"), "a dog"),
        key_of(None, "a cat"),
        key_of(None, "a cat"),
    ];
    assert_eq!(place.server.stats().duplicates, 1, "{others:?}");
}
