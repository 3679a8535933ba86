//! What choosing by a judge's grades is worth: the gap between generating and verifying.

use serde::Serialize;

use crate::statistics::{Interval, interval, mean};

/// The generation–verification gap (Song et al., arXiv:2412.02674, section 2): how much more often
/// the candidate is right that a judge grades best than one taken blindly.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// Runs with a graded candidate.
    pub runs: usize,
    /// Share of graded candidates that are right, over runs.
    pub blind: f64,
    /// Share of right ones among those graded best, over runs.
    pub chosen: f64,
    /// The second less the first, paired by run.
    pub gap: Interval,
}

/// For each run its candidates: the grade, if one was given, and whether it is right. `None` if none
/// has a grade.
pub fn chosen(runs: &[Vec<(Option<f64>, bool)>]) -> Option<Choice> {
    let both: Vec<(f64, f64)> = runs.iter().filter_map(|run| of_one(run)).collect();
    let gaps: Vec<f64> = both.iter().map(|(blind, chosen)| chosen - blind).collect();
    (!both.is_empty()).then(|| Choice {
        runs: both.len(),
        blind: mean(both.iter().map(|(blind, _)| *blind)),
        chosen: mean(both.iter().map(|(_, chosen)| *chosen)),
        gap: interval(&gaps),
    })
}

/// How often one run's candidates are right, and those graded best, equals together.
fn of_one(run: &[(Option<f64>, bool)]) -> Option<(f64, f64)> {
    let graded: Vec<(f64, bool)> =
        run.iter().filter_map(|(grade, right)| Some(((*grade)?, *right))).collect();
    let best = graded.iter().map(|(grade, _)| *grade).max_by(f64::total_cmp)?;
    let share = |of: &mut dyn Iterator<Item = &(f64, bool)>| {
        mean(of.map(|(_, right)| f64::from(u8::from(*right))))
    };
    let top = |one: &&(f64, bool)| one.0.total_cmp(&best).is_eq();
    Some((share(&mut graded.iter()), share(&mut graded.iter().filter(top))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_judge_is_worth_what_it_adds_to_a_blind_choice() {
        let run = |good: f64| vec![(Some(good), true), (Some(0.5), false), (None, true)];
        let choice = chosen(&[run(0.9), run(0.5), run(0.1), vec![(None, true)]]).unwrap();
        assert_eq!((choice.runs, choice.blind), (3, 0.5));
        // Right, a tie, wrong.
        assert_eq!((choice.chosen, choice.gap.mean), (0.5, 0.0));
        assert_eq!(chosen(&[run(0.9)]).map(|choice| choice.gap.mean), Some(0.5));
        assert_eq!(chosen(&[vec![(None, true)]]), None);
    }
}
