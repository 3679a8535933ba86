//! Who judged, and who watched: read from the journal alone, so without the truth.

use pentimento_measure::{Apart, Calibrated, Course, Location, calibrated, location};
use pentimento_model::{RunEvent, TimedEvent};
use pentimento_prompts::remark;
use serde::Serialize;

use crate::{Axis, Chart, Dot, Series, Unit};

/// What is told of a run's judges.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JudgesSummary {
    /// Who judged in the loop.
    pub judge: String,
    /// How its grades and those of each assessor in shadow mode went apart, round by round.
    pub gaps: Vec<Apart>,
    /// How well chances that were stated agree with what verifiers proved of the same candidates.
    pub calibration: Vec<Calibrated>,
    /// How often a model that was asked for the first wrong step named the one that a verifier
    /// refutes; absent if none was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

/// Reads a run's events; `None` if there is nothing to hold a judge against.
pub(super) fn judges(events: &[TimedEvent]) -> Option<JudgesSummary> {
    let of_calls = |event: &&RunEvent| !matches!(event, RunEvent::CallBegun { .. });
    let course = Course::of(events.iter().map(|timed| &timed.event).filter(of_calls), remark);
    let apart = |name: &&str| Some(Apart::of(name, course.gap(name)?));
    let gaps: Vec<Apart> = course.held_out().iter().filter_map(apart).collect();
    let calibration = calibrated(course.stated());
    let location = location(&course.located());
    let judge = course.judge().as_str().to_owned();
    let says_nothing = gaps.is_empty() && calibration.is_empty() && location.is_none();
    (!says_nothing).then_some(JudgesSummary { judge, gaps, calibration, location })
}

/// A judge and one outside, round by round.
pub fn gap_chart(judge: &str, apart: &Apart) -> Chart {
    let rounds = &apart.gap.rounds;
    let series = |name: &str, of: fn(&pentimento_measure::GapRound) -> f64| Series {
        name: name.to_owned(),
        dots: rounds
            .iter()
            .map(|one| Dot { x: f64::from(one.round), y: of(one), ends: None })
            .collect(),
    };
    Chart {
        title: format!("Grades by round: {judge} and {}", apart.against),
        note: String::new(),
        x: Axis::of("round", Unit::Count),
        y: Axis { range: Some((0.0, 1.0)), ..Axis::of("grade", Unit::Grade) },
        series: vec![series(judge, |one| one.judge), series(&apart.against, |one| one.held_out)],
        diagonal: false,
    }
}

/// What a gap means, in a sentence.
pub fn in_words(judge: &str, apart: &Apart) -> String {
    let Apart { against, gap, growing, hacking } = apart;
    let slope = gap.slope;
    let figures = format!(
        "the gap grows by {:+.3} a round (95 % {:+.3} to {:+.3})",
        slope.mean, slope.low, slope.high
    );
    if *hacking {
        format!("{judge} rises while {against} falls: {figures}")
    } else if *growing {
        format!("{judge} rises more than {against}: {figures}")
    } else {
        format!("no gap beyond chance between {judge} and {against}: {figures}")
    }
}
