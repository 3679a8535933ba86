//! A judge that is shown the same two things in both orders: what it owes to the order, and what to
//! whose they are.

use serde::Serialize;

use crate::statistics::{Interval, interval, mean};

/// What a judge picks of two things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// The one that stands first.
    First,
    /// The other one.
    Second,
    /// It gave no answer of use.
    Neither,
}

/// Two things and what the judge picked of them in both orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Shown the judge's own first.
    pub own_first: Pick,
    /// Shown the other's first.
    pub other_first: Pick,
    /// Whether its own is right, and the other.
    pub right: (bool, bool),
}

/// What a judge's picks come to (biases as in Zheng et al., arXiv:2306.05685, section 3.3).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Swapped {
    /// Pairs with an answer of use in both orders.
    pub pairs: usize,
    /// Share of pairs in which both orders lead to the same pick.
    pub consistent: f64,
    /// Share of picks that fall on what stands first, less one half.
    pub position: Interval,
    /// Of pairs in which both are right or both wrong: share of picks that fall on its own, less one
    /// half. Absent if there are none.
    pub own: Option<Interval>,
    /// Of pairs in which exactly one is right: share of picks that fall on that. Absent if there are
    /// none.
    pub right: Option<Interval>,
}

/// Counts pairs; `None` without one that was answered in both orders.
pub fn swapped(pairs: &[Pair]) -> Option<Swapped> {
    let answered = |pair: &&Pair| ![pair.own_first, pair.other_first].contains(&Pick::Neither);
    let pairs: Vec<Pair> = pairs.iter().filter(answered).copied().collect();
    // Each pair is one value, so that its two orders are no more than one.
    let over = |which: &dyn Fn(&Pair) -> bool, of: &dyn Fn(&Pair) -> f64| {
        let values: Vec<f64> = pairs.iter().filter(|pair| which(pair)).map(of).collect();
        (!values.is_empty()).then(|| interval(&values))
    };
    let halves = |one: bool, other: bool| 0.5 * f64::from(u8::from(one) + u8::from(other));
    let first =
        |pair: &Pair| halves(pair.own_first == Pick::First, pair.other_first == Pick::First) - 0.5;
    let own = |pair: &Pair| halves(pair.own_first == Pick::First, pair.other_first == Pick::Second);
    let is_equal = |pair: &Pair| pair.right.0 == pair.right.1;
    let is_right = |pair: &Pair| if pair.right.0 { own(pair) } else { 1.0 - own(pair) };
    let same = |pair: &Pair| f64::from(u8::from(pair.own_first != pair.other_first));
    Some(Swapped {
        pairs: pairs.len(),
        consistent: mean(pairs.iter().map(same)),
        position: over(&|_| true, &first)?,
        own: over(&is_equal, &|pair| own(pair) - 0.5),
        right: over(&|pair| !is_equal(pair), &is_right),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(own_first: Pick, other_first: Pick, right: (bool, bool)) -> Pair {
        Pair { own_first, other_first, right }
    }

    #[test]
    fn who_goes_by_place_is_inconsistent_and_who_goes_by_kinship_is_not() {
        let equal = (true, true);
        let by_place = vec![pair(Pick::First, Pick::First, equal); 10];
        let told = swapped(&by_place).unwrap();
        assert_eq!((told.consistent, told.position.mean), (0.0, 0.5));
        assert_eq!(
            told.own.map(|own| own.mean),
            Some(0.0),
            "in both orders it is as often the other's"
        );
        let by_kinship = vec![pair(Pick::First, Pick::Second, equal); 10];
        let told = swapped(&by_kinship).unwrap();
        assert_eq!((told.consistent, told.position.mean), (1.0, 0.0));
        assert_eq!((told.own.unwrap().mean, told.right), (0.5, None));
    }

    #[test]
    fn who_goes_by_the_truth_is_right_in_both_orders() {
        let pairs = [
            pair(Pick::First, Pick::Second, (true, false)),
            pair(Pick::Second, Pick::First, (false, true)),
            pair(Pick::Neither, Pick::First, (false, true)),
        ];
        let told = swapped(&pairs).unwrap();
        assert_eq!((told.pairs, told.right.unwrap().mean, told.own), (2, 1.0, None));
        assert_eq!(swapped(&pairs[2..]), None);
    }
}
