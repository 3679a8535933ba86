use pentimento_model::{Money, Usage};
use proptest::prelude::*;

use super::*;

fn dollars(text: &str) -> Money {
    text.parse().unwrap()
}

/// A picture for 4 cents.
fn picture() -> Spending {
    Spending { usage: Usage::PICTURE, money: dollars("0.04"), unpriced: 0 }
}

fn bounds(money: &str) -> Bounds {
    Bounds { money: Some(dollars(money)), ..Bounds::NONE }
}

#[test]
fn what_is_held_counts_until_it_is_settled() {
    let ledger = Ledger::new(bounds("0.08"));
    let first = ledger.reserve(picture()).unwrap();
    let second = ledger.reserve(picture()).unwrap();
    assert_eq!(ledger.reserve(picture()).unwrap_err(), Refused { stop: StopReason::Money });
    let cheap = Spending { money: dollars("0.01"), ..picture() };
    assert_eq!(first.settle(cheap), cheap);
    second.release();
    assert_eq!(ledger.spent(), cheap);
    assert!(ledger.reserve(picture()).is_ok());
}

#[test]
fn runs_that_pay_together_keep_their_own_bounds_and_the_common_one() {
    let all = Ledger::new(bounds("0.12"));
    let [one, other] = [bounds("0.08"), Bounds::NONE].map(|own| Ledger::within(own, all.clone()));
    let first = one.reserve(picture()).unwrap();
    one.charge(picture());
    assert_eq!(one.reserve(picture()).unwrap_err().stop, StopReason::Money, "its own bound");
    let second = other.reserve(picture()).unwrap();
    assert_eq!(other.reserve(picture()).unwrap_err().stop, StopReason::Money, "the common one");
    assert_eq!(other.allows(picture()).unwrap_err().stop, StopReason::Money);
    first.release();
    assert_eq!(second.settle(picture()), picture());
    for _ in 0..5 {
        assert!(other.allows(picture()).is_ok(), "who only asks holds nothing");
    }
    assert!(other.reserve(picture()).is_ok(), "what was refused or released is not held");
    assert_eq!(all.spent(), picture().plus(picture()).plus(picture()));
}

#[test]
fn an_attempt_of_unknown_outcome_counts_as_paid() {
    let ledger = Ledger::new(bounds("0.12"));
    drop(ledger.reserve(picture()).unwrap());
    assert_eq!(ledger.spent(), picture());
    let call = ledger.reserve(picture()).unwrap();
    call.begin().unwrap();
    call.begin().unwrap();
    assert_eq!(call.begin().unwrap_err().stop, StopReason::Money);
    // The refusal changed nothing: the second attempt is still to be told of.
    assert_eq!(call.settle(picture()), picture().plus(picture()));
    assert_eq!(ledger.spent().money, dollars("0.12"));
    assert_eq!(call.keep(), picture().plus(picture()), "what is closed stays closed");
}

#[test]
fn an_attempt_that_was_surely_not_paid_leaves_room_for_the_next() {
    let ledger = Ledger::new(bounds("0.04"));
    let call = ledger.reserve(picture()).unwrap();
    call.begin().unwrap();
    call.release();
    call.begin().unwrap();
    assert_eq!(call.settle(picture()), picture());
    assert!(ledger.reserve(picture()).is_err());
}

#[test]
fn each_bound_is_named_and_what_costs_nothing_is_always_allowed() {
    let one = Spending { usage: Usage { output_tokens: 5, ..Usage::PICTURE }, ..picture() };
    for (bounds, stop) in [
        (Bounds { calls: Some(0), ..Bounds::NONE }, StopReason::Calls),
        (Bounds { tokens: Some(4), ..Bounds::NONE }, StopReason::Tokens),
        (Bounds { images: Some(0), ..Bounds::NONE }, StopReason::Images),
        (Bounds { money: Some(dollars("0.03")), ..Bounds::NONE }, StopReason::Money),
        (Bounds { time: Some(Duration::ZERO), ..Bounds::NONE }, StopReason::Time),
    ] {
        let ledger = Ledger::new(bounds);
        assert_eq!(ledger.reserve(one).unwrap_err(), Refused { stop });
        assert!(ledger.reserve(Spending::NONE).is_ok());
        assert!(stop.is_budget());
    }
}

#[test]
fn time_passes_until_it_is_used_up() {
    let ledger = Ledger::new(Bounds { time: Some(Duration::from_secs(2)), ..Bounds::NONE });
    ledger.pass(Duration::from_secs(1));
    assert!(ledger.reserve(picture()).is_ok());
    ledger.pass(Duration::from_secs(1));
    assert_eq!(ledger.time(), Duration::from_secs(2));
    assert!(ledger.reserve(picture()).is_err());
}

#[test]
fn what_cannot_be_counted_is_refused_and_not_wrapped() {
    let ledger = Ledger::new(bounds("5"));
    ledger.charge(picture());
    let endless = Spending { usage: Usage::CALL, money: Money::MOST, unpriced: 0 };
    assert!(ledger.reserve(endless).is_err());
    assert_eq!(ledger.spent(), picture());
}

/// What happens to one of the calls on their way.
#[derive(Clone, Copy, Debug)]
enum Step {
    Begin(u64),
    Settle(usize, u64),
    Release(usize),
    Again(usize),
    Lose(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let which = 0..50_usize;
    prop_oneof![
        3 => (0..60_u64).prop_map(Step::Begin),
        2 => (which.clone(), 0..=100_u64).prop_map(|(which, part)| Step::Settle(which, part)),
        1 => which.clone().prop_map(Step::Release),
        1 => which.clone().prop_map(Step::Again),
        1 => which.prop_map(Step::Lose),
    ]
}

proptest! {
    /// Whatever the order in which up to 50 calls begin, are repeated and end: what is spent and
    /// held stays within the bounds, and what is spent is what the callers were told.
    #[test]
    fn no_interleaving_overshoots(
        steps in proptest::collection::vec(step(), 0..400), cap in 0..2000_u64,
    ) {
        let most_money = Money::from_nanos(cap);
        let ledger = Ledger::new(Bounds {
            money: Some(most_money), calls: Some(70), ..Bounds::NONE
        });
        let mut calls: Vec<(Reservation, u64)> = Vec::new();
        let mut told = Spending::NONE;
        for step in steps {
            match step {
                Step::Begin(nanos) if calls.len() < 50 => {
                    let money = Money::from_nanos(nanos);
                    let most = Spending { usage: Usage::CALL, money, unpriced: 0 };
                    if let Ok(call) = ledger.reserve(most) {
                        calls.push((call, nanos));
                    }
                }
                Step::Again(which) if which < calls.len() => {
                    let _ = calls[which].0.begin();
                }
                Step::Settle(which, part) if which < calls.len() => {
                    let (call, nanos) = calls.remove(which);
                    let money = Money::from_nanos(nanos * part / 100);
                    let cost = Spending { usage: Usage::CALL, money, unpriced: 0 };
                    told = told.plus(call.settle(cost));
                }
                Step::Release(which) if which < calls.len() => {
                    let (call, _) = calls.remove(which);
                    call.release();
                    told = told.plus(call.keep());
                }
                Step::Lose(which) if which < calls.len() => {
                    told = told.plus(calls.remove(which).0.keep());
                }
                _ => {}
            }
            let books = *ledger.books();
            let all = books.spent.plus(books.held);
            prop_assert!(all.money <= most_money && all.usage.calls <= 70);
        }
        for (call, _) in calls.drain(..) {
            told = told.plus(call.keep());
        }
        let books = *ledger.books();
        prop_assert_eq!((books.spent, books.held), (told, Spending::NONE));
    }
}

#[test]
fn fifty_threads_at_once_do_not_overshoot() {
    let ledger = Ledger::new(bounds("1"));
    let made = std::sync::atomic::AtomicU32::new(0);
    std::thread::scope(|scope| {
        for _ in 0..50 {
            scope.spawn(|| {
                while let Ok(call) = ledger.reserve(picture()) {
                    made.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    call.settle(picture());
                }
            });
        }
    });
    assert_eq!(made.into_inner(), 25);
    assert_eq!(ledger.spent().money, dollars("1"));
}
