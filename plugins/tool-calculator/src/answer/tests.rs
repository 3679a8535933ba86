//! What expressions come to, and which are refused where.

use super::*;

/// `exact` of an answer, or its truth.
fn exact(expression: &str) -> String {
    let text = answer(expression, 20).unwrap_or_else(|problem| panic!("{expression}: {problem}"));
    let rest = text.trim_start_matches("{\"exact\":\"").trim_start_matches("{\"truth\":");
    rest.split(['"', '}']).next().unwrap().to_owned()
}

fn decimal(expression: &str, digits: u32) -> String {
    let text =
        answer(expression, digits).unwrap_or_else(|problem| panic!("{expression}: {problem}"));
    text.split("\"decimal\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[test]
fn an_expression_comes_to_its_exact_value() {
    let rows = [
        ("2 + 3 * 4", "14"),
        ("(2 + 3) * 4", "20"),
        ("10 - 4 - 3", "3"),
        ("100 / 10 / 5", "2"),
        ("22 / 7", "22/7"),
        ("1/3 + 1/6", "1/2"),
        ("0.1 + 0.2", "3/10"),
        ("1.5e3", "1500"),
        ("25E-2", "1/4"),
        (".5", "1/2"),
        ("5.", "5"),
        ("1_000 * 1_000", "1000000"),
        ("1,234,567.5 * 2", "2469135"),
        ("max((1,234), 5)", "1234"),
        ("max(1,234)", "234"),
        ("2^10", "1024"),
        ("2**-2", "1/4"),
        ("2^3^2", "512"),
        ("-2^2", "-4"),
        ("(-2)^2", "4"),
        ("2^-1", "1/2"),
        ("(-2/3)^-3", "-27/8"),
        ("0^0", "1"),
        ("(-1)^1000000000000000000001", "-1"),
        ("7 // 2", "3"),
        ("-7 // 2", "-4"),
        ("7 % 3", "1"),
        ("-7 mod 3", "2"),
        ("7.5 % 2", "3/2"),
        ("10 % (-3)", "-2"),
        ("15%", "3/20"),
        ("15% of 80", "12"),
        ("100 / 50% of 80", "5/2"),
        ("20% of 50% of 80", "8"),
        ("200 + 10%", "2001/10"),
        ("200 * (1 + 10%)", "220"),
        ("5!", "120"),
        ("3!!", "720"),
        ("-3!", "-6"),
        ("3 × 4 ÷ 6 − 2", "0"),
        ("+-+5", "-5"),
    ];
    for (expression, wanted) in rows {
        assert_eq!(exact(expression), wanted, "{expression}");
    }
}

#[test]
fn a_function_comes_to_its_exact_value() {
    let rows = [
        ("abs(-3/4)", "3/4"),
        ("min(3, 1/2, 2) + max(1, 2)", "5/2"),
        ("floor(-5/2)", "-3"),
        ("ceil(-5/2)", "-2"),
        ("round(5/2) + round(-5/2)", "0"),
        ("round(2/3, 2)", "67/100"),
        ("round(1250, -2)", "1300"),
        ("gcd(12, 18, 27) + lcm(4, 6)", "15"),
        ("gcd(-4) + lcm(-4) + lcm(0, 5) + gcd(0, 7)", "15"),
        ("factorial(10)", "3628800"),
        ("binomial(52, 5)", "2598960"),
        ("binomial(3, 4)", "0"),
        ("sum(1, 2, 3.5)", "13/2"),
        ("sum(4)", "4"),
        ("sqrt(4/9)", "2/3"),
        ("sqrt(0)", "0"),
        ("0 * sqrt(2)", "0"),
        ("floor(10 * sqrt(2))", "14"),
        ("round(sqrt(2), 3)", "707/500"),
    ];
    for (expression, wanted) in rows {
        assert_eq!(exact(expression), wanted, "{expression}");
    }
}

#[test]
fn a_comparison_holds_or_does_not() {
    let rows = [
        ("1/3 = 2/6", true),
        ("0.1 + 0.2 == 0.3", true),
        ("1 < 2 < 3", true),
        ("1 < 3 < 2", false),
        ("1 < 2 >= 2 = 2", true),
        ("2 != 2", false),
        ("2 ≠ 3 ≥ 3 ≤ 4 > 1", true),
        ("4! = 24", true),
        ("4!==24", true),
        ("2^100 <= 10^30", false),
        ("sqrt(2) < 1.4142135623730950488016887242097", true),
        ("sqrt(2) + sqrt(3) > sqrt(9.8989794855)", true),
        ("(1 < 2)", true),
    ];
    for (expression, wanted) in rows {
        assert_eq!(exact(expression), wanted.to_string(), "{expression}");
    }
}

#[test]
fn a_decimal_is_right_to_its_last_digit() {
    let rows = [
        ("22/7", 6, "3.142857"),
        ("2/3", 4, "0.6667"),
        ("-2/3", 0, "-1"),
        ("1/2", 0, "1"),
        ("1/8", 20, "0.125"),
        ("1/8", 2, "0.13"),
        ("-1/1000", 2, "-1.00e-3"),
        ("1e-30 / 3", 4, "3.3333e-31"),
        ("9.9999e-30", 2, "1.00e-29"),
        ("123456789 / 7", 3, "17636684.143"),
        ("sqrt(2)", 40, "1.4142135623730950488016887242096980785697"),
        ("sqrt(2e-60)", 5, "1.41421e-30"),
        ("sqrt(2) * sqrt(2)", 5, "2.00000"),
        ("sqrt(2)^2 - 2", 3, "0.000"),
        ("sqrt(1e60 + 1)", 10, "1000000000000000000000000000000.0000000000"),
        (
            "sqrt(2)^1001",
            3,
            "4629273392631433948648694558423905888713155148452797785054903972192701320057685949607156117386435904788541548151454971984408358026485014966033728388932.926",
        ),
        ("1 / (sqrt(3) - sqrt(2))", 10, "3.1462643699"),
        ("sqrt(sqrt(16))", 3, "2"),
        ("sqrt(2) % 1", 5, "0.41421"),
        ("abs(1 - sqrt(2)) + max(sqrt(3), 1)", 5, "2.14626"),
        ("(sqrt(5) + 1) / 2", 15, "1.618033988749895"),
        ("(0 - sqrt(3))^3", 6, "-5.196152"),
    ];
    for (expression, digits, wanted) in rows {
        assert_eq!(decimal(expression, digits), wanted, "{expression}");
    }
}

#[test]
fn the_answer_has_one_shape() {
    let rows = [
        ("22/7", r#"{"exact":"22/7","decimal":"3.143","is-exact":true,"rounded":true,"digits":3}"#),
        ("1/2", r#"{"exact":"1/2","decimal":"0.5","is-exact":true,"rounded":false,"digits":3}"#),
        (
            "sqrt(2)",
            r#"{"exact":null,"decimal":"1.414","is-exact":false,"rounded":true,"digits":3}"#,
        ),
        ("1 < 2", r#"{"truth":true}"#),
    ];
    for (expression, wanted) in rows {
        assert_eq!(answer(expression, 3).unwrap(), wanted, "{expression}");
    }
}

#[test]
fn a_wrong_expression_is_refused_at_its_column() {
    let rows = [
        ("", 1, "a number is missing at the end"),
        ("1 +", 4, "a number is missing at the end"),
        ("1 + * 2", 5, "a number is missing before this"),
        ("2 (3)", 3, "an operator"),
        ("2x", 2, "an operator"),
        ("(1 + 2", 1, "never closed"),
        ("1)", 2, "there is no `(`"),
        ("1 $ 2", 3, "`$` means nothing"),
        ("1.2.3", 4, "a second point"),
        ("1,23", 2, "a comma separates thousands"),
        ("1234,567", 5, "a comma separates thousands"),
        ("0,125", 2, "a comma separates thousands"),
        ("1,2345", 2, "a comma separates thousands"),
        ("(1, 2)", 3, "a comma separates thousands"),
        ("1 , 2", 3, "a comma only separates"),
        ("1__0", 2, "`_` stands only between"),
        ("1e10001", 2, "the exponent of a number"),
        ("1e9_999_999_999_999_999_999", 2, "the exponent of a number"),
        ("2 + 1/0", 6, "division by zero"),
        ("1 // (2 - 2)", 3, "division by zero"),
        ("1 % (1/2 - 0.5)", 3, "division by zero"),
        ("0^-1", 2, "division by zero"),
        ("2^(1/2)", 3, "a whole number is needed for an exponent"),
        ("2^sqrt(2)", 3, "a whole number is needed"),
        ("2^1e9", 2, "more than 10000 digits"),
        ("9^9^9", 2, "more than 10000 digits"),
        ("10^9000 * 10^9000", 9, "more than 10000 digits"),
        ("4000!", 5, "more than 10000 digits"),
        ("(10^50)!", 8, "more than 10000 digits"),
        ("(-1)!", 5, "no factorial"),
        ("2.5!", 1, "a whole number is needed for a factorial"),
        ("binomial(10^9, 10^8)", 1, "more than 10000 digits"),
        ("binomial(-1, 1)", 1, "no negative numbers"),
        ("gcd(1.5, 2)", 5, "a whole number is needed for `gcd`"),
        ("sqrt(-4)", 1, "no square root"),
        ("sqrt(0 - sqrt(2))", 1, "no square root"),
        ("sin(1)", 1, "there is no function `sin`; there are abs, binomial"),
        ("sqrt 2", 6, "needs its arguments in parentheses"),
        ("sqrt()", 1, "takes 1 argument, not 0"),
        ("round(1, 2, 3)", 1, "takes 1 or 2 arguments, not 3"),
        ("max()", 1, "takes at least 1 argument, not 0"),
        ("round(1, 1001)", 10, "1000 places at most"),
        ("10% - 3", 3, "can mean percent or remainder"),
        ("4!=24", 2, "`!=` can mean two things"),
        ("1/4 of 80", 5, "an operator"),
        ("of 80", 1, "only after a percent sign"),
        ("(1 < 2) + 1", 1, "a comparison is no number"),
        ("abs(1 = 1)", 5, "a comparison is no number"),
        ("sqrt(2)*sqrt(2) = 2", 17, "how the two sides compare cannot be told"),
        ("1 / (sqrt(2)^2 - 2)", 3, "whether the divisor is zero cannot be told"),
        ("floor(sqrt(2)^2)", 1, "which whole number comes next cannot be told"),
    ];
    for (expression, column, part) in rows {
        let problem = answer(expression, 20).expect_err(expression);
        assert!(problem.cause.contains(part), "{expression}: {problem}");
        assert_eq!(problem.column, column, "{expression}: {problem}");
    }
}

#[test]
fn nothing_nests_deeper_than_it_may() {
    let parentheses = |levels: usize| format!("{}1{}", "(".repeat(levels), ")".repeat(levels));
    assert_eq!(exact(&parentheses(64)), "1");
    let rows = [
        parentheses(65),
        format!("{}1", "-".repeat(100)),
        format!("1{}", "!".repeat(100)),
        format!("1{}", "^1".repeat(100)),
        format!("{}1", "1% of ".repeat(100)),
        format!("{}1{}", "abs(".repeat(100), ")".repeat(100)),
    ];
    for expression in rows {
        let problem = answer(&expression, 20).expect_err(&expression);
        assert!(problem.cause.contains("nested more than 64 levels"), "{expression}: {problem}");
    }
    let long = format!("1{}", "+1".repeat(1_999));
    assert_eq!(exact(&long), "2000");
    let problem = answer(&format!("{long} + 1"), 20).unwrap_err();
    assert!(problem.cause.contains("4000 characters"), "{problem}");
}
