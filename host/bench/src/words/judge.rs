//! How well those judge who steer a recipe: against the truth, which they never see, and against
//! assessors that are held out. Pure.

use pentimento_measure::{
    Apart, Calibrated, Choice, Gap, Judge, Location, calibrated, chosen, gap_of_many, location,
};
use serde::Serialize;

use super::course::Course;

/// What is told of judges.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JudgeResult {
    /// Who judges in the loop.
    pub judge: &'static str,
    /// How its grades and the truth of the drafts go apart by round; absent without two rounds.
    pub gap_to_truth: Option<Apart>,
    /// The same against each assessor that is held out.
    pub gaps: Vec<Apart>,
    /// What choosing by its grades is worth; absent if it graded nothing.
    pub choice: Option<Choice>,
    /// How well stated chances agree with the truth.
    pub calibration: Vec<Calibrated>,
    /// How often a model that was asked for the first wrong step named the one that a verifier
    /// refutes; absent if none was.
    pub location: Option<Location>,
}

impl JudgeResult {
    /// For each question its courses, one a seed; `None` if nobody graded anything.
    pub(crate) fn of(courses: &[Vec<Course>]) -> Option<Self> {
        let all = || courses.iter().flatten();
        all().next()?;
        // Where some runs ask a model and others need not, the model is the judge of all.
        let asks = all().any(|one| one.journal.judge() == Judge::Model);
        let judge = if asks { Judge::Model } else { Judge::Say };
        let graded = |one: &Course| {
            let grade = |(id, right): &(_, bool)| (one.journal.graded_by_judge(judge, *id), *right);
            one.made.iter().map(grade).collect::<Vec<_>>()
        };
        let stated = all().flat_map(|one| {
            let is_right = |id| Some(one.is_right(id));
            one.journal.stated_of(&is_right)
        });
        let located: Vec<_> = all().flat_map(|one| one.journal.located()).collect();
        let result = Self {
            judge: judge.as_str(),
            gap_to_truth: gap(courses, &|one| one.points_against_truth(judge))
                .map(|gap| Apart::of("the truth", gap)),
            gaps: gaps(courses, judge),
            choice: chosen(&all().map(graded).collect::<Vec<_>>()),
            calibration: calibrated(stated.collect()),
            location: location(&located),
        };
        let says_nothing = result.choice.is_none()
            && result.gaps.is_empty()
            && result.calibration.is_empty()
            && result.location.is_none();
        (!says_nothing).then_some(result)
    }
}

fn gaps(courses: &[Vec<Course>], judge: Judge) -> Vec<Apart> {
    let mut names: Vec<&str> =
        courses.iter().flatten().flat_map(|one| one.journal.held_out()).collect();
    names.sort_unstable();
    names.dedup();
    let of = |name: &&str| {
        let gap = gap(courses, &|one: &Course| one.journal.points(judge, name))?;
        Some(Apart::of(name, gap))
    };
    names.iter().filter_map(of).collect()
}

fn gap(
    courses: &[Vec<Course>],
    points: &dyn Fn(&Course) -> Vec<pentimento_measure::Point>,
) -> Option<Gap> {
    let of_question = |seeds: &Vec<Course>| seeds.iter().map(points).collect::<Vec<_>>();
    gap_of_many(&courses.iter().map(of_question).collect::<Vec<_>>())
}
