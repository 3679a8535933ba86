//! Decimals of fractions.

use super::*;

fn ratio(above: i64, below: i64) -> BigRational {
    BigRational::new(above.into(), below.into())
}

#[test]
fn a_decimal_ends_where_only_twos_and_fives_divide() {
    let rows = [
        (ratio(1, 2), 20, Some("0.5")),
        (ratio(-7, 40), 20, Some("-0.175")),
        (ratio(3, 1), 0, Some("3")),
        (ratio(1, 3), 20, None),
        (ratio(1, 15), 20, None),
        (ratio(1, 1024), 10, Some("0.0009765625")),
        (ratio(1, 1024), 9, None),
        (ratio(1, 625), 3, None),
    ];
    for (value, most, wanted) in rows {
        assert_eq!(ending(&value, most).as_deref(), wanted, "{value}");
    }
}

#[test]
fn halves_go_away_from_zero() {
    let rows = [(ratio(1, 2), "1"), (ratio(-1, 2), "-1"), (ratio(3, 2), "2"), (ratio(-5, 2), "-3")];
    for (value, wanted) in rows {
        assert_eq!(fixed(&value, 0), wanted, "{value}");
    }
    assert_eq!(fixed(&ratio(-1, 3000), 2), "0.00");
}

#[test]
fn a_power_of_ten_is_found_on_both_sides_of_it() {
    let rows = [
        (ratio(1, 10), 2, "1.00e-1"),
        (ratio(99, 1000), 2, "9.90e-2"),
        (ratio(9999, 100_000), 2, "1.00e-1"),
        (ratio(1, 7), 0, "1e-1"),
        (ratio(-96, 1000), 0, "-1e-1"),
        (ratio(12345, 1), 2, "1.23e4"),
    ];
    for (value, places, wanted) in rows {
        assert_eq!(scientific(&value, places), wanted, "{value}");
    }
}
