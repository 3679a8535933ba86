use proptest::prelude::*;

use super::*;

#[test]
fn amounts_are_read_to_the_nano_dollar() {
    let rows = [
        ("0", 0),
        ("2", 2_000_000_000),
        ("0.05", 50_000_000),
        (".5", 500_000_000),
        ("0.000000001", 1),
        ("007.10", 7_100_000_000),
        ("1.0000000000000", 1_000_000_000),
        ("18446744073.709551615", u64::MAX),
    ];
    for (text, nanos) in rows {
        assert_eq!(text.parse(), Ok(Money::from_nanos(nanos)), "{text}");
    }
}

#[test]
fn what_is_no_amount_is_refused_with_the_reason() {
    let rows = [
        ("", NoMoney::NotAnAmount),
        (".", NoMoney::NotAnAmount),
        ("1.", NoMoney::NotAnAmount),
        ("-1", NoMoney::NotAnAmount),
        ("+1", NoMoney::NotAnAmount),
        ("1e3", NoMoney::NotAnAmount),
        ("1,50", NoMoney::NotAnAmount),
        ("1.2.3", NoMoney::NotAnAmount),
        ("$1", NoMoney::NotAnAmount),
        (" 1", NoMoney::NotAnAmount),
        ("NaN", NoMoney::NotAnAmount),
        ("inf", NoMoney::NotAnAmount),
        ("٣", NoMoney::NotAnAmount),
        ("0.0000000001", NoMoney::TooFine),
        ("18446744073.709551616", NoMoney::TooMuch),
        ("99999999999999999999999", NoMoney::TooMuch),
    ];
    for (text, reason) in rows {
        assert_eq!(text.parse::<Money>(), Err(reason), "{text}");
    }
}

#[test]
fn amounts_are_printed_with_the_digits_they_have() {
    let rows = [(0, "0.00"), (1, "0.000000001"), (500_000_000, "0.50"), (12_345_000_000, "12.345")];
    for (nanos, text) in rows {
        assert_eq!(Money::from_nanos(nanos).to_string(), text);
    }
}

proptest! {
    #[test]
    fn every_amount_comes_back_from_its_words(nanos in any::<u64>()) {
        let money = Money::from_nanos(nanos);
        prop_assert_eq!(money.to_string().parse(), Ok(money));
    }

    #[test]
    fn reading_arbitrary_text_never_panics(text in "\\PC*") {
        let _ = text.parse::<Money>();
    }

    #[test]
    fn sums_never_wrap(a in any::<u64>(), b in any::<u64>()) {
        let (a, b) = (Money::from_nanos(a), Money::from_nanos(b));
        prop_assert!(a.saturating_add(b) >= a.max(b));
        prop_assert!(a.saturating_sub(b) <= a);
        prop_assert_eq!(a.checked_add(b).unwrap_or(Money::MOST), a.saturating_add(b));
    }
}

#[test]
fn a_forecast_is_rounded_up_and_no_finer_than_a_millionth() {
    for (nanos, told) in
        [(0, "0.00"), (1, "0.000001"), (28_952_001, "0.028953"), (160_000_000, "0.16")]
    {
        assert_eq!(Money::from_nanos(nanos).told().to_string(), told);
    }
    assert_eq!(Money::MOST.told(), Money::MOST);
}
