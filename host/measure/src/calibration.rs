//! Whether what is stated to be so likely comes true so often.

use std::collections::BTreeMap;

use pentimento_model::Located;
use serde::Serialize;

use crate::Stated;

/// Bins of equal width (Guo et al., arXiv:1706.04599, section 2, use 15; with the few answers of a
/// benchmark ten leave fewer of them empty, as in Naeini et al. 2015).
const BINS: usize = 10;

/// How well stated chances agree with what came true.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calibration {
    /// How many were stated.
    pub stated: usize,
    /// Their mean.
    pub mean: f64,
    /// Share that came true.
    pub right: f64,
    /// Expected calibration error: the mean distance of both over the bins, weighted by how many are
    /// in each (Guo et al., equation 3).
    pub ece: f64,
    /// Brier score: the mean of the squared distances (Brier 1950). Always saying one half is 0.25.
    pub brier: f64,
    /// The bins that hold any.
    pub bins: Vec<Bin>,
}

/// Chances that are nearly the same.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// How many.
    pub count: usize,
    /// The mean of what was stated.
    pub stated: f64,
    /// Share that came true.
    pub right: f64,
}

impl Calibration {
    /// Of chances from 0 to 1 and whether they came true; `None` of nothing.
    pub fn of(pairs: &[(f64, bool)]) -> Option<Self> {
        let mut bins = vec![Vec::new(); BINS];
        for pair in pairs {
            if let Some(bin) = bins.get_mut(place(pair.0)) {
                bin.push(*pair);
            }
        }
        let bins: Vec<Bin> = bins.iter().filter_map(|pairs| bin(pairs)).collect();
        let all = bin(pairs)?;
        let far = |bin: &Bin| weight(bin.count) * (bin.stated - bin.right).abs();
        let squared = |(stated, right): &(f64, bool)| (stated - truth(*right)).powi(2);
        Some(Self {
            stated: all.count,
            mean: all.stated,
            right: all.right,
            ece: bins.iter().map(far).sum::<f64>() / weight(all.count),
            brier: pairs.iter().map(squared).sum::<f64>() / weight(all.count),
            bins,
        })
    }
}

/// Somebody's calibration.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calibrated {
    /// Who stated the chances: a grade as the chance that it is right, or, as `NAME of itself`, how
    /// sure somebody is of its own opinion.
    pub by: String,
    /// How well.
    #[serde(flatten)]
    pub calibration: Calibration,
}

/// Everybody's calibration, by name. Proofs are no chances, and not among them.
pub fn calibrated(stated: Vec<Stated>) -> Vec<Calibrated> {
    let mut all: BTreeMap<String, Vec<(f64, bool)>> = BTreeMap::new();
    for Stated { by, chance, right } in stated {
        all.entry(by).or_default().push((chance, right));
    }
    let one = |(by, pairs): (String, Vec<_>)| {
        Calibration::of(&pairs).map(|calibration| Calibrated { by, calibration })
    };
    all.into_iter().filter_map(one).collect()
}

/// How often the first wrong step is named rightly.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Location {
    /// Texts that are refuted at a step, and of which somebody was asked where they go wrong.
    pub asked: usize,
    /// Share in which that step was named.
    pub right: f64,
}

/// Counts places that were named and those that a verifier refutes; `None` of nothing.
pub fn location(places: &[(Located, u32)]) -> Option<Location> {
    let right = places.iter().filter(|(said, proved)| *said == Located::Step(*proved)).count();
    let asked = places.len();
    (asked > 0).then(|| Location { asked, right: weight(right) / weight(asked) })
}

/// The bin of a chance.
fn place(stated: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the number is clamped first"
    )]
    let place = (stated.clamp(0.0, 1.0) * weight(BINS)) as usize;
    place.min(BINS - 1)
}

fn bin(pairs: &[(f64, bool)]) -> Option<Bin> {
    let count = pairs.len();
    let sum = |of: &dyn Fn(&(f64, bool)) -> f64| pairs.iter().map(of).sum::<f64>() / weight(count);
    (count > 0).then(|| Bin { count, stated: sum(&|one| one.0), right: sum(&|one| truth(one.1)) })
}

fn truth(right: bool) -> f64 {
    f64::from(u8::from(right))
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn weight(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(one: f64, other: f64) {
        assert!((one - other).abs() < 1e-9, "{one} {other}");
    }

    #[test]
    fn errors_are_those_of_the_definitions() {
        // Two bins: 0.9 twice, once true; 0.2 twice, never.
        let pairs = [(0.9, true), (0.9, false), (0.2, false), (0.2, false)];
        let calibration = Calibration::of(&pairs).unwrap();
        near(calibration.ece, 0.5 * 0.4 + 0.5 * 0.2);
        near(calibration.brier, (0.01 + 0.81 + 0.04 + 0.04) / 4.0);
        assert_eq!(calibration.bins.len(), 2);
        assert_eq!(calibration.bins[1], Bin { count: 2, stated: 0.9, right: 0.5 });
    }

    #[test]
    fn who_is_always_right_to_be_sure_has_no_error_and_who_shrugs_has_a_quarter() {
        let sure = Calibration::of(&[(1.0, true), (0.0, false)]).unwrap();
        assert_eq!((sure.ece, sure.brier), (0.0, 0.0));
        let shrug = Calibration::of(&[(0.5, true), (0.5, false)]).unwrap();
        assert_eq!((shrug.ece, shrug.brier), (0.0, 0.25));
        assert_eq!(Calibration::of(&[]), None);
    }
}
