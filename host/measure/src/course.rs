//! One run as a course: who graded which candidate, which draft each round ended with, and what had
//! been spent by then. A fold over events; the truth is not in it.

use pentimento_model::{
    Assessment, CandidateId, CheckOutcome, Exchange, Located, Mode, Opinion, Place, Remark,
    RunEvent, Severity, Spending, Verdict,
};

use crate::{Gap, Point};

/// The controller's name among those who grade.
const CONTROLLER: &str = "controller";
/// That of a model that is asked beside the run: the word for its role.
const AUDITOR: &str = "auditor";

/// What an assessor, or the controller, made of one candidate.
#[derive(Clone, Debug, PartialEq)]
pub struct Graded {
    /// Which candidate.
    pub candidate: CandidateId,
    /// Who.
    pub by: String,
    /// Its say was shadow: what it says steers nothing.
    pub is_held_out: bool,
    /// From 0 to 1; `None` if it broke, declined, or says nothing of how good the candidate is.
    pub grade: Option<f64>,
    /// What a verifier proved; `None` for critics, and if it could not tell.
    pub proved: Option<bool>,
    /// How sure a critic says that it is of itself.
    pub confidence: Option<f64>,
    /// The first step in which it found something wrong.
    pub first_wrong: Option<u32>,
}

/// Who judges in the loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judge {
    /// A model that is asked for a grade of the draft.
    Model,
    /// All who have a say, together: the mean of their grades.
    Say,
}

impl Judge {
    /// In words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Model => "the judge",
            Self::Say => "those who have a say",
        }
    }
}

/// The end of a round.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// The draft that was carried on.
    pub draft: CandidateId,
    /// What was decided.
    pub verdict: Verdict,
    /// What the run had spent by then.
    pub spent: Spending,
    /// What a model was asked to say of this draft afterwards, and said.
    pub remark: Remark,
}

/// A chance that was stated, and what a verifier showed.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated {
    /// Who stated it.
    pub by: String,
    /// From 0 to 1.
    pub chance: f64,
    /// Whether it came true.
    pub right: bool,
}

/// One run, as far as it got.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    /// What was made, in order.
    pub candidates: Vec<CandidateId>,
    /// Who graded what, in order.
    pub graded: Vec<Graded>,
    /// The rounds' ends, in order.
    pub settled: Vec<Settled>,
    /// What was spent in all.
    pub spent: Spending,
}

impl Course {
    /// Folds events. `remark` reads what an answer says of the draft it was about.
    pub fn of<'e>(
        events: impl IntoIterator<Item = &'e RunEvent>,
        remark: fn(&Exchange) -> Remark,
    ) -> Self {
        let mut course = Self::default();
        events.into_iter().for_each(|event| course.take(event, remark));
        course
    }

    /// Adds the next event.
    pub fn take(&mut self, event: &RunEvent, remark: fn(&Exchange) -> Remark) {
        self.spent = self.spent.plus(event.spending());
        match event {
            RunEvent::CandidateReady { candidate, .. } => self.candidates.push(candidate.id),
            RunEvent::Assessed { candidate, mode, assessment, .. } => {
                self.graded.push(of_assessor(*candidate, *mode, assessment));
            }
            RunEvent::Reviewed { candidate, findings, .. } => {
                let wrong = findings.iter().any(|one| one.severity > Severity::Note);
                self.graded.push(Graded {
                    candidate: *candidate,
                    by: CONTROLLER.to_owned(),
                    is_held_out: false,
                    grade: Some(if wrong { 0.0 } else { 1.0 }),
                    proved: None,
                    confidence: None,
                    first_wrong: None,
                });
            }
            RunEvent::Answered { exchange, .. } if exchange.role == AUDITOR => {
                // It is asked about what was just made, before anything else is.
                let made = self.candidates.last().copied();
                let grade = remark(exchange).grade.map(|grade| f64::from(grade.value()));
                self.graded.extend(made.map(|candidate| Graded {
                    candidate,
                    by: AUDITOR.to_owned(),
                    is_held_out: true,
                    grade,
                    proved: None,
                    confidence: None,
                    first_wrong: None,
                }));
            }
            RunEvent::Answered { exchange, .. } => {
                // Questions about a draft are asked after the round that it came out of.
                let remark = remark(exchange);
                if let Some(last) = self.settled.last_mut() {
                    last.remark.grade = remark.grade.or(last.remark.grade);
                    last.remark.located = remark.located.or(last.remark.located);
                }
            }
            RunEvent::Decided { draft, verdict, .. } => self.settled.push(Settled {
                draft: *draft,
                verdict: *verdict,
                spent: self.spent,
                remark: Remark::default(),
            }),
            _ => {}
        }
    }

    /// The assessors whose say is shadow, in the order in which they were heard.
    pub fn held_out(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for one in self.graded.iter().filter(|one| one.is_held_out) {
            if !names.contains(&one.by.as_str()) {
                names.push(&one.by);
            }
        }
        names
    }

    /// Who judges in the loop: a model, if the recipe asked one for a grade; else all who have a say.
    pub fn judge(&self) -> Judge {
        let graded = self.settled.iter().any(|one| one.remark.grade.is_some());
        if graded { Judge::Model } else { Judge::Say }
    }

    /// How this judge grades the draft of a round.
    pub fn judged(&self, judge: Judge, settled: &Settled) -> Option<f64> {
        match judge {
            Judge::Model => settled.remark.grade.map(|grade| f64::from(grade.value())),
            Judge::Say => self.graded_in_loop(settled.draft),
        }
    }

    /// The mean grade of those who have a say in what becomes of a candidate.
    pub fn graded_in_loop(&self, candidate: CandidateId) -> Option<f64> {
        let own = self.graded.iter().filter(|one| one.candidate == candidate && !one.is_held_out);
        let grades: Vec<f64> = own.filter_map(|one| one.grade).collect();
        (!grades.is_empty()).then(|| crate::statistics::mean(grades.iter().copied()))
    }

    /// How this judge grades a candidate: as it last did.
    pub fn graded_by_judge(&self, judge: Judge, candidate: CandidateId) -> Option<f64> {
        match judge {
            Judge::Model => {
                let mut own = self.settled.iter().rev().filter(|one| one.draft == candidate);
                own.find_map(|one| self.judged(judge, one))
            }
            Judge::Say => self.graded_in_loop(candidate),
        }
    }

    /// How this assessor grades a candidate.
    pub fn grade_by(&self, name: &str, candidate: CandidateId) -> Option<f64> {
        let own = self.graded.iter().rev().find(|one| one.candidate == candidate && one.by == name);
        own.and_then(|one| one.grade)
    }

    /// The rounds whose draft both this judge and this assessor graded.
    pub fn points(&self, judge: Judge, held_out: &str) -> Vec<Point> {
        let rounds = (0_u32..).zip(&self.settled);
        let point = |(round, settled): (u32, &Settled)| {
            let held_out = self.grade_by(held_out, settled.draft)?;
            Some(Point { round, judge: self.judged(judge, settled)?, held_out })
        };
        rounds.filter_map(point).collect()
    }

    /// The judge in the loop against this assessor; `None` without two rounds that both graded.
    pub fn gap(&self, held_out: &str) -> Option<Gap> {
        Gap::of(&self.points(self.judge(), held_out))
    }

    /// The candidate that this assessor grades best, the earliest of equals.
    pub fn best_by(&self, name: &str) -> Option<CandidateId> {
        let graded = self.candidates.iter().filter_map(|id| Some((*id, self.grade_by(name, *id)?)));
        // The last of equals in this order is the earliest.
        let graded: Vec<_> = graded.collect();
        graded.iter().rev().max_by(|one, other| one.1.total_cmp(&other.1)).map(|(id, _)| *id)
    }

    /// What verifiers proved of a candidate: all of them, whatever their say. `None` if none could
    /// tell.
    pub fn proved(&self, candidate: CandidateId) -> Option<bool> {
        let own = self.graded.iter().filter(|one| one.candidate == candidate);
        let proofs: Vec<bool> = own.filter_map(|one| one.proved).collect();
        (!proofs.is_empty()).then(|| proofs.iter().all(|passed| *passed))
    }

    /// Every chance that somebody stated of a candidate that verifiers could tell of: grades as
    /// chances that it is right, and critics' confidence in their own opinion.
    pub fn stated(&self) -> Vec<Stated> {
        self.stated_of(&|candidate| self.proved(candidate))
    }

    /// The same against whoever knows.
    pub fn stated_of(&self, is_right: &dyn Fn(CandidateId) -> Option<bool>) -> Vec<Stated> {
        let mut all = Vec::new();
        for settled in &self.settled {
            if let (Some(grade), Some(right)) = (settled.remark.grade, is_right(settled.draft)) {
                let (by, chance) = (Judge::Model.as_str().to_owned(), f64::from(grade.value()));
                all.push(Stated { by, chance, right });
            }
        }
        for one in self.graded.iter().filter(|one| one.by != CONTROLLER) {
            let (Some(grade), Some(right), None) = (one.grade, is_right(one.candidate), one.proved)
            else {
                continue;
            };
            all.push(Stated { by: one.by.clone(), chance: grade, right });
            if let Some(chance) = one.confidence {
                let right = (grade >= 0.5) == right;
                all.push(Stated { by: format!("{} of itself", one.by), chance, right });
            }
        }
        all
    }

    /// For drafts that a verifier refutes at a step, and that a model was asked about: where it says
    /// that they go wrong, and that step.
    pub fn located(&self) -> Vec<(Located, u32)> {
        let place = |settled: &Settled| {
            let own = self.graded.iter().filter(|one| one.candidate == settled.draft);
            let refuted = own.filter(|one| one.proved == Some(false));
            let proved = refuted.filter_map(|one| one.first_wrong).min()?;
            Some((settled.remark.located?, proved))
        };
        self.settled.iter().filter_map(place).collect()
    }
}

fn of_assessor(candidate: CandidateId, mode: Option<Mode>, assessment: &Assessment) -> Graded {
    let place = |at: &Place| match at {
        Place::Step(step) => Some(*step),
        _ => None,
    };
    let found = assessment.findings().iter().filter(|one| one.severity > Severity::Note);
    let (proved, confidence) = match assessment {
        Assessment::Given { opinion: Opinion::Check(check), .. } => (passed(check.outcome), None),
        Assessment::Given { opinion: Opinion::Critique(critique), .. } => {
            let stated = critique.abstained.is_none();
            (None, stated.then(|| f64::from(critique.confidence.value())))
        }
        Assessment::Missing { .. } => (None, None),
    };
    Graded {
        candidate,
        by: assessment.assessor().name.clone(),
        is_held_out: mode == Some(Mode::Shadow),
        grade: grade(assessment),
        proved,
        confidence,
        first_wrong: found.filter_map(|one| one.place.as_ref().and_then(place)).min(),
    }
}

const fn passed(outcome: CheckOutcome) -> Option<bool> {
    match outcome {
        CheckOutcome::Pass => Some(true),
        CheckOutcome::Fail => Some(false),
        CheckOutcome::Unknown => None,
    }
}

/// How good an assessor says that a candidate is, from 0 to 1: a check passes or fails; a critic's
/// score counts, or, without one, whether it found what by itself keeps a candidate from being
/// accepted. `None` from who broke, declined, could not tell, or only reported observations.
pub fn grade(assessment: &Assessment) -> Option<f64> {
    let Assessment::Given { opinion, .. } = assessment else { return None };
    let truth = |good: bool| Some(if good { 1.0 } else { 0.0 });
    match opinion {
        Opinion::Check(check) => passed(check.outcome).and_then(truth),
        Opinion::Critique(critique) if critique.abstained.is_some() => None,
        Opinion::Critique(critique) => match critique.score {
            Some(score) => Some(f64::from(score.value())),
            None if critique.findings.is_empty() => truth(true),
            None if critique.findings.iter().all(|one| one.severity == Severity::Note) => None,
            None => truth(critique.findings.iter().all(|one| one.severity < Severity::Major)),
        },
    }
}

#[cfg(test)]
mod tests;
