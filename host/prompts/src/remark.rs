//! What a journaled answer says of the draft it was asked about: its grade, and where it goes wrong.
//!
//! Recipes read answers as they come; this is for whoever reads a run's events afterwards. Only
//! questions about one text are read: what is said of several is not said of the draft.

use pentimento_model::{Exchange, Located, Remark, Score};

use crate::{FirstWrong, Problems, TextPrompt, form::judged, read};

/// The scale of grades.
const BEST: f32 = 10.0;

/// Reads an answer by the step that it was asked for; an answer of no use says nothing.
pub fn remark(exchange: &Exchange) -> Remark {
    let Exchange { step, answer, .. } = exchange;
    let nothing = Remark::default();
    if *step == TextPrompt::Feedback.step() || *step == TextPrompt::Audit.step() {
        let said = read(&Problems, answer).ok().filter(|said| said.score > 0);
        let grade = said.map(|said| Score::clamped(f32::from(said.score) / BEST));
        return Remark { grade, ..nothing };
    }
    if *step == TextPrompt::Locate.step() {
        let located = read(&FirstWrong { steps: usize::MAX }, answer).ok().map(place);
        return Remark { located, ..nothing };
    }
    if *step == TextPrompt::Judge.step() {
        let located = judged(answer).map(|all| place(all.iter().position(|one| !one.correct)));
        return Remark { located, ..nothing };
    }
    nothing
}

fn place(step: Option<usize>) -> Located {
    // A place beyond what a number of steps can be is none.
    step.map_or(Located::Nowhere, |step| Located::Step(u32::try_from(step).unwrap_or(u32::MAX)))
}

#[cfg(test)]
mod tests {
    use pentimento_model::Finish;

    use super::*;

    fn of(step: &str, answer: &str) -> Remark {
        remark(&Exchange {
            role: "writer".into(),
            step: step.to_owned().into(),
            asked: "".into(),
            answer: answer.to_owned(),
            finish: Finish::Stop,
            model: "m".to_owned(),
            tokens: Vec::new(),
        })
    }

    #[test]
    fn grades_and_places_are_read_from_answers_to_questions_about_one_text() {
        let graded = of("feedback", r#"{"problems":["no"],"correct":false,"score":7}"#);
        assert_eq!(graded, Remark { grade: Score::new(0.7), located: None });
        for (step, answer, located) in [
            ("locate", r#"{"first_wrong": 3}"#, Some(Located::Step(3))),
            ("locate", r#"{"first_wrong": null}"#, Some(Located::Nowhere)),
            ("locate", "No", Some(Located::Nowhere)),
            ("locate", "perhaps", None),
            (
                "judge",
                r#"{"steps":[{"correct":true,"why":""},{"correct":false,"why":"no"}]}"#,
                Some(Located::Step(1)),
            ),
            ("judge", r#"{"steps":[{"correct":true,"why":""}]}"#, Some(Located::Nowhere)),
            ("judge", "all fine", None),
            ("solve", r#"{"first_wrong": 3, "score": 7}"#, None),
        ] {
            assert_eq!(of(step, answer), Remark { grade: None, located }, "{step} {answer}");
        }
        for none in ["", "it is correct", r#"{"problems":[],"correct":true,"score":0}"#] {
            assert_eq!(of("feedback", none), Remark::default(), "{none}");
        }
    }
}
