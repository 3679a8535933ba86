//! Random expressions against a small reference on fractions of 128-bit numbers.
#![expect(clippy::unwrap_used, reason = "tests stop where something is missing")]

use proptest::prelude::*;
use tool_calculator::answer;

/// A fraction in lowest terms with a positive denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ratio(i128, i128);

impl Ratio {
    /// None if the numbers are too long for the reference, or the denominator is zero.
    fn new(above: i128, below: i128) -> Option<Self> {
        let (mut one, mut other) = (above.checked_abs()?, below.checked_abs()?);
        while other != 0 {
            (one, other) = (other, one % other);
        }
        let shared = one * below.signum();
        (shared != 0).then(|| Self(above / shared, below / shared))
    }

    fn plus(self, other: Self) -> Option<Self> {
        let above = self.0.checked_mul(other.1)?.checked_add(other.0.checked_mul(self.1)?)?;
        Self::new(above, self.1.checked_mul(other.1)?)
    }

    fn times(self, other: Self) -> Option<Self> {
        Self::new(self.0.checked_mul(other.0)?, self.1.checked_mul(other.1)?)
    }

    fn over(self, other: Self) -> Option<Self> {
        self.times(Self::new(other.1, other.0)?)
    }

    fn negated(self) -> Self {
        Self(-self.0, self.1)
    }

    fn floor(self) -> Self {
        Self(self.0.div_euclid(self.1), 1)
    }

    fn written(self) -> String {
        if self.1 == 1 { self.0.to_string() } else { format!("{}/{}", self.0, self.1) }
    }
}

/// An expression that both sides can work out.
#[derive(Clone, Debug)]
enum Tree {
    /// Units of a thousandth, so that decimals are among them.
    Leaf(u32),
    Negated(Box<Tree>),
    Called(&'static str, Box<Tree>),
    Percent(Box<Tree>),
    Power(Box<Tree>, i8),
    Joined(&'static str, Box<Tree>, Box<Tree>),
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        (0..30_u32).prop_map(|whole| Tree::Leaf(whole * 1000)),
        (0..9999_u32).prop_map(Tree::Leaf),
    ];
    leaf.prop_recursive(5, 24, 2, |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        let function = prop_oneof![Just("abs"), Just("floor"), Just("ceil"), Just("round")];
        let operator = prop_oneof![
            Just("+"),
            Just("-"),
            Just("*"),
            Just("/"),
            Just("//"),
            Just("mod"),
            Just("min"),
            Just("max"),
        ];
        prop_oneof![
            boxed().prop_map(Tree::Negated),
            boxed().prop_map(Tree::Percent),
            (function, boxed()).prop_map(|(name, inner)| Tree::Called(name, inner)),
            (boxed(), -3..4_i8).prop_map(|(base, exponent)| Tree::Power(base, exponent)),
            (operator, boxed(), boxed())
                .prop_map(|(name, one, other)| { Tree::Joined(name, one, other) }),
        ]
    })
}

/// How tightly the outermost operation binds.
fn rank(tree: &Tree) -> u8 {
    match tree {
        Tree::Joined("+" | "-", ..) => 0,
        Tree::Joined("*" | "/" | "//" | "mod", ..) => 1,
        Tree::Negated(_) => 2,
        Tree::Power(..) => 3,
        Tree::Percent(_) => 4,
        Tree::Leaf(_) | Tree::Called(..) | Tree::Joined(..) => 5,
    }
}

/// The expression with no more parentheses than its ranks need.
fn written(tree: &Tree) -> String {
    let within = |inner: &Tree, least: u8| {
        let text = written(inner);
        if rank(inner) < least { format!("({text})") } else { text }
    };
    match tree {
        Tree::Leaf(units) => format!("{}.{:03}", units / 1000, units % 1000),
        Tree::Negated(inner) => format!("-{}", within(inner, 2)),
        Tree::Called(name, inner) => format!("{name}({})", written(inner)),
        Tree::Percent(inner) => format!("({}%)", within(inner, 4)),
        Tree::Power(base, exponent) => format!("{}^{exponent}", within(base, 4)),
        Tree::Joined(name @ ("min" | "max"), one, other) => {
            format!("{name}({}, {})", written(one), written(other))
        }
        Tree::Joined(name, one, other) => {
            let own = rank(tree);
            format!("{} {name} {}", within(one, own), within(other, own + 1))
        }
    }
}

fn value(tree: &Tree) -> Option<Ratio> {
    let half = Ratio(1, 2);
    match tree {
        Tree::Leaf(units) => Ratio::new((*units).into(), 1000),
        Tree::Negated(inner) => value(inner).map(Ratio::negated),
        Tree::Percent(inner) => value(inner)?.times(Ratio(1, 100)),
        Tree::Called(name, inner) => {
            let inner = value(inner)?;
            let size = if inner.0 < 0 { inner.negated() } else { inner };
            match *name {
                "abs" => Some(size),
                "floor" => Some(inner.floor()),
                "ceil" => Some(inner.negated().floor().negated()),
                _ => {
                    let nearest = size.plus(half)?.floor();
                    Some(if inner.0 < 0 { nearest.negated() } else { nearest })
                }
            }
        }
        Tree::Power(base, exponent) => {
            let base = value(base)?;
            let mut product = Ratio(1, 1);
            for _ in 0..exponent.unsigned_abs() {
                product = product.times(base)?;
            }
            if *exponent < 0 { Ratio(1, 1).over(product) } else { Some(product) }
        }
        Tree::Joined(name, one, other) => {
            let (one, other) = (value(one)?, value(other)?);
            let difference = one.plus(other.negated())?;
            match *name {
                "+" => one.plus(other),
                "-" => Some(difference),
                "*" => one.times(other),
                "/" => one.over(other),
                "//" => one.over(other).map(Ratio::floor),
                "mod" => one.plus(other.times(one.over(other)?.floor())?.negated()),
                "min" => Some(if difference.0 < 0 { one } else { other }),
                _ => Some(if difference.0 > 0 { one } else { other }),
            }
        }
    }
}

fn field<'a>(answer: &'a str, name: &str) -> &'a str {
    let rest = answer.split(&format!("\"{name}\":")).nth(1).unwrap();
    rest.trim_start_matches('"').split(['"', ',', '}']).next().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_calculator_agrees_with_the_reference(tree in tree()) {
        let text = written(&tree);
        match value(&tree) {
            Some(wanted) => {
                let answer = answer(&text, 20).map_err(|why| TestCaseError::fail(format!("{text}: {why}")))?;
                prop_assert_eq!(field(&answer, "exact"), wanted.written(), "{}", text);
            }
            // Too long for the reference, or a division by zero: an answer or a refusal, no panic.
            None => drop(answer(&text, 20)),
        }
    }

    #[test]
    fn an_exact_answer_is_read_again_as_itself(tree in tree()) {
        let Ok(first) = answer(&written(&tree), 30) else { return Ok(()) };
        prop_assert_eq!(field(&first, "is-exact"), "true");
        let again = answer(field(&first, "exact"), 30).unwrap();
        prop_assert_eq!(&again, &first);
        if field(&first, "rounded") == "false" {
            prop_assert_eq!(&answer(field(&first, "decimal"), 30).unwrap(), &first);
        }
    }

    #[test]
    fn the_decimal_is_the_nearest_of_its_length(above in -1_000_000_i128..1_000_000, below in 1..9_999_i128, digits in 0..15_u32) {
        let answer = answer(&format!("{above}/{below}"), digits).unwrap();
        let decimal = field(&answer, "decimal");
        prop_assume!(!decimal.contains('e'));
        let shown = decimal.split('.').nth(1).map_or(0, str::len);
        let units: i128 = decimal.replace('.', "").parse().unwrap();
        let power = 10_i128.pow(shown.try_into().unwrap());
        // |units / power - above / below| is at most half a unit.
        prop_assert!((2 * (units * below - above * power)).abs() <= below, "{}", answer);
    }

    #[test]
    fn the_digits_of_a_root_are_right(square in 0..1_000_000_000_u128, digits in 0..14_u32) {
        let answer = answer(&format!("sqrt({square})"), digits).unwrap();
        let double = (4 * square * 10_u128.pow(2 * digits)).isqrt();
        let units = double.div_ceil(2);
        let digits = digits as usize;
        let padded = format!("{units:0>width$}", width = digits + 1);
        let (before, after) = padded.split_at(padded.len() - digits);
        let wanted = if field(&answer, "is-exact") == "true" || after.is_empty() {
            before.to_owned()
        } else {
            format!("{before}.{after}")
        };
        prop_assert_eq!(field(&answer, "decimal"), wanted);
    }

    #[test]
    fn no_text_makes_it_panic(text in "[-0-9 +*/%^!()<>=.,_eabsqrtmodfcl×−]{0,40}", digits in 0..9_u32) {
        if let Err(problem) = answer(&text, digits) {
            prop_assert!(problem.column >= 1 && problem.column <= text.chars().count() + 1);
        }
    }
}
