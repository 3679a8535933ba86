use proptest::prelude::*;

use super::*;

fn dollars(text: &str) -> Money {
    text.parse().unwrap()
}

fn price() -> Price {
    Price {
        input: dollars("2.50"),
        cached: dollars("1.25"),
        output: dollars("10"),
        image: dollars("0.04"),
    }
}

#[test]
fn a_call_costs_what_its_tokens_and_pictures_cost() {
    let rows = [
        (Usage::NONE, "0"),
        (Usage::CALL, "0"),
        (Usage::PICTURE, "0.04"),
        (Usage::of_tokens(1_000_000, 0), "2.5"),
        (Usage::of_tokens(1_000, 500), "0.0075"),
        (Usage { cached_tokens: 1_000, ..Usage::of_tokens(1_000, 0) }, "0.00125"),
        // A provider that says more came from the cache than was read is not believed.
        (Usage { cached_tokens: 9_000, ..Usage::of_tokens(1_000, 0) }, "0.00125"),
    ];
    for (usage, cost) in rows {
        assert_eq!(price().of(usage).money, dollars(cost), "{usage:?}");
        assert_eq!(Price::FREE.of(usage).money, Money::ZERO);
    }
}

#[test]
fn parts_of_a_nano_dollar_are_rounded_up() {
    let cheap = Price { input: Money::from_nanos(1), ..Price::FREE };
    assert_eq!(cheap.of(Usage::of_tokens(1, 0)).money, Money::from_nanos(1));
}

#[test]
fn absurd_usage_costs_the_most_there_is_and_does_not_wrap() {
    let usage = Usage { images: u32::MAX, ..Usage::of_tokens(u64::MAX, u64::MAX) };
    let dear = Price { input: Money::MOST, cached: Money::MOST, ..price() };
    assert_eq!(dear.of(usage).money, Money::MOST);
    assert_eq!(dear.at_most(usage).money, Money::MOST);
}

proptest! {
    #[test]
    fn nothing_within_a_quote_costs_more_than_the_quote(
        prices in prop::array::uniform4(0_u64..20_000_000_000),
        most in (0_u64..1_000_000, 0_u64..1_000_000, 0_u32..9),
        share in (0_u64..=100, 0_u64..=100, 0_u64..=100),
    ) {
        let [input, cached, output, image] = prices.map(Money::from_nanos);
        let price = Price { input, cached, output, image };
        let quoted = Usage { images: most.2, ..Usage::of_tokens(most.0, most.1) };
        let read = most.0 * share.0 / 100;
        let used = Usage {
            cached_tokens: read * share.2 / 100,
            images: most.2,
            ..Usage::of_tokens(read, most.1 * share.1 / 100)
        };
        prop_assert!(price.of(used).money <= price.at_most(quoted).money);
    }
}

#[test]
fn what_is_free_is_free_at_most_too() {
    assert_eq!(Price::FREE.at_most(Usage::of_tokens(5_000, 5_000)).money, Money::ZERO);
}
